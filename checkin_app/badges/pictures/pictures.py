"""The pictures of a layout: what they are, how large, and whether they can be printed at all.

Nothing is drawn here. Pictures come from whoever made the layout, so what would take endless
memory, or reach for other files, is refused by what its header says.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checkin_app.badges.pictures.svg_contents import svg_size
from checkin_app.errors import BadgeError

MOST_PIXELS = 50_000_000
"""An A4 page at 600 dots per inch has 35 million."""

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_SIGNATURE = b"\xff\xd8\xff"
# Start-of-frame markers (ITU-T T.81, table B.1) without those of DHT, JPG and DAC.
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Baseline, extended and progressive: what PDF's DCTDecode reads (ISO 32000-1, 7.4.8).
_READABLE_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_SAMPLE_BITS = 8


class PictureKind(StrEnum):
    """The formats that badges can show."""

    SVG = "SVG"
    PNG = "PNG"
    JPEG = "JPEG"


@dataclass(frozen=True, slots=True)
class PictureSize:
    """What a picture's header says.

    Attributes:
        width, height: as it is looked at: pixels, or for SVG units without a size of their own.
        components: colours of a pixel: 1 grey, 3 red, green, blue, 4 inks; 0 when not told.
        orientation: how a JPEG's pixels are to be turned, by EXIF (tag 0x0112): 1 to 8.
    """

    kind: PictureKind
    width: float
    height: float
    components: int = 0
    orientation: int = 1


def picture_size(name: str, data: bytes) -> PictureSize:
    """Reads the header of a picture.

    Args:
        name: the file's, for messages.

    Raises:
        BadgeError: it is no picture, damaged, too large, or cannot be printed as it looks.
    """
    try:
        if data.startswith(_PNG_SIGNATURE):
            size = _png_size(data)
        elif data.startswith(_JPEG_SIGNATURE):
            size = _jpeg_size(data)
        else:
            return PictureSize(PictureKind.SVG, *svg_size(name, data))
    except (struct.error, IndexError, OSError, SyntaxError, ValueError) as error:
        raise BadgeError(
            f"The picture {name} is damaged. Save it again, or take a copy."
        ) from error
    if size.width * size.height > MOST_PIXELS:
        raise BadgeError(
            f"The picture {name} is too large: {size.width:.0f} by {size.height:.0f} dots."
            " Make it smaller; 2,000 dots across are enough for a badge."
        )
    return size


def _png_size(data: bytes) -> PictureSize:
    """PNG, third edition, 11.2.1: the first chunk is the header."""
    width, height = struct.unpack_from(">II", data, 16)
    if data[12:16] != b"IHDR" or not (width and height):
        raise ValueError("no header")
    return PictureSize(PictureKind.PNG, width, height)


def _jpeg_size(data: bytes) -> PictureSize:
    """ITU-T T.81, B.2.2: the frame header has precision, height, width and components."""
    orientation = 1
    for marker, at in _jpeg_segments(data):
        if marker == 0xE1 and data.startswith(b"Exif\0\0", at):
            orientation = _exif_orientation(data)
        if marker in _FRAME_MARKERS:
            bits, height, width, components = struct.unpack_from(">BHHB", data, at)
            readable = (
                marker in _READABLE_FRAMES and bits == _SAMPLE_BITS and components in (1, 3, 4)
            )
            if not (readable and width and height):
                raise ValueError("a kind of JPEG that PDF has not")
            if orientation >= 5:
                width, height = height, width
            return PictureSize(PictureKind.JPEG, width, height, components, orientation)
    raise ValueError("no frame")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Marker and beginning of the content of each segment up to the first scan."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _BARE_MARKERS:
            at += 2
            continue
        yield marker, at + 4
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _exif_orientation(data: bytes) -> int:
    from PIL import Image

    found = Image.open(io.BytesIO(data), formats=["JPEG"]).getexif().get(0x0112, 1)
    return found if found in range(1, 9) else 1
