"""The print queue of a desk: badges wait in the event file until a printer has them.

Here stands what may be asked of it. Which badge goes next is in ``print_rounds``, what one badge
goes through in ``print_job_steps``, how the printers are in ``printer_watch``. Everything that was
asked for survives the end of the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from checkin_app.domain.print_jobs import (
    AT_SPOOLER,
    PrintCause,
    PrintJob,
    PrintJobState,
    QueuedPrinter,
    QueueSummary,
)
from checkin_app.domain.printers import BadgeSheet, PrinterId, SpoolerKind
from checkin_app.errors import EventFileError, UsageError
from checkin_app.printing.desk_lock import DeskLock, desk_lock_path
from checkin_app.printing.printer_setups import PrinterSetups
from checkin_app.printing.spooler import SpooledJob, Spooler
from checkin_app.services.clock import utc_now
from checkin_app.services.desk_printing.badge_maker import BadgeMaker
from checkin_app.services.desk_printing.print_job_changes import PER_TRANSACTION, PrintJobChanges
from checkin_app.services.desk_printing.print_job_steps import PrintJobSteps
from checkin_app.services.desk_printing.print_rounds import ChosenPrinters, PrintRounds
from checkin_app.services.desk_printing.printer_watch import PrinterWatch
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.jobs.print_jobs import JobWish, QueuedJob

_KEPT = 500
"""Jobs that are over; a day at a large desk has some thousands."""
_PRUNED_EVERY = 500
_OTHER_WINDOW_S, _FILE_FAILED_S = 1.0, 5.0
_PUT_OFF = (PrintJobState.WAITING, PrintJobState.HELD, PrintJobState.FAILED)
"""States in which no spooler has the badge."""


class PrintQueue:
    """The badges that one desk prints. All calls may take time: make them in one lane.

    Every method raises ``EventFileError`` when the disk or the file fails.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk_id: str,
        desk_name: str,
        spoolers: Mapping[SpoolerKind, Spooler],
        badge_maker: BadgeMaker,
        setups: PrinterSetups,
        choice: PrintingSettings,
        clock: Callable[[], datetime] = utc_now,
        lock_folder: Path | None = None,
    ) -> None:
        """The queue of a desk in an event file.

        Args:
            desk_id: only the jobs of this desk are worked on.
            lock_folder: keeps two windows of the desk apart; None takes the user's own.
        """
        self._file = event_file
        self._desk_id = desk_id
        self._desk_name = desk_name
        self._setups = setups
        self._clock = clock
        self._jobs = event_file.print_jobs.of_desk(desk_id)
        self._watch = PrinterWatch(spoolers, clock)
        self._changes = PrintJobChanges(event_file, desk_id, desk_name, clock)
        self._steps = PrintJobSteps(
            event_file, self._jobs, self._changes, self._watch, badge_maker, setups, clock
        )
        self._rounds = PrintRounds(self._jobs, self._changes, self._steps, self._watch, clock)
        self._lock = DeskLock(desk_lock_path(event_file.path, desk_id, lock_folder))
        self._is_recovered = False
        self._rounds_made = 0
        self._has_file_failed = False
        self.take_choice(choice)

    def take_choice(self, choice: PrintingSettings) -> None:
        """Follow what was chosen in the settings."""
        self._chosen = ChosenPrinters(
            PrinterId.from_text(choice.printer), PrinterId.from_text(choice.fallback)
        )

    def close(self) -> None:
        """Let another window of the desk go on with the queue."""
        self._lock.release()

    # What may be known

    def jobs(self, limit: int = 200) -> tuple[PrintJob, ...]:
        """First the jobs that are not over, then those that failed; the newest of each first."""
        return tuple(map(self._with_trouble, self._jobs.latest(limit)))

    def job(self, job_id: str) -> PrintJob | None:
        """One job; None when the desk has none of this id."""
        queued = self._jobs.find(job_id)
        return self._with_trouble(queued.job) if queued is not None else None

    def summary(self) -> QueueSummary:
        """The queue in one line."""
        counts = self._jobs.counts()
        states: Counter[PrintJobState] = Counter()
        for (_printer, state), number in counts.items():
            states[state] += number
        printers = self._chosen.and_those(printer for printer, _state in counts)
        return QueueSummary(
            waiting=states[PrintJobState.WAITING],
            held=states[PrintJobState.HELD],
            printing=sum(states[state] for state in AT_SPOOLER),
            failed=self._jobs.failed_count(),
            printers=tuple(map(self._queued_printer, printers)),
        )

    # What may be asked for

    def enqueue(
        self, attendee_ids: Iterable[str], cause: PrintCause, printer: PrinterId | None = None
    ) -> tuple[PrintJob, ...]:
        """Let badges be printed, in this order.

        Args:
            printer: None takes the desk's.

        Raises:
            UsageError: no printer is chosen.
        """
        printer = printer or self._chosen.first
        if printer is None:
            raise UsageError("No printer is chosen. Choose one in the settings, then print again.")
        people, added = tuple(attendee_ids), []
        for first in range(0, len(people), PER_TRANSACTION):
            with self._file.transaction(self._desk_name, self._clock()) as transaction:
                added += [
                    transaction.add_print_job(self._desk_id, attendee_id, printer, cause)
                    for attendee_id in people[first : first + PER_TRANSACTION]
                ]
        found = map(self._jobs.find, added)
        return tuple(queued.job for queued in found if queued is not None)

    def cancel(self, job_id: str) -> None:
        """Do not print a badge. Of one that failed: it has been seen to."""

        def cancel(queued: QueuedJob) -> bool:
            if queued.job.state in AT_SPOOLER:
                return self._rounds.wish(queued, JobWish.CANCEL)
            return self._changes.put(queued, PrintJobState.CANCELLED)

        self._until_done(job_id, (*_PUT_OFF, *AT_SPOOLER), cancel)

    def hold(self, job_id: str) -> None:
        """Let a badge wait until it is released."""

        def hold(queued: QueuedJob) -> bool:
            if queued.job.state in AT_SPOOLER:
                return self._rounds.wish(queued, JobWish.HOLD)
            return self._changes.put(queued, PrintJobState.HELD)

        self._until_done(job_id, (PrintJobState.WAITING, *AT_SPOOLER), hold)

    def release(self, job_id: str) -> None:
        """Let a badge that was held be printed."""
        self._until_done(
            job_id,
            (PrintJobState.HELD,),
            lambda queued: self._changes.put(queued, PrintJobState.WAITING),
        )

    def move(self, job_id: str, printer: PrinterId) -> None:
        """Print a badge on another printer: one that waits, failed, or got stuck."""

        def move(queued: QueuedJob) -> bool:
            is_there = queued.job.state in AT_SPOOLER and queued.job.printer == printer
            return is_there or self._rounds.move(queued, printer)

        self._until_done(job_id, (*_PUT_OFF, *AT_SPOOLER), move)

    def print_again(
        self, job_id: str, cause: PrintCause, printer: PrinterId | None = None
    ) -> PrintJob | None:
        """Print a badge once more.

        A job that failed is tried again itself; of one that was printed or cancelled there will be
        another; one that is not over is left alone. Returns the job; None when there is none.

        Args:
            printer: None takes the same as before.
        """
        queued = self._jobs.find(job_id)
        if queued is None or not queued.job.state.is_over:
            return queued.job if queued is not None else None
        printer = printer or queued.job.printer
        if queued.job.state is not PrintJobState.FAILED:
            return self.enqueue([queued.job.attendee_id], cause, printer)[0]
        self._changes.start_anew(queued, cause, printer)
        found = self._jobs.find(job_id)
        return found.job if found is not None else None

    def hold_all(self, printer: PrinterId | None = None) -> None:
        """Hold all badges that wait, for one printer or for any."""
        waiting = self._jobs.open(PrintJobState.WAITING, printer=printer)
        self._changes.put_all(waiting, PrintJobState.HELD)

    def release_all(self, printer: PrinterId | None = None) -> None:
        """Somebody saw to a printer, or to all: try again now, with all badges held for it."""
        counts = self._jobs.counts()
        all_printers = self._chosen.and_those(one for one, _state in counts)
        for one in (printer,) if printer is not None else all_printers:
            self._watch.trust(one)
        held = self._jobs.open(PrintJobState.HELD, printer=printer)
        self._changes.put_all(held, PrintJobState.WAITING)

    def print_sheet(self, printer: PrinterId, sheet: BadgeSheet) -> SpooledJob:
        """Print what is nobody's badge, past the queue.

        Raises:
            PrinterError: the printer did not take it.
        """
        return self._steps.send_sheet(printer, sheet)

    # Working

    def recover(self) -> None:
        """Look after what an earlier run of the program left. ``work`` begins with it."""
        if self._lock.take() and not self._is_recovered:
            self._rounds.recover()
            self._is_recovered = True

    def work(self) -> float:
        """One round: ask about what prints, look at the printers, hand over what waits.

        Returns the seconds until it is worth calling again. The troubles of printers and badges
        are found in ``jobs`` and ``summary``.

        Raises:
            EventFileError: the disk fails; said once, until it is well again.
            Cancelled: the program ends; the badge about to be made waits for its next start.
        """
        try:
            pause_s = self._round()
        except EventFileError:
            if self._has_file_failed:
                return _FILE_FAILED_S
            self._has_file_failed = True
            raise
        self._has_file_failed = False
        return pause_s

    def _round(self) -> float:
        self.recover()
        if not self._is_recovered:
            # Another window of this desk works; this one only shows.
            self._rounds.look(self._chosen)
            return _OTHER_WINDOW_S
        if self._rounds_made % _PRUNED_EVERY == 0:
            self._prune()
        self._rounds_made += 1
        return self._rounds.run(self._chosen)

    def _prune(self) -> None:
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            transaction.prune_print_jobs(self._desk_id, _KEPT)

    def _until_done(
        self,
        job_id: str,
        states: Iterable[PrintJobState],
        change: Callable[[QueuedJob], bool],
    ) -> None:
        """Change a job that is in one of these states, again if it went on meanwhile."""
        states = frozenset(states)
        while (queued := self._jobs.find(job_id)) is not None and queued.job.state in states:
            if change(queued):
                return

    def _queued_printer(self, printer: PrinterId) -> QueuedPrinter:
        setup = self._setups.of(printer)
        return QueuedPrinter(
            printer, setup.name, self._watch.trouble(printer), setup.labels_left, setup.is_low
        )

    def _with_trouble(self, job: PrintJob) -> PrintJob:
        """A job with what keeps its printer from printing it."""
        return job.kept_by(self._watch.stopped_by(job.printer))
