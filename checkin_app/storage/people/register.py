"""Questions about the attendees of an event file: one, some, sorted, filtered, counted."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import apsw

from checkin_app.domain.attendee import Attendee, CheckIn
from checkin_app.domain.fold import FROM_DESK
from checkin_app.domain.ledger import EntryKind, from_milliseconds
from checkin_app.storage.people.attendee_filter import AttendeeFilter, where
from checkin_app.storage.rows import (
    ATTENDEE_COLUMNS,
    CHECK_IN_COLUMNS,
    PERSON_COLUMNS,
    PRESENCE,
    Row,
    attendee_from_row,
    check_in_from_row,
    optional_moment,
)
from checkin_app.storage.sharing.late_entries import last_late

_PEOPLE_CHANGE = (
    EntryKind.REGISTERED,
    EntryKind.AMENDED,
    EntryKind.CODE_REPLACED,
    EntryKind.GONE_FROM_LIST,
    EntryKind.BACK_ON_LIST,
    EntryKind.UNDONE,
    EntryKind.ERASED,
    EntryKind.MERGED,
    EntryKind.NOT_DOUBLE,
)
"""What a registration list is compared with differs after these."""


class SortColumn(Enum):
    """What a table of attendees can be sorted by; the value is the SQL expression."""

    NAME = "sort_key"
    FIRST_NAME = "first_key"
    ORGANISATION = "organisation COLLATE NOCASE"
    ROLE = "role COLLATE NOCASE"
    COUNTRY = "country COLLATE NOCASE"
    CATEGORY = "category COLLATE NOCASE"
    EMAIL = "email COLLATE NOCASE"
    STATUS = "status"
    ARRIVED = "checked_in_at"
    PRINTED = "badge_prints"


@dataclass(frozen=True, slots=True)
class ListedAttendee:
    """One line of a table: the person and the marks beside the name.

    Attributes:
        number: the row number in this file, which names the line cheaply.
        badge_spoilt, changed_since_print: why the printed badge is not to be handed out.
    """

    number: int
    attendee: Attendee
    checked_in_at: datetime | None
    badge_prints: int
    badge_spoilt: bool = False
    changed_since_print: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One standing check-in with the person it let in."""

    listed: ListedAttendee
    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A person whom a code means; ``current`` is false for a code that was replaced."""

    attendee_id: str
    current: bool


def find_code(connection: apsw.Connection, code: str) -> tuple[CodeMatch, ...]:
    """Everybody whom a code means or once meant."""
    rows = connection.execute(
        "SELECT attendee.id, current FROM code JOIN attendee ON number = code.attendee"
        " WHERE code.code = ? ORDER BY current DESC",
        (code,),
    )
    return tuple(CodeMatch(id_.hex(), bool(current)) for id_, current in rows)


def replaced_codes(connection: apsw.Connection) -> dict[str, str]:
    """Codes that no list is to give anew, and the ids of the people who have or had them.

    Those that were replaced, and those of doubles.
    """
    rows = connection.execute(
        "SELECT code.code, attendee.id FROM code JOIN attendee ON number = code.attendee"
        " WHERE NOT current OR code.code <> attendee.code"
    )
    return {code: id_.hex() for code, id_ in rows}


def people_mark(connection: apsw.Connection) -> tuple[int, bytes]:
    """How many people there are, and what changes when one is registered or changed."""
    count = connection.execute("SELECT count(*) FROM attendee").get
    last = connection.execute(
        f"SELECT id FROM entry WHERE kind IN ({', '.join('?' * len(_PEOPLE_CHANGE))})"
        " ORDER BY id DESC LIMIT 1",
        tuple(kind.value for kind in _PEOPLE_CHANGE),
    ).get
    return int(count), (last or b"") + last_late(connection, _PEOPLE_CHANGE).to_bytes(8)


def matching_numbers(
    connection: apsw.Connection,
    wanted: AttendeeFilter,
    sort: SortColumn = SortColumn.NAME,
    *,
    descending: bool = False,
) -> array[int]:
    """Row numbers of all attendees that pass the filter, sorted."""
    condition, bindings = where(wanted)
    order = f"{sort.value} {'DESC' if descending else 'ASC'}, sort_key, number"
    rows = connection.execute(f"SELECT number FROM attendee {condition} ORDER BY {order}", bindings)
    return array("q", [row[0] for row in rows])


def attendees(connection: apsw.Connection, wanted: AttendeeFilter) -> list[Attendee]:
    """All attendees that pass the filter, in the order of the list."""
    condition, bindings = where(wanted)
    rows = connection.execute(
        f"SELECT {PERSON_COLUMNS} FROM attendee {condition} ORDER BY number", bindings
    )
    return list(map(attendee_from_row, rows))


def listed_attendees(
    connection: apsw.Connection, numbers: Sequence[int]
) -> tuple[ListedAttendee, ...]:
    """The lines of the given row numbers, in their order; those that are gone are left out."""
    found: dict[int, ListedAttendee] = {}
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        rows = connection.execute(
            f"SELECT {ATTENDEE_COLUMNS}, number FROM attendee"
            f" WHERE number IN ({', '.join('?' * len(part))})",
            tuple(part),
        )
        for row in rows:
            found[row[-1]] = _listed(row)
    return tuple(found[number] for number in numbers if number in found)


def _listed(row: Row) -> ListedAttendee:
    _registered, arrived, prints, _printed, spoilt, changed, *_tray = row[PRESENCE]
    return ListedAttendee(
        number=row[-1],
        attendee=attendee_from_row(row),
        checked_in_at=optional_moment(arrived),
        badge_prints=prints,
        badge_spoilt=bool(spoilt),
        changed_since_print=bool(changed),
    )


def corrected_ids(connection: apsw.Connection) -> list[str]:
    """Ids of the attendees whom a desk corrected."""
    rows = connection.execute(
        "SELECT DISTINCT attendee FROM entry"
        " WHERE kind = ? AND json_extract(payload, '$.source') = ?",
        (EntryKind.AMENDED.value, FROM_DESK),
    )
    return [id_.hex() for (id_,) in rows]


def latest_arrivals(connection: apsw.Connection, list_id: str, limit: int) -> tuple[Arrival, ...]:
    """The last people let in on a list, newest first."""
    rows: list[Any] = connection.execute(
        f"SELECT attendee, {CHECK_IN_COLUMNS} FROM check_in WHERE list = ? AND standing = 1"
        " ORDER BY at DESC LIMIT ?",
        (list_id, limit),
    ).fetchall()
    people = {p.number: p for p in listed_attendees(connection, [row[0] for row in rows])}
    return tuple(
        Arrival(people[row[0]], check_in_from_row(row[1:])) for row in rows if row[0] in people
    )


def arrivals_by_minute(
    connection: apsw.Connection, list_id: str = "", since: datetime | None = None
) -> tuple[tuple[datetime, int], ...]:
    """How many people came in each minute (UTC) in which anybody came, on one list or any."""
    source = "check_in WHERE standing = 1 AND list = ?" if list_id else "attendee WHERE true"
    column = "at" if list_id else "checked_in_at"
    rows = connection.execute(
        f"SELECT {column} / 60000 AS minute, count(*) FROM {source}"
        f" AND {column} >= ? GROUP BY minute ORDER BY minute",
        (*((list_id,) if list_id else ()), round(since.timestamp() * 1000) if since else 0),
    )
    return tuple((from_milliseconds(minute * 60_000), count) for minute, count in rows)


def categories(connection: apsw.Connection) -> tuple[str, ...]:
    """All categories in use, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT category FROM attendee WHERE category <> '' ORDER BY category"
    )
    return tuple(row[0] for row in rows)
