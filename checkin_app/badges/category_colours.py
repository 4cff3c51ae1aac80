"""Category → colour of its band: always the same one, dark enough for white lettering."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from checkin_app.domain.badge_layout import BadgeLayout

Rgb = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""

WHITE: Rgb = (1.0, 1.0, 1.0)


def category_colours(layout: BadgeLayout, categories: Iterable[str]) -> Mapping[str, str]:
    """A colour ("#rrggbb") for each category of an event.

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


def rgb(colour: str) -> Rgb:
    """The parts of "#rrggbb".

    Raises:
        ValueError: it is not written so.
    """
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f'"{colour}" is not a colour; write it as "#rrggbb"')
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio from 1 to 21, by WCAG 2.2 (https://www.w3.org/TR/WCAG22/)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
