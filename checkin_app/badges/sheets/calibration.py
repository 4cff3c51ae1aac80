"""Where the crosses and rulers of a test sheet lie, and what follows from measuring them.

Millimetres from the top left corner of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkin_app.badges.sheets.impose import slot_boxes
from checkin_app.badges.sheets.sheet_marks import Line
from checkin_app.domain.badges.imposition import PrinterOffset
from checkin_app.domain.badges.stock import Stock
from checkin_app.errors import UsageError

_PRINTABLE_MARGIN_MM = 7.0
"""Printers leave up to 5 mm of the paper white; a ruler's numbers need the rest."""
_INSET_MM = 20.0
_INSET_OF_SMALL_PAPER = 0.25
_ARM_MM = 4.0
_SHORTEST_BASE_MM = 20.0
_TICK_MM = {10: 2.6, 5: 1.8, 1: 1.0}


@dataclass(frozen=True, slots=True)
class Cross:
    """A cross to measure.

    Attributes:
        on_badge: whether it lies on a corner of a badge; otherwise the edges of the badges are
            too close to those of the paper to be printed on.
    """

    x_mm: float
    y_mm: float
    on_badge: bool


@dataclass(frozen=True, slots=True)
class PrintError:
    """How far a printed cross lies to the right of where it belongs, and below it.

    To the left and above are negative.
    """

    right_mm: float
    down_mm: float


@dataclass(frozen=True, slots=True)
class RulerNumber:
    """A number of a ruler.

    Attributes:
        value: millimetres from the edge of the paper.
        x_mm, y_mm: the end of its long tick.
        is_across: whether it stands above its tick; otherwise to the left of it.
    """

    value: int
    x_mm: float
    y_mm: float
    is_across: bool


def measured_crosses(stock: Stock) -> tuple[Cross, Cross]:
    """The crosses A and B: on the first badge's upper left corner, on the last one's lower right.

    Where the printer cannot reach that corner it is a round distance from the edge of the paper.
    """
    boxes = slot_boxes(stock)
    first, last = boxes[0], boxes[-1]
    width, height = stock.paper_width_mm, stock.paper_height_mm
    near_x, far_x = _ends(first.x_mm, last.right_mm, width)
    near_y, far_y = _ends(first.y_mm, last.bottom_mm, height)
    return (
        Cross(near_x, near_y, (near_x, near_y) == (first.x_mm, first.y_mm)),
        Cross(far_x, far_y, (far_x, far_y) == (last.right_mm, last.bottom_mm)),
    )


def _ends(first_mm: float, last_mm: float, paper_mm: float) -> tuple[float, float]:
    near, far = _within(first_mm, paper_mm), paper_mm - _within(paper_mm - last_mm, paper_mm)
    if near < far:
        return near, far
    # One small badge at the edge of the paper: both corners are out of reach of one another.
    margin = _within(0.0, paper_mm)
    return margin, paper_mm - margin


def cross_lines(stock: Stock) -> tuple[Line, ...]:
    """All crosses: those to measure, the corners of the first badge, the corners of the sheet."""
    near, far = measured_crosses(stock)
    first = slot_boxes(stock)[0]
    corners = {(x, y) for x in (near.x_mm, far.x_mm) for y in (near.y_mm, far.y_mm)}
    if near.on_badge:
        corners |= {(first.right_mm, near.y_mm), (near.x_mm, first.bottom_mm)}
        corners |= {(first.right_mm, first.bottom_mm)}
    return tuple(line for x_mm, y_mm in sorted(corners) for line in _cross(x_mm, y_mm))


