"""Where each chart of a dashboard stands, on the screen as in its picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin_app.reports.charts.contents import Content
from checkin_app.reports.dashboard_cards import Cards

_COLUMNS, _ROWS = 12, 100
_GRID = (
    ("headline", 0, 4, 0, 40),
    ("arrivals", 4, 8, 0, 40),
    ("categories", 0, 3, 40, 42),
    ("organisations", 3, 3, 40, 42),
    ("countries", 6, 3, 40, 42),
    ("desks", 9, 3, 40, 42),
    ("refusals", 0, 6, 82, 18),
    ("badges", 6, 6, 82, 18),
)
"""The cards in reading order: first column and columns, first row and rows."""

_LEAST_UNIT, _UNITS_WIDE, _UNITS_HIGH = 10.0, 80.0, 49.0
"""The least size of text; how many of it a board is wide and high."""

CARD_NAMES = tuple(name for name, *_ in _GRID)


@dataclass(frozen=True, slots=True)
class CardPlace:
    """A card and where it stands, from the top left, in the unit of the board."""

    card: str
    left: float
    top: float
    width: float
    height: float


def board_places(width: float, height: float, gap: float) -> Iterator[CardPlace]:
    """The cards on a board of this size, ``gap`` apart."""
    across, down = (width + gap) / _COLUMNS, (height + gap) / _ROWS
    for card, column, columns, row, rows in _GRID:
        yield CardPlace(
            card, across * column, down * row, across * columns - gap, down * rows - gap
        )


def unit_of(width: float, height: float) -> float:
    """The size of ordinary text that suits a board: what fills it reads well from afar."""
    return max(_LEAST_UNIT, min(width / _UNITS_WIDE, height / _UNITS_HIGH))


def card_at(cards: Cards, place: CardPlace) -> Content:
    """What stands at a place."""
    content: Content = getattr(cards, place.card)
    return content
