"""A look at a registration list before anything is written, and then the import itself.

Both may run in a process of their own (``…_by_path``): a long list keeps one interpreter busy in
stretches that would make the window stutter. So what comes home is packed, whatever the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.gui.background.receivers import Progress
from checkin_app.gui.background.tasks import CancelledCheck
from checkin_app.gui.lists.changes.change_lines import ChangeLines, change_lines
from checkin_app.gui.lists.checking.check_lines import CheckLines, lines_of_problems, lines_to_check
from checkin_app.lists.mapping.columns import ColumnMapping
from checkin_app.lists.mapping.own_presets import own_presets, own_presets_folder
from checkin_app.lists.mapping.presets import known_presets
from checkin_app.lists.progress import no_progress
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    ListChoices,
    ListReading,
    ListSource,
    apply_import,
    path_of,
    plan_import,
    read_list,
)
from checkin_app.services.list_merge.decisions import UNDECIDED, MergeDecisions, Missing
from checkin_app.services.list_merge.plan import ImportPlan, PlanSummary
from checkin_app.services.list_merge.planned_rows import summary
from checkin_app.storage.event_file import EventFile

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ListWishes:
    """All that a person said about a list: how to read it, and what to make of its rows."""

    choices: ListChoices = field(default_factory=ListChoices)
    decisions: MergeDecisions = UNDECIDED


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a list was understood, and what it would change.

    Attributes:
        name: of the file.
        file_mark: tells whether the file is still the one that was looked at.
        wishes: what the person had said.
        columns: names of the columns.
        rows, numbers: the first rows, and what a spreadsheet program calls them.
        row_count: how many rows there are.
        header_row: the row that names the columns.
        encoding, delimiter: of a text file, else empty.
        sheet, sheets: of a workbook, else empty.
        mapping: what the columns hold.
        presets: id and name of each preset there is, the organiser's own first.
        to_check: what is worth a look, by kind.
        changes: what importing would do, line by line.
        summary: how many rows are of which kind.
        people: how many people are added, changed or marked as gone.
        missing: what becomes of those whom the list does not name.
        missing_reason: why so.
        obstacle: why it cannot be imported, for the person to read; empty when it can.
    """

    name: str
    file_mark: tuple[int, int]
    wishes: ListWishes
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: Sequence[int]
    row_count: int
    header_row: int
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    mapping: ColumnMapping
    presets: tuple[tuple[str, str], ...]
    to_check: CheckLines = field(default_factory=dict)
    changes: ChangeLines = field(default_factory=ChangeLines)
    summary: PlanSummary = field(default_factory=lambda: PlanSummary(0, 0, 0, 0, 0, 0, 0))
    people: int = 0
    missing: Missing = Missing.KEEP
    missing_reason: str = ""
    obstacle: str = ""

    @property
    def preset(self) -> str:
        """The id of the preset that was followed; empty for none."""
        return self.mapping.preset.id if self.mapping.preset else ""


class ListInHand:
    """The list as it was read and planned last: a decision asks for no second reading, and what
    was looked at last is imported without being worked out again.

    Used by one thread at a time.
    """

    def __init__(self) -> None:
        self._read: tuple[ListSource, tuple[int, int], ListChoices] | None = None
        self._reading: ListReading | None = None
        self._plan: ImportPlan | None = None

    def reading(
        self,
        source: ListSource,
        choices: ListChoices,
        progress: Progress,
        cancelled: CancelledCheck,
    ) -> ListReading:
        """The list; read anew when file or choices are others.

        Raises:
            ListFileError: the file is no registration list.
            UsageError: a chosen field or column does not exist.
            Cancelled: ``cancelled`` said so.
        """
        wanted = (source, file_mark(source), choices)
        if self._reading is None or self._read != wanted:
            self._plan = None
            self._reading = read_list(source, choices, progress=progress, cancelled=cancelled)
            self._read = wanted
        return self._reading

    def plan(
        self,
        event_file: EventFile,
        reading: ListReading,
        decisions: MergeDecisions,
        progress: Progress,
        cancelled: CancelledCheck,
    ) -> ImportPlan:
        """What importing the list in hand would do to the event as it is now.

        Raises:
            ListFileError: no column holds names.
            Cancelled: ``cancelled`` said so.
        """
        known = self._plan
        if (
            known is not None
            and known.decisions == decisions
            and known.people_mark == event_file.people_mark()
        ):
            return known
        self._plan = plan_import(
            event_file, reading, decisions, progress=progress, cancelled=cancelled
        )
        return self._plan


