"""Several rows that mean one person of the event: which of them it is, and what the others are.

The one stays that says nothing new, else the first: otherwise two rows would take turns in
changing the person, each time the list comes. The others repeat it, but only as long as they mean
the person afterwards too: when one row gives the owner of a code a new name, and another has the
old one, that is somebody else, this time as well as the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.names import Likeness, name_key
from checkin_app.services.list_merge.row_likeness import likeness_of_spellings
from checkin_app.services.list_merge.row_matches import Fate, RowMatches


def settle_contests(matches: RowMatches) -> None:
    """Find the row of everybody whom several rows mean."""
    for attendee_id, places in matches.contested.items():
        person = matches.known.of_id(attendee_id)
        if person is not None:
            _settle(matches, person, places)


def _settle(matches: RowMatches, person: Attendee, places: Sequence[int]) -> None:
    others = _without_row_of(matches, person, places)
    row = matches.row_of(person)
    spellings = matches.known.spellings(person)
    if row is not None:
        kept = matches.known.desk_fields(person)
        spellings = tuple(_as_left_by(row, spelled, kept) for spelled in spellings)
    for place in others:
        other = matches.rows[place]
        if matches.known.of_code(other.values.get("code", "")) is person:
            is_same = likeness_of_spellings(spellings, other) is Likeness.SAME
            if not is_same or matches.colleagues(place):
                matches.owners[place] = person
                matches.found.fates[place] = Fate.DOUBTFUL
        elif not _have_address_and_name(spellings, matches, place):
            matches.found.fates[place] = Fate.OPEN


def _without_row_of(matches: RowMatches, person: Attendee, places: Sequence[int]) -> Sequence[int]:
    """Give the person to the row that says nothing new. Returns the other rows.

    Of several such rows, to the first that can mean nobody else.
    """
    taker = matches.undecided_taker(person)
    if taker is None:
        return places
    rows = matches.rows
    telling = [place for place in (taker, *places) if matches.says_nothing_new(person, rows[place])]
    if not telling:
        return places
    winner = min(
        telling, key=lambda place: any(one is not person for one in matches.colleagues(place))
    )
    if winner == taker:
        return places
    del matches.found.people[taker]
    matches.repeat(taker)
    matches.take(winner, person)
    return [taker, *(other for other in places if other != winner)]


def _as_left_by(row: ListRow, person: Attendee, kept: frozenset[str]) -> Attendee:
    """A person after the import, but for the fields that a desk keeps."""
    names = ("email",) if row.guest_of else ("email", "first_name", "last_name")
    told: dict[str, Any] = {
        name: row.values[name] for name in names if row.values.get(name) and name not in kept
    }
    return person.with_changes(told)


def _have_address_and_name(spellings: Sequence[Attendee], matches: RowMatches, place: int) -> bool:
    email = matches.rows[place].values.get("email", "").lower()
    keys = {name_key(one.first_name, one.last_name) for one in spellings}
    return email in {one.email.lower() for one in spellings} and matches.key(place) in keys
