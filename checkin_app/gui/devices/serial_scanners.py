"""The scanners at serial ports: one thread reads each, what they tell comes home to the window.

A desk without any of them, and so most, does not pay for them when the program starts: what reads
them is imported with the first.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from checkin_app.gui.devices.device_report import DeviceReport
from checkin_app.scanning.repeated_readings import RepeatedReadings
from checkin_app.settings.device_settings import ScannerSettings, SerialScanner

if TYPE_CHECKING:
    from checkin_app.scanning.serial_lines import SerialReading
    from checkin_app.scanning.serial_ports import SerialPort
    from checkin_app.scanning.serial_reader import Connected, Disconnected, SerialNews

_STOPPED_WITHIN_S = 0.5


@dataclass(slots=True, eq=False)
class _Listening:
    """One scanner being read."""

    scanner: SerialScanner
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    state: Connected | Disconnected | None = None
    repeated: RepeatedReadings = field(default_factory=RepeatedReadings)
    last_scan_at: datetime | None = None
    is_legible: bool = True


_News: TypeAlias = "tuple[_Listening | None, SerialNews | tuple[SerialPort, ...]]"


class SerialScanners(QObject):
    """Reads the serial scanners that the settings name.

    Signals:
        scanned: a ``Scan``. A code that a scanner sent twice at one trigger is one.
        reading_received: the ``SerialReading`` behind each scan and each such repeat.
        reports_changed: one is doing otherwise than before.
        ports_listed: a tuple of ``SerialPort``: the answer to ``list_ports``.
    """

    scanned = Signal(object)
    reading_received = Signal(object)
    reports_changed = Signal()
    ports_listed = Signal(object)
    _arrived = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._settings = ScannerSettings()
        self._listening: list[_Listening] = []
        self._home: queue.SimpleQueue[_News] = queue.SimpleQueue()
        self._is_started = False
        self._arrived.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to read."""
        self._is_started = True
        for listening in self._listening:
            self._begin(listening)

    def stop(self) -> None:
        """Close all ports."""
        self._is_started = False
        _stop(self._listening)
        for listening in self._listening:
            if listening.thread is not None:
                listening.thread.join(_STOPPED_WITHIN_S)

    def take_settings(self, settings: ScannerSettings) -> None:
        """Read these scanners from now on; those that were read already go on undisturbed."""
        self._settings = settings
        kept = [one for one in self._listening if one.scanner in settings.serial]
        left = [one for one in self._listening if one.scanner not in settings.serial]
        known = {one.scanner for one in kept}
        new = [_Listening(s) for s in dict.fromkeys(settings.serial) if s not in known]
        if not left and not new:
            return
        self._listening = kept + new
        _stop(left)
        if self._is_started:
            for listening in new:
                self._begin(listening)
        self.reports_changed.emit()

    def list_ports(self) -> None:
        """Look which ports there are; ``ports_listed`` tells."""
        threading.Thread(target=partial(_look, self._send), daemon=True).start()

    def reports(self) -> tuple[DeviceReport, ...]:
        """How each is doing."""
        if not self._listening:
            return ()
        from checkin_app.gui.devices.serial_words import serial_report

        return tuple(
            serial_report(one.scanner, one.state, one.last_scan_at, is_legible=one.is_legible)
            for one in self._listening
        )

    def test(self, key: str) -> None:
        """Close the port of this scanner and open it again, now."""
        for place, report in enumerate(self.reports()):
            if key == report.key:
                listening = self._listening[place]
                _stop([listening])
                self._listening[place] = _Listening(listening.scanner)
                self._begin(self._listening[place], after=listening.thread)
                self.reports_changed.emit()

    def _begin(self, listening: _Listening, after: threading.Thread | None = None) -> None:
        tell = partial(self._send, listening)
        # A daemon: the program may end while the port of a scanner that is far away is opened.
        listening.thread = threading.Thread(
            target=_read, args=(after, listening.scanner, tell, listening.stop), daemon=True
        )
        listening.thread.start()

    def _send(
        self, listening: _Listening | None, news: SerialNews | tuple[SerialPort, ...]
    ) -> None:
        """Called in the threads."""
        if listening is not None and listening.stop.is_set():
            return
        self._home.put((listening, news))
        # Listing the ports may take longer than the window is there.
        if shiboken6.isValid(self):
            self._arrived.emit()

    def _bring_home(self) -> None:
        while not self._home.empty():
            listening, news = self._home.get()
            if isinstance(news, tuple):
                self.ports_listed.emit(news)
            elif listening in self._listening:
                self._take(listening, news)

    def _take(self, listening: _Listening, news: SerialNews) -> None:
        from checkin_app.scanning.serial_reader import Read

        if isinstance(news, Read):
            listening.last_scan_at = self._clock()
            listening.is_legible = news.reading.is_legible
            self._report(listening, news.reading, news.at_ms)
        else:
            listening.state = news
        self.reports_changed.emit()

    def _report(self, listening: _Listening, reading: SerialReading, at_ms: int) -> None:
        from checkin_app.scanning.scanner_scans import serial_scan

        self.reading_received.emit(reading)
        if not listening.repeated.is_repeat(reading.text, at_ms, at_ms):
            self.scanned.emit(serial_scan(reading, self._settings))


def _stop(those: list[_Listening]) -> None:
    for listening in those:
        listening.stop.set()


def _read(
    after: threading.Thread | None,
    scanner: SerialScanner,
    tell: Callable[[SerialNews], None],
    stop: threading.Event,
) -> None:
    """Read, once the thread that had the port before has let go of it."""
    from checkin_app.scanning.serial_reader import read_scanner

    if after is not None:
        after.join()
    read_scanner(scanner, tell, stop)


def _look(send: Callable[[None, tuple[SerialPort, ...]], None]) -> None:
    from checkin_app.scanning.serial_ports import list_ports

    try:
        send(None, list_ports())
    except OSError:
        send(None, ())
