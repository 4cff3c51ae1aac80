"""Who came: the numbers, and the lists that leave the program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from checkin_app.domain.attendee import FIELDS, AttendeeRecord, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.event_document import iso_utc
from checkin_app.domain.ledger import Entry
from checkin_app.errors import UsageError
from checkin_app.lists.writers import write_rows
from checkin_app.services.clock import utc_now
from checkin_app.storage.event_file import EventFile

Cell = str | int | datetime | None


class Export(StrEnum):
    """What can be exported."""

    ATTENDEES = "attendees"
    ATTENDANCE = "attendance"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an event, on one check-in list or on all.

    Attributes:
        expected: confirmed registrations.
        no_shows: confirmed, but not arrived.
        by_category: category → (registered, checked in); cancelled registrations left out.
        arrivals: minute (UTC) → people let in.
    """

    registered: int
    expected: int
    checked_in: int
    walk_ins: int
    no_shows: int
    by_category: dict[str, tuple[int, int]]
    arrivals: tuple[tuple[datetime, int], ...]


def event_numbers(event_file: EventFile, check_in_list: CheckInList | None = None) -> Numbers:
    """Count everybody, on one check-in list or on any."""
    list_id = check_in_list.id if check_in_list else ""
    counts = event_file.category_counts(list_id)
    confirmed = [count for count in counts if count.status is AttendeeStatus.CONFIRMED]
    by_category: dict[str, tuple[int, int]] = {}
    for count in counts:
        if count.status is not AttendeeStatus.CANCELLED or count.arrived:
            registered, arrived = by_category.get(count.category, (0, 0))
            by_category[count.category] = (registered + count.registered, arrived + count.arrived)
    return Numbers(
        registered=sum(count.registered for count in counts),
        expected=sum(count.registered for count in confirmed),
        checked_in=sum(count.arrived for count in counts),
        walk_ins=sum(count.walk_ins for count in counts),
        no_shows=sum(count.registered - count.arrived for count in confirmed),
        by_category=by_category,
        arrivals=event_file.arrivals_by_minute(list_id),
    )


def export(
    event_file: EventFile,
    path: Path,
    what: Export,
    check_in_list: CheckInList | None = None,
) -> int:
    """Write a list for a spreadsheet (.csv, .xlsx, .json) or for people (.pdf).

    Returns how many rows it has.

    Raises:
        UsageError: that cannot be exported in this format.
        CheckinError: the file cannot be written.
    """
    if path.suffix.lower() == ".pdf":
        if what is not Export.ATTENDANCE:
            raise UsageError("Only the attendance list is made as PDF. Choose .csv or .xlsx.")
        return write_attendance_pdf(event_file, path, check_in_list)
    match what:
        case Export.ATTENDEES:
            return _export_attendees(event_file, path)
        case Export.ATTENDANCE:
            return _export_attendance(event_file, path, check_in_list)
        case Export.LEDGER:
            return write_rows(path, _LEDGER_COLUMNS, map(_ledger_row, event_file.ledger()))


def write_attendance_pdf(
    event_file: EventFile, path: Path, check_in_list: CheckInList | None = None
) -> int:
    """Write the attendance of one list as a document; without one, of the registration desk.

    Returns how many people it names.
    """
    from checkin_app.reports.attendance_list import (
        AttendanceLine,
        AttendanceList,
        write_attendance_list,
    )

    shown = check_in_list or event_file.check_in_lists()[0]
    records = _listed(event_file.records())
    lines = [
        AttendanceLine(
            last_name=record.attendee.last_name,
            first_name=record.attendee.first_name,
            organisation=record.attendee.organisation,
            category=record.attendee.category,
            arrived_at=_arrived_at(record, shown),
        )
        for record in records
    ]
    write_attendance_list(path, AttendanceList(event_file.event(), shown.name, lines, utc_now()))
    return len(lines)


def _export_attendees(event_file: EventFile, path: Path) -> int:
    records = event_file.records()
    extra = list(dict.fromkeys(name for r in records for name in r.attendee.extra))
    columns = (*FIELDS, *extra, "checked_in_at", "badge_prints")
    event = event_file.event()

    def row(record: AttendeeRecord) -> list[Cell]:
        person, arrived = record.attendee, record.checked_in_at
        return [
            *(str(getattr(person, name)) for name in FIELDS),
            *(person.extra.get(name, "") for name in extra),
            event.local(arrived) if arrived else None,
            record.badge_prints,
        ]

    return write_rows(path, columns, map(row, records))


def _export_attendance(event_file: EventFile, path: Path, check_in_list: CheckInList | None) -> int:
    columns = ("last_name", "first_name", "organisation", "category", "arrived_at", "desk")
    event = event_file.event()
    wanted = [check_in_list] if check_in_list else event_file.check_in_lists()

    def row(record: AttendeeRecord) -> list[Cell]:
        person = record.attendee
        check_ins = [
            record.check_ins[choice.id] for choice in wanted if choice.id in record.check_ins
        ]
        first = min(check_ins, key=lambda check_in: check_in.at, default=None)
        return [
            person.last_name,
            person.first_name,
            person.organisation,
            person.category,
            event.local(first.at) if first else None,
            first.desk if first else "",
        ]

    return write_rows(path, columns, map(row, _listed(event_file.records())))


def _listed(records: Iterable[AttendeeRecord]) -> list[AttendeeRecord]:
    """Everybody who was expected or came."""
    return [
        record
        for record in records
        if record.attendee.status is AttendeeStatus.CONFIRMED or record.check_ins
    ]


def _arrived_at(record: AttendeeRecord, check_in_list: CheckInList) -> datetime | None:
    check_in = record.check_ins.get(check_in_list.id)
    return check_in.at if check_in else None


_LEDGER_COLUMNS = ("id", "kind", "at", "desk", "list", "attendee", "details")


def _ledger_row(entry: Entry) -> list[Cell]:
    return [
        entry.id,
        entry.kind.value,
        iso_utc(entry.at),
        entry.desk,
        entry.list_id,
        entry.attendee_id,
        json.dumps(_details(entry), ensure_ascii=False),
    ]


def _details(entry: Entry) -> dict[str, Any]:
    """The payload without the content of layouts and stock, which no cell could hold."""
    return {name: value for name, value in entry.payload.items() if name != "document"}
