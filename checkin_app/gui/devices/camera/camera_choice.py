"""Which camera, and which of its formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtMultimedia import QCameraDevice, QCameraFormat, QVideoFrameFormat

from checkin_app.settings.device_settings import CameraSettings

USUAL_SIZE = QSize(1280, 720)
"""A ticket of 21 mm is read from half a metre; a frame takes a few milliseconds."""

_FEWEST_FRAMES = 15
"""A second. Over USB 2 many cameras send uncompressed pictures of 720p only 10 times a second."""

_Format = QVideoFrameFormat.PixelFormat

_WITHOUT_COPY = frozenset(
    {
        _Format.Format_NV12,
        _Format.Format_NV21,
        _Format.Format_YUV420P,
        _Format.Format_YUV422P,
        _Format.Format_YV12,
        _Format.Format_YUYV,
        _Format.Format_UYVY,
        _Format.Format_Y8,
    }
)


def device_name(device: QCameraDevice) -> str:
    """The system's id of a camera."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def chosen_device(
    devices: Sequence[QCameraDevice], settings: CameraSettings
) -> QCameraDevice | None:
    """The camera that was chosen, never another; before any choice the system's own.

    Its id may be another after it was plugged in again, and its old id that of another camera:
    then its name tells it, when only one has it.
    """
    if not settings.device:
        return next((each for each in devices if each.isDefault()), devices[0] if devices else None)
    by_id = [each for each in devices if device_name(each) == settings.device]
    by_name = [each for each in devices if each.description() == settings.name]
    if by_id and (by_id[0] in by_name or not settings.name):
        return by_id[0]
    return by_name[0] if len(by_name) == 1 else None


def chosen_format(
    formats: Iterable[QCameraFormat], settings: CameraSettings
) -> QCameraFormat | None:
    """The format nearest to the size that was chosen, then fast enough, then without a copy.

    None leaves it to the system, when the camera does not say what it can do.
    """
    wanted = QSize(settings.width_px, settings.height_px)
    size = wanted if not wanted.isEmpty() else USUAL_SIZE
    return min(formats, key=lambda one: _rank(one, size), default=None)


def sizes_of(device: QCameraDevice) -> tuple[tuple[int, int], ...]:
    """The sizes a camera can send, the largest first."""
    sizes = {(one.resolution().width(), one.resolution().height()) for one in device.videoFormats()}
    return tuple(sorted(sizes, reverse=True))


def _rank(one: QCameraFormat, size: QSize) -> tuple[int, bool, bool, float]:
    resolution = one.resolution()
    distance = abs(resolution.width() - size.width()) + abs(resolution.height() - size.height())
    is_slow = one.maxFrameRate() < _FEWEST_FRAMES
    return distance, is_slow, one.pixelFormat() not in _WITHOUT_COPY, -one.maxFrameRate()
