"""One frame of a camera → the codes in it, frame after frame, within a frame's time.

The brightness of a frame is searched where the camera's driver left it, without a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp

Pixels = memoryview | bytes | bytearray
Corner = tuple[int, int]

_QR = zxingcpp.barcode_formats_from_str("QRCode|MicroQRCode|RMQRCode")
_ALL = zxingcpp.barcode_formats_from_str(
    "QRCode|MicroQRCode|RMQRCode|Aztec|DataMatrix|PDF417|Code128"
)


@dataclass(frozen=True, slots=True)
class Luma:
    """The brightness of a frame, as the camera delivered it.

    Attributes:
        pixels: at least ``height_px`` rows, one byte of brightness for each pixel. They must stay
            valid and unchanged for as long as the frame is searched.
        row_bytes: from the start of one row to the next.
        pixel_bytes: from one pixel to the next: 1 in a plane of its own (NV12, YUV420P), 2 in
            YUYV, where ``pixels`` begins with the first brightness (UYVY: one byte later).
    """

    pixels: Pixels
    width_px: int
    height_px: int
    row_bytes: int
    pixel_bytes: int = 1


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code in a frame.

    Attributes:
        text: what it says.
        format: its kind by zxing's name, for example "QRCode".
        corners: in pixels from the frame's top left: the symbol's own top left, top right, bottom
            right and bottom left, wherever a turned ticket has them.
    """

    text: str
    format: str
    corners: tuple[Corner, Corner, Corner, Corner]


class FrameSearch:
    """Searches the frames of one camera, in their order; one thread at a time."""

    def __init__(self) -> None:
        self._frames = 0

    def find(self, luma: Luma) -> tuple[SeenCode, ...]:
        """The codes in the next frame, in no particular order; empty codes are left out.

        Raises:
            ValueError: the pixels are fewer than the measures say.
        """
        self._frames += 1
        # A view does not keep its pixels alive: ``luma`` outlives it here.
        view = zxingcpp.ImageView(
            luma.pixels,
            luma.width_px,
            luma.height_px,
            zxingcpp.ImageFormat.Lum,
            luma.row_bytes,
            luma.pixel_bytes,
        )
        found = zxingcpp.read_barcodes(view, _QR if self._frames % 3 else _ALL)
        return tuple(
            SeenCode(barcode.text, barcode.format.name, _corners(barcode.position))
            for barcode in found
            if barcode.text
        )


def _corners(position: zxingcpp.Position) -> tuple[Corner, Corner, Corner, Corner]:
    return (
        (position.top_left.x, position.top_left.y),
        (position.top_right.x, position.top_right.y),
        (position.bottom_right.x, position.bottom_right.y),
        (position.bottom_left.x, position.bottom_left.y),
    )
