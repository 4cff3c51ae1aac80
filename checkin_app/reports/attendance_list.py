"""The attendance list as a PDF for people: who is registered, and when they arrived.

Lines → wrapped to their columns → cut into pages → drawn one page after the other, so that a
list of 100,000 people takes time and memory in proportion and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from checkin_app.domain.programme import Event
from checkin_app.domain.search_text import sort_key
from checkin_app.errors import Cancelled
from checkin_app.reports.page import (
    FAINT,
    GREY,
    INK,
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    Page,
    Typeface,
)
from checkin_app.whole_file import whole_file

_TEXT_PT = 8.5
_HEADING_PT = 7.5
_LINE_MM = 3.7
_ROW_PADDING_MM = 1.7
_FIRST_TABLE_TOP_MM = 47.0
_NEXT_TABLE_TOP_MM = 24.0
_TABLE_BOTTOM_MM = PAGE_HEIGHT_MM - 18.0
_HEADING_ROW_MM = 6.0
_MOST_LINES_IN_CELL = 4
_PAGES_PER_LOOK = 5
# Not by strftime: the window sets the process to the language of the desktop.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person of the list. ``arrived_at`` is UTC, or None for somebody who has not come."""

    last_name: str
    first_name: str = ""
    organisation: str = ""
    category: str = ""
    arrived_at: datetime | None = None

    @property
    def name(self) -> str:
        """The name as a sorted list shows it."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """What the document shows.

    Attributes:
        list_name: the check-in list whose arrivals are shown.
        lines: in any order; the document is sorted by name, alphabets and accents aside.
        as_of: when the figures were taken (UTC).
    """

    event: Event
    list_name: str
    lines: Sequence[AttendanceLine]
    as_of: datetime

    @property
    def arrived(self) -> int:
        """How many have come."""
        return sum(line.arrived_at is not None for line in self.lines)


def write_attendance_list(
    path: Path,
    attendance: AttendanceList,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Writes the PDF (A4) and returns its number of pages.

    Args:
        progress: told pages drawn and pages in all.
        cancelled: asked every few pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
        Cancelled: ``cancelled`` said so; no file is left behind.
    """
    document = _Document(attendance, Typeface())
    with whole_file(path) as unfinished:
        canvas = document.typeface.canvas(unfinished, f"Attendance · {attendance.event.name}")
        for done, page in enumerate(document.pages(canvas)):
            if not done % _PAGES_PER_LOOK and cancelled():
                raise Cancelled("Stopped. No attendance list was written.")
            page.finish()
            progress(done + 1, document.page_count)
        canvas.save()
    return document.page_count


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the table: its heading, left edge and width, and what it shows of a line."""

    heading: str
    left_mm: float
    width_mm: float
    text: Callable[[AttendanceLine], str]
    is_right_aligned: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list, wrapped. ``cells`` holds the lines of text of each column."""

    cells: Sequence[Sequence[str]]
    has_arrived: bool
    height_mm: float


@dataclass(slots=True)
class _PagePlan:
    """The rows of one page."""

    first: int
    end: int = 0
    has_totals: bool = field(default=False)


