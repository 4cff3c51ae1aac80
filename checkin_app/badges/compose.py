"""Attendee + layout + event → lines, shapes and codes with their places on one badge.

Pure: no file, no page. Places are millimetres from the top left corner of the badge's face; the
size of type is in points. What is the same for all attendees of a category is composed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin_app.badges import fields
from checkin_app.badges.inks import Ink, ink
from checkin_app.badges.layouts.category_colours import category_colours
from checkin_app.badges.part_composers import Palette, PartComposer
from checkin_app.badges.placed import ComposedBadge, ComposedFace, Placed, SharedArt
from checkin_app.badges.text.font_files import FontShelf
from checkin_app.badges.text.fonts import FontChoice
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_layout import (
    NO_CATEGORY_COLOUR,
    BadgeDesign,
    BadgeLayout,
    Side,
)
from checkin_app.domain.programme import Event


def own_fields(design: BadgeDesign) -> tuple[str, ...]:
    """The attendee's own fields that a design shows, and columns as "column:Diet"."""
    named = (PartComposer.fields_of(part) for part in (*design.front, *design.back))
    return tuple(
        sorted({field for names in named for field in names if not fields.is_shared(field)})
    )


class Composer:
    """Composes the badges of one run: one layout, one size of badge, one event.

    Args:
        width_mm, height_mm: one face of the badge.
        categories: all categories of the event, so that each has a colour of its own.
        fonts: where the layout's fonts are looked for.
        has_backs: whether backs get onto paper; else they are not composed.

    Raises:
        BadgeError: a font that the layout names is not there.

    Attributes:
        design: the layout's design for this size.
    """

    def __init__(
        self,
        layout: BadgeLayout,
        width_mm: float,
        height_mm: float,
        event: Event,
        categories: Iterable[str] = (),
        fonts: FontShelf | None = None,
        *,
        has_backs: bool = True,
    ) -> None:
        self._has_backs = has_backs
        self.design: BadgeDesign = layout.design_for(width_mm, height_mm)
        self._event = event
        self._layout = layout
        self._fonts = FontChoice(layout.fonts, fonts)
        self._colours = {name: ink(colour) for name, colour in layout.colours.items()}
        self._category_colours = category_colours(layout, categories)
        self._own_fields = own_fields(self.design)
        self._categories: dict[str, _CategoryPart] = {}

    def palette(self, category: str) -> Palette:
        """The colours of a category's badges."""
        return Palette(self._colours, self._colour_of(category))

    def compose(self, attendee: Attendee) -> ComposedBadge:
        """The attendee's badge."""
        part = self._categories.get(attendee.category)
        if part is None:
            part = self._categories[attendee.category] = self._category_part(attendee.category)
        values = part.values | fields.attendee_values(attendee, self._own_fields)
        front = part.front.face(values)
        back = part.back.face(values) if part.back is not None else None
        return ComposedBadge(attendee, front, back)

    def _category_part(self, category: str) -> _CategoryPart:
        values = fields.shared_values(self._event, category)
        palette = self.palette(category)
        front = self._face_part(Side.FRONT, category, palette, values)
        back = None
        if self.design.back and self._has_backs:
            back = self._face_part(Side.BACK, category, palette, values)
        return _CategoryPart(values, front, back)

    def _face_part(
        self, side: Side, category: str, palette: Palette, values: dict[str, str]
    ) -> _FacePart:
        """The face of a category: its shared art, and what is left for each attendee.

        A shared part that overlaps one below it which is the attendee's own has to be drawn
        after that, and is not part of the shared art.
        """
        composers = [
            PartComposer(element, part, palette, self._event, self._fonts)
            for part in self.design.parts(side)
            if (element := part.element_for(category)) is not None
        ]
        below: list[PartComposer] = []
        above: list[PartComposer] = []
        for one in composers:
            (below if one.is_shared and not one.touches_any(above) else above).append(one)
        placed = [one.placed(values) for one in below]
        shared = SharedArt(category, side, tuple(one for one in placed if one is not None))
        return _FacePart(shared, tuple(above))

    def _colour_of(self, category: str) -> Ink:
        if not category.strip():
            return self._colours[NO_CATEGORY_COLOUR]
        colour = self._category_colours.get(category)
        return ink(colour or category_colours(self._layout, [category])[category])


@dataclass(frozen=True, slots=True)
class _FacePart:
    """What the composer keeps of one face of a category."""

    shared: SharedArt
    own: tuple[PartComposer, ...]

    def face(self, values: dict[str, str]) -> ComposedFace:
        """The face of one attendee."""
        own: list[Placed] = []
        for composer in self.own:
            placed = composer.placed(values)
            if placed is not None:
                own.append(placed)
        return ComposedFace(self.shared, tuple(own))


@dataclass(frozen=True, slots=True)
class _CategoryPart:
    """What the composer keeps of a category."""

    values: dict[str, str]
    front: _FacePart
    back: _FacePart | None
