"""Lays out and draws the pages of the attendance list.

Lines → wrapped to their columns → cut into pages → drawn one page after the other, so that a
list of 100,000 people takes time and memory in proportion and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from checkin_app.domain.search_text import sort_key
from checkin_app.domain.spoken_dates import day_text, days_text, time_text
from checkin_app.reports.attendance_list import AttendanceLine, AttendanceList
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

_TITLE_PT = 16.0
_SUBTITLE_PT = 9.5
_LIST_NAME_PT = 11.0
_TEXT_PT = 8.5
_HEADING_PT = 7.5
_FOOT_PT = 7.5
_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_MM
_CONTENT_MM = _RIGHT_MM - MARGIN_MM
_TITLE_BASELINE_MM = 22.0
_TITLE_LINE_MM = 7.0
_NEXT_TABLE_TOP_MM = 24.0
_TABLE_BOTTOM_MM = PAGE_HEIGHT_MM - 17.0
_HEADING_ROW_MM = 6.0
_LINE_MM = 3.7
_ROW_PADDING_MM = 1.7
_BASELINE_MM = 2.9
_MOST_LINES_IN_CELL = 4
_TOTALS_LEFT_MM = MARGIN_MM + 55
_TOTALS_GAP_MM = 8.0
_TOTALS_ROW_MM = 5.0
_MOST_CATEGORIES = 30
_CELLS_REMEMBERED = 20_000


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
    has_totals: bool = False


@dataclass(frozen=True, slots=True)
class _Total:
    """How many people of one category are registered and have arrived."""

    category: str
    registered: int
    arrived: int


_TOTALS_HEADINGS = ("Registered", "Arrived", "Missing")
_TOTALS_EDGES_MM = (MARGIN_MM + 125, MARGIN_MM + 150, _RIGHT_MM)


class AttendancePages:
    """The attendance list being laid out and drawn.

    Attributes:
        page_count: known before the first page is drawn.
    """

    def __init__(self, attendance: AttendanceList, typeface: Typeface) -> None:
        self.typeface = typeface
        # Every cell is wrapped twice, for the page breaks and for drawing, and many are alike.
        self._wrapped = lru_cache(maxsize=_CELLS_REMEMBERED)(typeface.wrapped)
        self._attendance = attendance
        self._arrived = attendance.arrived
        self._lines = sorted(
            attendance.lines, key=lambda line: sort_key(line.last_name, line.first_name)
        )
        self._zone = ZoneInfo(attendance.event.timezone)
        self._columns = (
            _Column("Name", MARGIN_MM, 52, lambda line: line.name),
            _Column("Organisation", MARGIN_MM + 55, 70, lambda line: line.organisation),
            _Column("Category", MARGIN_MM + 128, 30, lambda line: line.category),
            _Column("Arrived", _RIGHT_MM - 18, 18, self._arrival, is_right_aligned=True),
        )
        self._totals = _totals_by_category(self._lines)
        name = attendance.event.name
        self._title = typeface.wrapped(name, _TITLE_PT, _CONTENT_MM, 2, bold=True)
        self._first_table_top_mm = _TITLE_BASELINE_MM + len(self._title) * _TITLE_LINE_MM + 17
        self._plans = self._paginated()
        self.page_count = len(self._plans)

    def pages(self, canvas: Any) -> Iterator[Page]:
        """Draws one page after the other; each is to be finished before the next is asked for."""
        for number, plan in enumerate(self._plans, 1):
            page = Page(canvas, self.typeface)
            top_mm = self._draw_head(page) if number == 1 else self._draw_running_head(page)
            if plan.end > plan.first:
                top_mm = self._draw_headings(page, top_mm)
            for place in range(plan.first, plan.end):
                row = self._row(self._lines[place])
                self._draw_row(page, row, top_mm, is_tinted=place % 2 == 1)
                top_mm += row.height_mm
            if plan.has_totals:
                self._draw_totals(page, top_mm + _TOTALS_GAP_MM)
            self._draw_foot(page, number)
            yield page

    def _paginated(self) -> Sequence[_PagePlan]:
        """Which rows stand on which page; the totals follow the last row where there is room."""
        plans = [_PagePlan(0)]
        top_mm = self._first_table_top_mm + _HEADING_ROW_MM
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
            self._wrapped(column.text(line), _TEXT_PT, column.width_mm, _MOST_LINES_IN_CELL)
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
        return time_text(local, with_day=not event.starts_on == event.ends_on == local.date())

    def _draw_head(self, page: Page) -> float:
        """Draws event and list, and returns where the table begins."""
        event = self._attendance.event
        baseline_mm = _TITLE_BASELINE_MM
        for text in self._title:
            page.text(text, MARGIN_MM, baseline_mm, _TITLE_PT, bold=True)
            baseline_mm += _TITLE_LINE_MM
        when_and_where = (
            days_text(event.starts_on, event.ends_on),
            ", ".join(filter(None, (event.venue, event.city))),
        )
        subtitle = " · ".join(filter(None, when_and_where))
        page.text(
            subtitle, MARGIN_MM, baseline_mm - 0.5, _SUBTITLE_PT, colour=GREY, width_mm=_CONTENT_MM
        )
        baseline_mm += 9
        list_name = f"Attendance: {self._attendance.list_name}"
        page.text(list_name, MARGIN_MM, baseline_mm, _LIST_NAME_PT, bold=True, width_mm=120)
        figures = f"{self._arrived:,} of {len(self._lines):,} arrived"
        page.text_right(figures, _RIGHT_MM, baseline_mm, _LIST_NAME_PT)
        return self._first_table_top_mm

    def _draw_running_head(self, page: Page) -> float:
        text = f"{self._attendance.event.name} · {self._attendance.list_name}"
        page.text(text, MARGIN_MM, 17, 8, colour=GREY, width_mm=_CONTENT_MM)
        return _NEXT_TABLE_TOP_MM

    def _draw_headings(self, page: Page, top_mm: float) -> float:
        baseline_mm = top_mm + 3.4
        for column in self._columns:
            if column.is_right_aligned:
                right_mm = column.left_mm + column.width_mm
                page.text_right(column.heading, right_mm, baseline_mm, _HEADING_PT, bold=True)
            else:
                page.text(column.heading, column.left_mm, baseline_mm, _HEADING_PT, bold=True)
        page.rule(MARGIN_MM, _RIGHT_MM, top_mm + 5.2)
        return top_mm + _HEADING_ROW_MM

    def _draw_row(self, page: Page, row: _Row, top_mm: float, *, is_tinted: bool) -> None:
        if is_tinted:
            left_mm, width_mm = MARGIN_MM - 1.5, _CONTENT_MM + 3
            page.tint(left_mm, top_mm, width_mm, row.height_mm, FAINT)
        colour = INK if row.has_arrived else GREY
        for column, texts in zip(self._columns, row.cells, strict=True):
            baseline_mm = top_mm + _ROW_PADDING_MM / 2 + _BASELINE_MM
            for text in texts:
                if column.is_right_aligned:
                    right_mm = column.left_mm + column.width_mm
                    page.text_right(text, right_mm, baseline_mm, _TEXT_PT, colour=colour)
                else:
                    page.text(text, column.left_mm, baseline_mm, _TEXT_PT, colour=colour)
                baseline_mm += _LINE_MM

    def _totals_height_mm(self) -> float:
        return _TOTALS_GAP_MM + _HEADING_ROW_MM + (len(self._totals) + 1) * _TOTALS_ROW_MM

    def _draw_totals(self, page: Page, top_mm: float) -> None:
        baseline_mm = top_mm + 3.4
        page.text("By category", _TOTALS_LEFT_MM, baseline_mm, _HEADING_PT, bold=True)
        for heading, edge_mm in zip(_TOTALS_HEADINGS, _TOTALS_EDGES_MM, strict=True):
            page.text_right(heading, edge_mm, baseline_mm, _HEADING_PT, bold=True)
        page.rule(_TOTALS_LEFT_MM, _RIGHT_MM, top_mm + 5.2)
        top_mm += _HEADING_ROW_MM
        for total in self._totals:
            self._draw_total(page, total, top_mm)
            top_mm += _TOTALS_ROW_MM
        everybody = _Total("All", len(self._lines), self._arrived)
        self._draw_total(page, everybody, top_mm, bold=True)

    def _draw_total(self, page: Page, total: _Total, top_mm: float, *, bold: bool = False) -> None:
        baseline_mm = top_mm + _ROW_PADDING_MM / 2 + _BASELINE_MM
        page.text(total.category, _TOTALS_LEFT_MM, baseline_mm, _TEXT_PT, bold=bold, width_mm=45)
        figures = (total.registered, total.arrived, total.registered - total.arrived)
        for figure, edge_mm in zip(figures, _TOTALS_EDGES_MM, strict=True):
            page.text_right(f"{figure:,}", edge_mm, baseline_mm, _TEXT_PT, bold=bold)

    def _draw_foot(self, page: Page, number: int) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 10
        taken = self._attendance.as_of.astimezone(self._zone)
        zone = self._attendance.event.timezone
        as_of = f"As of {day_text(taken)}, {time_text(taken)} ({zone})"
        page.text(as_of, MARGIN_MM, baseline_mm, _FOOT_PT, colour=GREY)
        which = f"Page {number:,} of {self.page_count:,}"
        page.text_right(which, _RIGHT_MM, baseline_mm, _FOOT_PT, colour=GREY)


def _totals_by_category(lines: Sequence[AttendanceLine]) -> Sequence[_Total]:
    """The largest first; the many small ones of a list with odd categories together."""
    registered = Counter(line.category or "Without category" for line in lines)
    arrived = Counter(line.category or "Without category" for line in lines if line.arrived_at)
    totals = [_Total(name, count, arrived[name]) for name, count in registered.most_common()]
    shown, others = totals[:_MOST_CATEGORIES], totals[_MOST_CATEGORIES:]
    if others:
        rest = (sum(total.registered for total in others), sum(total.arrived for total in others))
        shown.append(_Total(f"{len(others):,} other categories", *rest))
    return shown
