"""One sheet of a run → its PDF, by the drawing of the bulk print → its picture. No Qt.

The preview shows the PDF itself: what is on screen is what will be on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_layout import BadgeLayout
from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.programme import Event
from checkin_app.gui.badges.run.badge_run import BadgeRun

_MOST_PIXELS = 24_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page.

    Attributes:
        pixels: rows of blue, green, red and a spare byte; ``stride`` bytes each.
    """

    width_px: int
    height_px: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a run; pages are counted from 0, and a back follows its front."""

    run: BadgeRun
    page: int
    picture: Picture


class PageDrawer:
    """Draws pages of runs in one lane; the sheet drawn last is at hand for its back and zoom.

    Args:
        folder: for the PDF.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "page.pdf"
        self._drawn: tuple[BadgeRun, int] | None = None

    def draw(self, run: BadgeRun, page: int, width_px: int) -> PagePicture:
        """Write the sheet of a page to a PDF of its own and draw it.

        Args:
            width_px: of the picture, in pixels of the screen; held to what memory can bear.

        Raises:
            BadgeError: the folder cannot be written.
        """
        from checkin_app.badges.document import write_badges

        sheet, side = divmod(page, 2) if run.has_backs else (page, 0)
        if self._drawn is None or self._drawn[0] is not run or self._drawn[1] != sheet:
            self._drawn = None
            job = run.job_of_sheet(sheet + 1, self._file)
            write_badges(job.file, job.attendees, job.plan)
            self._drawn = run, sheet
        return PagePicture(run, page, picture_of(self._file, side, width_px))


@dataclass(frozen=True, slots=True)
class LayoutSample:
    """What the picture of a layout shows.

    Attributes:
        categories: all of the event, so that the person's has its colour.
        fonts: folder of the fonts that the organiser has added.
    """

    person: Attendee
    event: Event
    categories: tuple[str, ...]
    fonts: Path | None = None


def draw_layout(
    layout: BadgeLayout,
    stock: Stock,
    sample: LayoutSample,
    width_px: int,
    folder: Path,
) -> Picture:
    """The front of one badge by a layout, on its own piece of paper.

    Args:
        stock: what it would be printed on; a layout that does not suit it shows itself on a
            piece of the size it was drawn for.

    Raises:
        BadgeError: the folder cannot be written.
    """
    from checkin_app.badges.document import write_badges

    width_mm, height_mm = stock.face_width_mm, stock.face_height_mm
    if not layout.suits(width_mm, height_mm):
        width_mm, height_mm = layout.designs[0].width_mm, layout.designs[0].height_mm
    piece = Stock(layout.name, width_mm, height_mm, width_mm, height_mm)
    plan = BadgePlan(layout, piece, sample.event, categories=sample.categories, fonts=sample.fonts)
    file = folder / "layout.pdf"
    write_badges(file, (sample.person,), plan)
    return picture_of(file, 0, width_px)


def picture_of(file: Path, page: int, width_px: int) -> Picture:
    """A page (from 0) of a PDF as a picture of about this width."""
    import pypdfium2

    from checkin_app.pdfium_lock import PDFIUM_LOCK

    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(file)
        try:
            width_pt, height_pt = document[page].get_size()
            tallest_px = (_MOST_PIXELS * width_pt / height_pt) ** 0.5
            bitmap = document[page].render(
                scale=min(width_px, tallest_px) / width_pt, rev_byteorder=False, prefer_bgrx=True
            )
            pixels = bytes(bitmap.buffer)
        finally:
            document.close()
    return Picture(bitmap.width, bitmap.height, bitmap.stride, pixels)
