"""The print queue in its lane: made there when first used, and never touched from another thread.

Nothing here knows Qt: a worker may be the last to let go of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from checkin_app.domain.print_jobs import PrintJob, QueueSummary
from checkin_app.domain.printers import (
    BadgeSheet,
    FoundPrinter,
    PrinterAbilities,
    PrinterId,
    SpoolerKind,
)
from checkin_app.errors import EventFileError, PrinterError
from checkin_app.printing.printer_setups import PrinterSetups, printer_setups_path
from checkin_app.printing.spooler import SpooledJob, Spooler
from checkin_app.services.desk_printing.badge_maker import NOBODY
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles, BadgeOnDemand, DrawIn
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.services.desk_printing.printer_watch import asked
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class PrintingPlaces:
    """Where a desk keeps what concerns printing.

    Attributes:
        setups: the file of the printers' setups.
        badges: own stock, corrections, fonts.
        locks: the folder that keeps two windows of the desk apart; None takes the user's own.
    """

    setups: Path
    badges: BadgeFiles
    locks: Path | None = None

    @staticmethod
    def usual() -> PrintingPlaces:
        """Those of the user."""
        return PrintingPlaces(printer_setups_path(), BadgeFiles.usual())


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of the queue led to; no summary while the disk fails."""

    pause_s: float
    summary: QueueSummary | None = None
    jobs: tuple[PrintJob, ...] = ()


class QueueAtWork:
    """The queue of one desk in one event. Every method is for its lane."""

    def __init__(
        self,
        event_file: EventFile,
        desk_id: str,
        desk_name: str,
        spoolers: Mapping[SpoolerKind, Spooler],
        places: PrintingPlaces,
        choice: PrintingSettings,
        clock: Callable[[], datetime],
        draw_in: DrawIn,
    ) -> None:
        """Opens nothing yet; what is given is as for ``PrintQueue`` and ``BadgeOnDemand``."""
        self._spoolers = spoolers
        self._setups = PrinterSetups(places.setups)
        self._badges = BadgeOnDemand(event_file, self._setups, choice, places.badges, draw_in)
        self._make = partial(
            PrintQueue,
            event_file,
            desk_id,
            desk_name,
            spoolers,
            self._badges,
            self._setups,
            clock=clock,
            lock_folder=places.locks,
        )
        self._choice = choice
        self._queue: PrintQueue | None = None
        self._is_ending = threading.Event()

    def ask(self, question: Callable[[PrintQueue], Answer]) -> Answer:
        """What the queue answers."""
        if self._queue is None:
            self._queue = self._make(choice=self._choice)
        return question(self._queue)

    def work(self) -> Round:
        """One round, and what there is to see after it; nothing more once it ends."""
        if self._is_ending.is_set():
            return Round(0.0)
        pause_s = self.ask(PrintQueue.work)
        try:
            return Round(pause_s, self.ask(PrintQueue.summary), self.ask(PrintQueue.jobs))
        except EventFileError:
            # ``work`` said so, or will in the next round.
            return Round(pause_s)

    def take_choice(self, choice: PrintingSettings) -> None:
        """Follow what was chosen."""
        self._choice = choice
        self._badges.take_choice(choice)
        self.ask(lambda queue: queue.take_choice(choice))

    def change_setups(self, change: Callable[[PrinterSetups], None]) -> None:
        """Change how printers are used."""
        change(self._setups)

    def find_printers(self) -> tuple[FoundPrinter, ...]:
        """The printers that may be chosen."""
        found: list[FoundPrinter] = []
        for kind in self._spoolers:
            with suppress(PrinterError):
                found += asked(partial(self._printers_of, kind))
        return tuple(found)

    def abilities(self, printer: PrinterId) -> PrinterAbilities:
        """What may be asked of a printer; the least where it cannot be asked now."""
        try:
            return asked(lambda: self._spoolers[printer.spooler].abilities(printer.address))
        except PrinterError:
            return PrinterAbilities()

    def print_test(self, printer: PrinterId) -> None:
        """Print a badge of nobody; raises as ``print_sheet``."""
        self.print_sheet(printer, lambda: self._badges.make(NOBODY, printer).sheet)

    def print_sheet(self, printer: PrinterId, make: Callable[[], BadgeSheet]) -> SpooledJob:
        """Print what is nobody's badge, past the queue.

        Raises:
            PrinterError: the printer did not take it.
            CheckinError: it cannot be made.
        """
        sheet = make()
        return self.ask(lambda queue: queue.print_sheet(printer, sheet))

    def end(self) -> None:
        """Begin no further round; what is asked for is still written down. From any thread."""
        self._is_ending.set()

    def close(self) -> None:
        """Let go of the queue. From any thread, once the lane is at rest."""
        if self._queue is not None:
            self._queue.close()

    def _printers_of(self, kind: SpoolerKind) -> tuple[FoundPrinter, ...]:
        return self._spoolers[kind].printers()
