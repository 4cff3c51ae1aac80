"""Where frames come from: what the camera of the desk asks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance

from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.settings.device_settings import CameraSettings

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoSink


class FrameSource(Protocol):
    """A QObject that puts frames into the sink it was made with.

    Attributes:
        state: STARTING while frames may come, or what is in the way.
        title: what people call it; empty while there is nothing to name.
        state_changed: ``state`` or ``title`` is another.
        chosen: the ``CameraSettings`` with the names of the camera that was found for them.
    """

    state_changed: SignalInstance
    chosen: SignalInstance

    @property
    def state(self) -> CameraState: ...

    @property
    def title(self) -> str: ...

    def start(self, settings: CameraSettings) -> None:
        """Begin, or begin anew with other settings."""

    def stop(self) -> None:
        """Let go of the camera."""


SourceMaker = Callable[["QVideoSink", QObject], FrameSource]
"""Makes a source for a sink; the second argument owns it."""
