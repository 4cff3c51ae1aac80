"""An image in grey → the codes in it. zxing-cpp finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import zxingcpp


@dataclass(frozen=True, slots=True)
class CodeSearch:
    """What to look for, and how hard.

    Attributes:
        formats: kinds of codes by zxing's names, separated by "|".
        rotated: also bars that do not run across; QR codes are found in any direction.
        inverted: also light on dark.
        blurred: also in the picture made smaller, where noise is less.
    """

    formats: str
    rotated: bool = False
    inverted: bool = False
    blurred: bool = False

    @classmethod
    def thorough(cls, formats: str) -> CodeSearch:
        """As hard as it can."""
        return cls(formats, rotated=True, inverted=True, blurred=True)


@dataclass(frozen=True, slots=True)
class PictureCode:
    """One code found.

    Attributes:
        text: what it says.
        format: its kind, for example "QRCode".
        page: page of a PDF, frame of a picture, from 1.
        x: centre, from the left: in millimetres on a PDF page, in pixels in a picture.
        y: centre, from the top, likewise.
        content: the same as bytes, where nobody had to guess in which alphabet they are.
    """

    text: str
    format: str
    page: int
    x: float
    y: float
    content: bytes = b""


def find_codes(
    image: Any, search: CodeSearch, page: int, unit: float = 1, left: float = 0, top: float = 0
) -> tuple[PictureCode, ...]:
    """The codes in an image or a view of one, in reading order.

    Args:
        unit: how much of the measures of the answer a pixel is.
        left, top: where the image's corner lies, in those measures.
    """
    codes = []
    for barcode in _in_reading_order(barcodes_in(image, search)):
        x, y = _centre(barcode.position)
        codes.append(
            PictureCode(
                barcode.text,
                barcode.format.name,
                page,
                left + x * unit,
                top + y * unit,
                bytes(barcode.bytes),
            )
        )
    return tuple(codes)


def barcodes_in(image: Any, search: CodeSearch) -> list[zxingcpp.Barcode]:
    """The codes in an image or a view of one as zxing tells them, in its order."""
    return zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.barcode_formats_from_str(search.formats),
        try_rotate=search.rotated,
        try_invert=search.inverted,
        try_downscale=search.blurred,
    )


def _in_reading_order(barcodes: list[zxingcpp.Barcode]) -> list[zxingcpp.Barcode]:
    """Row by row from the left; what begins within half a symbol's height is one row."""
    row_top, half_height = float("-inf"), 0.0
    rows: list[list[zxingcpp.Barcode]] = []
    for barcode in sorted(barcodes, key=lambda barcode: _centre(barcode.position)[1]):
        y = _centre(barcode.position)[1]
        if y - row_top > half_height:
            row_top, half_height = y, abs(barcode.position.bottom_right.y - y)
            rows.append([])
        rows[-1].append(barcode)
    return [b for row in rows for b in sorted(row, key=lambda b: _centre(b.position)[0])]


def _centre(position: zxingcpp.Position) -> tuple[float, float]:
    corner, opposite = position.top_left, position.bottom_right
    return (corner.x + opposite.x) / 2, (corner.y + opposite.y) / 2
