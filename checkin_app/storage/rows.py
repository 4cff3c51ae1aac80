"""How entries and attendees lie in the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from checkin_app.domain.attendee import Attendee, AttendeeRecord, AttendeeStatus, CheckIn
from checkin_app.domain.ledger import Entry, EntryKind, from_milliseconds, milliseconds
from checkin_app.domain.search_text import fold, sort_key

Row = Sequence[Any]

ENTRY_COLUMNS = "id, kind, at, desk, attendee, list, payload"
ATTENDEE_COLUMNS = (
    "id, sort_key, first_key, status, category, checked_in_at, badge_prints, badge_printed_at,"
    " code, title, first_name, last_name, organisation, role, country, email, attention,"
    " extra, walk_in"
)
_PRESENCE = slice(5, 8)
"""Where the columns of ``presence_row`` stand among them."""
CHECK_IN_COLUMNS = "list, entry, at, desk, reason, standing"

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class StoredValueBroken(ValueError):
    """A row holds what this program never writes: the file is damaged."""


@contextmanager
def stored_values() -> Iterator[None]:
    """Marks a block, or a function, that makes objects of rows.

    Raises:
        StoredValueBroken: a row cannot be understood.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise StoredValueBroken from error


def placeholders(columns: str) -> str:
    """As many question marks as there are columns."""
    return ", ".join("?" * (columns.count(",") + 1))


def entry_row(entry: Entry) -> tuple[Any, ...]:
    """An entry as the columns of ``ENTRY_COLUMNS``."""
    return (
        bytes.fromhex(entry.id),
        entry.kind.value,
        milliseconds(entry.at),
        entry.desk,
        bytes.fromhex(entry.attendee_id) if entry.attendee_id else None,
        entry.list_id,
        to_json(entry.payload),
    )


def entry_from_row(row: Row) -> Entry:
    """The entry that the columns of ``ENTRY_COLUMNS`` hold."""
    id_, kind, at, desk, attendee, list_id, payload = row
    return Entry(
        id=id_.hex(),
        kind=EntryKind(kind),
        at=from_milliseconds(at),
        desk=desk,
        attendee_id=attendee.hex() if attendee else "",
        list_id=list_id,
        payload=json.loads(payload),
    )


def attendee_row(record: AttendeeRecord) -> tuple[Any, ...]:
    """A record as the columns of ``ATTENDEE_COLUMNS``."""
    person = record.attendee
    row = new_attendee_row(bytes.fromhex(person.id), person.code, person)
    return (
        *row[: _PRESENCE.start],
        *presence_row(record),
        *row[_PRESENCE.stop :],
    )


def presence_row(record: AttendeeRecord) -> tuple[int | None, int, int | None]:
    """``checked_in_at``, ``badge_prints`` and ``badge_printed_at`` of a record."""
    return (
        _optional_ms(record.checked_in_at),
        record.badge_prints,
        _optional_ms(record.badge_printed_at),
    )


def new_attendee_row(id_: bytes, code: str, person: Attendee) -> tuple[Any, ...]:
    """Somebody who has not come and has no badge yet as the columns of ``ATTENDEE_COLUMNS``."""
    return (
        id_,
        sort_key(person.last_name, person.first_name),
        fold(person.first_name),
        person.status.value,
        person.category,
        None,
        0,
        None,
        code,
        person.title,
        person.first_name,
        person.last_name,
        person.organisation,
        person.role,
        person.country,
        person.email,
        person.attention,
        to_json(dict(person.extra)) if person.extra else "",
        person.walk_in,
    )


def attendee_from_row(row: Row) -> Attendee:
    """The attendee that the columns of ``ATTENDEE_COLUMNS`` hold."""
    extra = row[17]
    return Attendee(
        id=row[0].hex(),
        code=row[8],
        title=row[9],
        first_name=row[10],
        last_name=row[11],
        organisation=row[12],
        role=row[13],
        country=row[14],
        email=row[15],
        category=row[4],
        attention=row[16],
        status=AttendeeStatus(row[3]),
        extra=json.loads(extra) if extra else {},
        walk_in=bool(row[18]),
    )


def check_in_rows(record: AttendeeRecord) -> list[tuple[Any, ...]]:
    """The check-ins of a record as the columns of ``CHECK_IN_COLUMNS``."""
    standing = [_check_in_row(check_in, standing=True) for check_in in record.check_ins.values()]
    later = [_check_in_row(check_in, standing=False) for check_in in record.later_check_ins]
    return standing + later


def check_in_from_row(row: Row) -> CheckIn:
    """The check-in that the columns of ``CHECK_IN_COLUMNS`` hold."""
    list_id, entry, at, desk, reason, _standing = row
    return CheckIn(from_milliseconds(at), desk, list_id, entry.hex(), reason)


def code_rows(record: AttendeeRecord) -> list[tuple[str, bool]]:
    """The codes that mean this person, with whether each still holds."""
    rows = [(code, False) for code in record.revoked_codes]
    return [*rows, (record.attendee.code, True)]


def optional_moment(value: int | None) -> datetime | None:
    """The UTC moment of a column that may be empty."""
    return None if value is None else from_milliseconds(value)


def _check_in_row(check_in: CheckIn, *, standing: bool) -> tuple[Any, ...]:
    return (
        check_in.list_id,
        bytes.fromhex(check_in.entry_id),
        milliseconds(check_in.at),
        check_in.desk,
        check_in.forced_reason,
        standing,
    )


def _optional_ms(moment: datetime | None) -> int | None:
    return None if moment is None else milliseconds(moment)
