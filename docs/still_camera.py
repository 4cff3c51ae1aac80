"""A camera that always sees the same picture, for the pictures of the documents."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.settings.device_settings import CameraSettings

_EVERY_MS = 60


class StillCamera(QObject):
    """Puts one picture into the sink, again and again."""

    state_changed = Signal()
    chosen = Signal(object)

    def __init__(self, picture: Image.Image, sink: QVideoSink, parent: QObject) -> None:
        super().__init__(parent)
        self.state = CameraState.OFF
        self.title = "Camera of this laptop"
        self._sink = sink
        grey = picture.convert("L")
        self._image = QImage(
            grey.tobytes(),
            grey.width,
            grey.height,
            grey.width,
            QImage.Format.Format_Grayscale8,
        ).copy()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._show)

    def start(self, settings: CameraSettings) -> None:
        """Begin."""
        self.state = CameraState.STARTING
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self.state = CameraState.OFF
        self._timer.stop()

    def _show(self) -> None:
        self._sink.setVideoFrame(QVideoFrame(self._image))
