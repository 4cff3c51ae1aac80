"""The window of a desk with printers, as a test drives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from notebook_spooler import NotebookSpooler
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.print_jobs import PrintCause, PrintJob, PrintJobState
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.gui.desk.desk_screen import DeskScreen
from checkin_app.gui.printing.desk_printing import DeskPrinting
from checkin_app.gui.printing.queue_runner import QueueRunner
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.storage.event_file import EventFile

AT_DOOR, AT_WALL = PrinterId(SpoolerKind.CUPS, "door"), PrinterId(SpoolerKind.CUPS, "wall")


class PrintingDesk:
    """The window, its desk screen, and the printers."""

    def __init__(
        self, window: MainWindow, runner: QueueRunner, spooler: NotebookSpooler, qtbot: QtBot
    ) -> None:
        self.window = window
        self.runner = runner
        self.spooler = spooler
        self.qtbot = qtbot

    @property
    def screen(self) -> DeskScreen:
        screen = self.window.screen_at(DESK)
        assert isinstance(screen, DeskScreen)
        return screen

    @property
    def printing(self) -> DeskPrinting:
        return self.screen.device_views.printing

    @property
    def event_file(self) -> EventFile:
        assert self.window.workplace is not None
        return self.window.workplace.event_file

    def choose(self, **values: object) -> None:
        """Change the settings of printing."""
        devices = self.window.settings.devices
        printing = replace(devices.printing, **values)  # type: ignore[arg-type]
        self.window.change_settings(devices=replace(devices, printing=printing))

    def use_printer(self, printer: PrinterId = AT_DOOR, fallback: PrinterId | None = None) -> None:
        self.choose(printer=str(printer), fallback=str(fallback) if fallback else "")
        self.wait_until(lambda: bool(self.runner.summary.printers))

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Through the shortcuts, as the window system brings it."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds)

    def people(self) -> list[Attendee]:
        confirmed = AttendeeStatus.CONFIRMED
        return [r.attendee for r in self.event_file.records() if r.attendee.status is confirmed]

    def look_up(self, person: Attendee) -> None:
        self.screen.show_person(person.id)
        self.wait_until(
            lambda: (
                self.screen.shown.person is not None and self.screen.shown.person.id == person.id
            )
        )

    def wait_for_job(self, state: PrintJobState, cause: PrintCause | None = None) -> PrintJob:
        """The newest job, once it is in this state."""

        def is_there() -> bool:
            return any(one.state is state and cause in (None, one.cause) for one in self.jobs)

        self.wait_until(is_there)
        return next(one for one in self.jobs if one.state is state and cause in (None, one.cause))

    def print_one(self, person: Attendee) -> PrintJob:
        """Let a badge come out."""
        self.runner.enqueue([person.id], PrintCause.ASKED)
        self.wait_for_job(PrintJobState.PRINTING)
        self.spooler.print_all()
        return self.wait_for_job(PrintJobState.DONE)

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        return self.runner.jobs
