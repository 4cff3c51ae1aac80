"""QR symbols and barcodes → PDF operators.

All dark modules of a symbol are one path, so that no renderer leaves hairlines between them.
"""

from __future__ import annotations

import functools
from itertools import accumulate

from checkin_app.badges.barcodes import QUIET_ZONE_MODULES, code128_widths
from checkin_app.badges.page_operators import filling
from checkin_app.badges.placed import PlacedCode128, PlacedQr
from checkin_app.badges.qr import QrSymbol
from checkin_app.domain.lengths import points

_ROWS_KEPT = 65_536


def qr_operators(symbol: QrSymbol, code: PlacedQr, height_pt: float) -> str:
    """A symbol in the middle of its box on a face of this height."""
    box, quiet = code.box, code.quiet_zone_modules
    side_mm = min(box.width_mm, box.height_mm)
    module_pt = points(side_mm) / (symbol.side + 2 * quiet)
    left_pt = points(box.x_mm + (box.width_mm - side_mm) / 2) + quiet * module_pt
    top_mm = box.y_mm + (box.height_mm - side_mm) / 2
    top_pt = height_pt - points(top_mm) - quiet * module_pt
    # Halves of rows repeat from symbol to symbol far more often than whole rows do.
    half = (symbol.side + 1) // 2
    left = (1 << half) - 1
    runs = "".join(
        [
            row_operators(number, 0, row & left) + row_operators(number, half, row >> half)
            for number, row in enumerate(symbol.rows())
        ]
    )
    return (
        f"q {filling(code.colour)} {module_pt:.4f} 0 0 {-module_pt:.4f}"
        f" {left_pt:.2f} {top_pt:.2f} cm {runs}f Q"
    )


@functools.lru_cache(maxsize=_ROWS_KEPT)
def row_operators(row: int, at: int, modules: int) -> str:
    """The dark runs of a part of a row as rectangles, in modules from the symbol's corner.

    Args:
        row: counted from the top.
        at: column of the lowest bit of ``modules``.
    """
    runs = []
    while modules:
        light = (modules & -modules).bit_length() - 1
        modules >>= light
        dark = (~modules & modules + 1).bit_length() - 1
        modules >>= dark
        at += light
        runs.append(f"{at} {row} {dark} 1 re ")
        at += dark
    return "".join(runs)


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
