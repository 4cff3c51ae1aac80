"""Undoes a whole import: everybody it added vanishes, everything it changed goes back.

Whom something has happened to since stays, for a person who is in must not vanish, and a ticket
that was sent must go on opening the door. The fields that a list changed go back for all; what a
desk corrected later holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import Attendee
from checkin_app.errors import UsageError
from checkin_app.lists.progress import (
    CancelledCheck,
    Progress,
    never_cancelled,
    no_progress,
    stop_if,
)
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.imports.import_undoing import UndoableImport
from checkin_app.storage.imports.imports_done import ImportDone


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing an import does, or did.

    Attributes:
        removed: people who vanish.
        restored: people whose fields, codes or marks go back to what they were.
        staying: people who stay, or keep the code of the list, because they have been checked
            in, printed, mailed or changed since.
        newer: imports that were done later and stand: whom only this list added vanishes even
            if they name that person too.
    """

    done: ImportDone
    removed: int
    restored: int
    staying: tuple[Attendee, ...]
    newer: tuple[ImportDone, ...]


def imports(event_file: EventFile) -> tuple[ImportDone, ...]:
    """All imports that changed the event, newest first, those that were undone as well."""
    return event_file.imports.done()


def plan_undo(event_file: EventFile, import_id: str = "") -> UndoPlan:
    """What undoing an import would do. Nothing is written.

    Args:
        import_id: of the import, or enough of its beginning; empty for the newest.

    Raises:
        UsageError: there is no such import, or it was undone before.
    """
    done = find_import(event_file, import_id)
    found = event_file.imports.undoable(done)
    return _plan(event_file, done, found)


def undo_import(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    import_id: str = "",
    *,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> UndoPlan:
    """Undo an import in one transaction: all of it that can be undone, or nothing.

    Raises:
        UsageError: there is no such import, or it was undone before.
        Cancelled: the person stopped it; nothing was undone.
        EventFileError: the event file cannot be written; nothing was undone.
    """

    def step(done: int, total: int) -> None:
        stop_if(cancelled)
        progress(done, total)

    with event_file.transaction(desk_name, now) as transaction:
        done = find_import(event_file, import_id)
        found = transaction.undo_import(done, step)
    return _plan(event_file, done, found)


def find_import(event_file: EventFile, import_id: str = "") -> ImportDone:
    """The import of an id or of the beginning of one; the newest that stands without one.

    Raises:
        UsageError: there is no such import, or it was undone before.
    """
    known = event_file.imports.done()
    alike = [one for one in known if one.id.startswith(import_id)]
    standing = [one for one in alike if not one.is_undone]
    if not import_id and standing:
        return standing[0]
    if not import_id:
        raise UsageError("There is no import to undo.")
    if len(alike) != 1:
        raise UsageError(f"There is no import {import_id!r}. Look at the list of imports again.")
    if not standing:
        raise UsageError("This import was undone before.")
    return standing[0]


def _plan(event_file: EventFile, done: ImportDone, found: UndoableImport) -> UndoPlan:
    later = [one for one in event_file.imports.done() if one.entry > done.entry]
    return UndoPlan(
        done=done,
        removed=len(found.registrations),
        restored=len({entry.attendee for entry in found.others}),
        staying=event_file.imports.of_ids(found.staying),
        newer=tuple(one for one in later if not one.is_undone),
    )
