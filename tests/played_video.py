"""A video in the place of the camera: its frames go the way of a camera's from there on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.settings.device_settings import CameraSettings


class PlayedVideo(QObject):
    """Plays a file into the sink, without end."""

    state_changed = Signal()
    chosen = Signal(object)

    def __init__(self, path: Path, sink: QVideoSink, parent: QObject) -> None:
        super().__init__(parent)
        self.state = CameraState.OFF
        self.title = path.stem
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(sink)
        self._player.setLoops(QMediaPlayer.Loops.Infinite)
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def start(self, settings: CameraSettings) -> None:
        self.state = CameraState.STARTING
        self._player.play()

    def stop(self) -> None:
        self.state = CameraState.OFF
        self._player.stop()


def video(path: Path) -> partial[PlayedVideo]:
    """What ``DeskCamera.feed_from`` takes."""
    return partial(PlayedVideo, path)
