"""Composed badges → PDF operators on a ReportLab canvas. The last place, and the first with points.

Few operators: what badges of a category share is a form XObject, drawn once; lines of text go
out as show-text operators with the font's codes, a QR as one path of runs in modules. Operators
that repeat (an organisation, a row of a symbol) are written once and kept.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from checkin_app.badges.bleeding import PlacedArea, bled
from checkin_app.badges.canvas import PageCanvas
from checkin_app.badges.codes.qr import QrEncoder
from checkin_app.badges.codes.symbols import code128_operators, finder_operators, qr_operators
from checkin_app.badges.inks import Ink
from checkin_app.badges.page_operators import filling, shape_operators, turning
from checkin_app.badges.pictures.picture_art import PictureArt
from checkin_app.badges.placed import (
    ComposedFace,
    Placed,
    PlacedBlock,
    PlacedCode128,
    PlacedPhoto,
    PlacedPicture,
    PlacedQr,
    SharedArt,
)
from checkin_app.badges.sheets.impose import Edges
from checkin_app.badges.text.fonts import FontList
from checkin_app.badges.text.lettering import Lettering
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.language.lengths import points

_BLOCKS_KEPT = 1024


class BadgeArtist:
    """Draws the badges of one document.

    Args:
        canvas: the page to draw on; the artist never turns it.
        width_mm, height_mm: one face of a badge.
        bleed_mm: how far colour runs over the edges it touches.
        pictures: those of the layout, by name.
        photos: the folder of the attendees' pictures.
    """

    def __init__(
        self,
        canvas: PageCanvas,
        width_mm: float,
        height_mm: float,
        qr: QrEncoder,
        bleed_mm: float = 0.0,
        pictures: Mapping[str, bytes] | None = None,
        photos: Path | None = None,
    ) -> None:
        self._canvas = canvas
        self._face = Box(0.0, 0.0, width_mm, height_mm)
        self._width_pt = points(width_mm)
        self._height_pt = points(height_mm)
        self._bleed_mm = bleed_mm
        self._qr = qr
        self._art = PictureArt(canvas, pictures or {}, photos)
        self._forms: dict[SharedArt, str] = {}
        self._lettering = functools.cache(self._lettering_of)
        self._block = functools.lru_cache(maxsize=_BLOCKS_KEPT)(self._block_operators)
        self._clip = functools.cache(self._clip_operators)
        self._finders = functools.cache(self._finder_form)

    def prepare(self, art: SharedArt) -> None:
        """Draws the shared art of a category as a form, unless it is there already."""
        if art in self._forms:
            return
        name = self._forms[art] = f"shared-{len(self._forms) + 1}"
        bleed = points(self._bleed_mm)
        self._canvas.beginForm(
            name, -bleed, -bleed, self._width_pt + bleed, self._height_pt + bleed
        )
        self._canvas.addLiteral("\n".join([self._operators(one) for one in art.placed]))
        self._canvas.endForm()

    def draw(
        self,
        face: ComposedFace,
        left_pt: float,
        bottom_pt: float,
        *,
        turned: bool = False,
        room: Edges | None = None,
    ) -> None:
        """Draws a face whose shared art is prepared, by its lower left corner on the page.

        Args:
            turned: drawn on its head.
            room: how far colour may run over the edges; as far as it does if missing.
        """
        canvas = self._canvas
        if turned:
            right_pt, top_pt = left_pt + self._width_pt, bottom_pt + self._height_pt
            place = f"q -1 0 0 -1 {right_pt:.2f} {top_pt:.2f} cm"
        else:
            place = f"q 1 0 0 1 {left_pt:.2f} {bottom_pt:.2f} cm"
        clip = self._clip(room) if room is not None and self._bleed_mm else ""
        operators = [place + clip, canvas.use(self._forms[face.shared])]
        operators += [self._operators(one) for one in face.own]
        operators.append("Q")
        canvas.addLiteral("\n".join(operators))

    def _clip_operators(self, room: Edges) -> str:
        """Keeps the bleed off what lies beside the face; nothing where there is room for it."""
        bleed = self._bleed_mm
        sides = (room.left_mm, room.top_mm, room.right_mm, room.bottom_mm)
        if min(sides) >= bleed:
            return ""
        left, top, right, bottom = (points(min(side, bleed)) for side in sides)
        width, height = self._width_pt + left + right, self._height_pt + top + bottom
        return f" {-left:.2f} {-bottom:.2f} {width:.2f} {height:.2f} re W n"

    def _operators(self, placed: Placed) -> str:
        match placed:
            case PlacedBlock():
                operators = self._block(placed)
            case PlacedQr():
                operators = self._qr_operators(placed)
            case PlacedCode128():
                operators = code128_operators(placed, self._height_pt)
            case _:
                operators = self._area_operators(bled(placed, self._face, self._bleed_mm))
        if placed.turn is None:
            return operators
        return f"q {turning(placed.turn, self._height_pt)} {operators} Q"

    def _area_operators(self, area: PlacedArea) -> str:
        match area:
            case PlacedPicture():
                return self._art.picture(area, self._height_pt)
            case PlacedPhoto():
                return self._art.photo(area, self._height_pt)
            case _:
                return shape_operators(area, self._height_pt)

    def _block_operators(self, block: PlacedBlock) -> str:
        out = []
        colour: Ink | None = None
        height_pt = self._height_pt
        for line in block.lines:
            if line.colour != colour:
                colour = line.colour
                out.append(filling(colour))
            lettering = self._lettering(line.fonts)
            x_pt, y_pt = points(line.x_mm), height_pt - points(line.y_mm)
            out.append(
                lettering.line(
                    line.text, x_pt, y_pt, line.size_pt, line.tracking_pt, line.right_to_left
                )
            )
        return "\n".join(out)

    def _lettering_of(self, fonts: FontList) -> Lettering:
        return Lettering(fonts, self._canvas)

    def _qr_operators(self, code: PlacedQr) -> str:
        symbol = self._qr.encode(code.content, code.error_correction)
        if symbol is None:
            return ""
        name = self._finders(symbol.side)
        return qr_operators(symbol, code, self._height_pt, self._canvas.use(name))

    def _finder_form(self, side: int) -> str:
        """The name of the form with the finder patterns of symbols of a size."""
        name = f"finders-{side}"
        self._canvas.beginForm(name, 0, 0, side, side)
        self._canvas.addLiteral(finder_operators(side))
        self._canvas.endForm()
        return name


def lower_left_pt(box: Box, paper_height_mm: float) -> tuple[float, float]:
    """The lower left corner of a box on a page, from the page's lower left corner."""
    return points(box.x_mm), points(paper_height_mm - box.bottom_mm)
