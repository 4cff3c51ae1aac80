"""Attendees + layout + stock → the PDF of their badges, sheet by sheet.

Runs in a worker process: all arguments and the answer can be pickled. Composes, imposes and
draws; what is wrong with a badge is for preflight to say, before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from checkin_app.badges.canvas import new_canvas
from checkin_app.badges.compose import Composer
from checkin_app.badges.draw import BadgeArtist, draw_cut_marks, lower_left_pt
from checkin_app.badges.fields import clean
from checkin_app.badges.impose import cut_marks, sheets
from checkin_app.badges.qr import encoder
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_layout import BadgeLayout, Box
from checkin_app.domain.programme import Event
from checkin_app.domain.stock import Stock
from checkin_app.errors import BadgeError, Cancelled
from checkin_app.whole_file import whole_file

Progress = Callable[[int, int], None]
_PROGRESS_REPORTS = 200


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """Which attendee's badge lies where.

    Attributes:
        page: counted from 0.
        box: the badge, in millimetres from the page's top left corner.
    """

    attendee_id: str
    code: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class BadgeDocument:
    """A finished badge PDF."""

    file: Path
    badges: int
    sheets: int
    slots: tuple[FilledSlot, ...]


def write_badges(
    path: Path,
    attendees: Iterable[Attendee],
    layout: BadgeLayout,
    stock: Stock,
    event: Event,
    *,
    categories: Iterable[str] = (),
    first_slot: int = 1,
    crop_marks: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BadgeDocument:
    """Writes the badges of the attendees, in their order.

    Args:
        categories: all categories of the event, so that each has a colour of its own in every
            print, whoever is in it.
        first_slot: where to begin on the first sheet, counted from 1.
        progress: called now and then with badges done and badges in all.
        cancelled: asked before every sheet.

    Raises:
        Cancelled: ``cancelled`` answered yes. There is no file then.
        BadgeError: there is nobody to print.
        CheckinError: the file cannot be written. There is no file then.
        UsageError: the sheet has no such first slot.
    """
    everybody = tuple(attendees)
    if not everybody:
        raise BadgeError("There is nobody to print a badge for. Choose other attendees.")
    composer = Composer(layout, stock.badge_width_mm, stock.badge_height_mm, event, categories)
    filled: list[FilledSlot] = []
    imposed = tuple(sheets(len(everybody), stock, first_slot))
    with whole_file(path) as file:
        canvas = new_canvas(file, stock.paper_width_mm, stock.paper_height_mm, clean(event.name))
        artist = BadgeArtist(canvas, stock.badge_width_mm, stock.badge_height_mm, encoder())
        marks = cut_marks(stock) if crop_marks else ()
        due = 0
        for page, sheet in enumerate(imposed):
            if cancelled is not None and cancelled():
                raise Cancelled("Stopped. No file was written.")
            placed = [(composer.compose(everybody[number]), box) for number, box in sheet]
            for badge, _box in placed:
                artist.prepare(badge.shared)
            if marks:
                draw_cut_marks(canvas, marks, stock.paper_height_mm)
            for badge, box in placed:
                artist.draw(badge, *lower_left_pt(box, stock.paper_height_mm))
                attendee = badge.attendee
                filled.append(FilledSlot(attendee.id, attendee.code, page, box))
            canvas.showPage()
            if progress is not None and len(filled) >= due:
                progress(len(filled), len(everybody))
                due = len(filled) + len(everybody) // _PROGRESS_REPORTS
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        file.write_bytes(canvas.getpdfdata())
    return BadgeDocument(path, len(filled), len(imposed), tuple(filled))
