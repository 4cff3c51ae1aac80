"""The numbers as a document (A4): one page of charts, then every figure in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checkin_app.domain.dashboard import Dashboard
from checkin_app.domain.spoken_dates import days_text
from checkin_app.reports.charts.contents import Content
from checkin_app.reports.dashboard_cards import (
    Cards,
    Translate,
    as_of_text,
    cards_of,
    list_name,
)
from checkin_app.reports.dashboard_tables import NumbersTable, tables_of
from checkin_app.reports.page import (
    FAINT,
    GREY,
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    POINTS_PER_MM,
    Page,
    Typeface,
)
from checkin_app.whole_file import whole_file

_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_MM
_CONTENT_MM = _RIGHT_MM - MARGIN_MM
_TITLE_PT, _SUBTITLE_PT, _LIST_NAME_PT = 16.0, 9.5, 11.0
_TITLE_BASELINE_MM, _TITLE_LINE_MM = 22.0, 7.0
_CHART_UNIT_PT = 8.5
_GAP_MM = 3.0
_BOTTOM_MM = PAGE_HEIGHT_MM - 17.0
_NEXT_TOP_MM = 24.0
_TABLE_TITLE_PT, _TEXT_PT, _HEADING_PT, _FOOT_PT = 10.5, 8.5, 7.5, 7.5
_TITLE_ROW_MM, _HEADING_ROW_MM, _ROW_MM, _NOTE_LINE_MM, _TABLE_GAP_MM = 7.0, 5.5, 5.0, 4.0, 7.0
_FIGURE_COLUMN_MM = 22.0
_LEAST_ROWS = 3
"""Of a table at the foot of a page; with room for fewer it begins on the next."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a chart stands on the first page, from the lower edge of its head."""

    card: str
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


def _first_page_places() -> Iterator[_Place]:
    third = (_CONTENT_MM - 2 * _GAP_MM) / 3
    half = (_CONTENT_MM - _GAP_MM) / 2
    yield _Place("headline", 0, 0, 2 * third + _GAP_MM, 44)
    yield _Place("desks", 2 * (third + _GAP_MM), 0, third, 44)
    yield _Place("arrivals", 0, 47, _CONTENT_MM, 64)
    for number, card in enumerate(("categories", "organisations", "countries")):
        yield _Place(card, number * (third + _GAP_MM), 114, third, 68)
    yield _Place("refusals", 0, 185, half, 42)
    yield _Place("badges", half + _GAP_MM, 185, half, 42)


@dataclass(frozen=True, slots=True)
class _TablePart:
    """Rows of one table on one page; ``is_first``: it begins here."""

    table: NumbersTable
    top_mm: float
    rows: tuple[tuple[str, ...], ...]
    is_first: bool
    is_last: bool


@dataclass(slots=True)
class _PagePlan:
    parts: list[_TablePart] = field(default_factory=list)


def write_dashboard_report(path: Path, dashboard: Dashboard, translate: Translate = str) -> int:
    """Write the PDF, and return its number of pages.

    Raises:
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
    """
    report = _Report(dashboard, Typeface(), translate)
    with whole_file(path) as unfinished:
        canvas = report.typeface.canvas(unfinished, f"{report.title} · {dashboard.event.name}")
        report.draw(canvas)
        # save() leaves the file open when the disk is full, and Windows then keeps it.
        unfinished.write_bytes(canvas.getpdfdata())
    return report.page_count


