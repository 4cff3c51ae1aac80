"""Places and colours on the face of a badge, in millimetres from its top left corner.

A colour is a name of the layout, "category", "#rrggbb" or "cmyk(c, m, y, k)" in per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Colour = str


class Align(StrEnum):
    """Where lines lie across their box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class VerticalAlign(StrEnum):
    """Where a block of lines lies within the height of its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the top left corner."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """The right edge."""
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        """The lower edge."""
        return self.y_mm + self.height_mm

    def stretched(self, across: float, down: float, rotation_deg: float = 0.0) -> Box:
        """The same place on a badge ``across`` times as wide and ``down`` times as high.

        A box that is turned onto its side keeps its middle and grows along its own sides.
        """
        on_its_side = rotation_deg % 180 == 90
        width = self.width_mm * (down if on_its_side else across)
        height = self.height_mm * (across if on_its_side else down)
        centre_x = (self.x_mm + self.width_mm / 2) * across
        centre_y = (self.y_mm + self.height_mm / 2) * down
        return Box(centre_x - width / 2, centre_y - height / 2, width, height)

    def scaled_about_centre(self, across: float, down: float) -> Box:
        """The same place, keeping the box's own shape and its centre."""
        scale = min(across, down)
        width, height = self.width_mm * scale, self.height_mm * scale
        centre_x = (self.x_mm + self.width_mm / 2) * across
        centre_y = (self.y_mm + self.height_mm / 2) * down
        return Box(centre_x - width / 2, centre_y - height / 2, width, height)
