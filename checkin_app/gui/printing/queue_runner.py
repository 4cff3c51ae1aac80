"""Keeps the print queue of the open event at work, in a lane of its own, and tells how it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from checkin_app.domain.print_jobs import PrintCause, PrintJob, QueueSummary
from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterId,
    SpoolerKind,
)
from checkin_app.gui.background.receivers import Failed
from checkin_app.gui.background.rounds import Rounds
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.devices.device_report import DeviceReport
from checkin_app.gui.event_at_hand import EventAtHand
from checkin_app.gui.printing.desk_spoolers import desk_spoolers
from checkin_app.gui.printing.printer_reports import printer_of_key, printer_reports
from checkin_app.gui.printing.queue_at_work import PrintingPlaces, QueueAtWork, Round
from checkin_app.printing.printer_setups import PrinterSetup
from checkin_app.printing.spooler import Spooler
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings import Settings

__all__ = ("PrintingPlaces", "QueueRunner")

_AFTER_FAILURE_S = 5.0


class QueueRunner(QObject):
    """The print queue of one open event, for the main thread. A device: reports per printer.

    Signals:
        changed: the ``QueueSummary`` is another.
        jobs_changed: ``jobs`` are others.
        reports_changed: as of every device.

    Attributes:
        summary: the queue in one line, as last seen.
        jobs: as ``PrintQueue.jobs`` has them, as last seen.
        setups_path: the file of the printers' setups.
    """

    changed = Signal(object)
    jobs_changed = Signal()
    reports_changed = Signal()

    def __init__(
        self,
        at_hand: EventAtHand,
        spoolers: Mapping[SpoolerKind, Spooler] | None = None,
        places: PrintingPlaces | None = None,
        parent: QObject | None = None,
    ) -> None:
        """A queue that rests until ``start``.

        Args:
            spoolers: by kind; None takes those of this computer.
            places: None takes the user's own.
        """
        super().__init__(parent or at_hand)
        places = places or PrintingPlaces.usual()
        self.summary = QueueSummary()
        self.jobs: tuple[PrintJob, ...] = ()
        self.setups_path = places.setups
        self._tasks = at_hand.tasks
        self._faults = at_hand.faults
        self._choice = at_hand.settings.devices.printing
        self._queue = QueueAtWork(
            at_hand.event_file,
            at_hand.settings.desk_id,
            at_hand.desk.desk_name,
            desk_spoolers() if spoolers is None else spoolers,
            places,
            self._choice,
            at_hand.clock,
            # Where the preview is drawn: fonts cannot be in two documents at once.
            at_hand.tasks.caller(Lane.SEARCH),
        )
        self._rounds = Rounds(self)
        self._rounds.wanted.connect(self._begin_round)

    # Working

    def start(self) -> None:
        """Work from now on."""
        self._rounds.start()

    def stop(self) -> None:
        """The event is about to be closed, for good. The badge being sent is still sent."""
        self._rounds.stop()
        self._queue.end()

    @property
    def closing(self) -> Callable[[], None]:
        """Lets go of the queue. To be called when its lane is at rest, from any thread.

        It does not hold this object, which another thread must not be the last to know.
        """
        return self._queue.close

    def nudge(self) -> None:
        """Something was added to the queue, or may have changed: look now."""
        self._rounds.nudge()

    def _begin_round(self) -> None:
        self._tasks.run(Lane.PRINT, self._queue.work, self._take_round, self._take_failure)

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen."""
        if settings.devices.printing != self._choice:
            self._choice = settings.devices.printing
            self._run(partial(self._queue.take_choice, self._choice))

    # What may be asked for

    def enqueue(
        self,
        attendee_ids: Iterable[str],
        cause: PrintCause,
        printer: PrinterId | None = None,
    ) -> None:
        """Let badges be printed, in this order; ``printer`` None takes the desk's."""
        people = tuple(attendee_ids)
        self._ask(lambda queue: queue.enqueue(people, cause, printer))

    def cancel(self, job_id: str) -> None:
        """Do not print a badge. Of one that failed: it has been seen to."""
        self._ask(lambda queue: queue.cancel(job_id))

    def hold(self, job_id: str) -> None:
        """Let a badge wait until it is released."""
        self._ask(lambda queue: queue.hold(job_id))

    def release(self, job_id: str) -> None:
        """Let a badge that was held be printed."""
        self._ask(lambda queue: queue.release(job_id))

    def move(self, job_id: str, printer: PrinterId) -> None:
        """Print a badge on another printer."""
        self._ask(lambda queue: queue.move(job_id, printer))

    def print_again(self, job_id: str, cause: PrintCause, printer: PrinterId | None = None) -> None:
        """Print a badge once more; ``printer`` None takes the same as before."""
        self._ask(lambda queue: queue.print_again(job_id, cause, printer))

    def hold_all(self, printer: PrinterId | None = None) -> None:
        """Hold all badges that wait, for one printer or for any."""
        self._ask(lambda queue: queue.hold_all(printer))

    def release_all(self, printer: PrinterId | None = None) -> None:
        """Somebody saw to a printer, or to all: try again now."""
        self._ask(lambda queue: queue.release_all(printer))

    def keep_setup(self, setup: PrinterSetup) -> None:
        """Use a printer so from now on."""
        self._run(partial(self._queue.change_setups, lambda setups: setups.keep(setup)))

    def change_setup(self, printer: PrinterId, **changes: Any) -> None:
        """Use a printer otherwise from now on.

        Args:
            changes: new values by field name of ``PrinterSetup``; the others stay as they are by
                then: labels are counted meanwhile.
        """
        self._run(
            partial(
                self._queue.change_setups,
                lambda setups: setups.keep(replace(setups.of(printer), **changes)),
            )
        )

    def forget_setup(self, printer: PrinterId) -> None:
        """Use a printer as any other from now on."""
        self._run(partial(self._queue.change_setups, lambda setups: setups.forget(printer)))

    def put_in_roll(self, printer: PrinterId, labels: int | None) -> None:
        """A new roll of so many labels was put in; None ends counting."""
        self._run(
            partial(self._queue.change_setups, lambda setups: setups.put_in_roll(printer, labels))
        )

    def find_printers(self, done: Callable[[tuple[FoundPrinter, ...]], None]) -> None:
        """The printers that may be chosen, which may take seconds to find."""
        self._tasks.run(Lane.PRINT, self._queue.find_printers, done, self._faults.show_error)

    def ask_abilities(self, printer: PrinterId, done: Callable[[PrinterAbilities], None]) -> None:
        """What may be asked of a printer; the least where it cannot be asked now."""
        self._tasks.run(
            Lane.PRINT,
            partial(self._queue.abilities, printer),
            done,
            self._faults.show_error,
        )

    def print_sheet(
        self,
        printer: PrinterId,
        make: Callable[[], BadgeSheet],
        done: Callable[[Any], None],
        failed: Failed,
    ) -> None:
        """Print what is nobody's badge, past the queue; ``make`` is called in the lane."""
        self._tasks.run(Lane.PRINT, partial(self._queue.print_sheet, printer, make), done, failed)

    # A device

    def reports(self) -> tuple[DeviceReport, ...]:
        """How the printers are doing."""
        return printer_reports(self.summary, self.jobs)

    def test(self, key: str) -> None:
        """Print a badge of nobody."""
        printer = printer_of_key(key)
        if printer is not None:
            self._run(partial(self._queue.print_test, printer))

    def _ask(self, question: Callable[[PrintQueue], Any]) -> None:
        self._run(partial(self._queue.ask, question))

    def _run(self, work: Callable[[], Any]) -> None:
        """Do something in the lane, then a round that shows what it led to."""
        self._tasks.run(Lane.PRINT, work, failed=self._faults.show_error)
        self._rounds.start()

    def _take_round(self, round_: Round) -> None:
        self._rounds.end(round_.pause_s)
        if round_.summary is None:
            return
        is_another, are_others = round_.summary != self.summary, round_.jobs != self.jobs
        self.summary, self.jobs = round_.summary, round_.jobs
        if is_another:
            self.changed.emit(self.summary)
        if are_others:
            self.jobs_changed.emit()
        if is_another or are_others:
            self.reports_changed.emit()

    def _take_failure(self, error: BaseException) -> None:
        self._rounds.end(_AFTER_FAILURE_S)
        self._faults.show_error(error)
