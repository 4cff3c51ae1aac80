"""The desk's fallback on paper: everybody with a box to tick, should nothing else work.

Here is what goes in and the file that comes out; ``paper_pages`` lays the pages out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.domain.programme import Event
from checkin_app.reports.page import Typeface
from checkin_app.reports.pages_file import WHOLE, Writing, write_pages


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One person of the paper list.

    Attributes:
        short_code: what is typed for a tick afterwards.
        tray: where the printed badge waits, as the desk says it; empty when it waits nowhere.
        attention: what the desk must be told when this person arrives.
        arrived_at: UTC, when the person had come before the list was made, or None.
    """

    last_name: str
    first_name: str
    organisation: str
    short_code: str
    tray: str = ""
    attention: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaperList:
    """What the document shows.

    Attributes:
        lines: in any order; the document is sorted by name, in the alphabet of the event.
        as_of: when the list was made (UTC).
    """

    event: Event
    list_name: str
    lines: Sequence[PaperLine]
    as_of: datetime


def write_paper_pages(path: Path, paper: PaperList, writing: Writing = WHOLE) -> int:
    """Writes the PDF (A4) and returns its number of pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``writing`` said so; no file is left behind.
    """
    from checkin_app.reports.paper_pages import PaperPages

    typeface = Typeface()
    document = PaperPages(paper, typeface)
    title = f"Paper list · {paper.event.name}"
    write_pages(path, title, typeface, document.pages, document.page_count, writing)
    return document.page_count
