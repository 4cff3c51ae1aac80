"""The desk that sends mails: one window of it at a time, and what a window left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.printing.desk_lock import DeskLock, desk_lock_path
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class MailDesk:
    """Whose mailings these are."""

    id: str
    name: str


def note_interrupted(
    event_file: EventFile, desk: MailDesk, now: datetime, lock_folder: Path | None = None
) -> int:
    """Call those mails unsure that were being sent when the program ended. Returns how many.

    Nothing happens while another window of this desk is sending.
    """
    if not event_file.mail_jobs.of_desk(desk.id).is_sending():
        return 0
    lock = lock_of(event_file, desk, lock_folder)
    if not lock.take():
        return 0
    try:
        with event_file.transaction(desk.name, now) as transaction:
            return transaction.mail_interrupted(desk.id)
    finally:
        lock.release()


def lock_of(event_file: EventFile, desk: MailDesk, folder: Path | None = None) -> DeskLock:
    """The lock that whoever sends for a desk holds.

    Args:
        folder: where it lies; None takes the user's own.
    """
    if folder is None:
        import platformdirs

        folder = platformdirs.user_state_path("checkin-app", appauthor=False) / "mailing"
    return DeskLock(desk_lock_path(event_file.path, desk.id, folder))
