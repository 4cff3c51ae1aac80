"""Lays out and draws the pages of a list of people.

Lines → wrapped to their columns → cut into pages → drawn one page after the other, so that a
list of 100,000 people takes time and memory in proportion and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from checkin_app.domain.language.spoken_dates import day_text, days_text, time_text
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
from checkin_app.reports.table import Column, Line, Table, Totals

_TITLE_PT = 16.0
_SUBTITLE_PT = 9.5
_HEADING_PT = 11.0
_TEXT_PT = 8.5
_SMALL_PT = 7.5
_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_MM
_CONTENT_MM = _RIGHT_MM - MARGIN_MM
_COLUMN_GAP_MM = 3.0
_TITLE_BASELINE_MM = 22.0
_TITLE_LINE_MM = 7.0
_HEADING_LINE_MM = 5.0
_NEXT_TABLE_TOP_MM = 24.0
_TABLE_BOTTOM_MM = PAGE_HEIGHT_MM - 17.0
_HEADING_ROW_MM = 6.0
_LINE_MM = 3.7
_ROW_PADDING_MM = 1.7
_BASELINE_MM = 2.9
_MOST_LINES_IN_CELL = 6
_MOST_TITLE_LINES = 3
_SIGNATURE_LINE_MM = 1.6
_TOTALS_LEFT_MM = MARGIN_MM + 55
_TOTALS_GAP_MM = 8.0
_TOTALS_ROW_MM = 5.0
_TOTALS_EDGES_MM = (MARGIN_MM + 125, MARGIN_MM + 150, _RIGHT_MM)
_SIGNED_HEIGHT_MM = 30.0
_CELLS_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the list, wrapped. ``cells`` holds the lines of text of each column."""

    cells: Sequence[Sequence[str]]
    is_faint: bool
    height_mm: float


@dataclass(slots=True)
class _PagePlan:
    """The rows of one page."""

    first: int
    end: int = 0
    has_foot: bool = False


