"""Which badge goes next, and to which printer: one round of the print queue after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin_app.domain.print_jobs import AT_SPOOLER, PrintJobState
from checkin_app.domain.printers import PrinterId
from checkin_app.services.desk_printing.print_job_changes import PrintJobChanges
from checkin_app.services.desk_printing.print_job_steps import PrintJobSteps
from checkin_app.services.desk_printing.printer_watch import PrinterWatch
from checkin_app.storage.jobs.print_jobs import DeskJobs, JobWish, QueuedJob

FALL_BACK_AFTER_S = 4.0
"""A printer that stops for longer than it takes to close a cover."""
NOBODY_WAITS_AFTER = timedelta(hours=12)
"""A badge of yesterday is not printed unasked when the desk opens in the morning."""
IDLE_S = 15.0
_BUSY_S, _WAITING_S, _NO_PRINTER_S = 0.2, 1.0, 60.0
_PATIENCE = 20
_LOOK_AT_BUSY_S = 2.0
_MOST_A_ROUND = 4


@dataclass(frozen=True, slots=True)
class ChosenPrinters:
    """The printers that were chosen for a desk: its own, and who prints when that one cannot."""

    first: PrinterId | None = None
    fallback: PrinterId | None = None

    def and_those(self, printers: Iterable[PrinterId]) -> tuple[PrinterId, ...]:
        """The printers of the desk, and others, each once."""
        chosen = [one for one in (self.first, self.fallback) if one is not None]
        return tuple(dict.fromkeys((*chosen, *printers)))


class PrintRounds:
    """Takes the jobs of one desk further. All methods raise ``EventFileError``."""

    def __init__(
        self,
        jobs: DeskJobs,
        changes: PrintJobChanges,
        steps: PrintJobSteps,
        watch: PrinterWatch,
        clock: Callable[[], datetime],
    ) -> None:
        self._jobs = jobs
        self._changes = changes
        self._steps = steps
        self._watch = watch
        self._clock = clock

    def recover(self) -> None:
        """Look after what an earlier run of the program left."""
        yesterday = self._clock() - NOBODY_WAITS_AFTER
        waiting = self._jobs.open(PrintJobState.WAITING)
        old = [queued for queued in waiting if queued.job.created_at < yesterday]
        self._changes.put_all(old, PrintJobState.HELD)
        self._settle()

    def look(self, chosen: ChosenPrinters) -> None:
        """Look how the printers are, those with jobs more often."""
        busy = [printer for printer, _state in self._jobs.counts()]
        for printer in chosen.and_those(busy):
            self._watch.look(printer, _LOOK_AT_BUSY_S if printer in busy else IDLE_S)

    def run(self, chosen: ChosenPrinters) -> float:
        """One round. Returns the seconds until it is worth another."""
        self._settle()
        for queued in self._jobs.open(PrintJobState.PRINTING):
            self._steps.follow(queued)
        self.look(chosen)
        self._fall_back(chosen)
        return 0.0 if self._send() else self._pause_s(chosen)

    def move(self, queued: QueuedJob, printer: PrinterId) -> bool:
        """Print a badge that is not printed yet on another printer; False if the job went on.

        From its spooler it is taken back first: a printer that comes back later would print it
        as well.
        """
        if queued.job.state not in AT_SPOOLER:
            return self._changes.start_anew(queued, queued.job.cause, printer)
        return self.wish(queued, JobWish.MOVE, printer)

    def wish(self, queued: QueuedJob, wish: JobWish, moves_to: PrinterId | None = None) -> bool:
        """Want a job back for as long as its spooler has it; False if the job went on."""
        return self._changes.change(queued, wish=wish, moves_to=moves_to) is not None

    def _settle(self) -> None:
        for queued in self._jobs.open(PrintJobState.SENDING):
            self._steps.settle(queued)

    def _fall_back(self, chosen: ChosenPrinters) -> None:
        """Move what the desk's printer cannot print to the one that was chosen for this."""
        first, fallback = chosen.first, chosen.fallback
        if first is None or fallback is None or first == fallback:
            return
        if self._watch.stopped_for_s(first) < FALL_BACK_AFTER_S:
            return
        waiting, stuck = (
            [queued for queued in self._jobs.open(state, printer=first) if not queued.wish]
            for state in (PrintJobState.WAITING, PrintJobState.PRINTING)
        )
        if not (waiting or stuck) or self._watch.may_send(first, len(stuck)):
            return
        if self._watch.stopped_by(fallback) is None and not self._watch.stopped_for_s(fallback):
            self._watch.left(first)
            self._changes.move_all(waiting, fallback)
            for queued in stuck:
                self.wish(queued, JobWish.MOVE, fallback)

    def _send(self) -> bool:
        """Hand over some badges, the oldest first. Returns whether more could be at once."""
        at_spooler = self._at_spooler()
        sent, closed = 0, set()
        for queued in self._oldest_waiting():
            printer = queued.job.printer
            if printer in closed or not self._watch.may_send(printer, at_spooler[printer]):
                closed.add(printer)
                continue
            sent += 1
            settled = self._changes.to_who_stays(queued)
            if settled is None:
                continue
            state = self._steps.send(settled)
            at_spooler[printer] += state in AT_SPOOLER
            if state is PrintJobState.WAITING:
                closed.add(printer)
            if sent == _MOST_A_ROUND:
                return True
        return False

    def _at_spooler(self) -> Counter[PrinterId]:
        counted: Counter[PrinterId] = Counter()
        for (printer, state), number in self._jobs.counts().items():
            counted[printer] += number if state in AT_SPOOLER else 0
        return counted

    def _oldest_waiting(self) -> list[QueuedJob]:
        """Some jobs of each printer, the oldest first."""
        oldest: list[QueuedJob] = []
        for printer, state in self._jobs.counts():
            if state is PrintJobState.WAITING:
                oldest += self._jobs.open(state, printer=printer, limit=_MOST_A_ROUND)
        return sorted(oldest, key=lambda queued: queued.job.id)

    def _pause_s(self, chosen: ChosenPrinters) -> float:
        if at_spooler := self._jobs.open(*AT_SPOOLER):
            # What lies there for an hour will not come out in the next fifth of a second.
            since = max(queued.job.changed_at for queued in at_spooler)
            patience_s = abs((self._clock() - since).total_seconds()) / _PATIENCE
            return min(max(patience_s, _BUSY_S), _WAITING_S)
        if any(state is PrintJobState.WAITING for _printer, state in self._jobs.counts()):
            return _WAITING_S
        return IDLE_S if chosen.first is not None else _NO_PRINTER_S
