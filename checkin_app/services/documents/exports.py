"""The lists that leave the program for a spreadsheet, for another program or for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from checkin_app.domain.attendee import FIELDS, Attendee, AttendeeRecord, CheckIn
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import Entry
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, UsageError
from checkin_app.lists.reading.header import distinct_names
from checkin_app.lists.writing.delimiters import DELIMITERS, system_delimiter
from checkin_app.lists.writing.own_export import KNOWN_COLUMNS, extra_heading
from checkin_app.lists.writing.writers import Value, write_rows
from checkin_app.reports.pages_file import Writing
from checkin_app.services.attendance import is_listed, is_no_show
from checkin_app.services.documents.attendance_documents import (
    write_attendance_list,
    write_no_show_list,
)
from checkin_app.storage.event_file import EventFile

Progress = Callable[[int], None]
"""Called with the rows written so far."""

_ROWS_PER_LOOK = 500
_Row = TypeVar("_Row")


class Export(StrEnum):
    """What can be exported."""

    ATTENDEES = "attendees"
    ATTENDANCE = "attendance"
    NO_SHOWS = "no-shows"
    LEDGER = "ledger"


_DOCUMENTS = {
    Export.ATTENDANCE: write_attendance_list,
    Export.NO_SHOWS: write_no_show_list,
}


def export(
    event_file: EventFile,
    path: Path,
    what: Export,
    check_in_list: CheckInList | None = None,
    *,
    delimiter: str = "",
    progress: Progress = lambda done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write a list for a spreadsheet (.csv, .xlsx, .json) or for people (.pdf).

    Args:
        check_in_list: whose arrivals are meant; None: those of all lists.
        delimiter: of a CSV file; empty: the one this computer's spreadsheet programs expect.

    Returns:
        the number of its rows.

    Raises:
        UsageError: that cannot be exported in this format.
        CheckinError: the file cannot be written.
        Cancelled: ``cancelled`` said so; there is no file then.
    """
    if path.suffix.lower() == ".pdf":
        write_document = _DOCUMENTS.get(what)
        if write_document is None:
            raise UsageError("Only attendance and no-shows are made as PDF. Choose .csv or .xlsx.")
        return write_document(event_file, path, check_in_list, writing=Writing(cancelled=cancelled))
    if delimiter and delimiter not in DELIMITERS:
        raise UsageError("A CSV file is written with a comma, a semicolon or a tab.")
    columns, rows = _content(event_file, what, check_in_list)
    return write_rows(
        path,
        columns,
        _watched(rows, progress, cancelled),
        delimiter=delimiter or system_delimiter(),
    )


def first_rows(
    event_file: EventFile, what: Export, check_in_list: CheckInList | None, most: int
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Columns and the first rows of a list, as texts to be looked at."""
    columns, rows = _content(event_file, what, check_in_list)
    return columns, [list(map(_shown, row)) for row in islice(rows, most)]


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)


def _content(
    event_file: EventFile, what: Export, check_in_list: CheckInList | None
) -> tuple[Sequence[str], Iterable[Sequence[Value]]]:
    event = event_file.event()
    records = (record for record in event_file.people.records() if not record.is_erased)
    match what:
        case Export.ATTENDEES:
            extra = event_file.people.extra_columns()
            columns = (*FIELDS, *map(extra_heading, extra), *KNOWN_COLUMNS)
            return columns, map(partial(_attendee_row, event, extra), records)
        case Export.ATTENDANCE:
            lists = (check_in_list,) if check_in_list else event_file.check_in_lists()
            listed = filter(partial(is_listed, check_in_list=check_in_list), records)
            return _attendance_columns(lists), map(partial(_attendance_row, event, lists), listed)
        case Export.NO_SHOWS:
            missing = filter(partial(is_no_show, check_in_list=check_in_list), records)
            return _NO_SHOW_COLUMNS, map(_no_show_row, missing)
        case Export.LEDGER:
            return _LEDGER_COLUMNS, map(partial(_ledger_row, event), event_file.ledger())


def _watched(
    rows: Iterable[_Row], progress: Progress, cancelled: Callable[[], bool]
) -> Iterator[_Row]:
    for done, row in enumerate(rows):
        if not done % _ROWS_PER_LOOK:
            if cancelled():
                raise Cancelled("Stopped. No list was written.")
            progress(done)
        yield row


def _attendee_row(event: Event, extra: Sequence[str], record: AttendeeRecord) -> Sequence[Value]:
    person = record.attendee
    first = _first_check_in(record.check_ins.values())
    return [
        *(str(getattr(person, name)) for name in FIELDS),
        *(person.extra.get(name, "") for name in extra),
        person.id,
        "yes" if person.walk_in else "",
        _local(event, record.registered_at),
        _local(event, record.gone_at),
        _local(event, record.ticket_sent_at),
        _local(event, first.at if first else None),
        first.desk if first else "",
        record.badge_prints,
    ]


_PERSON = ("code", "last_name", "first_name", "organisation", "country", "category")
_NO_SHOW_COLUMNS = (*_PERSON, "email")


def _person_cells(person: Attendee) -> Sequence[str]:
    return [getattr(person, name) for name in _PERSON]


def _attendance_columns(lists: Sequence[CheckInList]) -> Sequence[str]:
    """With a column for each check-in list where there are several."""
    names = [check_in_list.name for check_in_list in lists] if len(lists) > 1 else []
    columns = (*_PERSON, "arrived_at", "desk", *names)
    return distinct_names(columns, len(columns))


def _attendance_row(
    event: Event, lists: Sequence[CheckInList], record: AttendeeRecord
) -> Sequence[Value]:
    check_ins = [record.check_ins.get(check_in_list.id) for check_in_list in lists]
    first = _first_check_in(filter(None, check_ins))
    cells: list[Value] = [*_person_cells(record.attendee)]
    cells += [_local(event, first.at if first else None), first.desk if first else ""]
    if len(lists) > 1:
        cells += [_local(event, one.at if one else None) for one in check_ins]
    return cells


def _no_show_row(record: AttendeeRecord) -> Sequence[Value]:
    return [*_person_cells(record.attendee), record.attendee.email]


_LEDGER_COLUMNS = ("id", "kind", "at", "desk", "list", "attendee", "details")


def _ledger_row(event: Event, entry: Entry) -> Sequence[Value]:
    return [
        entry.id,
        entry.kind.value,
        event.local(entry.at),
        entry.desk,
        entry.list_id,
        entry.attendee_id,
        json.dumps(_details(entry), ensure_ascii=False),
    ]


def _details(entry: Entry) -> dict[str, Any]:
    """The payload without the content of layouts and stock, which no cell could hold."""
    return {name: value for name, value in entry.payload.items() if name != "document"}


def _first_check_in(check_ins: Iterable[CheckIn]) -> CheckIn | None:
    return min(check_ins, key=lambda check_in: check_in.at, default=None)


def _local(event: Event, moment: datetime | None) -> datetime | None:
    return None if moment is None else event.local(moment)