def ruler_lines(stock: Stock) -> tuple[Line, ...]:
    """Two rulers through the cross A, along the upper and the left edge of the paper."""
    near, _far = measured_crosses(stock)
    width, height = stock.paper_width_mm, stock.paper_height_mm
    across = (Line(at_mm, near.y_mm - tick, at_mm, near.y_mm) for at_mm, tick in _ticks(int(width)))
    down = (Line(near.x_mm - tick, at_mm, near.x_mm, at_mm) for at_mm, tick in _ticks(int(height)))
    return (
        Line(0.0, near.y_mm, width, near.y_mm),
        Line(near.x_mm, 0.0, near.x_mm, height),
        *across,
        *down,
    )


def ruler_numbers(stock: Stock) -> Iterator[RulerNumber]:
    """The numbers of both rulers, every ten millimetres; none where there is no room for them."""
    near, _far = measured_crosses(stock)
    tick = _TICK_MM[10]
    if near.y_mm >= _PRINTABLE_MARGIN_MM:
        for value in range(10, int(stock.paper_width_mm), 10):
            yield RulerNumber(value, float(value), near.y_mm - tick, is_across=True)
    if near.x_mm >= _PRINTABLE_MARGIN_MM:
        for value in range(10, int(stock.paper_height_mm), 10):
            yield RulerNumber(value, near.x_mm - tick, float(value), is_across=False)


def measured_offset(
    stock: Stock,
    near: PrintError,
    far: PrintError | None = None,
    applied: PrinterOffset | None = None,
) -> PrinterOffset:
    """The correction that puts the crosses where they belong.

    Args:
        near, far: what was measured at the crosses A and B; without ``far`` nothing is stretched.
        applied: the correction that the test sheet was printed with; the new one replaces it.

    Raises:
        UsageError: the crosses are too close together to tell a scale from.
    """
    before = applied or PrinterOffset()
    first, last = measured_crosses(stock)
    far_right_mm, far_down_mm = (far.right_mm, far.down_mm) if far else (None, None)
    move_x, scale_x = _correction(
        first.x_mm, near.right_mm, last.x_mm, far_right_mm, before.right_mm, before.scale_x
    )
    move_y, scale_y = _correction(
        first.y_mm, near.down_mm, last.y_mm, far_down_mm, before.down_mm, before.scale_y
    )
    return PrinterOffset(round(move_x, 3), round(move_y, 3), round(scale_x, 5), round(scale_y, 5))


def _correction(
    near_mm: float,
    near_error_mm: float,
    far_mm: float,
    far_error_mm: float | None,
    move_mm: float,
    scale: float,
) -> tuple[float, float]:
    """Move and scale along one axis.

    A length p on the sheet, drawn at ``scale`` p + ``move_mm``, came out at s p + t, as the two
    errors tell. Drawn at (p - t) / s instead of p, it comes out at p.
    """
    printed_scale = 1.0
    if far_error_mm is not None:
        base_mm = far_mm - near_mm
        if base_mm < _SHORTEST_BASE_MM:
            raise UsageError("This sheet is too small to measure a scale on. Leave out B.")
        printed_scale = 1 + (far_error_mm - near_error_mm) / base_mm
    printed_move_mm = near_error_mm - (printed_scale - 1) * near_mm
    return move_mm - scale * printed_move_mm / printed_scale, scale / printed_scale


def _within(margin_mm: float, paper_mm: float) -> float:
    """A margin that can be printed in: itself, or a round inset where it is too narrow."""
    if margin_mm >= _PRINTABLE_MARGIN_MM:
        return margin_mm
    return min(_INSET_MM, round(paper_mm * _INSET_OF_SMALL_PAPER))


def _ticks(length_mm: int) -> Iterator[tuple[float, float]]:
    for at_mm in range(1, length_mm):
        yield float(at_mm), next(tick for step, tick in _TICK_MM.items() if at_mm % step == 0)


def _cross(x_mm: float, y_mm: float) -> tuple[Line, Line]:
    return (
        Line(x_mm - _ARM_MM, y_mm, x_mm + _ARM_MM, y_mm),
        Line(x_mm, y_mm - _ARM_MM, x_mm, y_mm + _ARM_MM),
    )
