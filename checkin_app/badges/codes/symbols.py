"""QR symbols and barcodes → PDF operators.

Modules that touch are one path, so that no renderer leaves hairlines between them.
"""

from __future__ import annotations

import functools
from itertools import accumulate

from checkin_app.badges.codes.barcodes import QUIET_ZONE_MODULES, code128_widths
from checkin_app.badges.codes.qr import QrSymbol
from checkin_app.badges.inks import Ink
from checkin_app.badges.page_operators import filling
from checkin_app.badges.placed import PlacedCode128, PlacedQr
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.language.lengths import points

_FINDER = 7
_FINDER_ROWS = (0b1111111, 0b1000001, 0b1011101, 0b1011101, 0b1011101, 0b1000001, 0b1111111)


def qr_operators(symbol: QrSymbol, code: PlacedQr, height_pt: float, finders: str) -> str:
    """A symbol in the middle of its box on a face of this height.

    Args:
        finders: the operator that draws ``finder_operators`` for a symbol of this side.
    """
    beginning = _beginning(symbol.side, code.box, code.quiet_zone_modules, code.colour, height_pt)
    pieces = _pieces(symbol.side)
    modules = (symbol.bits & ~finder_modules(symbol.side)).to_bytes(len(pieces), "little")
    runs = "".join([piece[eight] for piece, eight in zip(pieces, modules, strict=True)])
    return f"{beginning}{runs}f {finders} Q"


@functools.lru_cache(maxsize=64)
def _beginning(side: int, box: Box, quiet: int, colour: Ink, height_pt: float) -> str:
    """Colour and place of a symbol: what follows is measured in its modules."""
    side_mm = min(box.width_mm, box.height_mm)
    module_pt = points(side_mm) / (side + 2 * quiet)
    left_pt = points(box.x_mm + (box.width_mm - side_mm) / 2) + quiet * module_pt
    top_mm = box.y_mm + (box.height_mm - side_mm) / 2
    top_pt = height_pt - points(top_mm) - quiet * module_pt
    return (
        f"q {filling(colour)} {module_pt:.4f} 0 0 {-module_pt:.4f} {left_pt:.2f} {top_pt:.2f} cm "
    )


def finder_operators(side: int) -> str:
    """The three finder patterns of a symbol in modules from its corner.

    A light line parts them from everything else, so no seam shows that they are a path of their
    own, which all symbols share.
    """
    return row_runs(0, finder_modules(side), side) + "f"


@functools.cache
def finder_modules(side: int) -> int:
    """The dark modules of the finder patterns, as a symbol's bits (ISO/IEC 18004, 6.3.3)."""
    bits = 0
    for top, left in ((0, 0), (0, side - _FINDER), (side - _FINDER, 0)):
        for row, modules in enumerate(_FINDER_ROWS):
            bits |= modules << (top + row) * side + left
    return bits


class _Piece(dict[int, str]):
    """The dark runs of eight modules that follow each other, rows one after the other.

    They are written when first asked for and kept: pieces repeat from symbol to symbol.

    Args:
        start: the first of the modules, counted from the symbol's corner.
    """

    def __init__(self, start: int, side: int) -> None:
        super().__init__()
        self._start = start
        self._side = side

    def __missing__(self, modules: int) -> str:
        operators = self[modules] = row_runs(self._start, modules, self._side)
        return operators


def row_runs(start: int, modules: int, side: int) -> str:
    """Dark modules as rectangles along the rows, in modules from the symbol's corner.

    Args:
        start: the module of the lowest bit, counted from the corner row by row.
    """
    runs = []
    while modules:
        light = (modules & -modules).bit_length() - 1
        modules >>= light
        start += light
        row, column = divmod(start, side)
        dark = min((~modules & modules + 1).bit_length() - 1, side - column)
        runs.append(f"{column} {row} {dark} 1 re ")
        modules >>= dark
        start += dark
    return "".join(runs)


@functools.cache
def _pieces(side: int) -> tuple[_Piece, ...]:
    return tuple(_Piece(start, side) for start in range(0, side * side, 8))


def code128_operators(code: PlacedCode128, height_pt: float) -> str:
    """The bars of a barcode, as wide and as high as its box; none for what it cannot hold."""
    widths = code128_widths(code.content)
    if not widths:
        return ""
    box = code.box
    module_pt = points(box.width_mm) / (sum(widths) + 2 * QUIET_ZONE_MODULES)
    ends = list(accumulate(widths))
    bars = " ".join(
        [
            f"{QUIET_ZONE_MODULES + end - width} 0 {width} 1 re"
            for width, end in zip(widths[::2], ends[::2], strict=True)
        ]
    )
    return (
        f"q {filling(code.colour)} {module_pt:.4f} 0 0 {points(box.height_mm):.2f}"
        f" {points(box.x_mm):.2f} {height_pt - points(box.bottom_mm):.2f} cm {bars} f Q"
    )
