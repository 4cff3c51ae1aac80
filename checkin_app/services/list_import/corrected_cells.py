"""Cells of a list that somebody corrected before it is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checkin_app.domain.language.text import clean_line
from checkin_app.lists.table import Table


def with_cells(table: Table, cells: Mapping[tuple[int, str], str]) -> Table:
    """A table with some cells as they should have been.

    Args:
        cells: (row number, column) → text; cells that are not in the table do not matter.
    """
    if not cells:
        return table
    wanted: dict[int, dict[int, str]] = {}
    places = {column: place for place, column in enumerate(table.columns)}
    for (number, column), text in cells.items():
        if column in places:
            wanted.setdefault(number, {})[places[column]] = clean_line(text)
    rows = list(table.rows)
    for place, number in enumerate(table.numbers):
        if corrected := wanted.get(number):
            rows[place] = tuple(
                corrected.get(column, cell) for column, cell in enumerate(rows[place])
            )
    return replace(table, rows=rows)
