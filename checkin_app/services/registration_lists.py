"""A registration list into the event: read, look at, then import whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from checkin_app.domain.fold import FROM_LIST
from checkin_app.domain.ledger import EntryKind
from checkin_app.lists.columns import ColumnMapping, guess_mapping
from checkin_app.lists.presets import ListPreset, choose_preset, recognise_preset
from checkin_app.lists.problems import Problem
from checkin_app.lists.progress import (
    CancelledCheck,
    Progress,
    never_cancelled,
    no_progress,
    stop_if,
)
from checkin_app.lists.readers import read_table
from checkin_app.lists.rows import import_rows
from checkin_app.lists.table import Table
from checkin_app.services.list_merge.merge import ImportPlan, Update, plan_merge
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

_PEOPLE_PER_STEP = 2000


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


def read_list(
    path: Path,
    choices: ListChoices | None = None,
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ListReading:
    """Read a list and say how it was understood.

    Raises:
        ListFileError: the file is no registration list.
        UsageError: a chosen preset, field or column does not exist.
        Cancelled: the person stopped it.
    """
    choices = choices or ListChoices()
    table = read_table(
        path,
        sheet=choices.sheet,
        encoding=choices.encoding,
        delimiter=choices.delimiter,
        progress=progress,
        cancelled=cancelled,
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
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> ImportPlan:
    """What importing the list would change. Nothing is written.

    Raises:
        ListFileError: no column holds names.
        Cancelled: the person stopped it.
    """
    people_mark = event_file.people_mark()
    rows = import_rows(reading.table, reading.mapping, progress=progress, cancelled=cancelled)
    plan = plan_merge(
        rows,
        (record.attendee for record in event_file.records()),
        reading.mapping.columns.get("code", ""),
        event_file.as_listed(),
        event_file.replaced_codes(),
    )
    plan.people_mark = people_mark
    plan.read = len(reading.table.rows)
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
    desk, it is made again first; nobody else can write meanwhile.

    Raises:
        Cancelled: the person stopped it; nothing was imported.
        EventFileError: the event file cannot be written; nothing was imported.
    """
    with event_file.transaction(desk_name, now) as transaction:
        if event_file.people_mark() != plan.people_mark:
            plan = plan_import(event_file, reading, cancelled=cancelled)
        total = len(plan.additions) + len(plan.updates)
        for start in range(0, len(plan.additions), _PEOPLE_PER_STEP):
            stop_if(cancelled)
            progress(start, total)
            transaction.register_many(plan.additions[start : start + _PEOPLE_PER_STEP])
        updated = 0
        for done, update in enumerate(plan.updates):
            if done % _PEOPLE_PER_STEP == 0:
                stop_if(cancelled)
                progress(len(plan.additions) + done, total)
            updated += _amend(transaction, update)
        stop_if(cancelled)
    progress(total, total)
    return report_of(plan, reading, updated)


def report_of(plan: ImportPlan, reading: ListReading, updated: int | None = None) -> ImportReport:
    """The report of a plan; ``updated`` counts the updates that no desk had decided otherwise."""
    updated = len(plan.updates) if updated is None else updated
    return ImportReport(
        read=plan.read,
        added=len(plan.additions),
        updated=updated,
        unchanged=plan.unchanged + len(plan.updates) - updated,
        rejected=plan.rejected,
        problems=tuple(plan.problems),
        mapping=reading.mapping.columns,
        encoding=reading.table.encoding,
        delimiter=reading.table.delimiter,
        preset=reading.preset.id if reading.preset else "",
    )


def _amend(transaction: EventTransaction, update: Update) -> bool:
    """Write the changes of one person that no desk has decided otherwise."""
    record = transaction.record(update.attendee.id)
    if record is None:
        return False
    changes = {
        name: value for name, value in update.changes.items() if name not in record.desk_fields
    }
    code = changes.pop("code", record.attendee.code)
    # An older list still has the code from before; it stays the old one.
    has_new_code = code != record.attendee.code and code not in record.revoked_codes
    if has_new_code:
        transaction.append(EntryKind.CODE_REPLACED, record.attendee.id, payload={"code": code})
    if changes:
        transaction.append(
            EntryKind.AMENDED,
            update.attendee.id,
            payload={"changes": changes, "source": FROM_LIST},
        )
    return has_new_code or bool(changes)
