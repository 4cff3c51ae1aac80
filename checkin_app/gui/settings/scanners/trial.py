"""Trying a scanner out: one scan is judged, the desk set up for it, a second scan confirms.

A scanner that sends each code twice does so within a second, so a scan is judged when that
second is over.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.settings.scanners.scanner_choice import ScannerChoice
from checkin_app.scanning.keystrokes import KeyboardReading
from checkin_app.scanning.repeated_readings import SAME_TRIGGER_MS
from checkin_app.scanning.scanner_test import (
    TEST_CODE,
    Heard,
    ScannerFindings,
    Speed,
    is_understood,
    judge_sent,
    judge_typed,
)
from checkin_app.scanning.serial_lines import SerialReading
from checkin_app.settings.device_settings import ScannerSettings

Reading = KeyboardReading | SerialReading


class Stage(Enum):
    """How far the trial is."""

    WAITING = auto()
    """For the first scan."""
    LISTENING = auto()
    """A scan came; perhaps it comes twice."""
    SET_UP = auto()
    """The desk was set up for the scanner; a second scan is to confirm."""
    WORKS = auto()
    """The desk understands this scanner."""
    FAILED = auto()
    """The desk cannot understand it; the findings say what to change at the scanner."""
    ANOTHER_CODE = auto()
    """Something else was scanned. It checked nobody in."""


class Trial(QObject):
    """Takes what the scanners of the desk send while the page is in front.

    Signals:
        changed: stage or findings are others.

    Attributes:
        stage: how far it is.
        findings: what the last scan of the test code showed; None before it.
        before: the settings that were in force before the desk set itself up; None when there
            is nothing to undo.
    """

    changed = Signal()

    def __init__(self, devices: DeskDevices, choice: ScannerChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._choice = choice
        self.stage = Stage.WAITING
        self.findings: ScannerFindings | None = None
        self.before: ScannerSettings | None = None
        self._reading: Reading | None = None
        self._is_repeated = False
        self._is_running = False
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(SAME_TRIGGER_MS)
        self._over.timeout.connect(self.judge)
        devices.keyboard.reading_measured.connect(self._take)
        devices.serial.reading_received.connect(self._take)
        devices.tried_out.connect(self._take_other)

    def start(self) -> None:
        """Begin anew: the page has come to the front."""
        self._is_running = True
        self.begin_again()

    def stop(self) -> None:
        """The page has gone; scans check people in again."""
        self._is_running = False
        self._over.stop()

    def begin_again(self) -> None:
        """Wait for another scanner."""
        self._over.stop()
        self.findings, self.before = None, None
        self._go_to(Stage.WAITING)

    def undo(self) -> None:
        """Set the desk as it was before."""
        if self.before is not None:
            self._choice.choose(self.before)
        self.begin_again()

    def judge(self) -> None:
        """The second in which the code may come again is over."""
        reading = self._reading
        if reading is None:
            return
        self._over.stop()
        self._reading = None
        findings = _judged(reading, is_sent_twice=self._is_repeated)
        if findings.heard is Heard.ANOTHER_CODE:
            self._go_to(Stage.ANOTHER_CODE)
            return
        self.findings = findings
        self._go_to(self._stage_after(reading, findings))

    def _stage_after(self, reading: Reading, findings: ScannerFindings) -> Stage:
        if findings.heard is Heard.SPOILT or findings.speed is Speed.TOO_SLOW:
            return Stage.FAILED
        settings = self._choice.settings
        wanted = findings.settings(settings)
        if wanted != settings:
            self.before = self.before or settings
            self._choice.choose(wanted)
            return Stage.SET_UP
        return Stage.WORKS if is_understood(reading, settings) else Stage.FAILED

    def _take(self, reading: Reading) -> None:
        if not self._is_running:
            return
        if self._reading is None:
            self._reading, self._is_repeated = reading, False
            self._over.start()
            self._go_to(Stage.LISTENING)
        elif reading.text == self._reading.text:
            self._is_repeated = True
        else:
            self.judge()
            self._take(reading)

    def _take_other(self, scan: Scan) -> None:
        """The camera goes on reading: that it checks nobody in now must be said."""
        is_by_scanner = scan.source in (ScanSource.KEYBOARD, ScanSource.SERIAL)
        if self._is_running and not is_by_scanner and scan.text != TEST_CODE:
            self._go_to(Stage.ANOTHER_CODE)

    def _go_to(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()


def _judged(reading: Reading, *, is_sent_twice: bool) -> ScannerFindings:
    if isinstance(reading, KeyboardReading):
        return judge_typed(reading, is_sent_twice=is_sent_twice)
    return judge_sent(reading, is_sent_twice=is_sent_twice)
