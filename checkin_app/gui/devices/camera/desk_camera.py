"""The camera of the desk: a device that turns what is held into the picture into scans.

frame → ``FrameReader`` (codes, in a thread of its own) → ``Sightings`` (each code once) → ``Scan``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.gui.devices.camera.camera_state import (
    CameraState,
    health_of,
    next_step,
    state_words,
)
from checkin_app.gui.devices.camera.frame_source import FrameSource, SourceMaker
from checkin_app.gui.devices.device_report import DeviceKind, DeviceReport
from checkin_app.services.clock import utc_now
from checkin_app.settings.device_settings import CameraSettings

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoSink

    from checkin_app.gui.devices.camera.camera_feed import CameraFeed
    from checkin_app.gui.devices.camera.frame_reader import ReadFrame
    from checkin_app.scanning.frame_search import SeenCode
    from checkin_app.scanning.sightings import Sightings

_log = logging.getLogger(__name__)

KEY = "camera"
"""Of its report."""

_TEST_MS = 20_000
_ASK_EVERY_MS = 1000


@dataclass(frozen=True, slots=True)
class Sight:
    """What a frame came to, for those who show the picture.

    Attributes:
        frame: the codes in it and its size.
        scan: the code that is a scan from this frame on.
        several: codes of which somebody has to choose one.
    """

    frame: ReadFrame
    scan: SeenCode | None
    several: tuple[SeenCode, ...]


class DeskCamera(QObject):
    """Runs the camera while it is wanted, and says how it is doing.

    Signals:
        scanned: a ``Scan``.
        several_found: a tuple of ``Scan``, each second while they are in the picture together.
        tried: a ``Scan`` read while the camera is only tried out: nobody is checked in.
        reports_changed: its report is another.
        settings_changed: the ``CameraSettings`` with another name for the same camera.
        state_changed: ``state`` is another.
        settings_taken: ``settings`` is another.
        pictured: the ``QVideoFrame`` that came.
        seen: the ``Sight`` of a frame, a moment later.
    """

    scanned = Signal(object)
    several_found = Signal(object)
    tried = Signal(object)
    reports_changed = Signal()
    settings_changed = Signal(object)
    state_changed = Signal()
    settings_taken = Signal()
    pictured = Signal(object)
    seen = Signal(object)

    def __init__(
        self, clock: Callable[[], datetime] = utc_now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._settings = CameraSettings()
        self._make_source: SourceMaker = _camera_of_computer
        self._is_started = False
        self._feed: CameraFeed | None = None
        self._sightings: Sightings | None = None
        self._state = CameraState.OFF
        self._asked_ms = 0.0
        self._last_event = ""
        self._last_event_at: datetime | None = None
        self._is_tried_out = False
        self._test = QTimer(self)
        self._test.setSingleShot(True)
        self._test.setInterval(_TEST_MS)
        self._test.timeout.connect(self._end_test)

    # Asked by the desk

    @property
    def state(self) -> CameraState:
        """How it is doing."""
        return self._state

    @property
    def settings(self) -> CameraSettings:
        """As it was told last."""
        return self._settings

    def start(self) -> None:
        """From now on the camera may run, if it is wanted."""
        self._is_started = True
        self._run_if_wanted()

    def stop(self) -> None:
        """Let go of the camera: the window is about to close."""
        self._is_started = False
        self._run_if_wanted()

    def take_settings(self, settings: CameraSettings) -> None:
        """Follow what was chosen; the picture goes on unless the camera or its size is another."""
        before, self._settings = self._settings, settings
        if self._feed is not None and _opens_differently(before, settings):
            self._feed.start(settings)
        self._run_if_wanted()
        if settings != before:
            self.settings_taken.emit()

    def feed_from(self, make_source: SourceMaker) -> None:
        """Take frames from something else than a camera of this computer: a video, a phone."""
        self._close()
        self._make_source = make_source
        self._run_if_wanted()

    def settle(self) -> None:
        """Somebody has chosen among several codes, or wants none of them."""
        if self._sightings is not None:
            self._sightings.settle(_now_ms())

    def start_anew(self) -> None:
        """What is in the picture counts again: scans go to another check-in list."""
        if self._sightings is not None:
            self._sightings.start_anew()

    def try_out(self, is_tried_out: bool) -> None:
        """While true, codes are only read: nobody is checked in."""
        self._is_tried_out = is_tried_out
        self.start_anew()

    # Device

    def reports(self) -> tuple[DeviceReport, ...]:
        """How it is doing, in words."""
        is_testing = self._test.isActive() and self._state is CameraState.RUNNING
        words = self.tr("Hold a ticket into the picture: it is only read.")
        return (
            DeviceReport(
                key=KEY,
                kind=DeviceKind.CAMERA,
                title=(self._feed.title if self._feed else self._settings.name)
                or self.tr("Camera"),
                health=health_of(self._state),
                words=words if is_testing else state_words(self._state),
                next_step=next_step(self._state),
                last_event=self._last_event,
                last_event_at=self._last_event_at,
                can_be_tested=True,
            ),
        )

    def test(self, key: str) -> None:
        """Run for some seconds, also when it is off; the next code is read and nothing more."""
        self._test.start()
        self.start_anew()
        self._run_if_wanted()
        self.reports_changed.emit()

    # Inside

    def _run_if_wanted(self) -> None:
        is_wanted = self._is_started and (self._settings.is_on or self._test.isActive())
        if is_wanted and self._feed is None:
            self._open()
        elif not is_wanted:
            self._close()
            self._show_state(CameraState.OFF)

    def _open(self) -> None:
        try:
            # Not at the top: a desk without camera pays nothing for it.
            from checkin_app.gui.devices.camera.camera_feed import CameraFeed
        except ImportError as error:
            _log.warning("QtMultimedia cannot be loaded, there is no camera: %s", error)
            self._show_state(CameraState.NO_LIBRARY)
            return
        from checkin_app.scanning.sightings import Sightings

        self._sightings = Sightings()
        feed = self._feed = CameraFeed(self._make_source, self)
        feed.state_changed.connect(self._follow_feed)
        feed.pictured.connect(self.pictured)
        feed.read.connect(self._take_codes)
        feed.chosen.connect(self._take_chosen)
        feed.start(self._settings)

    def _close(self) -> None:
        if self._feed is not None:
            feed, self._feed = self._feed, None
            feed.state_changed.disconnect(self._follow_feed)
            feed.read.disconnect(self._take_codes)
            feed.stop()
            feed.deleteLater()
            self._sightings = None

    def _follow_feed(self) -> None:
        if self._feed is not None:
            self._show_state(self._feed.state)

    def _show_state(self, state: CameraState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit()
            self.reports_changed.emit()

    def _take_chosen(self, settings: CameraSettings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _take_codes(self, frame: ReadFrame) -> None:
        if self._sightings is None:
            return
        seen = self._sightings.see(frame.codes, frame.came_ms)
        if seen.scan is not None:
            self._take_scan(Scan(seen.scan.text, ScanSource.CAMERA))
        elif seen.several and not self._is_trying:
            self._ask(tuple(Scan(code.text, ScanSource.CAMERA) for code in seen.several))
        self.seen.emit(Sight(frame, seen.scan, seen.several))

    @property
    def _is_trying(self) -> bool:
        return self._is_tried_out or self._test.isActive()

    def _take_scan(self, scan: Scan) -> None:
        is_trying = self._is_trying
        self._last_event_at = self._clock()
        self._last_event = self.tr("Read in the test") if is_trying else self.tr("Scanned")
        if is_trying:
            self._end_test()
            self.tried.emit(scan)
        else:
            self.scanned.emit(scan)
        self.reports_changed.emit()

    def _ask(self, scans: tuple[Scan, ...]) -> None:
        """Again and again: the first time somebody may be typing a name."""
        if _now_ms() - self._asked_ms >= _ASK_EVERY_MS:
            self._asked_ms = _now_ms()
            self.several_found.emit(scans)

    def _end_test(self) -> None:
        self._test.stop()
        self._run_if_wanted()
        self.reports_changed.emit()


def _opens_differently(before: CameraSettings, after: CameraSettings) -> bool:
    return (before.device, before.width_px, before.height_px) != (
        after.device,
        after.width_px,
        after.height_px,
    )


def _camera_of_computer(sink: QVideoSink, parent: QObject) -> FrameSource:
    from checkin_app.gui.devices.camera.camera_source import CameraSource

    return CameraSource(sink, parent)


def _now_ms() -> float:
    return time.monotonic() * 1000
