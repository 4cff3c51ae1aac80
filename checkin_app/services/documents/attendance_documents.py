"""The documents about who came: attendance, signatures, no-shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.reports.pages_file import WHOLE, Writing
from checkin_app.services.attendance import is_expected, is_listed, is_no_show
from checkin_app.services.clock import utc_now
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.reports.attendance_list import AttendanceLine, Form
    from checkin_app.reports.table import Table


def write_attendance_list(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None = None,
    *,
    per_day: bool = False,
    writing: Writing = WHOLE,
) -> int:
    """Write who is registered and who came when.

    Args:
        check_in_list: whose arrivals are shown; None: those of the registration desk.
        per_day: one list for each day of the event, with who was seen on it.

    Returns:
        how many people it names.

    Raises:
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so; there is no file then.
    """
    from checkin_app.reports.attendance_list import Form

    return _write_attendance(event_file, path, check_in_list, Form.TIMES, per_day, writing)


def write_signature_list(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None = None,
    *,
    after: bool = False,
    per_day: bool = False,
    writing: Writing = WHOLE,
) -> int:
    """Write a list to sign: everybody who is expected, or those who came, with their times.

    Args:
        check_in_list: whose; None: that of the registration desk.
        after: only those who came.
        per_day: one list for each day of the event.

    Returns:
        how many people it names.

    Raises:
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so; there is no file then.
    """
    from checkin_app.reports.attendance_list import Form

    form = Form.TO_SIGN_AFTERWARDS if after else Form.TO_SIGN
    return _write_attendance(event_file, path, check_in_list, form, per_day, writing)


def write_no_show_list(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None = None,
    *,
    writing: Writing = WHOLE,
) -> int:
    """Write who was expected and did not come.

    Args:
        check_in_list: where; None: at the event, on any list.

    Returns:
        how many people it names.

    Raises:
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so; there is no file then.
    """
    from checkin_app.reports.no_show_list import no_show_table

    event = event_file.event()
    records = [r for r in event_file.people.records() if is_expected(r, check_in_list)]
    missing = [record.attendee for record in records if is_no_show(record, check_in_list)]
    where = check_in_list.name if check_in_list else ""
    table = no_show_table(event, where, len(records), missing, utc_now())
    _write_tables(path, [table], writing)
    return len(missing)


def event_days(event: Event) -> Sequence[date]:
    """The days of an event, by the venue's calendar."""
    count = (event.ends_on - event.starts_on).days + 1
    return [event.starts_on + timedelta(days=number) for number in range(count)]


def _write_attendance(
    event_file: EventFile,
    path: Path,
    check_in_list: CheckInList | None,
    form: Form,
    per_day: bool,
    writing: Writing,
) -> int:
    from checkin_app.reports.attendance_list import AttendanceList, Form, attendance_table

    event, as_of = event_file.event(), utc_now()
    shown = check_in_list or event_file.check_in_lists()[0]
    records = [record for record in event_file.people.records() if is_listed(record, shown)]
    tables = []
    named: set[str] = set()
    for day, arrivals in _arrivals(event_file, event, shown, records, per_day=per_day):
        lines = [_line(record, arrivals.get(record.attendee.id)) for record in records]
        tables.append(attendance_table(AttendanceList(event, shown.name, lines, as_of, form, day)))
        named.update(arrivals)
    _write_tables(path, tables, writing)
    return len(named) if form is Form.TO_SIGN_AFTERWARDS else len(records)


def _line(record: AttendeeRecord, arrived_at: datetime | None) -> AttendanceLine:
    from checkin_app.reports.attendance_list import AttendanceLine

    return AttendanceLine(
        last_name=record.attendee.last_name,
        first_name=record.attendee.first_name,
        organisation=record.attendee.organisation,
        category=record.attendee.category,
        arrived_at=arrived_at,
    )


def _write_tables(path: Path, tables: Sequence[Table], writing: Writing) -> None:
    from checkin_app.reports.table_file import write_tables

    write_tables(path, tables, writing)


def _arrivals(
    event_file: EventFile,
    event: Event,
    shown: CheckInList,
    records: Sequence[AttendeeRecord],
    *,
    per_day: bool,
) -> Iterator[tuple[date | None, Mapping[str, datetime]]]:
    """When each person was first seen, by id, for all days together or for each."""
    first = {
        record.attendee.id: record.check_ins[shown.id].at
        for record in records
        if shown.id in record.check_ins
    }
    if not per_day:
        yield None, first
        return
    for day in event_days(event):
        begins, ends = event.utc(day, 0), event.utc(day + timedelta(days=1), 0)
        seen = event_file.people.seen_between(shown.id, begins, ends)
        # Somebody whose check-in was taken back, or who is not listed, was not there.
        yield day, {id_: at for id_, at in seen.items() if id_ in first}
