"""A list of people as a PDF: what goes in, and the file that comes out.

``table_pages`` lays the pages out; the modules beside it say what stands in the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled
from checkin_app.whole_file import whole_file

_PAGES_PER_LOOK = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; those of a table and the gaps between them fill the page.

    Attributes:
        is_signature: empty, with a line to sign on.
    """

    heading: str
    width_mm: float
    is_right_aligned: bool = False
    is_signature: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person: a text for each column. ``is_faint`` marks somebody who has not come."""

    cells: Sequence[str]
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures below the table, a row for each category and one for all."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Table:
    """What one list shows.

    Attributes:
        heading: what list this is: "Attendance: Registration desk".
        figures: stands at the right of the heading.
        lines: in the order of the pages.
        as_of: when the list was taken (UTC).
        nobody: what stands in place of the lines where there are none.
        row_mm: the least height of a line.
        is_signed: the organiser signs below the last line.
    """

    event: Event
    heading: str
    figures: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    as_of: datetime
    nobody: str = ""
    totals: Totals | None = None
    row_mm: float = 0.0
    is_signed: bool = False


def write_tables(
    path: Path,
    tables: Sequence[Table],
    *,
    most_pages: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Writes lists one after the other as one PDF (A4) and returns the number of its pages.

    Args:
        tables: at least one; each begins on a page of its own, and pages are counted through.
        most_pages: draw only the first ones, for a look at them.
        progress: told pages drawn and pages in all.
        cancelled: asked every few pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``cancelled`` said so; no file is left behind.
    """
    from checkin_app.reports.page import Typeface
    from checkin_app.reports.table_pages import TablePages

    typeface = Typeface()
    parts: list[TablePages] = []
    for table in tables:
        pages_before = sum(part.page_count for part in parts)
        parts.append(TablePages(table, typeface, pages_before))
    page_count = sum(part.page_count for part in parts)
    first = tables[0]
    with whole_file(path) as unfinished:
        canvas = typeface.canvas(unfinished, f"{first.heading} · {first.event.name}")
        pages = (page for part in parts for page in part.pages(canvas, page_count))
        for done, page in enumerate(pages):
            if not done % _PAGES_PER_LOOK and cancelled():
                raise Cancelled("Stopped. No list was written.")
            page.finish()
            progress(done + 1, page_count)
            if done + 1 == most_pages:
                break
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        unfinished.write_bytes(canvas.getpdfdata())
    return page_count
