"""Which format a camera is asked for. Real ``QCameraFormat`` values cannot be made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtMultimedia import QVideoFrameFormat

from checkin_app.gui.devices.camera.camera_choice import chosen_device, chosen_format
from checkin_app.settings.device_settings import CameraSettings

Format = QVideoFrameFormat.PixelFormat


@dataclass(frozen=True)
class NamedFormat:
    """Answers as a ``QCameraFormat`` does."""

    width: int
    height: int
    kind: Format
    frames: float = 30

    def resolution(self) -> QSize:
        return QSize(self.width, self.height)

    def pixelFormat(self) -> Format:
        return self.kind

    def maxFrameRate(self) -> float:
        return self.frames


@dataclass(frozen=True)
class NamedDevice:
    """Answers as a ``QCameraDevice`` does."""

    number: str
    name: str
    is_default: bool = False

    def id(self):
        return QByteArray(self.number.encode())

    def description(self) -> str:
        return self.name

    def isDefault(self) -> bool:
        return self.is_default


C920 = [
    NamedFormat(640, 480, Format.Format_YUYV),
    NamedFormat(1280, 720, Format.Format_YUYV, 10),
    NamedFormat(1280, 720, Format.Format_Jpeg),
    NamedFormat(1920, 1080, Format.Format_YUYV, 5),
    NamedFormat(1920, 1080, Format.Format_Jpeg),
]
LAPTOP = [
    NamedFormat(1280, 720, Format.Format_Jpeg),
    NamedFormat(1280, 720, Format.Format_NV12),
    NamedFormat(1920, 1080, Format.Format_NV12),
]
BUILT_IN = NamedDevice("0", "FaceTime HD", is_default=True)
WEBCAM = NamedDevice("/dev/video2", "Logitech C920")


def test_720p_is_asked_for_when_nothing_was_chosen():
    assert chosen_format(LAPTOP, CameraSettings()) == LAPTOP[1]


def test_the_brightness_is_wanted_without_a_copy():
    assert chosen_format(LAPTOP, CameraSettings()).kind is Format.Format_NV12


def test_a_format_too_slow_to_follow_a_hand_is_not_taken():
    assert chosen_format(C920, CameraSettings()) == C920[2]


def test_the_size_that_was_chosen_comes_first():
    assert chosen_format(C920, CameraSettings(width_px=640, height_px=480)) == C920[0]
    assert chosen_format(C920, CameraSettings(width_px=1920, height_px=1080)) == C920[4]


def test_a_camera_that_names_no_formats_is_left_to_the_system():
    assert chosen_format([], CameraSettings()) is None


def test_the_system_chooses_until_somebody_does():
    assert chosen_device([WEBCAM, BUILT_IN], CameraSettings()) is BUILT_IN
    assert chosen_device([WEBCAM], CameraSettings()) is WEBCAM
    assert chosen_device([], CameraSettings()) is None


def test_the_chosen_camera_is_never_replaced_by_another():
    chosen = CameraSettings(device="/dev/video2", name="Logitech C920")
    assert chosen_device([BUILT_IN, WEBCAM], chosen) is WEBCAM
    assert chosen_device([BUILT_IN], chosen) is None


def test_the_chosen_camera_is_found_by_its_name_in_another_socket():
    chosen = CameraSettings(device="/dev/video4", name="Logitech C920")
    assert chosen_device([BUILT_IN, WEBCAM], chosen) is WEBCAM


def test_another_camera_under_the_old_id_is_not_taken_for_it():
    chosen = CameraSettings(device="/dev/video0", name="Logitech C920")
    built_in = NamedDevice("/dev/video0", "Integrated Camera")
    assert chosen_device([built_in, WEBCAM], chosen) is WEBCAM
    assert chosen_device([built_in], chosen) is None


def test_of_two_cameras_of_one_name_none_is_guessed():
    chosen = CameraSettings(device="/dev/video4", name="Logitech C920")
    twin = NamedDevice("/dev/video6", "Logitech C920")
    assert chosen_device([WEBCAM, twin], chosen) is None
    assert chosen_device([WEBCAM, twin], replace(chosen, device="/dev/video6")) is twin
