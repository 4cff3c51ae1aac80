"""The desk of a soak: the real window with its devices, and the hands that bring codes to it."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtMultimedia import QVideoSink
from PySide6.QtWidgets import QApplication

from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.scanning.pictures import iter_pdf_codes
from checkin_app.settings import Settings, with_desk_id
from checkin_app.settings.device_settings import (
    CameraSettings,
    DeviceSettings,
    PrintingSettings,
    PrintOnArrival,
    ScannerSettings,
    SerialScanner,
)
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people
from tests.benchmarks.soak.account import Account, Held, account, held_now
from tests.benchmarks.soak.hands import SerialHand, WedgeHand
from tests.benchmarks.soak.reels import ReelSource

_TICK_MS = 5
_SAMPLE_S = 5.0
_SET_UP_S = 5.0
"""Until the first code: the window opens its devices, the first reel is made."""
_CAMERAS_SHARE = 8
"""Every eighth code is shown to the camera: nobody holds up more than a ticket a second."""
_PATIENCE_S = 60.0
"""After the last code, for what is still under way."""


class Soak:
    """One soak.

    Args:
        rate: scans a second.
        times_again: how often a ticket that the camera did not read may be held up again.

    Attributes:
        memory: what the process held, every few seconds.
        late_ms: how much later than due the window's thread came round to a tick, from the first
            code on.
    """

    def __init__(self, folder: Path, scans: int, rate: float, times_again: int = 0) -> None:
        self._folder = folder
        self._times_again = times_again
        self._codes = [person.code for person in people(scans)]
        self._shown = self._codes[::_CAMERAS_SHARE]
        rest = [code for place, code in enumerate(self._codes) if place % _CAMERAS_SHARE]
        self._typed, self._sent = rest[0::2], rest[1::2]
        self._shown_s = _CAMERAS_SHARE / rate
        self._scanned_s = 2 / (rate * (1 - 1 / _CAMERAS_SHARE))
        self._received = folder / "badges"
        self._received.mkdir()
        self._printer = str(PrinterId(SpoolerKind.FOLDER, str(self._received)))
        self.memory: list[Held] = []
        # An array: a list would grow by some 30 MB an hour, and be taken for the program's.
        self.late_ms = array("f")

    def run(self) -> Account:
        """Bring all codes to the desk, wait for what they start, and make up the account."""
        event_file = EventFile.create(
            self._folder / "soak.checkin",
            EVENT,
            [CHECK_IN_LIST],
            people(len(self._codes)),
            desk="A",
            now=NOW,
        )
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        serial = SerialHand(self._sent)
        settings = self._settings(serial.port)
        set_up_look(application, settings.theme)
        window = MainWindow(settings, log_to=self._folder)
        window.show_event(at_desk(event_file, settings.desk_name))
        window.show()
        wedge = WedgeHand(window.windowHandle(), self._typed)
        reels: list[ReelSource] = []

        def make_source(sink: QVideoSink, parent: QObject) -> ReelSource:
            reel = ReelSource(
                self._folder,
                self._shown,
                self._shown_s,
                sink,
                parent,
                lambda: self._not_let_in(event_file),
                self._times_again,
            )
            reels.append(reel)
            return reel

        window.devices.camera.feed_from(make_source)
        self._turn(window, wedge, serial, reels)
        serial.close()
        window.close()
        with EventFile(self._folder / "soak.checkin") as finished:
            return account(finished, self._codes, self._codes_received())

    def _turn(
        self,
        window: MainWindow,
        wedge: WedgeHand,
        serial: SerialHand,
        reels: list[ReelSource],
    ) -> None:
        """Run the event loop until all was brought and nothing is under way any more."""
        assert window.workplace is not None
        event_file = window.workplace.event_file
        loop = QEventLoop()
        started = last = time.monotonic()
        first_due = started + _SET_UP_S
        due = {
            hand: first_due + place * self._scanned_s / 2
            for place, hand in enumerate((wedge, serial))
        }
        last_brought = first_due + self._scanned_s * (len(self._typed) + 1)
        patience_s = _PATIENCE_S * (1 + self._times_again)
        sampled = 0.0

        def tick() -> None:
            nonlocal last, sampled
            now = time.monotonic()
            if now > first_due:
                self.late_ms.append((now - last) * 1000 - _TICK_MS)
            last = now
            for hand in due:
                if now >= due[hand]:
                    due[hand] += self._scanned_s
                    hand.bring(round(now * 1000))
            if now - sampled >= _SAMPLE_S:
                sampled = now
                self.memory.append(held_now(now - started))
                all_shown = bool(reels) and reels[-1].is_finished
                everything = now > last_brought and all_shown and self._is_over(event_file)
                if everything or now > last_brought + patience_s:
                    loop.quit()

        timer = QTimer(interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start()
        loop.exec()
        timer.stop()

    def _not_let_in(self, event_file: EventFile) -> list[str]:
        """The codes shown to the camera that came to nothing."""
        let_in = {one.attendee.code for one in event_file.records() if one.check_ins}
        return [code for code in self._shown if code not in let_in]

    def _is_over(self, event_file: EventFile) -> bool:
        return all(record.check_ins and record.badge_prints for record in event_file.records())

    def _settings(self, port: str) -> Settings:
        return with_desk_id(
            Settings(
                devices=DeviceSettings(
                    camera=CameraSettings(is_on=True),
                    scanners=ScannerSettings(serial=(SerialScanner(port),)),
                    printing=PrintingSettings(printer=self._printer, when=PrintOnArrival.ALWAYS),
                )
            )
        )

    def _codes_received(self) -> Iterator[str]:
        """The codes on all badges that lie in the folder, read back from their pages."""
        for badge in sorted(self._received.glob("*.pdf")):
            for page in iter_pdf_codes(badge):
                yield from (code.text for code in page)
