"""Lays out the tables of the numbers: one below the other, cut where a page ends, and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checkin_app.reports.dashboard_tables import NumbersTable
from checkin_app.reports.page import (
    FAINT,
    GREY,
    MARGIN_MM,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    Page,
    Typeface,
)

_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_MM
_CONTENT_MM = _RIGHT_MM - MARGIN_MM
_TOP_MM, _BOTTOM_MM = 24.0, PAGE_HEIGHT_MM - 17.0
_TITLE_PT, _TEXT_PT, _SMALL_PT = 10.5, 8.5, 7.5
_TITLE_MM, _HEADS_MM, _RULE_MM, _BETWEEN_MM = 6.5, 4.5, 1.0, 8.0
_LINE_MM, _PADDING_MM, _NOTE_LINE_MM = 3.7, 1.3, 4.0
_FIGURE_MM = 18.0
_MOST_NAME_LINES, _MOST_NOTE_LINES = 2, 3
_LEAST_ROWS = 3
"""Of a table at the foot of a page; with room for fewer it begins on the next."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A name in lines, and figures."""

    lines: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def height_mm(self) -> float:
        return len(self.lines) * _LINE_MM + _PADDING_MM


@dataclass(slots=True)
class TablePart:
    """What one page holds of one table."""

    table: NumbersTable
    top_mm: float
    rows: list[_Row]
    is_first: bool
    note: tuple[str, ...] = ()


class NumbersPages:
    """Tables on pages.

    Attributes:
        pages: what each page holds, from the top.
    """

    def __init__(self, tables: Iterable[NumbersTable], typeface: Typeface) -> None:
        self._typeface = typeface
        self.pages: list[list[TablePart]] = [[]]
        self._top_mm = _TOP_MM
        for table in tables:
            self._place(table)

    def draw(self, page: Page, parts: Iterable[TablePart]) -> None:
        """Draw what a page holds."""
        for part in parts:
            self._draw_part(page, part)

    def _place(self, table: NumbersTable) -> None:
        rows = [self._row(table, row) for row in table.rows]
        note = self._note(table)
        note_mm = len(note) * _NOTE_LINE_MM
        part = self._begin(table, rows[:_LEAST_ROWS], is_first=True)
        for row in rows:
            # The note stays with the last row.
            needed_mm = row.height_mm + (note_mm if row is rows[-1] else 0.0)
            if self._top_mm + needed_mm > _BOTTOM_MM:
                self._turn()
                part = self._begin(table, [row], is_first=False)
            part.rows.append(row)
            self._top_mm += row.height_mm
        part.note = note
        self._top_mm += note_mm + _BETWEEN_MM

    def _begin(self, table: NumbersTable, first: list[_Row], *, is_first: bool) -> TablePart:
        """A table, or its next part, on this page or, if it has no room there, on another."""
        head_mm = _head_mm(table)
        needed_mm = head_mm + sum(row.height_mm for row in first)
        if self.pages[-1] and self._top_mm + needed_mm > _BOTTOM_MM:
            self._turn()
        part = TablePart(table, self._top_mm, [], is_first)
        self.pages[-1].append(part)
        self._top_mm += head_mm
        return part

    def _turn(self) -> None:
        self.pages.append([])
        self._top_mm = _TOP_MM

    def _row(self, table: NumbersTable, row: tuple[str, ...]) -> _Row:
        width_mm = _CONTENT_MM - (len(table.heads) - 1) * _FIGURE_MM
        lines = self._typeface.wrapped(row[0], _TEXT_PT, width_mm, _MOST_NAME_LINES)
        return _Row(tuple(lines), row[1:])

    def _note(self, table: NumbersTable) -> tuple[str, ...]:
        if not table.note:
            return ()
        lines = self._typeface.wrapped(table.note, _SMALL_PT, _CONTENT_MM, _MOST_NOTE_LINES)
        return tuple(lines)

    def _draw_part(self, page: Page, part: TablePart) -> None:
        table, top_mm = part.table, part.top_mm
        title = table.title if part.is_first else f"{table.title} …"
        page.text(title, MARGIN_MM, top_mm + 4.0, _TITLE_PT, bold=True)
        for head, right_mm in zip(table.heads[1:], _edges_mm(table), strict=True):
            page.text_right(head, right_mm, top_mm + _TITLE_MM + 2.8, _SMALL_PT, colour=GREY)
        top_mm += _head_mm(table)
        page.rule(MARGIN_MM, _RIGHT_MM, top_mm - _RULE_MM / 2)
        for number, row in enumerate(part.rows):
            if number % 2:
                left_mm, width_mm = MARGIN_MM - 1.5, _CONTENT_MM + 3
                page.tint(left_mm, top_mm, width_mm, row.height_mm, FAINT)
            _draw_row(page, table, row, top_mm)
            top_mm += row.height_mm
        for line in part.note:
            top_mm += _NOTE_LINE_MM
            page.text(line, MARGIN_MM, top_mm, _SMALL_PT, colour=GREY)


def _draw_row(page: Page, table: NumbersTable, row: _Row, top_mm: float) -> None:
    baseline_mm = top_mm + _PADDING_MM / 2 + 2.8
    for figure, right_mm in zip(row.figures, _edges_mm(table), strict=True):
        page.text_right(figure, right_mm, baseline_mm, _TEXT_PT)
    for line in row.lines:
        page.text(line, MARGIN_MM, baseline_mm, _TEXT_PT)
        baseline_mm += _LINE_MM


def _head_mm(table: NumbersTable) -> float:
    return _TITLE_MM + (_HEADS_MM if any(table.heads) else 0.0) + _RULE_MM


def _edges_mm(table: NumbersTable) -> Iterator[float]:
    """Where the columns of figures end."""
    columns = len(table.heads) - 1
    return (_RIGHT_MM - (columns - 1 - number) * _FIGURE_MM for number in range(columns))
