"""A look at a registration list before anything is written, and then the import itself.

Both may run in a process of their own (``…_by_path``): a long list keeps one interpreter busy in
stretches that would make the window stutter. So what comes home is small, whatever the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.gui.lists.check_lines import CheckLines, lines_of_problems
from checkin_app.gui.tasks import CancelledCheck, Progress
from checkin_app.services.registration_lists import (
    ImportReport,
    ListChoices,
    ListReading,
    apply_import,
    plan_import,
    read_list,
)
from checkin_app.storage.event_file import EventFile

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a list was understood.

    Attributes:
        name: of the file.
        choices: what the person had decided.
        columns: names of the columns.
        rows, numbers: the first rows, and what a spreadsheet program calls them.
        row_count: how many rows there are.
        header_row: the row that names the columns.
        encoding, delimiter: of a text file, else empty.
        sheet, sheets: of a workbook, else empty.
        mapping: field → column.
        added, updated, unchanged, rejected: what importing would do.
        to_check: what is worth a look, by kind.
        obstacle: why it cannot be imported, for the person to read; empty when it can.
    """

    name: str
    choices: ListChoices
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: Sequence[int]
    row_count: int
    header_row: int
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    mapping: Mapping[str, str]
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    to_check: CheckLines = field(default_factory=dict)
    obstacle: str = ""


def look_at_list(
    event_file: EventFile,
    path: Path,
    choices: ListChoices,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ListLook:
    """Read a list, and compare it with the event. Nothing is written.

    Raises:
        ListFileError: the file is no registration list.
        UsageError: a chosen field or column does not exist.
        Cancelled: ``cancelled`` said so.
    """
    reading = read_list(path, choices, progress=progress, cancelled=cancelled)
    look = _look_of(reading, choices)
    try:
        plan = plan_import(event_file, reading, progress=progress, cancelled=cancelled)
    except ListFileError as error:
        return replace(look, obstacle=str(error))
    return replace(
        look,
        added=len(plan.additions),
        updated=len(plan.updates),
        unchanged=plan.unchanged,
        rejected=plan.rejected,
        to_check=lines_of_problems(plan.problems, reading.table, reading.mapping.columns),
    )


def look_at_list_by_path(
    event_path: Path,
    path: Path,
    choices: ListChoices,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ListLook:
    """``look_at_list`` in a process that has no event file open."""
    with closing(EventFile(event_path)) as event_file:
        return look_at_list(event_file, path, choices, progress, cancelled)


def import_list(
    event_file: EventFile,
    path: Path,
    choices: ListChoices,
    desk_name: str,
    now: datetime,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ImportReport:
    """Read the list again, as the event is now, and import it whole or not at all.

    Raises:
        ListFileError: the file is no longer the list it was.
        Cancelled: ``cancelled`` said so; nothing was imported.
        EventFileError: the event file cannot be written; nothing was imported.
    """
    reading = read_list(path, choices, cancelled=cancelled)
    plan = plan_import(event_file, reading, cancelled=cancelled)
    return apply_import(
        event_file, desk_name, now, plan, reading, progress=progress, cancelled=cancelled
    )


def import_list_by_path(
    event_path: Path,
    path: Path,
    choices: ListChoices,
    desk_name: str,
    now: datetime,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ImportReport:
    """``import_list`` in a process that has no event file open."""
    with closing(EventFile(event_path)) as event_file:
        return import_list(event_file, path, choices, desk_name, now, progress, cancelled)


def _look_of(reading: ListReading, choices: ListChoices) -> ListLook:
    table = reading.table
    return ListLook(
        name=table.path.name,
        choices=choices,
        columns=table.columns,
        rows=tuple(table.rows[:ROWS_SHOWN]),
        numbers=tuple(table.numbers[:ROWS_SHOWN]),
        row_count=len(table.rows),
        header_row=table.header_row,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        sheets=table.sheets,
        mapping=dict(reading.mapping.columns),
        to_check=lines_of_problems(table.problems, table, reading.mapping.columns),
    )