class _Document:
    """The attendance list being laid out and drawn.

    Attributes:
        page_count: known before the first page is drawn.
    """

    def __init__(self, attendance: AttendanceList, typeface: Typeface) -> None:
        self.typeface = typeface
        self._attendance = attendance
        self._arrived = attendance.arrived
        self._lines = sorted(
            attendance.lines, key=lambda line: sort_key(line.last_name, line.first_name)
        )
        self._zone = ZoneInfo(attendance.event.timezone)
        self._columns = (
            _Column("Name", MARGIN_MM, 62, lambda line: line.name),
            _Column("Organisation", MARGIN_MM + 65, 62, lambda line: line.organisation),
            _Column("Category", MARGIN_MM + 130, 30, lambda line: line.category),
            _Column("Arrived", PAGE_WIDTH_MM - MARGIN_MM - 18, 18, self._arrival, True),
        )
        self._totals = _totals_by_category(self._lines)
        self._plans = self._paginated()
        self.page_count = len(self._plans)

    def pages(self, canvas: Any) -> Iterator[Page]:
        """Draws one page after the other; each is to be finished before the next is asked for."""
        for number, plan in enumerate(self._plans, 1):
            page = Page(canvas, self.typeface)
            top_mm = self._draw_head(page) if number == 1 else self._draw_running_head(page)
            top_mm = self._draw_headings(page, top_mm)
            for place in range(plan.first, plan.end):
                row = self._row(self._lines[place])
                self._draw_row(page, row, top_mm, is_tinted=place % 2 == 1)
                top_mm += row.height_mm
            if plan.has_totals:
                self._draw_totals(page, top_mm + 8)
            self._draw_foot(page, number)
            yield page

    def _paginated(self) -> Sequence[_PagePlan]:
        """Which rows stand on which page; the totals follow the last row where there is room."""
        plans = [_PagePlan(0)]
        top_mm = _FIRST_TABLE_TOP_MM + _HEADING_ROW_MM
        for place, line in enumerate(self._lines):
            height_mm = self._row(line).height_mm
            if top_mm + height_mm > _TABLE_BOTTOM_MM:
                plans[-1].end = place
                plans.append(_PagePlan(place))
                top_mm = _NEXT_TABLE_TOP_MM + _HEADING_ROW_MM
            top_mm += height_mm
        plans[-1].end = len(self._lines)
        if top_mm + self._totals_height_mm() > _TABLE_BOTTOM_MM:
            plans.append(_PagePlan(len(self._lines), len(self._lines)))
        plans[-1].has_totals = True
        return plans

    def _row(self, line: AttendanceLine) -> _Row:
        cells = [
            self.typeface.wrapped(column.text(line), _TEXT_PT, column.width_mm, _MOST_LINES_IN_CELL)
            for column in self._columns
        ]
        height_mm = max(map(len, cells)) * _LINE_MM + _ROW_PADDING_MM
        return _Row(cells, line.arrived_at is not None, height_mm)

    def _arrival(self, line: AttendanceLine) -> str:
        """The time on the wall of the venue, with the day where it is not the event's only one."""
        if line.arrived_at is None:
            return "–"
        local = line.arrived_at.astimezone(self._zone)
        event = self._attendance.event
        if event.starts_on == event.ends_on == local.date():
            return f"{local:%H:%M}"
        return f"{local.day} {_MONTHS[local.month - 1][:3]} {local:%H:%M}"

    def _draw_head(self, page: Page) -> float:
        event = self._attendance.event
        page.text(event.name, MARGIN_MM, 22, 16, bold=True, width_mm=PAGE_WIDTH_MM - 2 * MARGIN_MM)
        where = ", ".join(filter(None, (event.venue, event.city)))
        page.text(
            " · ".join(filter(None, (_days(event), where))),
            MARGIN_MM,
            28.5,
            9.5,
            colour=GREY,
            width_mm=PAGE_WIDTH_MM - 2 * MARGIN_MM,
        )
        page.text(
            f"Attendance: {self._attendance.list_name}", MARGIN_MM, 38, 11, bold=True, width_mm=120
        )
        page.text_right(
            f"{self._arrived:,} of {len(self._lines):,} arrived", PAGE_WIDTH_MM - MARGIN_MM, 38, 11
        )
        return _FIRST_TABLE_TOP_MM

    def _draw_running_head(self, page: Page) -> float:
        text = f"{self._attendance.event.name} · {self._attendance.list_name}"
        page.text(text, MARGIN_MM, 17, 8, colour=GREY, width_mm=PAGE_WIDTH_MM - 2 * MARGIN_MM)
        return _NEXT_TABLE_TOP_MM

    def _draw_headings(self, page: Page, top_mm: float) -> float:
        baseline_mm = top_mm + 3.4
        for column in self._columns:
            if column.is_right_aligned:
                right_mm = column.left_mm + column.width_mm
                page.text_right(column.heading, right_mm, baseline_mm, _HEADING_PT, bold=True)
            else:
                page.text(column.heading, column.left_mm, baseline_mm, _HEADING_PT, bold=True)
        page.rule(MARGIN_MM, PAGE_WIDTH_MM - MARGIN_MM, top_mm + 5.2)
        return top_mm + _HEADING_ROW_MM

    def _draw_row(self, page: Page, row: _Row, top_mm: float, *, is_tinted: bool) -> None:
        if is_tinted:
            left_mm, width_mm = MARGIN_MM - 1.5, PAGE_WIDTH_MM - 2 * MARGIN_MM + 3
            page.tint(left_mm, top_mm, width_mm, row.height_mm, FAINT)
        colour = INK if row.has_arrived else GREY
        for column, texts in zip(self._columns, row.cells, strict=True):
            baseline_mm = top_mm + _ROW_PADDING_MM / 2 + 2.9
            for text in texts:
                if column.is_right_aligned:
                    right_mm = column.left_mm + column.width_mm
                    page.text_right(text, right_mm, baseline_mm, _TEXT_PT, colour=colour)
                else:
                    page.text(text, column.left_mm, baseline_mm, _TEXT_PT, colour=colour)
                baseline_mm += _LINE_MM

    def _totals_height_mm(self) -> float:
        return 8 + 7 + (len(self._totals) + 1) * 5.0

    def _draw_totals(self, page: Page, top_mm: float) -> None:
        right_mm = PAGE_WIDTH_MM - MARGIN_MM
        columns_mm = (MARGIN_MM + 118, MARGIN_MM + 150, right_mm)
        page.text("By category", MARGIN_MM + 65, top_mm + 3.4, _HEADING_PT, bold=True)
        for heading, edge_mm in zip(("Registered", "Arrived", "Missing"), columns_mm, strict=True):
            page.text_right(heading, edge_mm, top_mm + 3.4, _HEADING_PT, bold=True)
        page.rule(MARGIN_MM + 65, right_mm, top_mm + 5.2)
        top_mm += 7
        for category, registered, arrived in (
            *self._totals,
            ("All", len(self._lines), self._arrived),
        ):
            bold = category == "All"
            page.text(category, MARGIN_MM + 65, top_mm + 2.9, _TEXT_PT, bold=bold, width_mm=42)
            figures = (registered, arrived, registered - arrived)
            for figure, edge_mm in zip(figures, columns_mm, strict=True):
                page.text_right(f"{figure:,}", edge_mm, top_mm + 2.9, _TEXT_PT, bold=bold)
            top_mm += 5.0

    def _draw_foot(self, page: Page, number: int) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 10
        taken = self._attendance.as_of.astimezone(self._zone)
        page.text(
            f"As of {_day(taken)}, {taken:%H:%M} ({self._attendance.event.timezone})",
            MARGIN_MM,
            baseline_mm,
            7.5,
            colour=GREY,
        )
        right_mm = PAGE_WIDTH_MM - MARGIN_MM
        text = f"Page {number:,} of {self.page_count:,}"
        page.text_right(text, right_mm, baseline_mm, 7.5, colour=GREY)


def _totals_by_category(lines: Sequence[AttendanceLine]) -> Sequence[tuple[str, int, int]]:
    """Category, registered, arrived; the largest first."""
    registered = Counter(line.category or "Without category" for line in lines)
    arrived = Counter(line.category or "Without category" for line in lines if line.arrived_at)
    return [(name, count, arrived[name]) for name, count in registered.most_common()]


def _days(event: Event) -> str:
    first, last = event.starts_on, event.ends_on
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
