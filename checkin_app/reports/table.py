"""A list of people as a PDF: what goes in, and the file that comes out.

``table_pages`` lays the pages out; the modules beside it say what stands in the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checkin_app.domain.programme import Event
from checkin_app.reports.page import Page, Typeface
from checkin_app.reports.pages_file import WHOLE, Writing, write_pages


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


def write_tables(path: Path, tables: Sequence[Table], writing: Writing = WHOLE) -> int:
    """Writes lists one after the other as one PDF (A4) and returns the number of its pages.

    Args:
        tables: at least one; each begins on a page of its own, and pages are counted through.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``writing`` said so; no file is left behind.
    """
    from checkin_app.reports.table_pages import TablePages

    typeface = Typeface()
    parts: list[TablePages] = []
    for table in tables:
        parts.append(TablePages(table, typeface, sum(part.page_count for part in parts)))
    page_count = sum(part.page_count for part in parts)

    def pages(canvas: Any) -> Iterator[Page]:
        for part in parts:
            yield from part.pages(canvas, page_count)

    title = f"{tables[0].heading} · {tables[0].event.name}"
    write_pages(path, title, typeface, pages, page_count, writing)
    return page_count
