"""The design of a badge: which texts, shapes, pictures and codes lie where.

Measures are millimetres from the top left corner of a badge's face; type sizes are points. A
layout holds one design for each shape of badge it was drawn for; ``design_for`` picks the one
nearest to a stock and stretches its boxes to the exact size. The elements themselves are in
``badge_elements``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from checkin_app.domain.badges.badge_elements import Element

CATEGORY_COLOUR = "category"
NO_CATEGORY_COLOUR = "no_category"

WIDEST_STRETCH = 1.3
"""Beyond this factor between width and height a design looks wrong on a badge."""
_SMALLEST_SCALE = 0.8
_LARGEST_SCALE = 1.8
_WEIGHT_OF_SIZE = 0.3


class Side(StrEnum):
    """The faces of a badge: the other side of the paper, or the other half of a folded piece."""

    FRONT = "front"
    BACK = "back"


class Comparison(StrEnum):
    """What a condition asks of a field."""

    FILLED = "filled"
    EMPTY = "empty"
    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether an element is printed, by one field of the attendee; case is ignored.

    Attributes:
        field: the attendee's field, or a further column of the list.
        comparison: what is asked.
        values: any of these will do, for ``IS`` and ``CONTAINS``; none of them, for ``IS_NOT``.
    """

    field: str
    comparison: Comparison = Comparison.FILLED
    values: tuple[str, ...] = ()

    def holds(self, text: str) -> bool:
        """Whether it holds for a field's text."""
        said = text.strip().casefold()
        match self.comparison:
            case Comparison.FILLED:
                return bool(said)
            case Comparison.EMPTY:
                return not said
            case Comparison.IS:
                return any(said == value.casefold() for value in self.values)
            case Comparison.IS_NOT:
                return all(said != value.casefold() for value in self.values)
            case Comparison.CONTAINS:
                return any(value.casefold() in said for value in self.values)


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a face, and when it is printed.

    Attributes:
        element: for categories that ``by_category`` does not name.
        only_if: all of these must hold.
        by_category: other values for some categories, by category in lower case; None where the
            element is not printed.
        name: what messages call it: 'front, element 3 (qr)'.
        line: of the layout file; 0 when it does not come from one.
    """

    element: Element
    only_if: tuple[Condition, ...] = ()
    by_category: Mapping[str, Element | None] = field(default_factory=dict)
    name: str = ""
    line: int = 0

    def element_for(self, category: str) -> Element | None:
        """The element as a category has it; None where it has none."""
        return self.by_category.get(category.casefold(), self.element)

    def stretched(self, across: float, down: float) -> Part:
        """The part on a badge of another size."""
        others = {
            category: element and element.stretched(across, down)
            for category, element in self.by_category.items()
        }
        element = self.element.stretched(across, down)
        return replace(self, element=element, by_category=others)


@dataclass(frozen=True, slots=True)
class BadgeDesign:
    """A layout drawn for one size of badge. Parts are drawn in their order.

    Attributes:
        width_mm, height_mm: one face.
        bleed_mm: how far colour that touches an edge runs over it, where the stock lets it.
        front, back: the parts of both faces; a badge without back has none there.
    """

    width_mm: float
    height_mm: float
    front: tuple[Part, ...]
    back: tuple[Part, ...] = ()
    bleed_mm: float = 0.0

    def parts(self, side: Side) -> tuple[Part, ...]:
        """The parts of one face."""
        return self.front if side is Side.FRONT else self.back

    def stretched_to(self, width_mm: float, height_mm: float) -> BadgeDesign:
        """This design on a badge of another size of about the same shape.

        Boxes keep their share of the width and height; type and codes grow evenly, by the
        smaller of the two factors, and codes keep their centre.
        """
        across, down = width_mm / self.width_mm, height_mm / self.height_mm
        if across == down == 1:
            return self
        front = tuple(part.stretched(across, down) for part in self.front)
        back = tuple(part.stretched(across, down) for part in self.back)
        return BadgeDesign(width_mm, height_mm, front, back, self.bleed_mm)

    def suits(self, width_mm: float, height_mm: float) -> bool:
        """Whether the design still looks as drawn on a badge of this size."""
        across, down = width_mm / self.width_mm, height_mm / self.height_mm
        stretch = max(across, down) / min(across, down)
        scale = math.sqrt(across * down)
        return stretch <= WIDEST_STRETCH and _SMALLEST_SCALE <= scale <= _LARGEST_SCALE


@dataclass(frozen=True, slots=True)
class BadgeLayout:
    """A design for each shape of badge, and the colours and fonts they share.

    Attributes:
        name: what the command line calls it, for example "name-first".
        title: what people read in the window.
        description: one sentence: what it is good for.
        colours: colours by the names that elements use.
        category_colours: colours by category, lower case, for those the designer knows.
        category_palette: colours for all other categories.
        fonts: names of font families, asked in turn for each character; those that come with
            the program follow by themselves.
        pictures: the picture files that elements name, by that name.
        source: the text of the layout file, as it is kept in an event file.
    """

    name: str
    title: str
    designs: tuple[BadgeDesign, ...]
    colours: Mapping[str, str] = field(default_factory=dict)
    category_colours: Mapping[str, str] = field(default_factory=dict)
    category_palette: tuple[str, ...] = ("#333333",)
    fonts: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    description: str = ""
    source: str = ""

    def design_for(self, width_mm: float, height_mm: float) -> BadgeDesign:
        """The design nearest in shape and size, stretched to the badge's face.

        Shape counts more: a stretched face looks wrong before an enlarged one does.
        """

        def distance(design: BadgeDesign) -> tuple[bool, float]:
            across = math.log(width_mm / design.width_mm)
            down = math.log(height_mm / design.height_mm)
            difference = abs(across - down) + _WEIGHT_OF_SIZE * abs(across + down)
            return not design.suits(width_mm, height_mm), difference

        return min(self.designs, key=distance).stretched_to(width_mm, height_mm)

    def suits(self, width_mm: float, height_mm: float) -> bool:
        """Whether any design was drawn for about this size of face."""
        return any(design.suits(width_mm, height_mm) for design in self.designs)
