"""How the camera is doing, and the sentences for it."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from checkin_app.gui.devices.device_report import DeviceHealth


class CameraState(Enum):
    """What there is to say about the camera."""

    OFF = auto()
    STARTING = auto()
    RUNNING = auto()
    NO_CAMERA = auto()
    """The system shows none."""
    UNPLUGGED = auto()
    """The one that was chosen is not there, or no longer."""
    TAKEN = auto()
    """It is there and does not start: nearly always another program has it."""
    DENIED = auto()
    """The system does not let this program use it."""
    STALLED = auto()
    """It was started and sends no pictures."""
    NO_LIBRARY = auto()
    """This system lacks what Qt needs for cameras."""


_HEALTH = {
    CameraState.OFF: DeviceHealth.OFF,
    CameraState.STARTING: DeviceHealth.BUSY,
    CameraState.RUNNING: DeviceHealth.GOOD,
}


def health_of(state: CameraState) -> DeviceHealth:
    """Sign and colour of a state."""
    return _HEALTH.get(state, DeviceHealth.TROUBLE)


def state_words(state: CameraState) -> str:
    """How it is doing, in one short sentence."""
    match state:
        case CameraState.OFF:
            return _tr("The camera is off.")
        case CameraState.STARTING:
            return _tr("The camera is starting …")
        case CameraState.RUNNING:
            return _tr("The camera reads codes.")
        case CameraState.NO_CAMERA:
            return _tr("No camera is connected.")
        case CameraState.UNPLUGGED:
            return _tr("The camera is unplugged.")
        case CameraState.TAKEN:
            return _tr("The camera is in use elsewhere.")
        case CameraState.DENIED:
            return _tr("The system does not allow the camera.")
        case CameraState.STALLED:
            return _tr("The camera sends no pictures.")
        case CameraState.NO_LIBRARY:
            return _tr("Cameras cannot be used on this system.")


def next_step(state: CameraState) -> str:
    """What to do about it; empty when there is nothing to do."""
    match state:
        case CameraState.NO_CAMERA:
            return _tr("Plug one in; it starts by itself. Search by name meanwhile.")
        case CameraState.UNPLUGGED:
            return _tr("Plug it in again, or choose another in the settings.")
        case CameraState.TAKEN:
            return _tr("Close the other program: a video call, a browser tab.")
        case CameraState.DENIED:
            return _tr("Allow it in the system's privacy settings, under Camera.")
        case CameraState.STALLED:
            return _tr("It is being restarted. If this stays, unplug it and plug it in again.")
        case CameraState.NO_LIBRARY:
            return _tr("Use a scanner, or search by name.")
        case _:
            return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("CameraState", text)
