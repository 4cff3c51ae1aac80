"""What the print queue asks of every spooler, whoever stands behind it.

All calls may take some time and are made away from the main thread, one after the other. They
raise ``PrinterError`` with words for the person at the desk; a printer that is merely out of
paper or switched off is a ``PrinterState``, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterState,
    SpoolerKind,
)


class SpooledState(StrEnum):
    """How a spooler is getting on with a job it accepted."""

    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """It has forgotten the job, or cannot tell."""


@dataclass(frozen=True, slots=True)
class SpooledJob:
    """A job that a spooler accepted.

    Attributes:
        id: what the spooler calls it.
        detail: the spooler's own words, for the log.
    """

    id: str
    state: SpooledState
    detail: str = ""


class Spooler(Protocol):
    """One way to printers.

    Attributes:
        kind: which way; all its printers have it in their ids. ``address`` below is
            ``PrinterId.address``.
        remembers: whether ``find`` can tell what was accepted under a token, also after a
            restart of this program. Where it cannot, a job that was being sent when the program
            died may or may not have been printed.
    """

    kind: SpoolerKind
    remembers: bool

    def printers(self) -> tuple[FoundPrinter, ...]:
        """The printers it knows of; empty where it does not work on this system."""

    def abilities(self, address: str) -> PrinterAbilities:
        """What may be asked of a printer."""

    def state(self, address: str) -> PrinterState:
        """How a printer is doing now."""

    def submit(self, address: str, sheet: BadgeSheet, token: str) -> SpooledJob:
        """Hand a badge over. When this returns, the spooler has all of it.

        Args:
            token: names the job without naming the person; unlike any other's.

        Raises:
            PrinterError: it was not accepted, and will not be printed.
            PrinterUncertain: it cannot be told whether it was accepted; it may be printed.
        """

    def job(self, address: str, job_id: str) -> SpooledJob:
        """How it is getting on."""

    def find(self, address: str, token: str) -> SpooledJob | None:
        """The job that was accepted under a token, done or not; None when there was none."""

    def cancel(self, address: str, job_id: str) -> bool:
        """Take a job back. False when it was too late: it is printed, or being printed."""
