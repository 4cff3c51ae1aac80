"""The cameras of this computer, to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QMediaDevices

from checkin_app.gui.devices.camera.camera_choice import device_name, sizes_of


@dataclass(frozen=True, slots=True)
class KnownCamera:
    """A camera that is connected now.

    Attributes:
        device: the system's id of it.
        name: what the system calls it.
        sizes: width and height of the pictures it can send, in pixels, the largest first.
    """

    device: str
    name: str
    sizes: tuple[tuple[int, int], ...]


class CameraList(QObject):
    """Follows what is plugged in and out.

    Signals:
        changed: ``cameras`` are others.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.changed)

    def cameras(self) -> tuple[KnownCamera, ...]:
        """All that are connected now."""
        return tuple(
            KnownCamera(device_name(each), each.description(), sizes_of(each))
            for each in QMediaDevices.videoInputs()
        )
