"""What is impossible about the measures of a stock, in words that name the measure to correct."""

from __future__ import annotations

import math
from collections.abc import Iterator

from checkin_app.domain.badges.stock import Feed, Fold, Stock

ROUNDING_MM = 0.05
"""Makers round to tenths and to sixteenths of an inch: less than this is no overlap."""
OVERHANG_MM = 0.75
"""Labels that fill the sheet are listed a little larger than it; no printer reaches its edge."""
LARGEST_MM = 2000.0
MOST_SLOTS = 1000

_MEASURES = {
    "paper_width_mm": "width of the paper",
    "paper_height_mm": "height of the paper",
    "badge_width_mm": "width of a badge",
    "badge_height_mm": "height of a badge",
    "left_mm": "distance from the left edge",
    "top_mm": "distance from the top edge",
    "pitch_x_mm": "step from one badge to the next across",
    "pitch_y_mm": "step from one badge to the next down",
    "corner_radius_mm": "radius of the corners",
    "waste_x_mm": "overprint at the sides",
    "waste_y_mm": "overprint at top and bottom",
    "printable_width_mm": "printable width",
    "printable_height_mm": "printable height",
}
_ABOVE_ZERO = ("paper_width_mm", "paper_height_mm", "badge_width_mm", "badge_height_mm")


def stock_faults(stock: Stock) -> tuple[str, ...]:
    """Everything that keeps a stock from being printed on; empty when it can be.

    Each sentence names the measure that is wrong and what it has to be.
    """
    # Sums of measures that are no numbers say nothing.
    return tuple(_single_faults(stock)) or tuple(_faults_together(stock))


def _single_faults(stock: Stock) -> Iterator[str]:
    for attribute, name in _MEASURES.items():
        value = getattr(stock, attribute)
        if not math.isfinite(value):
            yield f"The {name} is no number. Write it in millimetres."
        elif attribute in _ABOVE_ZERO and value <= 0:
            yield f"The {name} is {value:g} mm. It has to be more than 0."
        elif value < 0:
            yield f"The {name} is {value:g} mm. It has to be 0 or more."
        elif value > LARGEST_MM:
            yield f"The {name} is {value:g} mm. It can be {LARGEST_MM:g} mm at most."
    for name, count in (("columns", stock.columns), ("rows", stock.rows)):
        if count < 1:
            yield f"The number of {name} is {count}. It has to be 1 or more."
    if stock.columns > 0 and stock.rows > 0 and stock.slots > MOST_SLOTS:
        yield (
            f"{stock.columns} columns and {stock.rows} rows are {stock.slots} badges on a sheet. "
            f"There can be {MOST_SLOTS} at most."
        )


def _faults_together(stock: Stock) -> Iterator[str]:
    yield from _faults_along(
        "across",
        "width",
        stock.columns,
        stock.badge_width_mm,
        stock.pitch_x_mm,
        stock.left_mm,
        stock.paper_width_mm,
    )
    yield from _faults_along(
        "down",
        "height",
        stock.rows,
        stock.badge_height_mm,
        stock.pitch_y_mm,
        stock.top_mm,
        stock.paper_height_mm,
    )
    largest_mm = min(stock.badge_width_mm, stock.badge_height_mm) / 2
    if stock.corner_radius_mm > largest_mm + ROUNDING_MM:
        yield (
            f"The radius of the corners is {stock.corner_radius_mm:g} mm. It can be half of the "
            f"shorter side at most: {largest_mm:g} mm."
        )
    if stock.slots > 1 and stock.feed is not Feed.SHEET:
        yield "A roll or a card holds one badge: columns and rows have to be 1."
    if stock.fold is Fold.NONE and (
        stock.printable_width_mm > stock.badge_width_mm + ROUNDING_MM
        or stock.printable_height_mm > stock.badge_height_mm + ROUNDING_MM
    ):
        yield "The printable part is larger than the badge. Write its size, or 0 for all of it."


def _faults_along(
    direction: str,
    side: str,
    count: int,
    badge_mm: float,
    pitch_mm: float,
    first_mm: float,
    paper_mm: float,
) -> Iterator[str]:
    if count > 1 and pitch_mm < badge_mm - ROUNDING_MM:
        yield (
            f"Badges overlap {direction}: the step from one to the next is {pitch_mm:g} mm. "
            f"It has to be {badge_mm:g} mm or more, the {side} of a badge."
        )
        return
    end_mm = first_mm + (count - 1) * pitch_mm + badge_mm
    if end_mm > paper_mm + OVERHANG_MM:
        yield (
            f"The badges {direction} end at {end_mm:.5g} mm, beyond the paper's {side} of "
            f"{paper_mm:g} mm. Correct the distance from the edge, the step, the size or the"
            " number."
        )
