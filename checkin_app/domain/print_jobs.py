"""Badges on their way to a printer: the jobs of a desk's print queue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from checkin_app.domain.printers import PrinterId, PrinterTrouble


class PrintJobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    HELD = "held"
    """Somebody told it to wait."""
    SENDING = "sending"
    """Handed over just now; whether the spooler took it is not yet known."""
    PRINTING = "printing"
    """The spooler has it."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Nothing more happens to it by itself."""
        return self in (PrintJobState.DONE, PrintJobState.FAILED, PrintJobState.CANCELLED)


AT_SPOOLER = (PrintJobState.SENDING, PrintJobState.PRINTING)
"""States of a badge that its spooler may have."""


class PrintCause(StrEnum):
    """Why a badge is printed."""

    ARRIVAL = "arrival"
    ASKED = "asked"
    """Printed without a check-in, or by hand after one."""
    LOST = "lost"
    DAMAGED = "damaged"
    WRONG_DATA = "wrong data"

    @property
    def is_reprint(self) -> bool:
        """The person had a badge before, and it is not to be used any more."""
        return self in REPRINT_CAUSES


REPRINT_CAUSES = (PrintCause.LOST, PrintCause.DAMAGED, PrintCause.WRONG_DATA)


class JobTrouble(StrEnum):
    """Why a job failed or is kept from going on, where the printer itself is not the cause."""

    NOT_COMPOSED = "badge could not be made"
    NOT_ACCEPTED = "printer did not take it"
    UNCERTAIN = "may have been printed"
    """Whoever had it cannot be asked, or has forgotten it: look at the printer."""
    PERSON_GONE = "person no longer on the list"
    STOPPED_AT_PRINTER = "cancelled at the printer"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One badge in the queue of one desk.

    Attributes:
        id: 32 hexadecimal digits; begins with the time, so that jobs sort by age.
        name: of the attendee, as it is now.
        printer: who is to print it, or prints it.
        spooler_job: what the spooler calls it; empty until it was accepted.
        tries: how often it was handed over.
        trouble: why it failed or cannot go on: of the job, or of its printer; None when all is
            well.
        created_at, changed_at: UTC.
    """

    id: str
    attendee_id: str
    name: str
    printer: PrinterId
    state: PrintJobState
    cause: PrintCause
    created_at: datetime
    changed_at: datetime
    tries: int = 0
    spooler_job: str = ""
    trouble: JobTrouble | PrinterTrouble | None = None

    def kept_by(self, trouble: PrinterTrouble | None) -> PrintJob:
        """The job with what keeps its printer from printing it, unless its own trouble does."""
        if self.state.is_over or self.trouble is not None:
            return self
        return replace(self, trouble=trouble)


@dataclass(frozen=True, slots=True)
class QueuedPrinter:
    """A printer of the desk, as the queue knows it.

    Attributes:
        title: what people call it.
        trouble: what is wrong with it; None when all is well or nothing was asked of it yet.
        labels_left: on its roll, by our own count; None where nobody counts.
        is_low: fewer labels are left than the desk wants to be warned of.
    """

    id: PrinterId
    title: str
    trouble: PrinterTrouble | None = None
    labels_left: int | None = None
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """The queue in one line."""

    waiting: int = 0
    held: int = 0
    printing: int = 0
    failed: int = 0
    printers: tuple[QueuedPrinter, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way, and nothing needs anybody."""
        troubled = any(one.trouble is not None or one.is_low for one in self.printers)
        return not (self.waiting or self.held or self.printing or self.failed or troubled)
