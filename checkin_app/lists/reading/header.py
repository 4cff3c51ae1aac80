"""Finds the row that names the columns, below whatever title block stands above it."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_app.lists.mapping.vocabulary import ANY_NAME, FULL_NAME, recognise_column

ROWS_LOOKED_AT = 40
"""A header further down than this is not looked for."""

_CELLS_LOOKED_AT = 300
_NAMES = {"first_name", "last_name", FULL_NAME, ANY_NAME}


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row that names most fields, else of the first row that is about full.

    Args:
        rows: the first rows of the list, clean; at least one holds something.
    """
    fields = [_fields_named(row) for row in rows]
    scores = [len(known) + (len(known) if known & _NAMES else 0) for known in fields]
    if best := max(scores):
        return scores.index(best)
    filled = [sum(map(bool, row)) for row in rows]
    return next(place for place, count in enumerate(filled) if count * 2 > max(filled))


def _fields_named(row: Sequence[str]) -> set[str]:
    return {found.field for cell in row[:_CELLS_LOOKED_AT] if (found := recognise_column(cell))}


def names_somebody(columns: Sequence[str]) -> bool:
    """Whether one of the columns is recognised as holding names."""
    return any(found.field in _NAMES for name in columns if (found := recognise_column(name)))


def distinct_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """The header's cells as ``width`` names, all different: "Column 3", "Name (2)"."""
    uses: dict[str, int] = {}
    names: dict[str, None] = {}
    for place in range(width):
        wanted = header[place] if place < len(header) else ""
        name = wanted = wanted or f"Column {place + 1}"
        while name in names:
            uses[wanted] = uses.get(wanted, 1) + 1
            name = f"{wanted} ({uses[wanted]})"
        names[name] = None
    return tuple(names)
