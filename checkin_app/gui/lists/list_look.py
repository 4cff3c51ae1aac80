"""A look at a registration list before anything is written: what it says, what it would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.gui.tasks import CancelledCheck, Progress
from checkin_app.lists.columns import guess_mapping
from checkin_app.services.list_merge import ImportPlan
from checkin_app.services.registration_lists import ListChoices, ListReading, plan_import, read_list
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class ListLook:
    """How a list was understood.

    Attributes:
        choices: what the person had decided.
        plan: what importing would change; None while it cannot be imported.
        obstacle: why it cannot be imported, for the person to read; empty when it can.
    """

    choices: ListChoices
    reading: ListReading
    plan: ImportPlan | None
    obstacle: str = ""


def look_at_list(
    event_file: EventFile,
    path: Path,
    choices: ListChoices,
    before: ListLook | None,
    progress: Progress,
    cancelled: CancelledCheck,
) -> ListLook:
    """Read a list, and compare it with the event. Nothing is written.

    Args:
        before: the look before this one; the file is not read again when only the meaning of
            columns has changed since.

    Raises:
        ListFileError: the file is no registration list.
        Cancelled: ``cancelled`` said so.
    """
    if before is not None and _reads_alike(before.choices, choices):
        table = before.reading.table
        mapping = guess_mapping(table).corrected(choices.columns, table.columns)
        reading = ListReading(table, mapping)
    else:
        reading = read_list(path, choices, progress=progress, cancelled=cancelled)
    try:
        plan = plan_import(event_file, reading, progress=progress, cancelled=cancelled)
    except ListFileError as error:
        return ListLook(choices, reading, None, str(error))
    return ListLook(choices, reading, plan)


def _reads_alike(one: ListChoices, other: ListChoices) -> bool:
    """Whether two choices differ at most in what the columns mean."""
    return replace(one, columns={}) == replace(other, columns={})
