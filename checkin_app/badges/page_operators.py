"""Colours, shapes and rotations as PDF operators (ISO 32000-1, 8.5)."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from checkin_app.badges.inks import Ink
from checkin_app.badges.placed import PlacedEllipse, PlacedRectangle, PlacedStroke, Turn
from checkin_app.badges.sheets.sheet_marks import Line
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.language.lengths import points

_HAIRLINE_PT = 0.25
_OUTLINE_GREY = 0.6
_ARC = 4 / 3 * (math.sqrt(2) - 1)
"""Where the control points of a quarter circle lie, as a share of its radius."""


@functools.lru_cache(maxsize=256)
def filling(colour: Ink) -> str:
    """Sets the colour of fills and letters."""
    return " ".join([f"{part:.3g}" for part in colour]) + (" rg" if len(colour) == 3 else " k")


def stroking(colour: Ink, width_mm: float) -> str:
    """Sets colour and width of lines."""
    parts = " ".join([f"{part:.3g}" for part in colour])
    return f"{parts} {'RG' if len(colour) == 3 else 'K'} {points(width_mm):.3f} w"


def turning(turn: Turn, height_pt: float) -> str:
    """Turns what follows clockwise about a point of a face of this height."""
    x, y = points(turn.x_mm), height_pt - points(turn.y_mm)
    angle = -math.radians(turn.degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    return (
        f"{cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f}"
        f" {x - x * cos + y * sin:.3f} {y - x * sin - y * cos:.3f} cm"
    )


def shape_operators(shape: PlacedRectangle | PlacedEllipse | PlacedStroke, height_pt: float) -> str:
    """A shape on a face of this height."""
    match shape:
        case PlacedStroke():
            return (
                f"{stroking(shape.colour, shape.width_mm)}"
                f" {points(shape.x1_mm):.2f} {height_pt - points(shape.y1_mm):.2f} m"
                f" {points(shape.x2_mm):.2f} {height_pt - points(shape.y2_mm):.2f} l S"
            )
        case PlacedEllipse():
            path = ellipse_path(shape.box, height_pt)
        case PlacedRectangle():
            path = rectangle_path(shape.box, shape.corner_mm, height_pt)
    setting = []
    if shape.fill is not None:
        setting.append(filling(shape.fill))
    if shape.stroke is not None:
        setting.append(stroking(shape.stroke, shape.stroke_mm))
    paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
    painted = paint[shape.fill is not None, shape.stroke is not None]
    return " ".join([*setting, path, painted])


def rectangle_path(box: Box, corner_mm: float, height_pt: float) -> str:
    """A rectangle, with rounded corners or without."""
    left, bottom = points(box.x_mm), height_pt - points(box.bottom_mm)
    width, height = points(box.width_mm), points(box.height_mm)
    radius = min(points(corner_mm), width / 2, height / 2)
    if radius <= 0:
        return f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re"
    return _rounded(left, bottom, left + width, bottom + height, radius, radius)


def ellipse_path(box: Box, height_pt: float) -> str:
    """An ellipse that touches its box."""
    left, bottom = points(box.x_mm), height_pt - points(box.bottom_mm)
    width, height = points(box.width_mm), points(box.height_mm)
    return _rounded(left, bottom, left + width, bottom + height, width / 2, height / 2)


def _rounded(left: float, bottom: float, right: float, top: float, rx: float, ry: float) -> str:
    """Four straight edges and four quarter ellipses."""
    kx, ky = rx * (1 - _ARC), ry * (1 - _ARC)
    numbers = (
        (left + rx, bottom, "m"),
        (right - rx, bottom, "l"),
        (right - kx, bottom, right, bottom + ky, right, bottom + ry, "c"),
        (right, top - ry, "l"),
        (right, top - ky, right - kx, top, right - rx, top, "c"),
        (left + rx, top, "l"),
        (left + kx, top, left, top - ky, left, top - ry, "c"),
        (left, bottom + ry, "l"),
        (left, bottom + ky, left + kx, bottom, left + rx, bottom, "c"),
    )
    return (
        " ".join(
            " ".join(part if isinstance(part, str) else f"{part:.2f}" for part in step)
            for step in numbers
        )
        + " h"
    )


def line_operators(lines: Sequence[Line], paper_height_mm: float) -> str:
    """Hairlines on a page."""
    paths = " ".join(
        f"{points(line.x1_mm):.2f} {points(paper_height_mm - line.y1_mm):.2f} m "
        f"{points(line.x2_mm):.2f} {points(paper_height_mm - line.y2_mm):.2f} l"
        for line in lines
    )
    return f"{_HAIRLINE_PT} w 0 G {paths} S"


def outline_operators(box: Box, corner_mm: float, paper_height_mm: float) -> str:
    """The edge of a slot, for proofs."""
    path = rectangle_path(box, corner_mm, points(paper_height_mm))
    return f"{_HAIRLINE_PT} w {_OUTLINE_GREY} G {path} S"