def look_at_list(
    in_hand: ListInHand,
    event_file: EventFile,
    source: ListSource,
    wishes: ListWishes,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ListLook:
    """Read a list, and compare it with the event. Nothing is written.

    Raises:
        ListFileError: the file is no registration list.
        UsageError: a chosen field or column does not exist.
        Cancelled: ``cancelled`` said so.
    """
    choices = _with_own_presets(wishes.choices)
    reading = in_hand.reading(source, choices, progress, cancelled)
    look = _look_of(reading, wishes, choices)
    try:
        plan = in_hand.plan(event_file, reading, wishes.decisions, progress, cancelled)
    except ListFileError as error:
        return replace(look, obstacle=str(error))
    columns = reading.mapping.columns
    return replace(
        look,
        to_check=lines_to_check(plan, reading.table, columns),
        changes=change_lines(plan, reading),
        summary=summary(plan),
        people=len(plan.additions) + plan.updated + len(plan.gone),
        missing=plan.missing_choice,
        missing_reason=plan.missing_reason,
    )


def look_at_list_by_path(
    in_hand: ListInHand,
    event_path: Path,
    source: ListSource,
    wishes: ListWishes,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ListLook:
    """``look_at_list`` in a process that has no event file open."""
    with closing(EventFile(event_path)) as event_file:
        return look_at_list(in_hand, event_file, source, wishes, progress, cancelled)


def import_list(
    in_hand: ListInHand,
    event_file: EventFile,
    source: ListSource,
    wishes: ListWishes,
    looked_at: tuple[int, int],
    desk_name: str,
    now: datetime,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ImportReport:
    """Import a list as it was looked at, into the event as it is now, whole or not at all.

    Args:
        looked_at: the ``file_mark`` of the file that the person looked at.

    Raises:
        ListFileError: the file is no longer the list it was.
        Cancelled: ``cancelled`` said so; nothing was imported.
        EventFileError: the event file cannot be written; nothing was imported.
    """
    if file_mark(source) != looked_at:
        path = path_of(source)
        raise ListFileError(
            f"{path.name} has changed since you looked at it. Nothing was imported; choose the "
            "file again.",
            path,
        )
    choices = _with_own_presets(wishes.choices)
    reading = in_hand.reading(source, choices, no_progress, cancelled)
    plan = in_hand.plan(event_file, reading, wishes.decisions, no_progress, cancelled)
    return apply_import(
        event_file, desk_name, now, plan, reading, progress=progress, cancelled=cancelled
    )


def import_list_by_path(
    in_hand: ListInHand,
    event_path: Path,
    source: ListSource,
    wishes: ListWishes,
    looked_at: tuple[int, int],
    desk_name: str,
    now: datetime,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ImportReport:
    """``import_list`` in a process that has no event file open."""
    with closing(EventFile(event_path)) as event_file:
        return import_list(
            in_hand, event_file, source, wishes, looked_at, desk_name, now, progress, cancelled
        )


def file_mark(source: ListSource) -> tuple[int, int]:
    """When the file was written and how long it is; zeros for one that is gone, or none."""
    if not isinstance(source, Path):
        return 0, 0
    try:
        found = source.stat()
    except OSError:
        # Whoever reads it says what is wrong with it.
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _with_own_presets(choices: ListChoices) -> ListChoices:
    own = tuple(preset.as_preset() for preset in own_presets(own_presets_folder()))
    return replace(choices, own_presets=own)


def _look_of(reading: ListReading, wishes: ListWishes, choices: ListChoices) -> ListLook:
    table = reading.table
    columns = reading.mapping.columns
    return ListLook(
        name=table.path.name,
        file_mark=file_mark(table.path),
        wishes=wishes,
        columns=table.columns,
        rows=tuple(table.rows[:ROWS_SHOWN]),
        numbers=tuple(table.numbers[:ROWS_SHOWN]),
        row_count=len(table.rows),
        header_row=table.header_row,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        sheets=table.sheets,
        mapping=reading.mapping,
        presets=tuple((one.id, one.name) for one in (*choices.own_presets, *known_presets())),
        to_check=lines_of_problems(table.problems, table, columns),
    )
