"""Every accident the program names, as one small tree.

The message of an error is read by a desk volunteer: it says what happened and what to do
next, without personal data. The technical cause travels as ``__cause__`` and goes to the log.
Answers of the desk ("already in") are values, not errors: see ``domain.admission``.
"""

from __future__ import annotations

from pathlib import Path


class CheckinError(Exception):
    """Base of all errors whose message may be shown to the person at the desk.

    Attributes:
        command: what does the last thing the message asks for, where there is no window to do it
            in; empty where nothing does.
    """

    def __init__(self, *said: object, command: str = "") -> None:
        super().__init__(*said)
        self.command = command

    @property
    def for_a_terminal(self) -> str:
        """The message, with the command."""
        return f"{str(self).removesuffix('.')}: {self.command}." if self.command else str(self)


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


class ErasureUnfinished(EventFileError):
    """Data are erased from the tables, but traces may still lie on the disk. Nothing is lost:
    whoever opens the file next removes them.
    """


class EventClosed(CheckinError):
    """The event was closed: its personal data are gone, and nothing more is recorded."""


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


class OnlineError(CheckinError):
    """A registration system on the web did not do what was asked."""


class OnlineRefused(OnlineError):
    """It will not do so until a person changes something: the token, the address, a choice."""


class OnlineNotFound(OnlineRefused):
    """There is nothing at the address that was asked."""


class OnlineUnreachable(OnlineError):
    """It did not answer, or broke off: trying again later may work.

    Attributes:
        retry_after_s: how long it asked to be left alone; 0 when it did not say.
        is_there: it answered, with an error of its own over what was asked.
    """

    def __init__(self, message: str, retry_after_s: float = 0, *, is_there: bool = False) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.is_there = is_there


class MailError(CheckinError):
    """The mail server cannot be used as things are. Nothing more is sent; what waits, waits."""


class MailUnreachable(MailError):
    """The server does not answer, or asks to be left alone: trying again later may work."""


class MailTextProblem(UsageError):
    """The text of a mail cannot be filled in."""


class PasswordsUnavailable(CheckinError):
    """The system's keyring does not hand out, or let go of, a password."""


class PictureError(CheckinError):
    """A picture or PDF given to the scanner cannot be opened."""


class ResourceMissing(CheckinError):
    """A file that belongs to the program is not there: the installation is incomplete."""


class Cancelled(CheckinError):
    """The person stopped a long job; nothing half-done was left behind."""


class HubError(CheckinError):
    """The hub, or the way to it, did not do what was asked. No desk lost anything."""


class HubUnreachable(HubError):
    """Nobody answers at the hub's address, or the connection broke. Trying again may work."""


class HubFull(HubUnreachable):
    """The hub answers, and has no room for more."""


class HubRefused(HubError):
    """The hub is there and says no: a pairing or a desk was withdrawn, or a right is missing."""


class PairingUnreadable(HubError):
    """What was scanned, pasted or typed is no pairing of this program."""


class ParcelRefused(HubError):
    """A parcel of another desk was changed on its way, or is not of this event. Not taken in."""


class OtherEvent(CheckinError):
    """Two event files, or a file and a hub, are not of the same event. Nothing was merged."""
