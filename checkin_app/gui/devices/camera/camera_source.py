"""A camera of this computer as a source of frames: found, opened, lost, found again."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoSink,
)

from checkin_app.gui.devices.camera.camera_choice import (
    chosen_device,
    chosen_format,
    device_name,
)
from checkin_app.gui.devices.camera.camera_state import CameraState
from checkin_app.settings.device_settings import CameraSettings

_RETRY_MS = 2000
_FOCUS_MODES = (QCamera.FocusMode.FocusModeAutoNear, QCamera.FocusMode.FocusModeAuto)
_DENIALS = ("denied", "permission", "not authorized", "not allowed", "0x80070005")
"""What errors of the systems say when it is not another program that has the camera."""


class CameraSource(QObject):
    """Keeps the chosen camera open, for as long as it is started.

    What is in the way is looked at again every two seconds and whenever a camera is plugged in
    or out, so that nobody has to press anything.

    Signals:
        state_changed: ``state`` or ``title`` is another.
        chosen: the ``CameraSettings`` with the names of the camera that was found for them.
    """

    state_changed = Signal()
    chosen = Signal(object)

    def __init__(self, sink: QVideoSink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = CameraSettings()
        self._state = CameraState.OFF
        self._title = ""
        self._camera: QCamera | None = None
        self._has_asked = False
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(sink)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._inputs_changed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_RETRY_MS)
        self._again.timeout.connect(self._look)

    @property
    def state(self) -> CameraState:
        """STARTING once it is open; or what was in the way when it was last tried."""
        return self._state

    @property
    def title(self) -> str:
        """What the system calls the camera."""
        return self._title

    def start(self, settings: CameraSettings) -> None:
        """Open the camera, anew if need be."""
        self._close()
        self._settings = settings
        self._look()

    def stop(self) -> None:
        """Let go of the camera, so that other programs may have it."""
        self._again.stop()
        self._close()
        self._tell(CameraState.OFF)

    def _look(self) -> None:
        match self._permission():
            case Qt.PermissionStatus.Denied:
                self._wait(CameraState.DENIED)
            case Qt.PermissionStatus.Undetermined if not self._has_asked:
                self._ask_person()
            case _:
                self._look_for_camera()

    def _look_for_camera(self) -> None:
        device = chosen_device(QMediaDevices.videoInputs(), self._settings)
        if device is not None:
            self._open(device)
        elif self._settings.device or self._title:
            self._wait(CameraState.UNPLUGGED)
        else:
            self._wait(CameraState.DENIED if _is_locked_by_linux() else CameraState.NO_CAMERA)

    def _permission(self) -> Qt.PermissionStatus:
        application = QCoreApplication.instance()
        assert application is not None
        return application.checkPermission(QCameraPermission())

    def _ask_person(self) -> None:
        """Once only: a program started from a terminal of macOS never gets an answer, and yet may
        use the camera when the terminal may."""
        self._has_asked = True
        application = QCoreApplication.instance()
        assert application is not None
        self._wait(CameraState.STARTING)
        application.requestPermission(QCameraPermission(), self, self._permission_answered)

    def _permission_answered(self, _permission: object = None) -> None:
        if self._state is not CameraState.OFF:
            self._look()

    def _open(self, device: QCameraDevice) -> None:
        self._close()
        self._title = device.description()
        self._remember(device)
        camera = self._camera = QCamera(device, self)
        chosen = chosen_format(device.videoFormats(), self._settings)
        if chosen is not None:
            camera.setCameraFormat(chosen)
        camera.errorOccurred.connect(self._fail)
        camera.activeChanged.connect(self._focus)
        self._session.setCamera(camera)
        if self._state is not CameraState.TAKEN:
            # Said until pictures come, or the words would flicker with every try.
            self._tell(CameraState.STARTING)
        camera.start()

    def _remember(self, device: QCameraDevice) -> None:
        """So that the same camera is found again under another id."""
        found = replace(self._settings, device=device_name(device), name=device.description())
        if self._settings.device and found != self._settings:
            self._settings = found
            self.chosen.emit(found)

    def _close(self) -> None:
        if self._camera is not None:
            camera, self._camera = self._camera, None
            camera.errorOccurred.disconnect(self._fail)
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            camera.deleteLater()

    def _focus(self, is_active: bool) -> None:
        """Tickets are held near; cameras that cannot focus ignore it."""
        camera = self._camera
        if not is_active or camera is None:
            return
        for mode in _FOCUS_MODES:
            if camera.isFocusModeSupported(mode):
                camera.setFocusMode(mode)
                return

    def _fail(self, error: QCamera.Error, text: str) -> None:
        if error is QCamera.Error.NoError:
            return
        words = text.lower()
        is_denied = any(denial in words for denial in _DENIALS)
        self._wait(CameraState.DENIED if is_denied else CameraState.TAKEN)

    def _inputs_changed(self) -> None:
        """Something was plugged in or out."""
        if self._state is CameraState.OFF:
            return
        inputs = [device_name(each) for each in QMediaDevices.videoInputs()]
        if self._camera is not None and device_name(self._camera.cameraDevice()) not in inputs:
            self._close()
            self._look()
        elif self._camera is None:
            self._look()

    def _wait(self, state: CameraState) -> None:
        self._close()
        self._tell(state)
        self._again.start()

    def _tell(self, state: CameraState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit()


def _is_locked_by_linux() -> bool:
    """There are cameras that only members of a group may open, and the person is in none."""
    if not sys.platform.startswith("linux"):
        return False
    nodes = list(Path("/dev").glob("video*"))
    return bool(nodes) and not any(os.access(node, os.R_OK | os.W_OK) for node in nodes)
