"""One sheet of a run → its PDF, by the drawing of the bulk print → its picture. No Qt.

The preview shows the PDF itself: what is on screen is what will be on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkin_app.gui.badges.choice import BadgeRun

_POINTS_PER_MM = 72 / 25.4
_MOST_PIXELS = 24_000_000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page.

    Attributes:
        pixels: rows of blue, green, red and a spare byte; ``stride`` bytes each.
    """

    run: BadgeRun
    sheet: int
    width_px: int
    height_px: int
    stride: int
    pixels: bytes


def draw_page(run: BadgeRun, sheet: int, width_px: int, folder: Path) -> PagePicture:
    """Write one sheet (from 0) to a PDF of its own and draw it.

    Args:
        width_px: of the picture, in pixels of the screen; held to what memory can bear.
        folder: for the PDF.

    Raises:
        BadgeError: the folder cannot be written.
    """
    from checkin_app.badges.document import write_badges

    job = run.job_of_sheet(sheet, folder / "page.pdf")
    write_badges(job.file, job.attendees, job.plan)
    return _drawn(run, sheet, job.file, width_px)


def _drawn(run: BadgeRun, sheet: int, file: Path, width_px: int) -> PagePicture:
    import pypdfium2

    from checkin_app.scanning.pictures import PDFIUM_LOCK

    stock = run.choice.stock
    tallest_px = (_MOST_PIXELS * stock.paper_width_mm / stock.paper_height_mm) ** 0.5
    scale = min(width_px, tallest_px) / (stock.paper_width_mm * _POINTS_PER_MM)
    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(file)
        try:
            bitmap = document[0].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
            pixels = bytes(bitmap.buffer)
        finally:
            document.close()
    return PagePicture(run, sheet, bitmap.width, bitmap.height, bitmap.stride, pixels)
