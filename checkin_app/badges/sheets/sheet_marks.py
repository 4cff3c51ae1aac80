"""Stock → the lines around its badges: crop marks, registration marks, creases.

Millimetres from the top left corner of the page. No mark ever touches a badge: where the badges
leave no waste, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checkin_app.badges.sheets.impose import back_is_turned, slot_boxes
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.imposition import Duplex, PrinterOffset
from checkin_app.domain.badges.stock import Fold, Stock

_MARK_MM = 5.0
_SHORTEST_MARK_MM = 2.0
_CLEARANCE_MM = 1.0
_CROSS_MM = 5.0
_SMALLEST_CROSS_MM = 2.5
_SAME_MM = 0.01

_Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line on a page."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float


def crop_marks(stock: Stock, bleed_mm: float = 0.0) -> tuple[Line, ...]:
    """Lines to cut along, on the front of a sheet, in line with every edge of a badge.

    They lie in the margin of the sheet. Where the margin is too narrow for them they lie in the
    gaps between badges; without gaps there are none.

    Args:
        bleed_mm: how far colour runs over the edges; marks keep clear of it where they can.
    """
    across, down = _spans(stock)
    marks = [
        Line(x_mm, start, x_mm, end)
        for x_mm in _cuts(across, stock.paper_width_mm)
        for start, end in _mark_spans(down, stock.paper_height_mm, bleed_mm)
    ]
    marks += [
        Line(start, y_mm, end, y_mm)
        for y_mm in _cuts(down, stock.paper_height_mm)
        for start, end in _mark_spans(across, stock.paper_width_mm, bleed_mm)
    ]
    return tuple(marks)


def registration_marks(stock: Stock) -> tuple[Line, ...]:
    """Crosses in the middle of the four margins of a front, to judge how front and back meet.

    Those of the back lie behind them: see ``lines_behind``. A margin too narrow has none.
    """
    across, down = _spans(stock)
    width, height = stock.paper_width_mm, stock.paper_height_mm
    x_mm, y_mm = _between_cuts(across, width), _between_cuts(down, height)
    crosses = (
        (x_mm, down[0][0] / 2, down[0][0]),
        (x_mm, (height + down[-1][1]) / 2, height - down[-1][1]),
        (across[0][0] / 2, y_mm, across[0][0]),
        ((width + across[-1][1]) / 2, y_mm, width - across[-1][1]),
    )
    return tuple(line for cross in crosses for line in _cross(*cross))


def creases(stock: Stock) -> tuple[Line, ...]:
    """Where the pieces of a folded stock are folded, for outlines; it lies on the badges."""
    match stock.fold:
        case Fold.NONE:
            return ()
        case Fold.TENT:
            return tuple(
                Line(box.x_mm, middle, box.right_mm, middle)
                for box in slot_boxes(stock)
                for middle in (box.y_mm + box.height_mm / 2,)
            )
        case Fold.BOOK:
            return tuple(
                Line(middle, box.y_mm, middle, box.bottom_mm)
                for box in slot_boxes(stock)
                for middle in (box.x_mm + box.width_mm / 2,)
            )


def lines_behind(lines: Sequence[Line], stock: Stock, duplex: Duplex) -> tuple[Line, ...]:
    """The lines on the back page that lie behind lines on the front."""
    width, height = stock.paper_width_mm, stock.paper_height_mm
    if back_is_turned(stock, duplex):
        return tuple(
            Line(line.x1_mm, height - line.y2_mm, line.x2_mm, height - line.y1_mm) for line in lines
        )
    return tuple(
        Line(width - line.x2_mm, line.y1_mm, width - line.x1_mm, line.y2_mm) for line in lines
    )


def page_transform(
    offset: PrinterOffset, paper_height_mm: float
) -> tuple[float, float, float, float, float, float]:
    """The matrix a, b, c, d, e, f of PDF (ISO 32000-1, 8.3.3) that corrects a whole page.

    For coordinates from the lower left corner of the page. e and f are in millimetres.
    """
    return (
        offset.scale_x,
        0.0,
        0.0,
        offset.scale_y,
        offset.right_mm,
        paper_height_mm * (1 - offset.scale_y) - offset.down_mm,
    )


def _spans(stock: Stock) -> tuple[tuple[_Span, ...], tuple[_Span, ...]]:
    """Where the columns and the rows of badges begin and end."""
    boxes: tuple[Box, ...] = slot_boxes(stock)
    columns, rows = boxes[: stock.columns], boxes[:: stock.columns]
    return (
        tuple((box.x_mm, box.right_mm) for box in columns),
        tuple((box.y_mm, box.bottom_mm) for box in rows),
    )


def _cuts(spans: Sequence[_Span], paper_mm: float) -> Iterator[float]:
    """All edges of badges that are not edges of the paper; neighbours share a cut."""
    last = 0.0
    for edge in (edge for span in spans for edge in span):
        if last + _SAME_MM < edge < paper_mm - _SAME_MM:
            yield edge
            last = edge


def _mark_spans(spans: Sequence[_Span], paper_mm: float, bleed_mm: float) -> list[_Span]:
    """Where on a cut from one edge of the paper to the other its marks begin and end."""
    first, last = spans[0][0], spans[-1][1]
    before, after = _mark_length(first, bleed_mm), _mark_length(paper_mm - last, bleed_mm)
    marks = []
    if before:
        end = first - _clearance(first, bleed_mm)
        marks.append((end - before, end))
    if not (before and after):
        marks += [
            (end + _CLEARANCE_MM, start - _CLEARANCE_MM)
            for (_start, end), (start, _end) in pairwise(spans)
            if start - end >= 2 * _CLEARANCE_MM + _SHORTEST_MARK_MM
        ]
    if after:
        start = last + _clearance(paper_mm - last, bleed_mm)
        marks.append((start, start + after))
    return marks


def _mark_length(margin_mm: float, bleed_mm: float) -> float:
    """Of a mark in a margin; 0 where there is no room for one."""
    if margin_mm < _CLEARANCE_MM + _SHORTEST_MARK_MM:
        return 0.0
    return min(_MARK_MM, margin_mm - _clearance(margin_mm, bleed_mm))


def _clearance(margin_mm: float, bleed_mm: float) -> float:
    """Between a badge and its marks; a narrow margin is shared with the bleed."""
    return min(max(bleed_mm, _CLEARANCE_MM), margin_mm - _SHORTEST_MARK_MM)


def _between_cuts(spans: Sequence[_Span], paper_mm: float) -> float:
    """The middle of a badge or gap, nearest to the middle of the paper: no crop mark lies there."""
    edges = [edge for span in spans for edge in span]
    middles = [
        (one + other) / 2 for one, other in pairwise(edges) if other - one > _CROSS_MM + _SAME_MM
    ]
    return min(middles, key=lambda middle: abs(middle - paper_mm / 2), default=paper_mm / 2)


def _cross(x_mm: float, y_mm: float, margin_mm: float) -> tuple[Line, ...]:
    size_mm = min(_CROSS_MM, margin_mm - 2 * _CLEARANCE_MM)
    if size_mm < _SMALLEST_CROSS_MM:
        return ()
    arm_mm = size_mm / 2
    return (
        Line(x_mm - arm_mm, y_mm, x_mm + arm_mm, y_mm),
        Line(x_mm, y_mm - arm_mm, x_mm, y_mm + arm_mm),
    )
