"""The design of a badge: which texts, areas and codes lie where.

Measures are millimetres from the top left corner of the badge; type sizes are points. A
layout holds one face for each shape of badge it was drawn for; ``face_for`` picks the one
nearest to a stock and stretches its boxes to the exact size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Colour = str
"""A name from the layout's colours, "category", or "#rrggbb"."""

CATEGORY_COLOUR = "category"
NO_CATEGORY_COLOUR = "no_category"


class Weight(StrEnum):
    """Which of the two embedded fonts."""

    REGULAR = "regular"
    BOLD = "bold"


class Align(StrEnum):
    """Where lines lie across their box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Anchor(StrEnum):
    """Where a block of lines lies within the height of its box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres from the badge's top left corner."""

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

    def stretched(self, across: float, down: float) -> Box:
        """The same place on a badge ``across`` times as wide and ``down`` times as high."""
        return Box(
            self.x_mm * across, self.y_mm * down, self.width_mm * across, self.height_mm * down
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One run of text in a block.

    Attributes:
        texts: templates with ``{field}`` placeholders; with several, the one that can be set
            largest is used. A line break in a template is a line break on the badge.
        size_pt: the size wanted.
        min_size_pt: below this nobody can read it: text that needs less is a finding.
        wrap_below_pt: lines shrink down to this size before they are broken further.
        max_lines: how many lines at most.
        leading: distance of lines, in multiples of the size.
        gap_mm: white space above, when it is not the first of its block.
        tracking_em: extra space after each letter, in multiples of the size.
        upper_case: set in capitals (for labels, never for names).
    """

    texts: tuple[str, ...]
    size_pt: float
    min_size_pt: float
    wrap_below_pt: float = 0.0
    max_lines: int = 1
    weight: Weight = Weight.REGULAR
    colour: Colour = "ink"
    leading: float = 1.2
    gap_mm: float = 0.0
    tracking_em: float = 0.0
    upper_case: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs set one below the other in a box; empty ones take no room."""

    box: Box
    paragraphs: tuple[Paragraph, ...]
    align: Align = Align.LEFT
    anchor: Anchor = Anchor.TOP


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    box: Box
    colour: Colour = CATEGORY_COLOUR


@dataclass(frozen=True, slots=True)
class CodeSquare:
    """The QR of the attendee's code, its quiet zone of 4 modules included in the square."""

    x_mm: float
    y_mm: float
    side_mm: float

    @property
    def box(self) -> Box:
        """The square."""
        return Box(self.x_mm, self.y_mm, self.side_mm, self.side_mm)


Element = TextBlock | Area | CodeSquare


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """One side of a badge of one size. Elements are drawn in their order."""

    width_mm: float
    height_mm: float
    elements: tuple[Element, ...]

    def stretched_to(self, width_mm: float, height_mm: float) -> BadgeFace:
        """This face on a badge of another size of about the same shape.

        Boxes keep their share of the width and height; type and codes grow evenly, by the
        smaller of the two factors, and codes keep their centre.
        """
        across, down = width_mm / self.width_mm, height_mm / self.height_mm
        if across == down == 1:
            return self
        elements = tuple(_stretched(element, across, down) for element in self.elements)
        return BadgeFace(width_mm, height_mm, elements)


@dataclass(frozen=True, slots=True)
class BadgeLayout:
    """A design with a face for each shape of badge.

    Attributes:
        name: what the command line calls it, for example "name-first".
        title: what people read in the window.
        colours: "#rrggbb" by the names that elements use.
        category_colours: "#rrggbb" by category, lower case, for those the designer knows.
        category_palette: colours for all other categories.
    """

    name: str
    title: str
    faces: tuple[BadgeFace, ...]
    colours: Mapping[str, str] = field(default_factory=dict)
    category_colours: Mapping[str, str] = field(default_factory=dict)
    category_palette: tuple[str, ...] = ("#333333",)

    def face_for(self, width_mm: float, height_mm: float) -> BadgeFace:
        """The face nearest in shape, then in size, stretched to the badge."""

        def distance(face: BadgeFace) -> tuple[float, float]:
            shape = (face.width_mm / face.height_mm) / (width_mm / height_mm)
            return abs(math.log(shape)), abs(math.log(face.width_mm / width_mm))

        return min(self.faces, key=distance).stretched_to(width_mm, height_mm)


def _stretched(element: Element, across: float, down: float) -> Element:
    scale = min(across, down)
    match element:
        case Area():
            return replace(element, box=element.box.stretched(across, down))
        case CodeSquare():
            half = element.side_mm / 2
            return CodeSquare(
                (element.x_mm + half) * across - half * scale,
                (element.y_mm + half) * down - half * scale,
                element.side_mm * scale,
            )
        case TextBlock():
            paragraphs = tuple(
                replace(
                    paragraph,
                    size_pt=paragraph.size_pt * scale,
                    min_size_pt=min(paragraph.min_size_pt, paragraph.size_pt * scale),
                    wrap_below_pt=paragraph.wrap_below_pt * scale,
                    gap_mm=paragraph.gap_mm * scale,
                )
                for paragraph in element.paragraphs
            )
            return replace(element, box=element.box.stretched(across, down), paragraphs=paragraphs)
