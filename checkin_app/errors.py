"""Every accident the program names, as one small tree.

The message of an error is read by a desk volunteer: it says what happened and what to do
next, without personal data. The technical cause travels as ``__cause__`` and goes to the log.
Answers of the desk ("already in") are values, not errors: see ``domain.admission``.
"""

from __future__ import annotations

from pathlib import Path


class CheckinError(Exception):
    """Base of all errors whose message may be shown to the person at the desk."""


class UsageError(CheckinError):
    """The request itself cannot be understood (an unknown list, an impossible option)."""


class EventFileError(CheckinError):
    """The event file cannot be used. Nothing was written.

    Attributes:
        path: the file in question.
    """

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class EventFileMissing(EventFileError):
    """There is no file at the path."""


class EventFileExists(EventFileError):
    """A new event file would overwrite an existing file."""


class EventFileForeign(EventFileError):
    """The file is not an event file, or is damaged; it was left untouched."""


class EventFileTooNew(EventFileError):
    """The file was written by a newer version of the program."""


class EventFileUnwritable(EventFileError):
    """The disk is full, the file is read-only, or it has vanished. Trying again may work."""


class ListFileError(CheckinError):
    """A registration list cannot be read at all. Nothing was imported.

    Attributes:
        path: the list in question.
    """

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class BadgeError(CheckinError):
    """Badges or tickets could not be made; no file was left half-written."""


class PrinterError(CheckinError):
    """A printer, or whoever drives it, did not do what was asked. Nothing was printed."""


class PrinterUncertain(PrinterError):
    """The connection broke when a printer may have had all of the badge: it may come out.

    Whoever catches ``PrinterError`` to send the badge again must catch this one before, and ask
    a person to look at the printer (``JobTrouble.UNCERTAIN``).
    """


class PasswordsUnavailable(CheckinError):
    """The system's keyring does not hand out, or let go of, a password."""


class PictureError(CheckinError):
    """A picture or PDF given to the scanner cannot be opened."""


class ResourceMissing(CheckinError):
    """A file that belongs to the program is not there: the installation is incomplete."""


class Cancelled(CheckinError):
    """The person stopped a long job; nothing half-done was left behind."""
