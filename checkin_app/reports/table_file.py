"""Lists of people → one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from checkin_app.reports.page import Page, Typeface
from checkin_app.reports.pages_file import WHOLE, Writing, write_pages
from checkin_app.reports.table import Table
from checkin_app.reports.table_pages import TablePages


def write_tables(path: Path, tables: Sequence[Table], writing: Writing = WHOLE) -> int:
    """Writes lists one after the other as one PDF (A4) and returns the number of its pages.

    Args:
        tables: at least one; each begins on a page of its own, and pages are counted through.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``writing`` said so; no file is left behind.
    """
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
