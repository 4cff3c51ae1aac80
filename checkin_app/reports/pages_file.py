"""Pages → one PDF: page after page, with progress, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkin_app.errors import Cancelled
from checkin_app.reports.page import Page, Typeface
from checkin_app.whole_file import whole_file

_PAGES_PER_LOOK = 5


@dataclass(frozen=True, slots=True)
class Writing:
    """How a document is written.

    Attributes:
        most_pages: draw only the first ones, for a look at them.
        progress: told pages drawn and pages in all.
        cancelled: asked every few pages.
    """

    most_pages: int | None = None
    progress: Callable[[int, int], None] = lambda done, total: None
    cancelled: Callable[[], bool] = lambda: False


WHOLE = Writing()


def write_pages(
    path: Path,
    title: str,
    typeface: Typeface,
    pages: Callable[[Any], Iterator[Page]],
    page_count: int,
    writing: Writing = WHOLE,
) -> None:
    """Draws pages on a canvas and writes the PDF (A4).

    Args:
        pages: draws one page after the other on a ReportLab canvas.
        page_count: of the whole document.

    Raises:
        CheckinError: the file cannot be written.
        Cancelled: ``writing`` said so; no file is left behind.
    """
    with whole_file(path) as unfinished:
        canvas = typeface.canvas(unfinished, title)
        for done, page in enumerate(pages(canvas)):
            if not done % _PAGES_PER_LOOK and writing.cancelled():
                raise Cancelled("Stopped. No document was written.")
            page.finish()
            writing.progress(done + 1, page_count)
            if done + 1 == writing.most_pages:
                break
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        unfinished.write_bytes(canvas.getpdfdata())
