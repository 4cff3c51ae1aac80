"""A video frame → its brightness, where the driver left it; a copy only when there is no other way.

Most formats have the brightness in bytes of their own or between the colours. Of red, green and
blue, green is taken for it: three fifths of what the eye calls bright, and it costs nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat

from checkin_app.scanning.frame_search import Luma

LumaMaker = Callable[[], Luma | None]

_Format = QVideoFrameFormat.PixelFormat

_LAYOUTS: dict[QVideoFrameFormat.PixelFormat, tuple[int, int]] = {
    _Format.Format_NV12: (0, 1),
    _Format.Format_NV21: (0, 1),
    _Format.Format_YUV420P: (0, 1),
    _Format.Format_YUV422P: (0, 1),
    _Format.Format_YV12: (0, 1),
    _Format.Format_IMC1: (0, 1),
    _Format.Format_IMC2: (0, 1),
    _Format.Format_IMC3: (0, 1),
    _Format.Format_IMC4: (0, 1),
    _Format.Format_Y8: (0, 1),
    _Format.Format_YUYV: (0, 2),
    _Format.Format_UYVY: (1, 2),
    # Ten and sixteen bits, the high byte second.
    _Format.Format_P010: (1, 2),
    _Format.Format_P016: (1, 2),
    _Format.Format_BGRA8888: (1, 4),
    _Format.Format_BGRA8888_Premultiplied: (1, 4),
    _Format.Format_BGRX8888: (1, 4),
    _Format.Format_RGBA8888: (1, 4),
    _Format.Format_RGBX8888: (1, 4),
    _Format.Format_ARGB8888: (2, 4),
    _Format.Format_ARGB8888_Premultiplied: (2, 4),
    _Format.Format_XRGB8888: (2, 4),
    _Format.Format_ABGR8888: (2, 4),
    _Format.Format_XBGR8888: (2, 4),
}
"""Byte of the first pixel's brightness, and bytes from one pixel to the next."""


class HeldFrame:
    """A frame whose pixels stay where they are until ``release``.

    Made and released on the main thread, where Qt's objects live; ``luma`` may be called in
    another one meanwhile.

    Attributes:
        luma: gives the brightness, or None when the camera sent half a picture; itself None when
            the frame cannot be read at all.
        width_px, height_px: of the picture.
    """

    def __init__(self, frame: QVideoFrame) -> None:
        self.width_px, self.height_px = frame.width(), frame.height()
        self._frame: QVideoFrame | None = None
        self.luma = self._luma(frame)

    def release(self) -> None:
        """The pixels may go."""
        self.luma = None
        if self._frame is not None:
            self._frame.unmap()
            self._frame = None

    def _luma(self, frame: QVideoFrame) -> LumaMaker | None:
        if _is_as_seen(frame) and frame.pixelFormat() in (*_LAYOUTS, _Format.Format_Jpeg):
            held = QVideoFrame(frame)
            if held.map(QVideoFrame.MapMode.ReadOnly):
                self._frame = held
                return _mapped_luma(held)
        return _luma_of_image(frame.toImage())


def _is_as_seen(frame: QVideoFrame) -> bool:
    """Rows run down and nothing is turned, so that places in the pixels are places on screen."""
    surface = frame.surfaceFormat()
    return (
        surface.scanLineDirection() is QVideoFrameFormat.Direction.TopToBottom
        and frame.rotation() is QtVideo.Rotation.None_
        and surface.rotation() is QtVideo.Rotation.None_
        and not frame.mirrored()
        and not surface.isMirrored()
    )


def _mapped_luma(frame: QVideoFrame) -> LumaMaker:
    width, height, row_bytes = frame.width(), frame.height(), frame.bytesPerLine(0)
    pixels = frame.bits(0)
    assert isinstance(pixels, memoryview)
    if frame.pixelFormat() is _Format.Format_Jpeg:
        packed = bytes(pixels[: frame.mappedBytes(0)])
        return lambda: _luma_of_jpeg(packed)
    first, step = _LAYOUTS[frame.pixelFormat()]
    # Beginning later, the last row would end outside: it is left out.
    rows = height if not first else height - 1
    luma = Luma(pixels[first:], width, rows, row_bytes, step)
    return lambda: luma


def _luma_of_jpeg(packed: bytes) -> Luma | None:
    """Only the brightness is unpacked, which is half the work."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(packed), formats=("JPEG",)) as picture:
            picture.draft("L", picture.size)
            grey = picture.convert("L")
    except OSError:
        # Cheap cameras send half a picture now and then; the next one is whole.
        return None
    return Luma(grey.tobytes(), grey.width, grey.height, grey.width)


def _luma_of_image(image: QImage) -> LumaMaker | None:
    if image.isNull():
        return None
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = grey.constBits()
    assert isinstance(pixels, memoryview)
    luma = Luma(bytes(pixels), grey.width(), grey.height(), grey.bytesPerLine())
    return lambda: luma