class TablePages:
    """A list of people being laid out and drawn.

    Args:
        pages_before: pages of the lists before this one in the same file.

    Attributes:
        page_count: known before the first page is drawn.
    """

    def __init__(self, table: Table, typeface: Typeface, pages_before: int = 0) -> None:
        # Every cell is wrapped twice, for the page breaks and for drawing, and many are alike.
        self._wrapped = lru_cache(maxsize=_CELLS_REMEMBERED)(typeface.wrapped)
        self._typeface = typeface
        self._table = table
        self._pages_before = pages_before
        self._lefts_mm = _left_edges_mm(table.columns)
        self._title = typeface.wrapped(
            table.event.name, _TITLE_PT, _CONTENT_MM, _MOST_TITLE_LINES, bold=True
        )
        figures_mm = typeface.width_mm(table.figures, _HEADING_PT) + _COLUMN_GAP_MM
        self._heading = typeface.wrapped(
            table.heading, _HEADING_PT, _CONTENT_MM - figures_mm, _MOST_TITLE_LINES, bold=True
        )
        self._first_table_top_mm = (
            _TITLE_BASELINE_MM
            + len(self._title) * _TITLE_LINE_MM
            + (len(self._heading) - 1) * _HEADING_LINE_MM
            + 17
        )
        self._plans = self._paginated()
        self.page_count = len(self._plans)

    def pages(self, canvas: Any, page_count: int) -> Iterator[Page]:
        """Draws one page after the other; each is to be finished before the next is asked for.

        Args:
            page_count: pages of the whole file.
        """
        for number, plan in enumerate(self._plans, 1):
            page = Page(canvas, self._typeface)
            top_mm = self._draw_head(page) if number == 1 else self._draw_running_head(page)
            if plan.end > plan.first:
                top_mm = self._draw_headings(page, top_mm)
            elif not self._table.lines:
                page.text(self._table.nobody, MARGIN_MM, top_mm + 4, _TEXT_PT, colour=GREY)
                top_mm += _HEADING_ROW_MM
            for place in range(plan.first, plan.end):
                row = self._row(self._table.lines[place])
                self._draw_row(page, row, top_mm, is_tinted=place % 2 == 1)
                top_mm += row.height_mm
            if plan.has_foot:
                self._draw_foot_of_list(page, top_mm)
            self._draw_foot(page, f"Page {self._pages_before + number:,} of {page_count:,}")
            yield page

    def _paginated(self) -> Sequence[_PagePlan]:
        """Which rows stand on which page; what ends the list follows where there is room."""
        lines = self._table.lines
        plans = [_PagePlan(0)]
        top_mm = self._first_table_top_mm + _HEADING_ROW_MM
        for place, line in enumerate(lines):
            height_mm = self._row(line).height_mm
            if top_mm + height_mm > _TABLE_BOTTOM_MM:
                plans[-1].end = place
                plans.append(_PagePlan(place))
                top_mm = _NEXT_TABLE_TOP_MM + _HEADING_ROW_MM
            top_mm += height_mm
        plans[-1].end = len(lines)
        if top_mm + self._foot_of_list_mm() > _TABLE_BOTTOM_MM:
            plans.append(_PagePlan(len(lines), len(lines)))
        plans[-1].has_foot = True
        return plans

    def _row(self, line: Line) -> _Row:
        cells = [
            self._wrapped(text, _TEXT_PT, column.width_mm, _MOST_LINES_IN_CELL)
            for column, text in zip(self._table.columns, line.cells, strict=True)
        ]
        height_mm = max(map(len, cells)) * _LINE_MM + _ROW_PADDING_MM
        return _Row(cells, line.is_faint, max(height_mm, self._table.row_mm))

    def _draw_head(self, page: Page) -> float:
        """Draws event and list, and returns where the table begins."""
        event = self._table.event
        baseline_mm = _TITLE_BASELINE_MM
        for text in self._title:
            page.text(text, MARGIN_MM, baseline_mm, _TITLE_PT, bold=True)
            baseline_mm += _TITLE_LINE_MM
        place = ", ".join(filter(None, (event.venue, event.city)))
        subtitle = " · ".join(filter(None, (days_text(event.starts_on, event.ends_on), place)))
        page.text(
            subtitle, MARGIN_MM, baseline_mm - 0.5, _SUBTITLE_PT, colour=GREY, width_mm=_CONTENT_MM
        )
        baseline_mm += 9
        page.text_right(self._table.figures, _RIGHT_MM, baseline_mm, _HEADING_PT)
        for text in self._heading:
            page.text(text, MARGIN_MM, baseline_mm, _HEADING_PT, bold=True)
            baseline_mm += _HEADING_LINE_MM
        return self._first_table_top_mm

    def _draw_running_head(self, page: Page) -> float:
        page.pair(self._table.event.name, self._table.heading, MARGIN_MM, 17, 8, _CONTENT_MM)
        return _NEXT_TABLE_TOP_MM

    def _draw_headings(self, page: Page, top_mm: float) -> float:
        baseline_mm = top_mm + 3.4
        for column, left_mm in zip(self._table.columns, self._lefts_mm, strict=True):
            if column.is_right_aligned:
                right_mm = left_mm + column.width_mm
                page.text_right(column.heading, right_mm, baseline_mm, _SMALL_PT, bold=True)
            else:
                page.text(column.heading, left_mm, baseline_mm, _SMALL_PT, bold=True)
        page.rule(MARGIN_MM, _RIGHT_MM, top_mm + 5.2)
        return top_mm + _HEADING_ROW_MM

    def _draw_row(self, page: Page, row: _Row, top_mm: float, *, is_tinted: bool) -> None:
        if is_tinted:
            left_mm, width_mm = MARGIN_MM - 1.5, _CONTENT_MM + 3
            page.tint(left_mm, top_mm, width_mm, row.height_mm, FAINT)
        colour = GREY if row.is_faint else INK
        text_mm = max(map(len, row.cells)) * _LINE_MM
        first_mm = top_mm + (row.height_mm - text_mm) / 2 + _BASELINE_MM
        for column, left_mm, texts in zip(
            self._table.columns, self._lefts_mm, row.cells, strict=True
        ):
            right_mm, baseline_mm = left_mm + column.width_mm, first_mm
            if column.is_signature:
                page.rule(left_mm, right_mm, top_mm + row.height_mm - _SIGNATURE_LINE_MM)
            for text in texts:
                if column.is_right_aligned:
                    page.text_right(text, right_mm, baseline_mm, _TEXT_PT, colour=colour)
                else:
                    page.text(text, left_mm, baseline_mm, _TEXT_PT, colour=colour)
                baseline_mm += _LINE_MM

    def _foot_of_list_mm(self) -> float:
        """The height of what follows the last line."""
        height_mm = _SIGNED_HEIGHT_MM if self._table.is_signed else 0.0
        if self._table.totals:
            rows = len(self._table.totals.rows)
            height_mm += _TOTALS_GAP_MM + _HEADING_ROW_MM + rows * _TOTALS_ROW_MM
        return height_mm

    def _draw_foot_of_list(self, page: Page, top_mm: float) -> None:
        if self._table.totals:
            top_mm = self._draw_totals(page, self._table.totals, top_mm + _TOTALS_GAP_MM)
        if self._table.is_signed:
            self._draw_organiser_signs(page, top_mm + _SIGNED_HEIGHT_MM)

    def _draw_totals(self, page: Page, totals: Totals, top_mm: float) -> float:
        baseline_mm = top_mm + 3.4
        page.text(totals.heading, _TOTALS_LEFT_MM, baseline_mm, _SMALL_PT, bold=True)
        for heading, edge_mm in zip(totals.columns, _TOTALS_EDGES_MM, strict=True):
            page.text_right(heading, edge_mm, baseline_mm, _SMALL_PT, bold=True)
        page.rule(_TOTALS_LEFT_MM, _RIGHT_MM, top_mm + 5.2)
        top_mm += _HEADING_ROW_MM
        for place, (name, figures) in enumerate(totals.rows, 1):
            baseline_mm = top_mm + _ROW_PADDING_MM / 2 + _BASELINE_MM
            bold = place == len(totals.rows)
            page.text(name, _TOTALS_LEFT_MM, baseline_mm, _TEXT_PT, bold=bold, width_mm=45)
            for figure, edge_mm in zip(figures, _TOTALS_EDGES_MM, strict=True):
                page.text_right(f"{figure:,}", edge_mm, baseline_mm, _TEXT_PT, bold=bold)
            top_mm += _TOTALS_ROW_MM
        return top_mm

    def _draw_organiser_signs(self, page: Page, bottom_mm: float) -> None:
        baseline_mm = bottom_mm - 4
        labels = ("For the organiser: name", "Place and date", "Signature")
        width_mm = (_CONTENT_MM - 2 * _COLUMN_GAP_MM) / len(labels)
        for place, label in enumerate(labels):
            left_mm = MARGIN_MM + place * (width_mm + _COLUMN_GAP_MM)
            page.rule(left_mm, left_mm + width_mm, baseline_mm - 3.5)
            page.text(label, left_mm, baseline_mm, _SMALL_PT, colour=GREY)

    def _draw_foot(self, page: Page, which: str) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 10
        zone = self._table.event.timezone
        taken = self._table.as_of.astimezone(ZoneInfo(zone))
        as_of = f"As of {day_text(taken)}, {time_text(taken)} ({zone})"
        page.text(as_of, MARGIN_MM, baseline_mm, _SMALL_PT, colour=GREY)
        page.text_right(which, _RIGHT_MM, baseline_mm, _SMALL_PT, colour=GREY)


def _left_edges_mm(columns: Sequence[Column]) -> Sequence[float]:
    edges_mm, left_mm = [], MARGIN_MM
    for column in columns:
        edges_mm.append(left_mm)
        left_mm += column.width_mm + _COLUMN_GAP_MM
    return edges_mm
