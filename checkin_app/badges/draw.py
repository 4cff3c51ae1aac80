"""Composed badges → PDF operators on a ReportLab canvas. The last place, and the first with points.

Few operators: what badges of a category share is a form XObject, drawn once; lines of text go
out as show-text operators with the font's codes, a QR as one path of runs in modules. Operators
that repeat (an organisation, a row of a symbol) are written once and kept.
"""

from __future__ import annotations

import functools
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.category_colours import Rgb
from checkin_app.badges.compose import ComposedBadge, SharedArt
from checkin_app.badges.fonts import Typeface, typeface
from checkin_app.badges.impose import CutMark
from checkin_app.badges.qr import QUIET_ZONE_MODULES, QrEncoder, QrSymbol
from checkin_app.badges.text_blocks import PlacedBlock, PlacedLine
from checkin_app.domain.badge_layout import Box, CodeSquare, Weight
from checkin_app.domain.lengths import points

_BLOCKS_KEPT = 4096
_WORDS_KEPT = 50_000
_ROWS_KEPT = 65_536
_HAIRLINE_PT = 0.25
_CUT_MARKS = "cut-marks"
_ESCAPED = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_BYTES = [
    _ESCAPED.get(code) or (chr(code) if 32 <= code < 127 else f"\\{code:03o}")
    for code in range(256)
]

Shown = tuple[tuple[str, str], ...]
"""Runs of a word: the font's name in the document, and the inside of a TJ array."""


class BadgeArtist:
    """Draws the badges of one document.

    Args:
        canvas: the page to draw on; the artist never turns it.
        width_mm, height_mm: one badge.
    """

    def __init__(self, canvas: Canvas, width_mm: float, height_mm: float, qr: QrEncoder) -> None:
        self._canvas = canvas
        self._width_pt = points(width_mm)
        self._height_pt = points(height_mm)
        self._qr = qr
        self._forms: dict[SharedArt, str] = {}
        self._lettering = {weight: _Lettering(typeface(weight), canvas) for weight in Weight}
        self._block = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._block_operators)

    def prepare(self, art: SharedArt) -> None:
        """Draws the shared art of a category as a form, unless it is there already.

        To be done before the page has any operators: forms and pages share the canvas.
        """
        if art in self._forms:
            return
        name = self._forms[art] = f"shared-{len(self._forms) + 1}"
        self._canvas.beginForm(name, 0, 0, self._width_pt, self._height_pt)
        operators = [
            f"{_fill(area.colour)} {points(area.box.x_mm):.2f} "
            f"{self._height_pt - points(area.box.bottom_mm):.2f} "
            f"{points(area.box.width_mm):.2f} {points(area.box.height_mm):.2f} re f"
            for area in art.areas
        ]
        operators += [self._block(block) for block in art.blocks]
        self._canvas.addLiteral("\n".join(operators))
        self._canvas.endForm()

    def draw(self, badge: ComposedBadge, left_pt: float, bottom_pt: float) -> None:
        """Draws a badge whose shared art is prepared, by its lower left corner on the page."""
        canvas = self._canvas
        canvas.addLiteral(f"q 1 0 0 1 {left_pt:.2f} {bottom_pt:.2f} cm")
        canvas.doForm(self._forms[badge.shared])
        operators = [self._block(block) for block in badge.blocks if block.lines]
        symbol = self._qr.encode(badge.attendee.code) if badge.codes else None
        if symbol is not None:
            operators += [self._code_operators(symbol, square) for square in badge.codes]
        operators.append("Q")
        canvas.addLiteral("\n".join(operators))

    def _block_operators(self, block: PlacedBlock) -> str:
        out = []
        colour: Rgb | None = None
        for line in block.lines:
            if line.colour != colour:
                colour = line.colour
                out.append(_fill(colour))
            out.append(self._line_operators(line))
        return "\n".join(out)

    def _line_operators(self, line: PlacedLine) -> str:
        font = ""
        body = []
        for name, inside in self._lettering[line.weight].runs(line.text):
            if name != font:
                font = name
                body.append(f"{name} {line.size_pt:g} Tf")
            body.append(f"[{inside}] TJ")
        tracked = f"{line.tracking_pt:.3f} Tc " if line.tracking_pt else ""
        reset = " 0 Tc" if line.tracking_pt else ""
        x_pt, y_pt = points(line.x_mm), self._height_pt - points(line.y_mm)
        return f"BT {tracked}{x_pt:.2f} {y_pt:.2f} Td {' '.join(body)}{reset} ET"

    def _code_operators(self, symbol: QrSymbol, square: CodeSquare) -> str:
        """All modules as one path, so that no renderer leaves hairlines between them."""
        module_pt = points(square.side_mm) / (symbol.side + 2 * QUIET_ZONE_MODULES)
        quiet_pt = QUIET_ZONE_MODULES * module_pt
        left_pt = points(square.x_mm) + quiet_pt
        top_pt = self._height_pt - points(square.y_mm) - quiet_pt
        # Halves of rows repeat from symbol to symbol far more often than whole rows do.
        half = (symbol.side + 1) // 2
        left = (1 << half) - 1
        runs = "".join(
            [
                row_operators(number, 0, row & left) + row_operators(number, half, row >> half)
                for number, row in enumerate(symbol.rows())
            ]
        )
        placing = f"{module_pt:.4f} 0 0 {-module_pt:.4f} {left_pt:.2f} {top_pt:.2f} cm"
        return f"0 g q {placing} {runs}f Q"


