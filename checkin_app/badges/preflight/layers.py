"""One face of a design → its parts as layers: where each lies, and what it is set upon."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from checkin_app.badges.inks import Ink
from checkin_app.badges.part_composers import Palette, box_of, fields_of_element, turn_of
from checkin_app.badges.placed import Turn
from checkin_app.domain.badges.badge_elements import (
    Code128,
    Element,
    Ellipse,
    Line,
    Photo,
    Picture,
    Programme,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import Part
from checkin_app.domain.badges.badge_text import TextBlock

PAPER: Ink = (1.0, 1.0, 1.0)
TOLERANCE_MM = 0.1
"""Nothing that small is seen, and measures of layouts and stock are rounded to it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A part that is printed; layers lie one on another in their order.

    Attributes:
        box: its bounds on the face, turned as it is.
        fill: the colour of a filled shape; None for everything else.
    """

    part: Part
    element: Element
    box: Box
    fill: Ink | None

    @property
    def field(self) -> str:
        """What findings call it: the fields of a text, or the kind of part."""
        match self.element:
            case TextBlock():
                named = dict.fromkeys(fields_of_element(self.element))
                if {"first_name", "last_name"} & named.keys():
                    return "name"
                return "+".join(named) or "text"
            case Programme():
                return "programme"
            case QrCode() | Code128():
                return "code"
            case Photo():
                return "photo"
            case Picture():
                return "picture"
            case _:
                return "shape"

    def detail(self, text: str) -> str:
        """A remark with the part's name in front, if it has one."""
        return f"{self.part.name}: {text}" if self.part.name else text


def layer_of(part: Part, element: Element, palette: Palette) -> Layer:
    """The layer of a part as one category has it."""
    box = box_of(element)
    if not isinstance(element, Line):
        box = turned_bounds(box, turn_of(box, element.rotation_deg))
    fill = None
    if isinstance(element, (Rectangle, Ellipse)):
        fill = palette.optional_ink(element.fill)
    return Layer(part, element, box, fill)


def ground_under(layers: Sequence[Layer], box: Box, *, whole: bool = False) -> int | None:
    """Which of some layers a box is set upon: the topmost that covers most of it.

    Args:
        layers: those below.
        whole: only layers that cover all of it.

    Returns:
        Its number, or None for paper. Lines, outlines and texts cover nothing.
    """
    for number in range(len(layers) - 1, -1, -1):
        layer = layers[number]
        if layer.fill is None and not isinstance(layer.element, (Picture, Photo)):
            continue
        if contains(layer.box, box) or (not whole and covered_share(box, layer.box) > 0.5):
            return number
    return None


def ink_of_ground(layers: Sequence[Layer], ground: int | None) -> Ink | None:
    """The colour of what ``ground_under`` found; None for a picture, which has many."""
    return PAPER if ground is None else layers[ground].fill


def turned_bounds(box: Box, turn: Turn | None) -> Box:
    """The bounds of a box that is turned about a point."""
    if turn is None:
        return box
    angle = math.radians(turn.degrees)
    sine, cosine = math.sin(angle), math.cos(angle)
    across_mm = box.x_mm + box.width_mm / 2 - turn.x_mm
    down_mm = box.y_mm + box.height_mm / 2 - turn.y_mm
    centre_x_mm = turn.x_mm + across_mm * cosine - down_mm * sine
    centre_y_mm = turn.y_mm + across_mm * sine + down_mm * cosine
    width_mm = box.width_mm * abs(cosine) + box.height_mm * abs(sine)
    height_mm = box.width_mm * abs(sine) + box.height_mm * abs(cosine)
    return Box(centre_x_mm - width_mm / 2, centre_y_mm - height_mm / 2, width_mm, height_mm)


def grown(box: Box, margin_mm: float) -> Box:
    """A box with a margin on all sides; with a negative one, a smaller box."""
    return Box(
        box.x_mm - margin_mm,
        box.y_mm - margin_mm,
        box.width_mm + 2 * margin_mm,
        box.height_mm + 2 * margin_mm,
    )


def contains(outer: Box, inner: Box) -> bool:
    """Whether a box lies in another."""
    return (
        outer.x_mm <= inner.x_mm + TOLERANCE_MM
        and outer.y_mm <= inner.y_mm + TOLERANCE_MM
        and inner.right_mm <= outer.right_mm + TOLERANCE_MM
        and inner.bottom_mm <= outer.bottom_mm + TOLERANCE_MM
    )


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes have more in common than an edge."""
    across_mm = min(one.right_mm, other.right_mm) - max(one.x_mm, other.x_mm)
    down_mm = min(one.bottom_mm, other.bottom_mm) - max(one.y_mm, other.y_mm)
    return across_mm > TOLERANCE_MM and down_mm > TOLERANCE_MM


def covered_share(box: Box, cover: Box) -> float:
    """How much of a box another covers, from 0 to 1."""
    across_mm = min(box.right_mm, cover.right_mm) - max(box.x_mm, cover.x_mm)
    down_mm = min(box.bottom_mm, cover.bottom_mm) - max(box.y_mm, cover.y_mm)
    area = box.width_mm * box.height_mm
    return max(0.0, across_mm) * max(0.0, down_mm) / area if area else 0.0
