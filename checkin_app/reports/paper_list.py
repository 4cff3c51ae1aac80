"""The desk's fallback on paper: everybody with a box to tick, should nothing else work.

Here is the file that comes out; ``paper_lines`` says what goes in, ``paper_pages`` lays the pages
out.
"""

from __future__ import annotations

from pathlib import Path

from checkin_app.reports.page import Typeface
from checkin_app.reports.pages_file import WHOLE, Writing, write_pages
from checkin_app.reports.paper_lines import PaperList
from checkin_app.reports.paper_pages import PaperPages


def write_paper_pages(path: Path, paper: PaperList, writing: Writing = WHOLE) -> int:
    """Writes the PDF (A4) and returns its number of pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``writing`` said so; no file is left behind.
    """
    typeface = Typeface()
    document = PaperPages(paper, typeface)
    title = f"Paper list · {paper.event.name}"
    write_pages(path, title, typeface, document.pages, document.page_count, writing)
    return document.page_count
