"""The material badges are printed on: a sheet with its grid of badge places, in millimetres."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkin_app.errors import UsageError


@dataclass(frozen=True, slots=True)
class Stock:
    """Bought badge material, as its maker measures it.

    Attributes:
        name: what people choose it by, for example "85x54 on A4".
        part_numbers: what is printed on the box, for example "Avery C32011-10".
        paper_width_mm, paper_height_mm: the sheet, as it leaves the printer.
        badge_width_mm, badge_height_mm: one badge.
        left_mm, top_mm: from the sheet's top left corner to that of the first badge.
        pitch_x_mm, pitch_y_mm: from one badge to the next.
        corner_radius_mm: of the badge; 0 for square corners.
        source: who measured it.
    """

    name: str
    paper_width_mm: float
    paper_height_mm: float
    badge_width_mm: float
    badge_height_mm: float
    columns: int = 1
    rows: int = 1
    left_mm: float = 0.0
    top_mm: float = 0.0
    pitch_x_mm: float = 0.0
    pitch_y_mm: float = 0.0
    corner_radius_mm: float = 0.0
    part_numbers: tuple[str, ...] = ()
    source: str = ""

    @property
    def slots(self) -> int:
        """Badges on one sheet."""
        return self.columns * self.rows


CARD_ON_A4 = Stock(
    name="85x54 on A4",
    paper_width_mm=210,
    paper_height_mm=297,
    badge_width_mm=85,
    badge_height_mm=54,
    columns=2,
    rows=5,
    left_mm=15,
    top_mm=13.5,
    pitch_x_mm=95,
    pitch_y_mm=54,
    part_numbers=("Avery C32011-10", "CR80"),
    source="gLabels templates",
)
A6_ON_A4 = Stock(
    name="A6 on A4",
    paper_width_mm=210,
    paper_height_mm=297,
    badge_width_mm=105,
    badge_height_mm=148,
    columns=2,
    rows=2,
    pitch_x_mm=105,
    pitch_y_mm=148,
    part_numbers=("Herma 10809",),
    source="gLabels templates",
)
A6_SINGLE = Stock(
    name="A6 single",
    paper_width_mm=105,
    paper_height_mm=148,
    badge_width_mm=105,
    badge_height_mm=148,
    source="ISO 216",
)
STOCKS = (CARD_ON_A4, A6_ON_A4, A6_SINGLE)


def find_stock(text: str) -> Stock:
    """The stock with this name, badge size ("85x54") or part number ("C32011-10").

    Raises:
        UsageError: none fits.
    """
    wanted = _comparable(text)
    for stock in STOCKS:
        if wanted in _known_as(stock):
            return stock
    names = ", ".join(f'"{stock.name}"' for stock in STOCKS)
    raise UsageError(f'There is no stock "{text}". Choose one of: {names}.')


def _known_as(stock: Stock) -> set[str]:
    """All the ways to write a stock's name; "C32011-10" is found without its maker too."""
    size = f"{stock.badge_width_mm:g}x{stock.badge_height_mm:g}"
    numbers = [part for number in stock.part_numbers for part in (number, number.split()[-1])]
    numbers += [number.rsplit("-", 1)[0] for number in numbers]
    return {_comparable(text) for text in (stock.name, size, *numbers)}


def _comparable(text: str) -> str:
    return re.sub(r"[\W_]+|mm\b", "", text.casefold().replace("×", "x"))
