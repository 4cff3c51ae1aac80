"""How far a row of a list and somebody of the event may be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checkin_app.domain.attendee import Attendee
from checkin_app.lists.people.guests import guest_of
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.known_people import is_office_name
from checkin_app.services.list_merge.names import Likeness, persons_likeness


def is_as_told(person: Attendee, row: ListRow) -> bool:
    """Whether the event has all that a row says of a person."""
    return all(
        not value or getattr(person, name) == value for name, value in row.values.items()
    ) and all(person.extra.get(name) == value for name, value in row.extra.items())


def known_beside(person: Attendee, row: ListRow) -> int:
    """How many things the event knows of a person where a row says nothing."""
    fields = sum(not value and bool(getattr(person, name)) for name, value in row.values.items())
    return fields + sum(name not in row.extra for name in person.extra)


def may_share_code(code: str, row: ListRow) -> bool:
    """Whether a row's code does not speak against a person: two codes are mostly two people."""
    other = row.values.get("code", "")
    return not code or not other or code == other


def may_share_order(person: Attendee, row: ListRow) -> bool:
    """Whether the order of a guest without a name does not speak against a person."""
    column, name = row.order
    return not row.guest_of or person.extra.get(column, name) == name


def is_spelled(person: Attendee, row: ListRow) -> bool:
    """Whether first and last name stand in the row as they do in the event."""
    return (person.first_name, person.last_name) == name_of(row.values)


def likeness_of_spellings(spellings: Sequence[Attendee], row: ListRow) -> Likeness:
    """How far somebody, as the event and as lists have them, and a row may be one."""
    now = spellings[0]
    if is_spelled(now, row):
        return Likeness.SAME
    if row.guest_of or guest_of(now.first_name, now.last_name):
        return Likeness.SAME
    return max(likeness_of((one.first_name, one.last_name), one.email, row) for one in spellings)


def likeness_of(name: tuple[str, str], email: str, row: ListRow) -> Likeness:
    """How far somebody of a name and an e-mail address and a row may be one."""
    values = row.values
    other = values.get("email", "").lower()
    is_same_email = bool(other) and other == email.lower() and not is_office_name(other)
    return persons_likeness(name, name_of(values), is_same_email=is_same_email)


def name_of(values: Mapping[str, str]) -> tuple[str, str]:
    """First and last name in the values of a row."""
    return values.get("first_name", ""), values.get("last_name", "")
