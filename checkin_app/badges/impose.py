"""Stock → places of badges and cutting marks on sheets. Pure geometry, in millimetres.

All places are measured from the top left corner of the sheet. Slots are counted from 1, row by
row, as one reads; ``first_slot`` starts on a part-used sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin_app.domain.badge_layout import Box
from checkin_app.domain.stock import Stock
from checkin_app.errors import UsageError

_MARK_MM = 4.0
_MARK_DISTANCE_MM = 1.0
_SHORTEST_MARK_MM = 2.0


@dataclass(frozen=True, slots=True)
class CutMark:
    """One short line to cut along."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float


def slot_boxes(stock: Stock) -> tuple[Box, ...]:
    """Where the badges of one sheet lie, row by row."""
    return tuple(
        Box(
            stock.left_mm + column * stock.pitch_x_mm,
            stock.top_mm + row * stock.pitch_y_mm,
            stock.badge_width_mm,
            stock.badge_height_mm,
        )
        for row in range(stock.rows)
        for column in range(stock.columns)
    )


def sheet_count(badges: int, stock: Stock, first_slot: int = 1) -> int:
    """How many sheets a run takes."""
    _check_first_slot(stock, first_slot)
    return -(-(badges + first_slot - 1) // stock.slots) if badges else 0


def sheets(badges: int, stock: Stock, first_slot: int = 1) -> Iterator[tuple[tuple[int, Box], ...]]:
    """For each sheet, which badge (counted from 0) lies in which box, in the badges' order.

    Raises:
        UsageError: the sheet has no such first slot.
    """
    boxes = slot_boxes(stock)
    skipped = first_slot - 1
    for sheet in range(sheet_count(badges, stock, first_slot)):
        first = sheet * stock.slots - skipped
        yield tuple(
            (first + slot, box) for slot, box in enumerate(boxes) if 0 <= first + slot < badges
        )


def cut_marks(stock: Stock) -> tuple[CutMark, ...]:
    """Marks at the edge of the sheet in line with all edges of badges.

    They lie in the margin; where the badges leave none, on the line between two badges, from
    the edge of the paper inwards.
    """
    boxes = slot_boxes(stock)
    across = sorted({edge for box in boxes for edge in (box.x_mm, box.right_mm)})
    down = sorted({edge for box in boxes for edge in (box.y_mm, box.bottom_mm)})
    width, height = stock.paper_width_mm, stock.paper_height_mm
    marks = []
    for x_mm in (x for x in across if 0 < x < width):
        for start, end in _mark_ends(down[0], down[-1], height):
            marks.append(CutMark(x_mm, start, x_mm, end))
    for y_mm in (y for y in down if 0 < y < height):
        for start, end in _mark_ends(across[0], across[-1], width):
            marks.append(CutMark(start, y_mm, end, y_mm))
    return tuple(marks)


def _mark_ends(first_mm: float, last_mm: float, paper_mm: float) -> Iterator[tuple[float, float]]:
    """Both marks of one cut, which runs from one edge of the paper to the other."""
    if first_mm >= _MARK_DISTANCE_MM + _SHORTEST_MARK_MM:
        inner = first_mm - _MARK_DISTANCE_MM
        yield max(inner - _MARK_MM, 0.0), inner
    else:
        yield 0.0, _MARK_MM
    if paper_mm - last_mm >= _MARK_DISTANCE_MM + _SHORTEST_MARK_MM:
        inner = last_mm + _MARK_DISTANCE_MM
        yield inner, min(inner + _MARK_MM, paper_mm)
    else:
        yield paper_mm - _MARK_MM, paper_mm


def _check_first_slot(stock: Stock, first_slot: int) -> None:
    if not 1 <= first_slot <= stock.slots:
        raise UsageError(
            f"A sheet of {stock.name} has the slots 1 to {stock.slots}; there is no {first_slot}."
        )
