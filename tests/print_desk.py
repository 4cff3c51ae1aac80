"""A desk that prints, as a process of its own: ``python print_desk.py EVENT FOLDER [DIES_AT]``.

Works on the print queue until it is empty. With a number it is killed, as by a power cut, at that
step: before or after any write to the event file, before or after anything the spooler does.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from notebook_spooler import NotebookSpooler
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.printers import BadgeSheet, PrinterId, SpoolerKind
from checkin_app.printing.printer_setups import PrinterSetups
from checkin_app.services.desk_printing.badge_maker import MadeBadge
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

FIRST, SECOND = PrinterId(SpoolerKind.CUPS, "first"), PrinterId(SpoolerKind.CUPS, "second")
DESK_ID = "desk-1"


class PlainBadges:
    """Makes badges that only name the person."""

    def make(self, attendee: Attendee, printer: PrinterId) -> MadeBadge:
        return MadeBadge(BadgeSheet(attendee.full_name.encode(), 85, 54), ("last_name",))


def queue_of(
    event_file: EventFile, folder: Path, spooler: NotebookSpooler, clock: Callable[[], datetime]
) -> PrintQueue:
    """The queue that all processes of a test share."""
    return PrintQueue(
        event_file,
        DESK_ID,
        "Desk 1",
        {SpoolerKind.CUPS: spooler},
        PlainBadges(),
        PrinterSetups(folder / "setups.json"),
        PrintingSettings(printer=str(FIRST)),
        clock,
        lock_folder=folder / "locks",
    )


def work_until_empty(
    queue: PrintQueue, spooler: NotebookSpooler, clock: SettableClock, rounds: int = 100
) -> None:
    """Rounds of the queue, with the printer printing what it has between them."""
    for _ in range(rounds):
        clock.forward(max(queue.work(), 0.5))
        summary = queue.summary()
        if not summary.waiting + summary.printing:
            return
        spooler.print_all()
    raise AssertionError("The queue did not become empty.")


class DyingSteps:
    """Counts steps, and dies at one of them."""

    def __init__(self, dies_at: int) -> None:
        self._left = dies_at

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class DyingEventFile(EventFile):
    """Dies before or after a commit."""

    steps: DyingSteps

    @contextmanager
    def transaction(self, desk: str, now: datetime) -> Iterator[EventTransaction]:
        with super().transaction(desk, now) as transaction:
            yield transaction
            self.steps.step()
        self.steps.step()


class DyingSpooler(NotebookSpooler):
    """Dies before or after the spooler does something."""

    steps: DyingSteps

    def submit(self, *arguments: Any) -> Any:
        return self._between(super().submit, *arguments)

    def job(self, *arguments: Any) -> Any:
        return self._between(super().job, *arguments)

    def cancel(self, *arguments: Any) -> Any:
        return self._between(super().cancel, *arguments)

    def _between(self, call: Callable[..., Any], *arguments: Any) -> Any:
        self.steps.step()
        answer = call(*arguments)
        self.steps.step()
        return answer


def main(event: str, folder: str, dies_at: str = "0") -> None:
    steps = DyingSteps(int(dies_at))
    spooler = DyingSpooler(Path(folder) / "spool")
    spooler.steps = DyingSpooler.steps = DyingEventFile.steps = steps
    clock = SettableClock(DURING_REGISTRATION)
    with DyingEventFile(Path(event)) as event_file:
        queue = queue_of(event_file, Path(folder), spooler, clock)
        work_until_empty(queue, spooler, clock)
        queue.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
