"""Sides of sheets → the pages of a badge PDF, drawn one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.canvas import PageBoxes, PageCanvas
from checkin_app.badges.codes.qr import encoder
from checkin_app.badges.draw import BadgeArtist, lower_left_pt
from checkin_app.badges.fields import clean
from checkin_app.badges.filled_slots import FilledSlots
from checkin_app.badges.page_operators import line_operators, outline_operators
from checkin_app.badges.placed import (
    ComposedBadge,
    ComposedFace,
    Placed,
    PlacedCode128,
    PlacedQr,
    SharedArt,
)
from checkin_app.badges.sheets.impose import SheetSide, slot_boxes
from checkin_app.badges.sheets.sheet_marks import (
    creases,
    crop_marks,
    lines_behind,
    page_transform,
    registration_marks,
)
from checkin_app.badges.sheets.tray_pages import TrayPages
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import Side
from checkin_app.domain.badges.imposition import Duplex, PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.language.lengths import points

Inspect = Callable[[ComposedBadge], None]


class Press:
    """Draws page after page into a file.

    Attributes:
        slots: what was drawn where.
        badges: how many were drawn, copies included.
        pages: how many the file has.
        sheets: how many sheets of paper they take.
    """

    def __init__(
        self,
        file: BinaryIO,
        everybody: tuple[Attendee, ...],
        plan: BadgePlan,
        inspect: Inspect | None,
    ) -> None:
        stock = plan.stock
        self._everybody = everybody
        self._plan = plan
        self._inspect = inspect
        self._composer = plan.composer()
        bleed_mm = self._composer.design.bleed_mm
        self._canvas = PageCanvas(
            file,
            stock.paper_width_mm,
            stock.paper_height_mm,
            clean(plan.event.name),
            page_boxes(stock, bleed_mm),
        )
        self._artist = BadgeArtist(
            self._canvas,
            stock.face_width_mm,
            stock.face_height_mm,
            encoder(),
            bleed_mm,
            plan.layout.pictures,
            plan.photos,
        )
        self._trays = TrayPages(self._canvas, plan) if plan.tray_pages and plan.trays else None
        self._composed: dict[int, ComposedBadge] = {}
        self._shared_codes: dict[SharedArt, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._mark_forms: dict[bool, str] = {}
        self._sheet = 0
        self.slots = FilledSlots()
        self.badges = self.pages = self.sheets = 0

    def print_side(self, side: SheetSide) -> None:
        """Draws one page, and before it what its tray begins with."""
        if self._trays is not None and not side.is_back:
            self._print_tray(self._trays, side)
        badges = self._badges_of(side)
        for badge in badges.values():
            for face in badge.faces:
                self._artist.prepare(face.shared)
        self._draw_marks(side)
        self._correct()
        paper_height_mm = self._plan.stock.paper_height_mm
        for place in side.placements:
            badge = badges[place.badge]
            face = badge.face(place.side) or badge.front
            left_pt, bottom_pt = lower_left_pt(place.box, paper_height_mm)
            self._artist.draw(face, left_pt, bottom_pt, turned=place.turned, room=place.room)
            self.slots.add(
                badge.attendee.id,
                side.sheet,
                place.slot,
                self.pages,
                place.box,
                *self._codes_of(face),
            )
            if place.side is Side.FRONT:
                self.badges += 1
        self._canvas.showPage()
        self.pages += 1
        if side.sheet != self._sheet:
            self._sheet = side.sheet
            self.sheets += 1

    def finish(self, cancelled: Callable[[], bool] | None) -> None:
        """Writes the end of the file.

        Raises:
            Cancelled: ``cancelled`` answered yes.
        """
        self._canvas.finish(cancelled)

    def _print_tray(self, trays: TrayPages, side: SheetSide) -> None:
        """The separator and the index of a tray before its first sheet."""
        if not trays.begins(side):
            return
        both_sides = self._plan.imposition.duplex is not Duplex.NONE
        pages = trays.print(self._everybody, side, both_sides=both_sides)
        self.pages += pages
        self.sheets += pages // 2 if both_sides else pages

    def _codes_of(self, face: ComposedFace) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the QR codes and the barcodes of a face hold."""
        shared = self._shared_codes.get(face.shared)
        if shared is None:
            shared = self._shared_codes[face.shared] = _codes_in(face.shared.placed)
        codes, barcodes = _codes_in(face.own)
        return shared[0] + codes, shared[1] + barcodes

    def _badges_of(self, side: SheetSide) -> Mapping[int, ComposedBadge]:
        """The badges of a page; those of the page before are at hand for its back and copies."""
        before, self._composed = self._composed, {}
        for place in side.placements:
            if place.badge in self._composed:
                continue
            badge = before.get(place.badge)
            if badge is None:
                badge = self._composer.compose(self._everybody[place.badge])
                if self._inspect is not None:
                    self._inspect(badge)
            self._composed[place.badge] = badge
        return self._composed

    def _correct(self) -> None:
        """Moves and stretches the page as the printer needs it."""
        offset = self._plan.imposition.offset
        if offset == PrinterOffset():
            return
        a, b, c, d, e_mm, f_mm = page_transform(offset, self._plan.stock.paper_height_mm)
        self._canvas.addLiteral(
            f"{a:.6f} {b:g} {c:g} {d:.6f} {points(e_mm):.3f} {points(f_mm):.3f} cm"
        )

    def _draw_marks(self, side: SheetSide) -> None:
        """The lines around the badges; the first time as a form, from then on by its name."""
        if side.is_back not in self._mark_forms:
            self._mark_forms[side.is_back] = self._marks_form(is_back=side.is_back)
        name = self._mark_forms[side.is_back]
        if name:
            self._canvas.addLiteral("q")
            self._correct()
            self._canvas.addLiteral(f"{self._canvas.use(name)} Q")

    def _marks_form(self, *, is_back: bool) -> str:
        """The name of the form with all marks of a side; empty where there are none."""
        operators = "\n".join(self._marks(is_back=is_back))
        if not operators:
            return ""
        name = "marks-back" if is_back else "marks-front"
        self._canvas.beginForm(name)
        self._canvas.addLiteral(operators)
        self._canvas.endForm()
        return name

    def _marks(self, *, is_back: bool) -> Iterator[str]:
        stock, imposition = self._plan.stock, self._plan.imposition
        bleed_mm, height_mm = self._composer.design.bleed_mm, stock.paper_height_mm
        lines = crop_marks(stock, bleed_mm) if imposition.crop_marks and not is_back else ()
        if imposition.registration_marks:
            crosses = registration_marks(stock)
            lines += lines_behind(crosses, stock, imposition.duplex) if is_back else crosses
        if imposition.outlines and not is_back:
            lines += creases(stock)
            for box in slot_boxes(stock):
                yield outline_operators(box, stock.corner_radius_mm, height_mm)
        if lines:
            yield line_operators(lines, height_mm)


def _codes_in(parts: Iterable[Placed]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes, barcodes = [], []
    for one in parts:
        if isinstance(one, PlacedQr):
            codes.append(one.content)
        elif isinstance(one, PlacedCode128):
            barcodes.append(one.content)
    return tuple(codes), tuple(barcodes)


def page_boxes(stock: Stock, bleed_mm: float) -> PageBoxes:
    """What is left of a page after cutting: the badge of a single piece or roll, else the sheet."""
    page = Box(0.0, 0.0, stock.paper_width_mm, stock.paper_height_mm)
    if stock.slots > 1:
        return PageBoxes(page, page)
    (trim,) = slot_boxes(stock)
    left, top = max(trim.x_mm - bleed_mm, 0.0), max(trim.y_mm - bleed_mm, 0.0)
    right = min(trim.right_mm + bleed_mm, page.right_mm)
    bottom = min(trim.bottom_mm + bleed_mm, page.bottom_mm)
    return PageBoxes(trim, Box(left, top, right - left, bottom - top))