class _Report:
    """The pages being laid out and drawn."""

    def __init__(self, dashboard: Dashboard, typeface: Typeface, translate: Translate) -> None:
        self.typeface = typeface
        self._dashboard = dashboard
        self._translate = translate
        self.title = translate("Numbers: {list}").format(list=list_name(dashboard, translate))
        self._cards = cards_of(dashboard, translate)
        self._plans = list(_planned(tables_of(dashboard, translate)))
        self.page_count = 1 + len(self._plans)

    def draw(self, canvas: Any) -> None:
        """All pages."""
        page = Page(canvas, self.typeface)
        self._draw_charts(canvas, self._draw_head(page))
        self._draw_foot(page, 1)
        page.finish()
        for number, plan in enumerate(self._plans, 2):
            running = f"{self._dashboard.event.name} · {self.title}"
            page.text(running, MARGIN_MM, 17, 8, colour=GREY, width_mm=_CONTENT_MM)
            for part in plan.parts:
                self._draw_part(page, part)
            self._draw_foot(page, number)
            page.finish()

    def _draw_head(self, page: Page) -> float:
        """Event and list; returns where the charts begin."""
        event, baseline_mm = self._dashboard.event, _TITLE_BASELINE_MM
        for line in self.typeface.wrapped(event.name, _TITLE_PT, _CONTENT_MM, 2, bold=True):
            page.text(line, MARGIN_MM, baseline_mm, _TITLE_PT, bold=True)
            baseline_mm += _TITLE_LINE_MM
        where = ", ".join(filter(None, (event.venue, event.city)))
        when = days_text(event.starts_on, event.ends_on)
        subtitle = " · ".join(filter(None, (when, where)))
        page.text(
            subtitle, MARGIN_MM, baseline_mm - 0.5, _SUBTITLE_PT, colour=GREY, width_mm=_CONTENT_MM
        )
        baseline_mm += 8
        as_of = as_of_text(self._dashboard, self._translate)
        page.text_right(as_of, _RIGHT_MM, baseline_mm, _SUBTITLE_PT, colour=GREY)
        page.text(self.title, MARGIN_MM, baseline_mm, _LIST_NAME_PT, bold=True, width_mm=115)
        return baseline_mm + 4

    def _draw_charts(self, canvas: Any, top_mm: float) -> None:
        from reportlab.graphics import renderPDF

        from checkin_app.reports.charts.chart import draw_chart
        from checkin_app.reports.charts.palette import PAPER
        from checkin_app.reports.charts.surface import Look

        look = Look(PAPER, self.typeface, _CHART_UNIT_PT)
        for place in _first_page_places():
            width_pt, height_pt = place.width_mm * POINTS_PER_MM, place.height_mm * POINTS_PER_MM
            left_pt = (MARGIN_MM + place.left_mm) * POINTS_PER_MM
            bottom_mm = PAGE_HEIGHT_MM - top_mm - place.top_mm - place.height_mm
            canvas.setStrokeColor(PAPER.border)
            canvas.setLineWidth(0.6)
            bottom_pt = bottom_mm * POINTS_PER_MM
            canvas.roundRect(left_pt, bottom_pt, width_pt, height_pt, 6, stroke=1, fill=0)
            chart = draw_chart(_card(self._cards, place), width_pt, height_pt, look)
            renderPDF.draw(chart.drawing, canvas, left_pt, bottom_pt)

    def _draw_part(self, page: Page, part: _TablePart) -> None:
        table, top_mm = part.table, part.top_mm
        title = table.title if part.is_first else f"{table.title} …"
        page.text(title, MARGIN_MM, top_mm + 4.2, _TABLE_TITLE_PT, bold=True)
        top_mm += _TITLE_ROW_MM
        if any(table.heads):
            for head, right_mm in zip(table.heads[1:], _edges(table), strict=True):
                page.text_right(head, right_mm, top_mm + 3, _HEADING_PT, colour=GREY)
        page.rule(MARGIN_MM, _RIGHT_MM, top_mm + 4.6)
        top_mm += _HEADING_ROW_MM
        for number, row in enumerate(part.rows):
            if number % 2:
                page.tint(MARGIN_MM - 1.5, top_mm, _CONTENT_MM + 3, _ROW_MM, FAINT)
            self._draw_row(page, table, row, top_mm + 3.5)
            top_mm += _ROW_MM
        if part.is_last and table.note:
            for line in self._note_lines(table):
                top_mm += _NOTE_LINE_MM
                page.text(line, MARGIN_MM, top_mm, _HEADING_PT, colour=GREY)

    def _draw_row(
        self, page: Page, table: NumbersTable, row: tuple[str, ...], baseline_mm: float
    ) -> None:
        edges = _edges(table)
        name_mm = edges[0] - _FIGURE_COLUMN_MM - MARGIN_MM
        page.text(row[0], MARGIN_MM, baseline_mm, _TEXT_PT, width_mm=name_mm)
        for figure, right_mm in zip(row[1:], edges, strict=True):
            page.text_right(figure, right_mm, baseline_mm, _TEXT_PT)

    def _note_lines(self, table: NumbersTable) -> list[str]:
        return self.typeface.wrapped(table.note, _HEADING_PT, _CONTENT_MM, 3)

    def _draw_foot(self, page: Page, number: int) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 10
        zone = self._dashboard.event.timezone
        as_of = f"{as_of_text(self._dashboard, self._translate)} ({zone})"
        page.text(as_of, MARGIN_MM, baseline_mm, _FOOT_PT, colour=GREY)
        which = self._translate("Page {number} of {count}").format(
            number=number, count=self.page_count
        )
        page.text_right(which, _RIGHT_MM, baseline_mm, _FOOT_PT, colour=GREY)


def _edges(table: NumbersTable) -> list[float]:
    """Where the columns of figures end."""
    columns = len(table.heads) - 1
    return [_RIGHT_MM - (columns - 1 - number) * _FIGURE_COLUMN_MM for number in range(columns)]


def _planned(tables: Iterator[NumbersTable]) -> Iterator[_PagePlan]:
    """Tables one below the other, cut where a page ends."""
    plan, top_mm = _PagePlan(), _NEXT_TOP_MM
    head_mm = _TITLE_ROW_MM + _HEADING_ROW_MM
    for table in tables:
        done = 0
        while done < len(table.rows):
            room = int((_BOTTOM_MM - top_mm - head_mm) / _ROW_MM)
            if room < min(_LEAST_ROWS, len(table.rows) - done):
                yield plan
                plan, top_mm = _PagePlan(), _NEXT_TOP_MM
                continue
            rows = table.rows[done : done + room]
            is_last = done + len(rows) == len(table.rows)
            plan.parts.append(_TablePart(table, top_mm, rows, done == 0, is_last))
            done += len(rows)
            top_mm += head_mm + len(rows) * _ROW_MM + _TABLE_GAP_MM
            if is_last and table.note:
                top_mm += 3 * _NOTE_LINE_MM
    yield plan


def _card(cards: Cards, place: _Place) -> Content:
    content: Content = getattr(cards, place.card)
    return content
