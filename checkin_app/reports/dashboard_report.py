"""The numbers as a document (A4): one page of charts, then every figure in tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checkin_app.domain.dashboard import Dashboard
from checkin_app.domain.language.spoken_dates import days_text
from checkin_app.reports.dashboard_cards import (
    Translate,
    as_of_text,
    cards_of,
    list_name,
)
from checkin_app.reports.dashboard_layout import CardPlace, card_at
from checkin_app.reports.dashboard_tables import tables_of
from checkin_app.reports.numbers_pages import NumbersPages
from checkin_app.reports.page import (
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
_GAP_MM, _FOOT_PT = 3.0, 7.5


def _first_page_places() -> Iterator[CardPlace]:
    """Where each chart stands on the first page, in millimetres, from below its head."""
    third = (_CONTENT_MM - 2 * _GAP_MM) / 3
    half = (_CONTENT_MM - _GAP_MM) / 2
    yield CardPlace("headline", 0, 0, 2 * third + _GAP_MM, 44)
    yield CardPlace("desks", 2 * (third + _GAP_MM), 0, third, 44)
    yield CardPlace("arrivals", 0, 47, _CONTENT_MM, 64)
    for number, card in enumerate(("categories", "organisations", "countries")):
        yield CardPlace(card, number * (third + _GAP_MM), 114, third, 68)
    yield CardPlace("refusals", 0, 185, half, 42)
    yield CardPlace("badges", half + _GAP_MM, 185, half, 42)


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
        self._tables = NumbersPages(tables_of(dashboard, translate), typeface)
        self.page_count = 1 + len(self._tables.pages)

    def draw(self, canvas: Any) -> None:
        """All pages."""
        page = Page(canvas, self.typeface)
        self._draw_charts(canvas, self._draw_head(page))
        self._draw_foot(page, 1)
        page.finish()
        for number, parts in enumerate(self._tables.pages, 2):
            running = f"{self._dashboard.event.name} · {self.title}"
            page.text(running, MARGIN_MM, 17, 8, colour=GREY, width_mm=_CONTENT_MM)
            self._tables.draw(page, parts)
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
            width_pt, height_pt = place.width * POINTS_PER_MM, place.height * POINTS_PER_MM
            left_pt = (MARGIN_MM + place.left) * POINTS_PER_MM
            bottom_mm = PAGE_HEIGHT_MM - top_mm - place.top - place.height
            canvas.setStrokeColor(PAPER.border)
            canvas.setLineWidth(0.6)
            bottom_pt = bottom_mm * POINTS_PER_MM
            canvas.roundRect(left_pt, bottom_pt, width_pt, height_pt, 6, stroke=1, fill=0)
            chart = draw_chart(card_at(self._cards, place), width_pt, height_pt, look)
            renderPDF.draw(chart.drawing, canvas, left_pt, bottom_pt)

    def _draw_foot(self, page: Page, number: int) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 10
        zone = self._dashboard.event.timezone
        as_of = f"{as_of_text(self._dashboard, self._translate)} ({zone})"
        page.text(as_of, MARGIN_MM, baseline_mm, _FOOT_PT, colour=GREY)
        which = self._translate("Page {number} of {count}").format(
            number=number, count=self.page_count
        )
        page.text_right(which, _RIGHT_MM, baseline_mm, _FOOT_PT, colour=GREY)
