"""A registration list into the event: read, look at, then import whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from checkin_app.lists.mapping.columns import ColumnMapping, guess_mapping
from checkin_app.lists.mapping.presets import ListPreset, choose_preset, recognise_preset
from checkin_app.lists.people.rows import import_rows
from checkin_app.lists.problems import Problem
from checkin_app.lists.progress import (
    CancelledCheck,
    Progress,
    never_cancelled,
    no_progress,
    stop_if,
)
from checkin_app.lists.reading.readers import read_table
from checkin_app.lists.table import Table
from checkin_app.services.list_import.corrected_cells import with_cells
from checkin_app.services.list_import.import_writing import write_import
from checkin_app.services.list_merge.decisions import UNDECIDED, MergeDecisions
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.merge import plan_merge
from checkin_app.services.list_merge.missing import content_of, source_of, tell_missing
from checkin_app.services.list_merge.plan import ImportPlan
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What a person decided about a list; what is not said is guessed.

    Attributes:
        columns: field → column; an empty column frees the field.
        preset: id of the preset the list follows; empty for none, None to recognise it.
        own_presets: the organiser's own, which are recognised before the program's.
    """

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    preset: str | None = None
    own_presets: tuple[ListPreset, ...] = ()


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list as it was understood."""

    table: Table
    mapping: ColumnMapping

    @property
    def preset(self) -> ListPreset | None:
        """The preset that said what the columns hold; None for an ordinary list."""
        return self.mapping.preset


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; ``problems`` say what it did not do.

    Attributes:
        preset: id of the preset the list followed, or empty.
        import_id: under which the import can be undone; empty when nothing was written.
        repeated: rows that say the same again.
        gone: people who are marked as gone from the list.
        missing: people who came by a list and whom this one does not name, marked or not.
        unclear: rows in doubt that nobody decided; what was proposed was done with them.
        missing_reason: why the missing are marked, or not; empty when a person decided that.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str]
    encoding: str
    delimiter: str
    preset: str
    import_id: str
    repeated: int
    gone: int
    missing: int
    unclear: int
    missing_reason: str


ListSource = Path | Table
"""A file, or a table that came from elsewhere."""


def path_of(source: ListSource) -> Path:
    """The file; of a table the path it stands for, whose name says where it comes from."""
    return source.path if isinstance(source, Table) else source


def read_list(
    source: ListSource,
    choices: ListChoices | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ListReading:
    """Read a list and say how it was understood.

    Args:
        source: a table is taken as it is.

    Raises:
        ListFileError: the file is no registration list.
        UsageError: a chosen preset, field or column does not exist.
        Cancelled: the person stopped it.
    """
    choices = choices or ListChoices()
    table = (
        source
        if isinstance(source, Table)
        else read_table(
            source,
            sheet=choices.sheet,
            encoding=choices.encoding,
            delimiter=choices.delimiter,
            progress=progress,
            cancelled=cancelled,
        )
    )
    mapping = guess_mapping(table, _preset(table, choices))
    return ListReading(table, mapping.corrected(choices.columns, table.columns))


def _preset(table: Table, choices: ListChoices) -> ListPreset | None:
    if choices.preset is None:
        return recognise_preset(table, choices.own_presets)
    return choose_preset(choices.preset, choices.own_presets) if choices.preset else None


def plan_import(
    event_file: EventFile,
    reading: ListReading,
    decisions: MergeDecisions = UNDECIDED,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ImportPlan:
    """What importing the list would change, as decided, else as proposed. Nothing is written.

    Raises:
        ListFileError: no column holds names.
        Cancelled: the person stopped it.
    """
    people_mark = event_file.people_mark()
    table = with_cells(reading.table, decisions.cells)
    people = event_file.imports.people()
    known = KnownPeople(people)
    plan = plan_merge(
        import_rows(table, reading.mapping, progress=progress, cancelled=cancelled),
        known,
        reading.mapping.columns.get("code", ""),
        table.numbers,
        decisions,
        cancelled=cancelled,
    )
    plan.people_mark = people_mark
    plan.source = source_of(table.columns, _preset_id(reading))
    plan.content = content_of(table)
    tell_missing(plan, people, event_file.imports.done(), event_file.imports.sources())
    return plan


def apply_import(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    plan: ImportPlan,
    reading: ListReading,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ImportReport:
    """Carry out a plan in one transaction: all of it, or nothing.

    When somebody was registered or changed since the plan was made, by another import or at a
    desk, it is made again first with the same decisions; nobody else can write meanwhile.

    Raises:
        Cancelled: the person stopped it; nothing was imported.
        EventFileError: the event file cannot be written; nothing was imported.
    """
    import_id = ""
    with event_file.transaction(desk_name, now) as transaction:
        if event_file.people_mark() != plan.people_mark:
            plan = plan_import(event_file, reading, plan.decisions, cancelled=cancelled)
        if plan.writes:
            import_id = write_import(
                transaction,
                plan,
                reading.table.path.name,
                _preset_id(reading),
                progress=progress,
                cancelled=cancelled,
            )
        stop_if(cancelled)
    return report_of(plan, reading, import_id)


def report_of(plan: ImportPlan, reading: ListReading, import_id: str = "") -> ImportReport:
    """The report of a plan; without an id of what it would do."""
    return ImportReport(
        read=plan.read,
        added=len(plan.additions),
        updated=plan.updated,
        unchanged=plan.unchanged,
        rejected=plan.rejected,
        problems=tuple(plan.problems),
        mapping=reading.mapping.columns,
        encoding=reading.table.encoding,
        delimiter=reading.table.delimiter,
        preset=_preset_id(reading),
        import_id=import_id,
        repeated=plan.repeats,
        gone=len(plan.gone),
        missing=len(plan.missing),
        unclear=sum(row.decision is None for row in plan.unclear.values()),
        missing_reason="" if plan.decisions.missing else plan.missing_reason,
    )


def _preset_id(reading: ListReading) -> str:
    return reading.preset.id if reading.preset else ""
