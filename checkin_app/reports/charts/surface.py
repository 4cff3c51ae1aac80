"""A ReportLab drawing measured from its top left corner, with the program's typeface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import (
    Drawing,
    Line,
    Polygon,
    PolyLine,
    Rect,
    String,
    Wedge,
)
from reportlab.lib.colors import Color, HexColor

from checkin_app.reports.charts.palette import Palette
from checkin_app.reports.page import POINTS_PER_MM, Typeface

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How charts look.

    Attributes:
        unit_pt: the size of ordinary text; everything else follows from it.
    """

    palette: Palette
    typeface: Typeface
    unit_pt: float

    def width_pt(self, text: str, size_pt: float, *, bold: bool = False) -> float:
        """How wide a text is."""
        drawable = self.typeface.drawable(text)
        return self.typeface.width_mm(drawable, size_pt, bold=bold) * POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a chart that has more to say when it is pointed at; in points from the top left."""

    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float
    text: str

    def holds(self, left_pt: float, top_pt: float) -> bool:
        """Whether a point lies in it."""
        right_pt, bottom_pt = self.left_pt + self.width_pt, self.top_pt + self.height_pt
        return self.left_pt <= left_pt < right_pt and self.top_pt <= top_pt < bottom_pt


class Surface:
    """Collects the shapes of one chart; texts stand on their baseline.

    Attributes:
        drawing: the ReportLab ``Drawing``, in points.
        spots: what can be pointed at.
    """

    def __init__(self, width_pt: float, height_pt: float, look: Look) -> None:
        self.width_pt, self.height_pt = width_pt, height_pt
        self.look = look
        self.drawing: Any = Drawing(width_pt, height_pt)
        self.spots: list[Spot] = []

    def text(
        self,
        text: str,
        left: float,
        baseline: float,
        size: float,
        *,
        colour: str = "",
        bold: bool = False,
        anchor: str = "start",
        width: float | None = None,
    ) -> None:
        """One line, cut with an ellipsis where it is wider than ``width``."""
        typeface = self.look.typeface
        text = typeface.drawable(text)
        if width is not None:
            text = typeface.cut(text, size, max(width, size) / POINTS_PER_MM, bold=bold)
        self.drawing.add(
            String(
                left,
                self.height_pt - baseline,
                text,
                fontName=typeface.name(bold=bold),
                fontSize=size,
                textAnchor=anchor,
                fillColor=HexColor(colour or self.look.palette.text),
            )
        )

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        colour: str,
        *,
        radius: float = 0.0,
        border: str = "",
    ) -> None:
        """A filled rectangle, with round corners if wanted."""
        corner = min(radius, width / 2, height / 2)
        self.drawing.add(
            Rect(
                left,
                self.height_pt - top - height,
                width,
                height,
                rx=corner,
                ry=corner,
                fillColor=HexColor(colour),
                strokeColor=HexColor(border) if border else None,
                strokeWidth=1,
            )
        )

    def rule(self, left: float, right: float, top: float, colour: str) -> None:
        """A thin horizontal line."""
        y = self.height_pt - top
        self.drawing.add(Line(left, y, right, y, strokeColor=HexColor(colour), strokeWidth=0.75))

    def upright(self, left: float, top: float, bottom: float, colour: str) -> None:
        """A thin vertical line."""
        self.drawing.add(
            Line(
                left,
                self.height_pt - top,
                left,
                self.height_pt - bottom,
                strokeColor=HexColor(colour),
                strokeWidth=1.25,
            )
        )

    def curve(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A dashed line through points."""
        self.drawing.add(
            PolyLine(
                [value for x, y in points for value in (x, self.height_pt - y)],
                strokeColor=HexColor(colour),
                strokeWidth=width,
                strokeDashArray=[3 * width, 2 * width],
                strokeLineJoin=1,
            )
        )

    def area(self, points: Sequence[Point], colour: str, opacity: float) -> None:
        """A filled shape that lets what is behind it through."""
        red, green, blue = HexColor(colour).rgb()
        self.drawing.add(
            Polygon(
                [value for x, y in points for value in (x, self.height_pt - y)],
                fillColor=Color(red, green, blue, opacity),
                strokeColor=None,
            )
        )

    def ring(
        self, middle: Point, radius: float, thickness: float, share: float, colour: str
    ) -> None:
        """A part of a ring, clockwise from its top; ``share`` is at most 1."""
        end = 90 - 360 * min(share, 1.0)
        if end >= 90:
            return
        x, y = middle
        self.drawing.add(
            Wedge(
                x,
                self.height_pt - y,
                radius,
                end,
                90,
                radius1=radius - thickness,
                degreedelta=1,
                fillColor=HexColor(colour),
                strokeColor=None,
            )
        )

    def spot(self, left: float, top: float, width: float, height: float, text: str) -> None:
        """A part that has more to say when it is pointed at."""
        self.spots.append(Spot(left, top, width, height, text))

    def title(self, text: str, pad: float) -> float:
        """The name of the chart; returns where the rest may begin."""
        size = self.look.unit_pt
        self.text(text, pad, pad + size * 0.85, size, bold=True, width=self.width_pt - 2 * pad)
        return pad + size * 1.6
