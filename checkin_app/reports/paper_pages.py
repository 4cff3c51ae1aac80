"""Lays out and draws the pages of the paper list: large, and quick to find a name on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from checkin_app.domain.language.collation import initial, person_sort_key
from checkin_app.domain.language.spoken_dates import day_text, days_text, time_text
from checkin_app.reports.page import (
    GREY,
    INK,
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    Colour,
    Page,
    Typeface,
)
from checkin_app.reports.paper_lines import PaperLine, PaperList

_ZEBRA: Colour = (0.925, 0.935, 0.95)
_WHITE: Colour = (1.0, 1.0, 1.0)
_WARNING: Colour = (0.62, 0.16, 0.08)

_TITLE_PT = 15.0
_LONG_TITLE_PT = 11.5
_NAME_PT = 12.0
_TEXT_PT = 9.0
_CODE_PT = 12.5
_SMALL_PT = 7.5
_INITIALS_PT = 20.0
_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_MM
_CONTENT_MM = _RIGHT_MM - MARGIN_MM
_BOX_MM = 5.2
_NAME_LEFT_MM = MARGIN_MM + 9
_NAME_MM = 71.0
_ORGANISATION_LEFT_MM = _NAME_LEFT_MM + _NAME_MM + 3
_ORGANISATION_MM = 50.0
_TRAY_LEFT_MM = _ORGANISATION_LEFT_MM + _ORGANISATION_MM + 3
_TRAY_MM = 19.0
_FIRST_TOP_MM = 44.0
_NEXT_TOP_MM = 27.0
_BOTTOM_MM = PAGE_HEIGHT_MM - 16.0
_ROW_MM = 8.4
_SECOND_LINE_MM = 4.4
_LETTER_MM = 8.0
_BLANK_ROW_MM = 12.0
_TAB_LEFT_MM = PAGE_WIDTH_MM - 14.0
_TAB_MM = 8.5
_TAB_HEIGHT_MM = 12.0
_NO_LETTER = "#"

_HOW_TO = (
    "Tick who comes, and write the time beside a tick now and then. Afterwards type the codes of"
    " the ticked people under Documents."
)
_BLANK_HOW_TO = "People who are not on the list. Enter them as walk-ins afterwards."


@dataclass(frozen=True, slots=True)
class _Row:
    """A person to tick, or the letter above the people whose names begin with it."""

    letter: str
    line: PaperLine | None
    height_mm: float


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a line in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _PagePlan:
    """The rows of one page."""

    rows: Sequence[_Row]

    @property
    def letters(self) -> tuple[str, str]:
        """The first letter of the page and the last."""
        return (self.rows[0].letter, self.rows[-1].letter) if self.rows else ("", "")


class PaperPages:
    """The paper list being laid out and drawn.

    Attributes:
        page_count: with the page of blank lines at the end.
    """

    def __init__(self, paper: PaperList, typeface: Typeface) -> None:
        self._paper = paper
        self._typeface = typeface
        self._zone = ZoneInfo(paper.event.timezone)
        self._plans = self._paginated()
        self.page_count = len(self._plans) + 1

    def pages(self, canvas: Any) -> Iterator[Page]:
        """Draws one page after the other; each is to be finished before the next is asked for."""
        for number, plan in enumerate(self._plans, 1):
            page = Page(canvas, self._typeface)
            top_mm = self._draw_head(page, number)
            self._draw_letters(page, number, plan)
            for place, row in enumerate(plan.rows):
                if row.line is None:
                    self._draw_letter(page, row.letter, top_mm)
                else:
                    self._draw_line(page, row, row.line, top_mm, is_tinted=place % 2 == 0)
                top_mm += row.height_mm
            if not plan.rows:
                page.text("Nobody is expected.", MARGIN_MM, top_mm + 6, _TEXT_PT, colour=GREY)
            self._draw_foot(page, number)
            yield page
        yield self._blank_page(Page(canvas, self._typeface))

    def _rows(self) -> Iterator[_Row]:
        language = self._paper.event.language
        lines = sorted(
            self._paper.lines,
            key=lambda line: person_sort_key(line.last_name, line.first_name, language),
        )
        letter = ""
        for line in lines:
            own = initial(line.last_name or line.first_name, language) or _NO_LETTER
            if own != letter:
                letter = own
                yield _Row(letter, None, _LETTER_MM)
            yield _Row(letter, line, self._height_mm(line))

    def _height_mm(self, line: PaperLine) -> float:
        lines = max(
            len(self._name_lines(line)) + len(self._attention_lines(line)),
            len(self._organisation_lines(line)),
            len(self._where_lines(line)),
        )
        return _ROW_MM + (lines - 1) * _SECOND_LINE_MM

    def _paginated(self) -> Sequence[_PagePlan]:
        """A letter is never left alone at the end of a page."""
        rows = list(self._rows())
        plans: list[list[_Row]] = [[]]
        top_mm = _FIRST_TOP_MM
        for place, row in enumerate(rows):
            follower = rows[place + 1].height_mm if row.line is None else 0.0
            if top_mm + row.height_mm + follower > _BOTTOM_MM and plans[-1]:
                plans.append([])
                top_mm = _NEXT_TOP_MM
            plans[-1].append(row)
            top_mm += row.height_mm
        return [_PagePlan(page_rows) for page_rows in plans]

    def _name_lines(self, line: PaperLine) -> Sequence[Sequence[_Run]]:
        """Last and first name on one line, or, where that is too narrow, on lines of their own."""
        last, first = (self._typeface.drawable(t) for t in (line.last_name, line.first_name))
        if last and first:
            together = [_Run(last, bold=True), _Run(f", {first}")]
            if sum(map(self._width_mm, together)) <= _NAME_MM:
                return [together]
        lasts = self._typeface.wrapped(last or first, _NAME_PT, _NAME_MM, 2, bold=True)
        firsts = self._typeface.wrapped(first, _NAME_PT, _NAME_MM, 1) if last and first else []
        return [[_Run(text, bold=True)] for text in lasts] + [[_Run(text)] for text in firsts]

    def _width_mm(self, run: _Run) -> float:
        return self._typeface.width_mm(run.text, _NAME_PT, bold=run.bold)

    def _attention_lines(self, line: PaperLine) -> Sequence[str]:
        if not line.attention:
            return []
        return self._typeface.wrapped(f"! {line.attention}", _TEXT_PT, _NAME_MM, 4, bold=True)

    def _organisation_lines(self, line: PaperLine) -> Sequence[str]:
        return self._typeface.wrapped(line.organisation, _TEXT_PT, _ORGANISATION_MM, 2)

    def _draw_head(self, page: Page, number: int) -> float:
        event = self._paper.event
        if number > 1:
            page.pair(event.name, self._paper.list_name, MARGIN_MM, 18, 8, _CONTENT_MM - 45)
            return _NEXT_TOP_MM
        room_mm = _CONTENT_MM - 45
        names = self._typeface.wrapped(event.name, _TITLE_PT, room_mm, 1, bold=True)
        if names[0] != self._typeface.drawable(event.name):
            names = self._typeface.wrapped(event.name, _LONG_TITLE_PT, room_mm, 2, bold=True)
        for place, text in enumerate(reversed(names)):
            size_pt = _TITLE_PT if len(names) == 1 else _LONG_TITLE_PT
            page.text(text, MARGIN_MM, 20 - place * 5, size_pt, bold=True)
        people = len(self._paper.lines)
        about = (
            f"Paper list: {self._paper.list_name}",
            days_text(event.starts_on, event.ends_on),
            f"{people:,} {'person' if people == 1 else 'people'}",
        )
        page.text(" · ".join(about), MARGIN_MM, 27, 9.5, bold=True, width_mm=_CONTENT_MM)
        texts = self._typeface.wrapped(_HOW_TO, _TEXT_PT, _CONTENT_MM, 2)
        for place, text in enumerate(texts):
            page.text(text, MARGIN_MM, 33.5 + place * 4.4, _TEXT_PT, colour=GREY)
        return _FIRST_TOP_MM

    def _draw_letters(self, page: Page, number: int, plan: _PagePlan) -> None:
        """What letters the page holds, at its head and on a tab that tells pages in a pile."""
        first, last = plan.letters
        if not first:
            return
        text = first if first == last else f"{first} – {last}"
        page.text_right(text, _RIGHT_MM, 20, _INITIALS_PT, bold=True)
        room_mm = _BOTTOM_MM - _NEXT_TOP_MM - _TAB_HEIGHT_MM
        top_mm = _NEXT_TOP_MM + room_mm * (number - 1) / max(1, len(self._plans) - 1)
        page.tint(_TAB_LEFT_MM, top_mm, _TAB_MM, _TAB_HEIGHT_MM, INK)
        width_mm = self._typeface.width_mm(self._typeface.drawable(first), 13, bold=True)
        left_mm = _TAB_LEFT_MM + (_TAB_MM - width_mm) / 2
        page.text(first, left_mm, top_mm + 7.6, 13, bold=True, colour=_WHITE)

    def _draw_letter(self, page: Page, letter: str, top_mm: float) -> None:
        page.text(letter, _NAME_LEFT_MM, top_mm + 6, 13, bold=True)
        page.rule(MARGIN_MM, _RIGHT_MM, top_mm + _LETTER_MM - 0.4)

    def _draw_line(
        self, page: Page, row: _Row, line: PaperLine, top_mm: float, *, is_tinted: bool
    ) -> None:
        if is_tinted:
            page.tint(MARGIN_MM - 2, top_mm, _CONTENT_MM + 4, row.height_mm, _ZEBRA)
        box_top_mm = top_mm + (_ROW_MM - _BOX_MM) / 2
        page.tint(MARGIN_MM, box_top_mm, _BOX_MM, _BOX_MM, _WHITE)
        page.outline(MARGIN_MM, box_top_mm, _BOX_MM, _BOX_MM, 1.1)
        colour = INK
        if line.arrived_at is not None:
            colour = GREY
            page.tick(MARGIN_MM, box_top_mm, _BOX_MM)
        baseline_mm = top_mm + 5.7
        self._draw_name(page, line, baseline_mm, colour)
        for place, text in enumerate(self._organisation_lines(line)):
            below_mm = baseline_mm + place * _SECOND_LINE_MM
            page.text(text, _ORGANISATION_LEFT_MM, below_mm, _TEXT_PT, colour=colour)
        for place, text in enumerate(self._where_lines(line)):
            below_mm = baseline_mm + place * _SECOND_LINE_MM
            page.text(text, _TRAY_LEFT_MM, below_mm, _TEXT_PT, colour=colour)
        page.text_right(line.short_code, _RIGHT_MM, baseline_mm, _CODE_PT, bold=True, colour=colour)

    def _draw_name(self, page: Page, line: PaperLine, baseline_mm: float, colour: Colour) -> None:
        for place, runs in enumerate(self._name_lines(line)):
            baseline_mm += _SECOND_LINE_MM if place else 0.0
            left_mm = _NAME_LEFT_MM
            for run in runs:
                page.text(run.text, left_mm, baseline_mm, _NAME_PT, bold=run.bold, colour=colour)
                left_mm += self._width_mm(run)
        for text in self._attention_lines(line):
            baseline_mm += _SECOND_LINE_MM
            page.text(text, _NAME_LEFT_MM, baseline_mm, _TEXT_PT, bold=True, colour=_WARNING)

    def _where_lines(self, line: PaperLine) -> Sequence[str]:
        """The tray; of somebody who has come already, when."""
        if line.arrived_at is None:
            return self._typeface.wrapped(line.tray, _TEXT_PT, _TRAY_MM, 4)
        local = line.arrived_at.astimezone(self._zone)
        return [f"in {time_text(local)}"]

    def _blank_page(self, page: Page) -> Page:
        """Lines for people who are not on the list."""
        name = self._paper.event.name
        page.text(name, MARGIN_MM, 18, 8, colour=GREY, width_mm=_CONTENT_MM)
        page.text("Not on the list", MARGIN_MM, 27, _TITLE_PT, bold=True)
        page.text(_BLANK_HOW_TO, MARGIN_MM, 33, _TEXT_PT, colour=GREY)
        edges_mm = (_NAME_LEFT_MM, MARGIN_MM + 68, MARGIN_MM + 118, _RIGHT_MM - 15)
        headings = ("First and last name", "Organisation", "E-mail", "Time")
        for heading, left_mm in zip(headings, edges_mm, strict=True):
            page.text(heading, left_mm, 42, _SMALL_PT, bold=True)
        top_mm = 45.0
        while top_mm + _BLANK_ROW_MM <= _BOTTOM_MM:
            bottom_mm = top_mm + _BLANK_ROW_MM - 1.5
            page.outline(MARGIN_MM, bottom_mm - _BOX_MM, _BOX_MM, _BOX_MM, 1.1)
            for left_mm, right_mm in zip(edges_mm, (*edges_mm[1:], _RIGHT_MM + 3), strict=True):
                page.rule(left_mm, right_mm - 3, bottom_mm)
            top_mm += _BLANK_ROW_MM
        self._draw_foot(page, self.page_count)
        return page

    def _draw_foot(self, page: Page, number: int) -> None:
        baseline_mm = PAGE_HEIGHT_MM - 9
        made = self._paper.as_of.astimezone(self._zone)
        text = f"List of {day_text(made)}, {time_text(made)} ({self._paper.event.timezone})"
        page.text(text, MARGIN_MM, baseline_mm, _SMALL_PT, colour=GREY)
        which = f"Page {number:,} of {self.page_count:,}"
        page.text_right(which, _RIGHT_MM, baseline_mm, _SMALL_PT, colour=GREY)
