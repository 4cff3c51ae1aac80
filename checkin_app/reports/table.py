"""A list of people as a table: what it shows, whoever fills its columns.

``table_pages`` lays the pages out, ``table_file`` writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.programme import Event


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
