"""Guests of an order, whom nobody named, found by the order and their place in it.

Their names do not tell them apart: "guest 3 of ACME" is another person as soon as an order of ACME
comes or goes in front of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.tickets.codes import is_our_code
from checkin_app.lists.people.guests import guest_name, guest_number, guest_of
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.row_likeness import known_beside, may_share_code
from checkin_app.services.list_merge.row_matches import RowMatches

Alike = Callable[[RowMatches, Attendee, ListRow], bool]

_MOST_PAIRS = 10_000
"""Of rows and guests of one order that are compared each with each."""


def by_order(matches: RowMatches) -> None:
    """The guests of an order; those who are gone from the list only when all others are found."""
    orders: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(matches.rows):
        if row.order[1]:
            orders.setdefault(row.order, []).append(place)
    for order, places in orders.items():
        guests = [place for place in places if _is_open_guest(matches, place)]
        if not guests:
            continue
        people = matches.known.of_order(order)
        there = [one for one in people if one.id not in matches.known.gone]
        in_turn = [*zip(places, there, strict=True)] if len(there) == len(places) else []
        _guests(matches, guests, there, in_turn)
        _guests(matches, guests, [one for one in people if one.id in matches.known.gone], ())


def _guests(
    matches: RowMatches,
    places: Sequence[int],
    people: Sequence[Attendee],
    in_turn: Sequence[tuple[int, Attendee]],
) -> None:
    """First those of whom a row says what is known, but for the number.

    Then each by their place, where the order has as many people as before; else those of the same
    number, and the others in turn.
    """
    likely = [*in_turn, *_of_same_number(matches, places, people)]
    for is_alike in (_is_the_same, _says_nothing_new):
        _take_alike(matches, likely, is_alike)
        _take_alike(matches, _every_pair(matches, places, people, is_alike), is_alike)
    _take(matches, likely)
    _take(matches, [*zip(*_left(matches, places, people), strict=False)])


def _every_pair(
    matches: RowMatches, places: Sequence[int], people: Sequence[Attendee], is_alike: Alike
) -> Sequence[tuple[int, Attendee]]:
    """The rows and guests that are left, those rows first that can mean few people."""
    left, free = _left(matches, places, people)
    if len(left) * len(free) > _MOST_PAIRS:
        return ()
    alike = {
        place: [one for one in free if is_alike(matches, one, matches.rows[place])]
        for place in left
    }
    choosing = sorted(left, key=lambda place: len(alike[place]))
    return [(place, one) for place in choosing for one in alike[place]]


def _left(
    matches: RowMatches, places: Sequence[int], people: Sequence[Attendee]
) -> tuple[list[int], list[Attendee]]:
    return (
        [place for place in places if matches.is_open(place)],
        [one for one in people if _is_free_guest(matches, one)],
    )


def _take_alike(
    matches: RowMatches, pairs: Iterable[tuple[int, Attendee]], is_alike: Alike
) -> None:
    _take(
        matches,
        [(place, one) for place, one in pairs if is_alike(matches, one, matches.rows[place])],
    )


def _is_the_same(matches: RowMatches, person: Attendee, row: ListRow) -> bool:
    """Whether a row says all that is known of a guest, but for number and code."""
    values = {**row.values, "code": person.code}
    return _says_nothing_new(matches, person, row) and not known_beside(
        person, replace(row, values=values)
    )


def _says_nothing_new(matches: RowMatches, person: Attendee, row: ListRow) -> bool:
    """Whether a row says nothing about a guest that is not known, but for the number."""
    if guest_of(person.first_name, person.last_name) != row.guest_of:
        return False
    numberless = replace(row, values={**row.values, "last_name": person.last_name})
    return matches.says_nothing_new(person, numberless)


def _take(matches: RowMatches, pairs: Iterable[tuple[int, Attendee]]) -> None:
    """Take rows for people, as far as both are free and their codes may be one person's."""
    for place, person in pairs:
        row = matches.rows[place]
        if (
            _is_open_guest(matches, place)
            and _is_free_guest(matches, person)
            and (may_share_code(person.code, row) or is_our_code(person.code))
        ):
            matches.take(place, person)


def _of_same_number(
    matches: RowMatches, places: Sequence[int], people: Sequence[Attendee]
) -> list[tuple[int, Attendee]]:
    guests = [one for one in people if guest_of("", one.last_name)]
    numbered = {guest_number(one.last_name): one for one in guests}
    numbers = ((place, guest_number(matches.rows[place].values["last_name"])) for place in places)
    return [(place, numbered[number]) for place, number in numbers if number in numbered]


def _is_open_guest(matches: RowMatches, place: int) -> bool:
    return bool(matches.rows[place].guest_of) and matches.is_open(place)


def _is_free_guest(matches: RowMatches, person: Attendee) -> bool:
    return matches.row_of(person) is None and matches.known.is_guest(person)


class GuestNames:
    """Names for the guests of orders, each given once in an event."""

    def __init__(self, known: KnownPeople) -> None:
        self._known = known
        self._given: dict[str, set[int]] | None = None

    def name_for(self, row: ListRow) -> str:
        """The name that a list gives a guest, or with the next number that nobody has.

        Where no order is told the number is all that is known of a guest, and stays.
        """
        name, owner = row.values["last_name"], row.guest_of
        if not row.order[1]:
            return name
        given = self._of_event().setdefault(owner, set())
        number = guest_number(name)
        while number in given:
            number += 1
        given.add(number)
        return guest_name(number, owner)

    def _of_event(self) -> dict[str, set[int]]:
        if self._given is None:
            self._given = {}
            for person in self._known.guests():
                owner = guest_of(person.first_name, person.last_name)
                self._given.setdefault(owner, set()).add(guest_number(person.last_name))
        return self._given
