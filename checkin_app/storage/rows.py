"""How entries and attendees lie in the tables, and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from checkin_app.domain.attendee import (
    TEXT_FIELDS,
    Attendee,
    AttendeeRecord,
    AttendeeStatus,
    CheckIn,
)
from checkin_app.domain.language.search_text import fold, sort_key
from checkin_app.domain.ledger import Entry, EntryKind, from_milliseconds, milliseconds

Row = Sequence[Any]

ENTRY_COLUMNS = "id, kind, at, desk, attendee, list, payload"
PERSON_COLUMNS = (
    "id, sort_key, first_key, status, category, code, title, first_name, last_name,"
    " organisation, role, country, email, attention, extra, walk_in"
)
_PERSON = slice(PERSON_COLUMNS.count(",") + 1)
PRESENCE_COLUMNS = (
    "registered_at, checked_in_at, badge_prints, badge_printed_at, badge_spoilt,"
    " changed_since_print, tray, tray_place, gone_at, ticket_sent_at, is_erased,"
    " open_conflicts, resolved_conflicts"
)
"""What entries change about an attendee without changing the person."""
ATTENDEE_COLUMNS = f"{PERSON_COLUMNS}, {PRESENCE_COLUMNS}"
PRESENCE = slice(_PERSON.stop, ATTENDEE_COLUMNS.count(",") + 1)
"""Where the columns of ``PRESENCE_COLUMNS`` stand among them."""
CHECK_IN_COLUMNS = "list, entry, at, desk, reason, standing"
NEW_PERSON_COLUMNS = f"{PERSON_COLUMNS}, registered_at, badge_prints"
"""What is not as the table has it by default of somebody who has only been registered."""

_TEXTS_OF_PAYLOAD = tuple(f'"{name}":' for name in ("code", *TEXT_FIELDS))
_texts_of = attrgetter(*TEXT_FIELDS)
_STATUSES = {status.value: status for status in AttendeeStatus}

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
    row = _person_row(bytes.fromhex(person.id), person.code, person)
    return (*row, *presence_row(record))


def presence_row(record: AttendeeRecord) -> tuple[Any, ...]:
    """A record as the columns of ``PRESENCE_COLUMNS``."""
    return (
        _optional_ms(record.registered_at),
        _optional_ms(record.checked_in_at),
        record.badge_prints,
        _optional_ms(record.badge_printed_at),
        record.badge_spoilt,
        record.changed_since_print,
        record.tray,
        record.tray_place,
        _optional_ms(record.gone_at),
        _optional_ms(record.ticket_sent_at),
        record.is_erased,
        len(record.open_conflicts),
        len(record.conflicts) - len(record.open_conflicts),
    )


def new_attendee_row(
    id_: bytes, code: str, person: Attendee, registered_at: int
) -> tuple[Any, ...]:
    """Somebody who has not come and has no badge yet as ``NEW_PERSON_COLUMNS``."""
    return (*_person_row(id_, code, person), registered_at, 0)


def registration_json(code: str, person: Attendee, origin: Mapping[str, str]) -> str:
    """The payload of a ``registered`` entry; empty fields are left out.

    Put together by hand: the general encoder takes twice as long, which is felt in a list of
    100,000. ``fold.attendee_from_payload`` understands it.

    Args:
        origin: what the payload says besides the person.
    """
    texts = zip(_TEXTS_OF_PAYLOAD, (code, *_texts_of(person)), strict=True)
    fields = [name + encode_basestring(text) for name, text in texts if text]
    if person.status is not AttendeeStatus.CONFIRMED:
        fields.append(f'"status":"{person.status.value}"')
    if person.extra:
        fields.append(f'"extra":{_json_of_texts(person.extra)}')
    if person.walk_in:
        fields.append('"walk_in":true')
    attendee = ",".join(fields)
    more = f",{_json_of_texts(origin)[1:-1]}" if origin else ""
    return f'{{"attendee":{{{attendee}}}{more}}}'


def _json_of_texts(texts: Mapping[str, str]) -> str:
    pairs = [f"{encode_basestring(name)}:{encode_basestring(text)}" for name, text in texts.items()]
    return f"{{{','.join(pairs)}}}"


def _person_row(id_: bytes, code: str, person: Attendee) -> tuple[Any, ...]:
    first_key = fold(person.first_name)
    return (
        id_,
        sort_key(person.last_name, first_key),
        first_key,
        person.status.value,
        person.category,
        code,
        person.title,
        person.first_name,
        person.last_name,
        person.organisation,
        person.role,
        person.country,
        person.email,
        person.attention,
        _json_of_texts(person.extra) if person.extra else "",
        person.walk_in,
    )


def attendee_from_row(row: Row) -> Attendee:
    """The attendee that a row which begins with ``PERSON_COLUMNS`` holds.

    Texts that many people share are kept once: of 50,000 people that is a tenth of the memory.
    """
    (
        id_, _sort_key, _first_key, status, category, code, title, first_name, last_name,
        organisation, role, country, email, attention, extra, walk_in,
    ) = row[_PERSON]  # fmt: skip
    return Attendee(
        id=id_.hex(),
        code=code,
        title=title,
        first_name=first_name,
        last_name=last_name,
        organisation=organisation,
        role=sys.intern(role),
        country=sys.intern(country),
        email=email,
        category=sys.intern(category),
        attention=attention,
        status=_STATUSES[status],
        extra=json.loads(extra) if extra else {},
        walk_in=bool(walk_in),
    )


def record_from_row(row: Row, check_ins: Mapping[str, CheckIn]) -> AttendeeRecord:
    """The record that the columns of ``ATTENDEE_COLUMNS`` hold, with its standing check-ins."""
    (
        registered, _arrived, prints, printed, spoilt, changed, tray, tray_place, gone, ticket_sent,
        is_erased, _open_conflicts, _resolved_conflicts,
    ) = row[PRESENCE]  # fmt: skip
    return AttendeeRecord(
        attendee=attendee_from_row(row),
        check_ins=check_ins,
        badge_prints=prints,
        badge_printed_at=optional_moment(printed),
        badge_spoilt=bool(spoilt),
        changed_since_print=bool(changed),
        tray=tray,
        tray_place=tray_place,
        registered_at=optional_moment(registered),
        gone_at=optional_moment(gone),
        ticket_sent_at=optional_moment(ticket_sent),
        is_erased=bool(is_erased),
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
    """The codes that mean this person, with whether each still holds; none of an erased one."""
    rows = [(code, False) for code in record.revoked_codes]
    hold = () if record.is_erased else (record.attendee.code, *sorted(record.other_codes))
    return [*rows, *((code, True) for code in hold if code)]


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
