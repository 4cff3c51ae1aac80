"""Attendee + layout + event → lines, areas and codes with their places on one badge.

Pure: no file, no page. Places are millimetres from the badge's top left corner; the size of
type is in points. What is the same for all attendees of a category is composed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin_app.badges import fields
from checkin_app.badges.category_colours import Rgb, category_colours, rgb
from checkin_app.badges.text_blocks import BlockComposer, PlacedBlock, Problem, resolved_colour
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_layout import (
    NO_CATEGORY_COLOUR,
    Area,
    BadgeFace,
    BadgeLayout,
    Box,
    CodeSquare,
    TextBlock,
)
from checkin_app.domain.programme import Event


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """One filled rectangle."""

    box: Box
    colour: Rgb


@dataclass(frozen=True, slots=True, eq=False)
class SharedArt:
    """What all badges of one category have in common; drawn first."""

    category: str
    areas: tuple[PlacedArea, ...]
    blocks: tuple[PlacedBlock, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What does not fit or cannot be written."""
        return tuple(problem for block in self.blocks for problem in block.problems)


@dataclass(frozen=True, slots=True)
class ComposedBadge:
    """One attendee's badge, ready to be checked and drawn."""

    attendee: Attendee
    shared: SharedArt
    blocks: tuple[PlacedBlock, ...]
    codes: tuple[CodeSquare, ...]


class Composer:
    """Composes the badges of one run: one layout, one size of badge, one event.

    Args:
        categories: all categories of the event, so that each has a colour of its own.
    """

    def __init__(
        self,
        layout: BadgeLayout,
        width_mm: float,
        height_mm: float,
        event: Event,
        categories: Iterable[str] = (),
    ) -> None:
        self.face: BadgeFace = layout.face_for(width_mm, height_mm)
        self._event = event
        self._layout = layout
        self._colours = {name: rgb(colour) for name, colour in layout.colours.items()}
        self._category_colours = category_colours(layout, categories)
        blocks = [
            BlockComposer(one, self._colours)
            for one in self.face.elements
            if isinstance(one, TextBlock)
        ]
        self._own_blocks = [block for block in blocks if not block.shared]
        self._shared_blocks = [block for block in blocks if block.shared]
        self._areas = [one for one in self.face.elements if isinstance(one, Area)]
        self._codes = tuple(one for one in self.face.elements if isinstance(one, CodeSquare))
        self._categories: dict[str, _CategoryPart] = {}

    def compose(self, attendee: Attendee) -> ComposedBadge:
        """The attendee's badge."""
        part = self._categories.get(attendee.category)
        if part is None:
            part = self._categories[attendee.category] = self._category_part(attendee.category)
        values = part.values | fields.attendee_values(attendee)
        blocks = tuple(
            [block.placed(block.texts(values), part.colour) for block in self._own_blocks]
        )
        return ComposedBadge(attendee, part.art, blocks, self._codes)

    def _category_part(self, category: str) -> _CategoryPart:
        values = fields.shared_values(self._event, category)
        colour = self._colour_of(category)
        areas = tuple(
            PlacedArea(area.box, resolved_colour(area.colour, self._colours, colour))
            for area in self._areas
        )
        blocks = tuple(block.placed(block.texts(values), colour) for block in self._shared_blocks)
        return _CategoryPart(values, colour, SharedArt(category, areas, blocks))

    def _colour_of(self, category: str) -> Rgb:
        if not category.strip():
            return self._colours[NO_CATEGORY_COLOUR]
        colour = self._category_colours.get(category)
        return rgb(colour or category_colours(self._layout, [category])[category])


@dataclass(frozen=True, slots=True)
class _CategoryPart:
    """What the composer keeps of a category."""

    values: dict[str, str]
    colour: Rgb
    art: SharedArt
