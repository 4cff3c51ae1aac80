"""Attendees + layout + stock → the PDF of their badges, sheet by sheet.

Runs in a worker process: all arguments and the answer can be pickled. Composes, imposes and
draws; what is wrong with a badge is for preflight to say, which may look at each composed badge
on its way to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.canvas import new_canvas
from checkin_app.badges.draw import BadgeArtist, lower_left_pt
from checkin_app.badges.fields import clean
from checkin_app.badges.impose import SheetSide, impose, slot_boxes
from checkin_app.badges.page_operators import line_operators, outline_operators
from checkin_app.badges.placed import ComposedBadge, PlacedQr
from checkin_app.badges.qr import encoder
from checkin_app.badges.sheet_marks import (
    creases,
    crop_marks,
    lines_behind,
    page_transform,
    registration_marks,
)
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_elements import Box
from checkin_app.domain.badge_layout import Side
from checkin_app.domain.imposition import PrinterOffset
from checkin_app.domain.lengths import points
from checkin_app.errors import BadgeError, Cancelled
from checkin_app.whole_file import whole_file

Progress = Callable[[int, int], None]
Inspect = Callable[[ComposedBadge], None]
_PROGRESS_REPORTS = 200
_MARK_FORMS = {False: "marks-front", True: "marks-back"}


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """Which attendee's badge lies where.

    Attributes:
        sheet, slot: counted from 1.
        page: of the file, counted from 0.
        box: one face of the badge, in millimetres from the page's top left corner, before the
            printer's correction.
        codes: what the QR codes on this face hold.
    """

    attendee_id: str
    sheet: int
    slot: int
    page: int
    box: Box
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadgeDocument:
    """A finished badge PDF.

    Attributes:
        badges: how many were drawn, copies included.
        sheets: how many sheets of paper the file takes.
        pages: how many pages it has.
        offset: the printer's correction that all its pages carry.
    """

    file: Path
    badges: int
    sheets: int
    pages: int
    slots: tuple[FilledSlot, ...]
    offset: PrinterOffset


def write_badges(
    path: Path,
    attendees: Iterable[Attendee],
    plan: BadgePlan,
    *,
    inspect: Inspect | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BadgeDocument:
    """Writes the badges of the attendees, in their order.

    Args:
        inspect: shown each composed badge once, before it is drawn.
        progress: called now and then with badges done and badges in all.
        cancelled: asked before every page.

    Raises:
        Cancelled: ``cancelled`` answered yes. There is no file then.
        BadgeError: there is nobody to print.
        CheckinError: the file cannot be written. There is no file then.
        UsageError: the choices of the imposition do not go with the stock.
    """
    everybody = tuple(attendees)
    if not everybody:
        raise BadgeError("There is nobody to print a badge for. Choose other attendees.")
    sides = impose(len(everybody), plan.stock, plan.imposition, plan.trays)
    with whole_file(path) as file:
        press = _Press(file, everybody, plan, inspect)
        due = 0
        for side in sides:
            if cancelled is not None and cancelled():
                raise Cancelled("Stopped. No file was written.")
            press.print_side(side)
            if progress is not None and press.drawn >= due:
                progress(press.drawn, len(everybody) * plan.imposition.copies)
                due = press.drawn + len(everybody) // _PROGRESS_REPORTS
        press.finish()
    return press.document(path)


class _Press:
    """Draws page after page on one canvas."""

    def __init__(
        self,
        file: Path,
        everybody: tuple[Attendee, ...],
        plan: BadgePlan,
        inspect: Inspect | None,
    ) -> None:
        stock = plan.stock
        self._file = file
        self._everybody = everybody
        self._plan = plan
        self._inspect = inspect
        self._composer = plan.composer()
        self._canvas: Canvas = new_canvas(
            file, stock.paper_width_mm, stock.paper_height_mm, clean(plan.event.name)
        )
        self._artist = BadgeArtist(
            self._canvas,
            stock.face_width_mm,
            stock.face_height_mm,
            encoder(),
            self._composer.design.bleed_mm,
        )
        self._composed: dict[int, ComposedBadge] = {}
        self._filled: list[FilledSlot] = []
        self._sheets: set[int] = set()
        self._pages = 0
        self.drawn = 0

    def print_side(self, side: SheetSide) -> None:
        """Draws one page."""
        badges = self._badges_of(side)
        for badge in badges.values():
            for face in badge.faces:
                self._artist.prepare(face.shared)
        self._draw_marks(side)
        self._correct()
        for place in side.placements:
            badge = badges[place.badge]
            face = badge.face(place.side) or badge.front
            left_pt, bottom_pt = lower_left_pt(place.box, self._plan.stock.paper_height_mm)
            self._artist.draw(face, left_pt, bottom_pt, turned=place.turned)
            codes = tuple([one.content for one in face.own if isinstance(one, PlacedQr)])
            self._filled.append(
                FilledSlot(badge.attendee.id, side.sheet, place.slot, self._pages, place.box, codes)
            )
            if place.side is Side.FRONT:
                self.drawn += 1
        self._canvas.showPage()
        self._sheets.add(side.sheet)
        self._pages += 1

    def finish(self) -> None:
        """Writes the file."""
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        self._file.write_bytes(self._canvas.getpdfdata())

    def document(self, path: Path) -> BadgeDocument:
        """What was drawn."""
        return BadgeDocument(
            path,
            self.drawn,
            len(self._sheets),
            self._pages,
            tuple(self._filled),
            self._plan.imposition.offset,
        )

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
        operators = list(self._marks(is_back=side.is_back))
        if not operators:
            return
        name = _MARK_FORMS[side.is_back]
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name)
            self._canvas.addLiteral("\n".join(operators))
            self._canvas.endForm()
        self._canvas.saveState()
        self._correct()
        self._canvas.doForm(name)
        self._canvas.restoreState()

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
