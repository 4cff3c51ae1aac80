"""Composed badges → PDF operators on a ReportLab canvas. The last place, and the first with points.

Few operators: what badges of a category share is a form XObject, drawn once; lines of text go
out as show-text operators with the font's codes, a QR as one path of runs in modules. Operators
that repeat (an organisation, a row of a symbol) are written once and kept.
"""

from __future__ import annotations

import functools

from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.fonts import FontList
from checkin_app.badges.inks import Ink
from checkin_app.badges.lettering import Lettering
from checkin_app.badges.page_operators import filling, shape_operators, turning
from checkin_app.badges.placed import (
    ComposedFace,
    Placed,
    PlacedBlock,
    PlacedCode128,
    PlacedEllipse,
    PlacedLine,
    PlacedPhoto,
    PlacedPicture,
    PlacedQr,
    PlacedRectangle,
    PlacedStroke,
    SharedArt,
)
from checkin_app.badges.qr import QrEncoder, QrSymbol
from checkin_app.domain.badge_elements import Box
from checkin_app.domain.lengths import points

_BLOCKS_KEPT = 4096
_ROWS_KEPT = 65_536


class BadgeArtist:
    """Draws the badges of one document.

    Args:
        canvas: the page to draw on; the artist never turns it.
        width_mm, height_mm: one face of a badge.
        bleed_mm: how far the shared art runs over the edges.
    """

    def __init__(
        self,
        canvas: Canvas,
        width_mm: float,
        height_mm: float,
        qr: QrEncoder,
        bleed_mm: float = 0.0,
    ) -> None:
        self._canvas = canvas
        self._width_pt = points(width_mm)
        self._height_pt = points(height_mm)
        self._bleed_pt = points(bleed_mm)
        self._qr = qr
        self._forms: dict[SharedArt, str] = {}
        self._lettering = functools.cache(self._lettering_of)
        self._block = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._block_operators)

    def prepare(self, art: SharedArt) -> None:
        """Draws the shared art of a category as a form, unless it is there already.

        To be done before the page has any operators: forms and pages share the canvas.
        """
        if art in self._forms:
            return
        name = self._forms[art] = f"shared-{len(self._forms) + 1}"
        bleed = self._bleed_pt
        self._canvas.beginForm(
            name, -bleed, -bleed, self._width_pt + bleed, self._height_pt + bleed
        )
        self._canvas.addLiteral("\n".join([self._operators(one) for one in art.placed]))
        self._canvas.endForm()

    def draw(
        self, face: ComposedFace, left_pt: float, bottom_pt: float, *, turned: bool = False
    ) -> None:
        """Draws a face whose shared art is prepared, by its lower left corner on the page.

        Args:
            turned: drawn on its head.
        """
        canvas = self._canvas
        if turned:
            right_pt, top_pt = left_pt + self._width_pt, bottom_pt + self._height_pt
            canvas.addLiteral(f"q -1 0 0 -1 {right_pt:.2f} {top_pt:.2f} cm")
        else:
            canvas.addLiteral(f"q 1 0 0 1 {left_pt:.2f} {bottom_pt:.2f} cm")
        canvas.doForm(self._forms[face.shared])
        operators = [self._operators(one) for one in face.own]
        operators.append("Q")
        canvas.addLiteral("\n".join(operators))

    def _operators(self, placed: Placed) -> str:
        match placed:
            case PlacedBlock():
                operators = self._block(placed)
            case PlacedQr():
                operators = self._qr_operators(placed)
            case PlacedRectangle() | PlacedEllipse() | PlacedStroke():
                operators = shape_operators(placed, self._height_pt)
            case PlacedPicture() | PlacedPhoto() | PlacedCode128():
                raise NotImplementedError
        if placed.turn is None:
            return operators
        return f"q {turning(placed.turn, self._height_pt)} {operators} Q"

    def _block_operators(self, block: PlacedBlock) -> str:
        out = []
        colour: Ink | None = None
        for line in block.lines:
            if line.colour != colour:
                colour = line.colour
                out.append(filling(colour))
            out.append(self._line_operators(line))
        return "\n".join(out)

    def _line_operators(self, line: PlacedLine) -> str:
        return self._lettering(line.fonts).line(
            line.text,
            points(line.x_mm),
            self._height_pt - points(line.y_mm),
            line.size_pt,
            line.tracking_pt,
            line.right_to_left,
        )

    def _lettering_of(self, fonts: FontList) -> Lettering:
        return Lettering(fonts, self._canvas)

    def _qr_operators(self, code: PlacedQr) -> str:
        symbol = self._qr.encode(code.content)
        if symbol is None:
            return ""
        return filling(code.colour) + " " + self._symbol_operators(symbol, code)

    def _symbol_operators(self, symbol: QrSymbol, code: PlacedQr) -> str:
        """All modules as one path, so that no renderer leaves hairlines between them."""
        box, quiet = code.box, code.quiet_zone_modules
        side_mm = min(box.width_mm, box.height_mm)
        module_pt = points(side_mm) / (symbol.side + 2 * quiet)
        left_pt = points(box.x_mm + (box.width_mm - side_mm) / 2) + quiet * module_pt
        top_mm = box.y_mm + (box.height_mm - side_mm) / 2
        top_pt = self._height_pt - points(top_mm) - quiet * module_pt
        # Halves of rows repeat from symbol to symbol far more often than whole rows do.
        half = (symbol.side + 1) // 2
        left = (1 << half) - 1
        runs = "".join(
            [
                row_operators(number, 0, row & left) + row_operators(number, half, row >> half)
                for number, row in enumerate(symbol.rows())
            ]
        )
        return f"q {module_pt:.4f} 0 0 {-module_pt:.4f} {left_pt:.2f} {top_pt:.2f} cm {runs}f Q"


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


def lower_left_pt(box: Box, paper_height_mm: float) -> tuple[float, float]:
    """The lower left corner of a box on a page, from the page's lower left corner."""
    return points(box.x_mm), points(paper_height_mm - box.bottom_mm)
