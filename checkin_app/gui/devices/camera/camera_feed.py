"""One running camera: frames from its source to the reader, and a watch over both."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.gui.devices.camera.frame_reader import FrameReader
from checkin_app.gui.devices.camera.frame_source import SourceMaker
from checkin_app.settings.device_settings import CameraSettings

LOOK_EVERY_MS = 1000
PATIENCE_MS = 5000
"""Without a picture. Cameras take up to three seconds to send their first."""


class CameraFeed(QObject):
    """Takes frames from a source, has them read, and starts it again when they stop coming.

    Signals:
        state_changed: ``state`` or ``title`` is another.
        pictured: the ``QVideoFrame`` that came.
        read: the ``ReadFrame`` of a frame, a moment later.
        chosen: the ``CameraSettings`` with the names of the camera that was found for them.
    """

    state_changed = Signal()
    pictured = Signal(object)
    read = Signal(object)
    chosen = Signal(object)

    def __init__(self, make_source: SourceMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink = QVideoSink(self)
        self._source = make_source(self._sink, self)
        self._reader = FrameReader(self)
        self._settings = CameraSettings()
        self._state = CameraState.OFF
        self._last_picture_ms: float | None = None
        self._started_ms = 0.0
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)
        self._sink.videoFrameChanged.connect(self._take_frame)
        self._reader.read.connect(self.read)
        self._source.state_changed.connect(self._follow_source)
        self._source.chosen.connect(self.chosen)

    @property
    def state(self) -> CameraState:
        """RUNNING while pictures come."""
        return self._state

    @property
    def title(self) -> str:
        """What people call the camera; empty before one is found."""
        return self._source.title

    def start(self, settings: CameraSettings) -> None:
        """Begin, or begin anew with another camera or size."""
        self._settings = settings
        self._watch.start()
        self._start_source()

    def stop(self) -> None:
        """Let go of the camera, for good."""
        self._watch.stop()
        self._sink.videoFrameChanged.disconnect(self._take_frame)
        self._source.stop()
        self._reader.stop()

    def _start_source(self) -> None:
        self._last_picture_ms = None
        self._started_ms = _now_ms()
        self._source.start(self._settings)
        self._look()

    def _take_frame(self, frame: QVideoFrame) -> None:
        # A video that ends sends one that holds nothing.
        if not frame.isValid():
            return
        self._last_picture_ms = _now_ms()
        if self._state is not CameraState.RUNNING:
            self._look()
        self._reader.take(frame)
        self.pictured.emit(frame)

    def _follow_source(self) -> None:
        """Its words are newer than the last picture."""
        if self._source.state is not CameraState.STARTING:
            self._last_picture_ms = None
        self._look()

    def _look(self) -> None:
        state = self._judge()
        if state is not self._state:
            self._state = state
            self.state_changed.emit()
        is_silent = state in (CameraState.STALLED, CameraState.TAKEN)
        if is_silent and _now_ms() - self._started_ms > PATIENCE_MS:
            self._start_source()

    def _judge(self) -> CameraState:
        since_ms = self._started_ms if self._last_picture_ms is None else self._last_picture_ms
        is_patient = _now_ms() - since_ms < PATIENCE_MS
        if self._last_picture_ms is not None and is_patient:
            return CameraState.RUNNING
        if self._source.state is not CameraState.STARTING:
            return self._source.state
        was_silent = self._state is CameraState.STALLED
        return CameraState.STARTING if is_patient and not was_silent else CameraState.STALLED


def _now_ms() -> float:
    return time.monotonic() * 1000
