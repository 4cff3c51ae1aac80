"""The brightness of a frame is found in every format that cameras send."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from checkin_app.gui.devices.camera import frame_pixels
from checkin_app.gui.devices.camera.frame_pixels import HeldFrame
from checkin_app.scanning.frame_search import FrameSearch
from tests.degraded_pictures import Pose, posed, room
from tests.ticket_pictures import CODE, ticket

WIDTH, HEIGHT = 640, 480
Format = QVideoFrameFormat.PixelFormat


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return posed(ticket(), Pose(5, 0.45, 0.5, 8), room((WIDTH, HEIGHT)))


def frame_of(picture: Image.Image, kind: Format) -> QVideoFrame:
    """A frame in a format, with the picture as its brightness and colours of nothing."""
    frame = QVideoFrame(QVideoFrameFormat(QSize(WIDTH, HEIGHT), kind))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for plane in range(frame.planeCount()):
        frame.bits(plane)[:] = bytes([128]) * len(frame.bits(plane))
    pixels, row_bytes, grey = frame.bits(0), frame.bytesPerLine(0), picture.tobytes()
    first, step = frame_pixels._LAYOUTS[kind]
    for row in range(HEIGHT):
        start = row * row_bytes + first
        stop = start + (WIDTH - 1) * step + 1
        pixels[start:stop:step] = grey[row * WIDTH : (row + 1) * WIDTH]
    frame.unmap()
    return frame


def codes_in(frame: QVideoFrame) -> list[str]:
    held = HeldFrame(frame)
    try:
        return [code.text for code in FrameSearch().find(held.luma())]
    finally:
        held.release()


@pytest.mark.parametrize("kind", frame_pixels._LAYOUTS, ids=lambda kind: kind.name)
def test_every_layout_is_read_where_it_lies(picture, kind):
    assert codes_in(frame_of(picture, kind)) == [CODE]


def test_the_brightness_of_a_plane_is_not_copied(picture):
    held = HeldFrame(frame_of(picture, Format.Format_NV12))
    luma = held.luma()
    assert isinstance(luma.pixels, memoryview)
    assert (luma.width_px, luma.height_px, luma.pixel_bytes) == (WIDTH, HEIGHT, 1)
    held.release()


@pytest.mark.parametrize("turned", [QtVideo.Rotation.Clockwise90, QtVideo.Rotation.Clockwise180])
def test_a_frame_that_is_to_be_turned_is_turned_first(picture, turned):
    frame = QVideoFrame(QImage(picture.tobytes(), WIDTH, HEIGHT, QImage.Format.Format_Grayscale8))
    frame.setRotation(turned)
    assert codes_in(frame) == [CODE]


def test_a_frame_of_an_unusual_format_is_converted(picture):
    surface = QVideoFrameFormat(QSize(WIDTH, HEIGHT), Format.Format_Y16)
    frame = QVideoFrame(surface)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    grey, row_bytes = picture.tobytes(), frame.bytesPerLine(0)
    for row in range(HEIGHT):
        start = row * row_bytes + 1
        frame.bits(0)[start : start + 2 * WIDTH - 1 : 2] = grey[row * WIDTH : (row + 1) * WIDTH]
    frame.unmap()
    assert codes_in(frame) == [CODE]


def test_a_jpeg_is_unpacked_in_grey(picture):
    import io

    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG")
    luma = frame_pixels._luma_of_jpeg(buffer.getvalue())
    assert [code.text for code in FrameSearch().find(luma)] == [CODE]


def test_half_a_jpeg_is_no_picture(picture):
    import io

    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    assert frame_pixels._luma_of_jpeg(buffer.getvalue()[:2000]) is None
    assert frame_pixels._luma_of_jpeg(b"") is None


def test_a_frame_without_pixels_is_no_picture():
    assert HeldFrame(QVideoFrame()).luma is None
