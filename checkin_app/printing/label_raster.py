"""The pages of a badge → black and white dots, as many as the printing head of a label printer has.

Whatever is black or white in the badge stays so, and codes stay crisp. What is left is colour, and
photographs:

* dark colours print, light ones do not;
* colours of middle brightness become a pattern of dots, so that a white name does not vanish from
  an orange band;
* photographs become patterns of dots all over. A photograph is where a few dots show many greys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin_app.domain.printers import BadgeSheet
from checkin_app.printing.drawn_pages import drawn_pages

if TYPE_CHECKING:
    from PIL.Image import Image

_MM_PER_INCH = 25.4

_DARKEST_PATTERN = 128
"""Greys below print black: text in a dark colour must not become dotted."""
_LIGHTEST_PATTERN = 208
"""Greys from here on stay white: a pale background would only put specks around the text."""

_TILE_DOTS = 16
_MOST_GREYS_OF_ART = 12
"""In one tile. Drawings have two or three colours there; gradients and photographs have dozens."""

# Bayer's matrix of eight rows: where in a tile of 8 x 8 dots the next darker grey adds its dot.
_ORDER = (
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)


@dataclass(frozen=True, slots=True)
class LabelRaster:
    """One side of a badge in dots.

    Attributes:
        rows: from the top; each begins at a byte, its first dot in the highest bit; 1 is black.
    """

    width_dots: int
    height_dots: int
    rows: bytes

    @property
    def row_bytes(self) -> int:
        """How many bytes a row has; bits beyond the width are 0."""
        return (self.width_dots + 7) // 8


def dots(length_mm: float, dpi: float) -> int:
    """A length in whole dots."""
    return round(length_mm * dpi / _MM_PER_INCH)


def rasters_of(sheet: BadgeSheet, dpi: float, is_turned: bool = False) -> tuple[LabelRaster, ...]:
    """The sides of a badge in their right size, front first.

    Args:
        dpi: dots an inch of the printing head.
        is_turned: by a quarter clockwise: the left edge of the badge comes out first.

    Raises:
        PrinterError: the PDF cannot be read.
    """
    from PIL import Image

    width, height = dots(sheet.width_mm, dpi), dots(sheet.height_mm, dpi)
    size = (height, width) if is_turned else (width, height)
    pages = drawn_pages(sheet.pdf, size, in_grey=True, is_turned=is_turned)
    return tuple(
        raster_of_grey(Image.frombytes("L", size, page.pixels, "raw", "L", page.stride))
        for page in pages
    )


def raster_of_grey(grey: Image) -> LabelRaster:
    """A picture in grey (mode L) in black and white; every pixel is a dot."""
    from PIL import Image, ImageChops

    art = grey.point([_as_art(level) for level in range(256)])
    for box in _photograph_tiles(grey):
        art.paste(grey.crop(box), box)
    # Black where the grey is darker than the pattern asks for at that dot.
    black = ImageChops.subtract(_pattern(grey.size), art).point([0] + [255] * 255)
    bits = black.convert("1", dither=Image.Dither.NONE)
    return LabelRaster(grey.width, grey.height, bits.tobytes())


def _as_art(level: int) -> int:
    if level < _DARKEST_PATTERN:
        return 0
    return level if level < _LIGHTEST_PATTERN else 255


def _photograph_tiles(grey: Image) -> Iterator[tuple[int, int, int, int]]:
    if grey.getcolors(_MOST_GREYS_OF_ART) is not None:
        return
    for top in range(0, grey.height, _TILE_DOTS):
        for left in range(0, grey.width, _TILE_DOTS):
            box = (
                left,
                top,
                min(left + _TILE_DOTS, grey.width),
                min(top + _TILE_DOTS, grey.height),
            )
            if grey.crop(box).getcolors(_MOST_GREYS_OF_ART) is None:
                yield box


def _pattern(size: tuple[int, int]) -> Image:
    """The matrix repeated over a picture; its values lie between 2 and 254."""
    from PIL import Image

    width, height = size
    rows = [
        (bytes(place * 4 + 2 for place in order) * (width // 8 + 1))[:width] for order in _ORDER
    ]
    return Image.frombytes("L", size, b"".join(rows[y % 8] for y in range(height)))
