"""Category → colour of its band: always the same one, dark enough for white lettering."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from checkin_app.domain.badges.badge_layout import BadgeLayout


def category_colours(layout: BadgeLayout, categories: Iterable[str]) -> Mapping[str, str]:
    """A colour, as layouts write it, for each category of an event.

    The layout names those the designer knows. Any other takes the palette's colour that its
    own letters point to or, where another category of the event has that one, the next free.
    So a category keeps its colour from print to print as long as the event's categories stay.
    """
    palette = layout.category_palette
    chosen: dict[str, str] = {}
    unknown = []
    for category in sorted(set(categories)):
        known = layout.category_colours.get(category.casefold())
        if known:
            chosen[category] = known
        elif category:
            unknown.append(category)
    taken = set(chosen.values())
    for category in unknown:
        start = zlib.crc32(category.casefold().encode()) % len(palette)
        turned = palette[start:] + palette[:start]
        chosen[category] = next((one for one in turned if one not in taken), turned[0])
        taken.add(chosen[category])
    return chosen
