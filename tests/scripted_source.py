"""A source of frames that does what a test says, where a real camera cannot be had."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.settings.device_settings import CameraSettings


class ScriptedSource(QObject):
    """Delivers single pictures, and has troubles when told to.

    Attributes:
        starts: the settings of each start.
        is_running: it was started and not stopped.
    """

    state_changed = Signal()
    chosen = Signal(object)

    def __init__(self, sink: QVideoSink, parent: QObject) -> None:
        super().__init__(parent)
        self._sink = sink
        self.state = CameraState.OFF
        self.title = "Camera of the test"
        self.starts: list[CameraSettings] = []
        self.is_running = False

    def start(self, settings: CameraSettings) -> None:
        self.starts.append(settings)
        self.is_running = True
        if self.state is CameraState.OFF:
            self.become(CameraState.STARTING)

    def stop(self) -> None:
        self.is_running = False
        self.become(CameraState.OFF)

    def become(self, state: CameraState) -> None:
        """Another state, as the system would tell it."""
        self.state = state
        self.state_changed.emit()

    def deliver(self, picture: Image.Image) -> None:
        """One frame."""
        grey = picture.convert("L")
        image = QImage(
            grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8
        )
        self._sink.setVideoFrame(QVideoFrame(image.copy()))
