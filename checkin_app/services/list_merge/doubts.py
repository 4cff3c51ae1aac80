"""What is left of a list when all is matched that is sure: rows that may mean somebody.

Each rule proposes what becomes of the rows it doubts: to take one for somebody, to add it, or to
leave it out. Where two people would become one, the proposal keeps them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.decisions import RowChoice
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.names import Likeness
from checkin_app.services.list_merge.plan import Doubt
from checkin_app.services.list_merge.row_likeness import likeness_of, may_share_code, name_of
from checkin_app.services.list_merge.row_matches import CANDIDATES_SHOWN, RowMatches


def about_codes(matches: RowMatches) -> None:
    """Codes that two rows have, or a row and somebody with another name.

    When the owner stands in another row, and this one says nothing new about somebody else of
    the event, it is that person: whoever kept the list gave the code to two. Where nobody else
    can be meant, a row with the same name repeats the other.
    """
    for place in sorted((*matches.owners, *matches.twice)):
        others = matches.colleagues(place)
        if owner := matches.owners.get(place):
            _code_of_another(matches, place, owner, others)
        else:
            _code_twice(matches, place, matches.twice[place], others)


def _code_twice(
    matches: RowMatches, place: int, first: ListRow, others: Sequence[Attendee]
) -> None:
    row = matches.rows[place]
    likeness = likeness_of(name_of(first.values), first.values.get("email", ""), row)
    if likeness is Likeness.SAME and not others:
        matches.repeat(place)
    elif matches.is_known(others, row):
        matches.doubt(place, Doubt.CODE_TWICE, others, RowChoice.IS_PERSON)
    else:
        matches.doubt(place, Doubt.CODE_TWICE, others, RowChoice.LEAVE_OUT)


def _code_of_another(
    matches: RowMatches, place: int, owner: Attendee, others: Sequence[Attendee]
) -> None:
    row = matches.rows[place]
    people = [owner, *others]
    likeness = matches.likeness(owner, row)
    if likeness is Likeness.SAME and not others:
        matches.repeat(place)
    elif likeness is Likeness.DOUBTFUL and matches.is_free(owner, place):
        matches.doubt(place, Doubt.CODE_SPELLED_OTHERWISE, [owner], RowChoice.IS_PERSON)
    elif matches.is_known(others, row) and _is_named_by_own_code(matches, owner):
        matches.doubt(place, Doubt.CODE_OF_ANOTHER, people, RowChoice.IS_PERSON, others[0])
    else:
        matches.doubt(place, Doubt.CODE_OF_ANOTHER, people, RowChoice.LEAVE_OUT)


def _is_named_by_own_code(matches: RowMatches, owner: Attendee) -> bool:
    row = matches.row_of(owner)
    return row is not None and row.values.get("code") == owner.code


def _other_email(matches: RowMatches) -> None:
    """Somebody of this name and organisation with another e-mail address."""
    alike: dict[int, list[Attendee]] = {}
    for place, row in matches.open_rows():
        free = matches.colleagues(place)
        if len(free) > 1:
            matches.doubt(place, Doubt.SEVERAL_PEOPLE, free, RowChoice.ADD)
        elif free and row.values.get("organisation"):
            alike[place] = free
        elif free:
            matches.doubt(place, Doubt.OTHER_EMAIL, free, RowChoice.ADD)
    _doubt_alike(matches, Doubt.OTHER_EMAIL, alike)


def _guests(matches: RowMatches) -> None:
    """Somebody who may be the guest of an order that had no name for them."""
    if not matches.known.has_guests:
        return
    for place, row in matches.open_rows():
        if row.guest_of:
            continue
        for people, is_one in _guests_meant(matches.known, row):
            guests = _free(matches, people, place)
            if guests:
                matches.doubt(place, Doubt.MAY_BE_GUEST, guests, _person_or_new(is_one=is_one))
                break


def _guests_meant(known: KnownPeople, row: ListRow) -> Iterator[tuple[Sequence[Attendee], bool]]:
    """The guests whom a name may be that of, and whether it is likely; the likeliest first."""
    column, order = row.order
    if order:
        yield [one for one in known.of_order(row.order) if known.is_guest(one)], True
    for told, is_one in (("email", True), ("organisation", False)):
        value = row.values.get(told, "")
        guests = known.guests_of(value.lower() if told == "email" else value)
        # Who is a guest of another order is not meant by this one.
        yield [one for one in guests if one.extra.get(column, order) == order], is_one


def _other_name(matches: RowMatches) -> None:
    """Somebody with this person's e-mail address and half of the name.

    At an address that several people use it may be a colleague, who is added, and that is said.
    """
    alike: dict[int, list[Attendee]] = {}
    for place, row in matches.open_rows():
        email = row.values.get("email", "").lower()
        if not email or row.guest_of:
            continue
        is_own = not matches.known.is_office(email)
        people = [
            person
            for person in _free(matches, matches.known.of_email(email), place)
            if matches.likeness(person, row) is not Likeness.DIFFERENT
            and (is_own or matches.says_nothing_new(person, row))
        ]
        if people:
            alike[place] = people
        elif renamed := _free(matches, matches.known.of_email_and_first_name(email, row), place):
            matches.doubt(place, Doubt.OTHER_NAME, renamed, RowChoice.ADD)
    _doubt_alike(matches, Doubt.OTHER_NAME, alike)


def _same_name(matches: RowMatches) -> None:
    """Somebody of this name elsewhere: another person, as far as anybody can tell."""
    for place, row in matches.open_rows():
        if row.guest_of and row.order[1]:
            continue
        namesakes = matches.known.of_name(matches.key(place))
        free = _free(matches, namesakes, place)
        if free:
            matches.doubt(place, Doubt.SAME_NAME, free, RowChoice.ADD)
        elif namesakes:
            matches.found.namesakes[place] = namesakes[0]


IN_ORDER: Sequence[Callable[[RowMatches], None]] = (
    _other_email,
    _guests,
    _other_name,
    _same_name,
)
"""The rules of doubt, the likeliest first: a row is in doubt for one reason only."""


def _doubt_alike(
    matches: RowMatches, doubt: Doubt, alike: Mapping[int, Sequence[Attendee]]
) -> None:
    """Take rows for the people they are like, unless something speaks against it.

    That two rows are like one person does, or that another row has the person's code.
    """
    wanted = Counter(people[0].id for people in alike.values())
    wanted.update(person.id for person in matches.owners.values())
    for place, people in alike.items():
        person = people[0]
        is_one = wanted[person.id] == 1 and may_share_code(person.code, matches.rows[place])
        matches.doubt(place, doubt, people, _person_or_new(is_one=is_one))


def _person_or_new(*, is_one: bool) -> RowChoice:
    return RowChoice.IS_PERSON if is_one else RowChoice.ADD


def _free(matches: RowMatches, people: Sequence[Attendee], place: int) -> list[Attendee]:
    """The first of the people whom no other row took."""
    free = (person for person in people if matches.is_free(person, place))
    return list(islice(free, CANDIDATES_SHOWN))