class _Lettering:
    """Words → operators with the codes that a document gives to the glyphs of one font."""

    def __init__(self, face: Typeface, canvas: Canvas) -> None:
        self._face = face
        # The subset a glyph falls into is known per document only, which the canvas keeps here.
        self._document: Any = canvas._doc
        self._word = functools.lru_cache(maxsize=_WORDS_KEPT)(self._show_word)
        self._space = self._word(" ")

    def runs(self, text: str) -> Shown:
        """The runs of a line; neighbouring runs of one font are joined."""
        words = text.split(" ")
        if len(words) == 1:
            return self._word(text)
        joined = list(self._word(words[0]))
        for word in words[1:]:
            for name, inside in (*self._space, *self._word(word)):
                if joined and joined[-1][0] == name:
                    joined[-1] = name, joined[-1][1][:-1] + inside[1:]
                else:
                    joined.append((name, inside))
        return tuple(joined)

    def _show_word(self, word: str) -> Shown:
        runs: list[tuple[str, list[str]]] = []
        for at, char in enumerate(word):
            name, letter = self._glyph(char)
            if not runs or runs[-1][0] != name:
                runs.append((name, ["("]))
            inside = runs[-1][1]
            inside.append(letter)
            kern = round(self._face.kern_em(word[at : at + 2]) * 1000) if at + 1 < len(word) else 0
            if kern:
                inside.append(f"){-kern}(")
        return tuple((name, "".join(inside) + ")") for name, inside in runs)

    def _glyph(self, char: str) -> tuple[str, str]:
        font, document = self._face.font, self._document
        ((subset, code),) = font.splitString(char, document)
        return font.getSubsetInternalName(subset, document), _BYTES[code[0]]


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


def draw_cut_marks(canvas: Canvas, marks: tuple[CutMark, ...], paper_height_mm: float) -> None:
    """Draws the marks of a sheet; the first time as a form, from then on by its name."""
    if not canvas.hasForm(_CUT_MARKS):
        canvas.beginForm(_CUT_MARKS)
        lines = " ".join(
            f"{points(mark.x1_mm):.2f} {points(paper_height_mm - mark.y1_mm):.2f} m "
            f"{points(mark.x2_mm):.2f} {points(paper_height_mm - mark.y2_mm):.2f} l"
            for mark in marks
        )
        canvas.addLiteral(f"{_HAIRLINE_PT} w 0 G {lines} S")
        canvas.endForm()
    canvas.doForm(_CUT_MARKS)


def lower_left_pt(box: Box, paper_height_mm: float) -> tuple[float, float]:
    """The lower left corner of a box on a page, from the page's lower left corner."""
    return points(box.x_mm), points(paper_height_mm - box.bottom_mm)


def _fill(colour: Rgb) -> str:
    red, green, blue = colour
    return f"{red:.3g} {green:.3g} {blue:.3g} rg"
