"""Layout files (TOML) → badge layouts.

The format is shown by the files in ``resources/layouts``: colours, category colours, and faces
with elements of the kinds "text", "area" and "code".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checkin_app.badges.category_colours import rgb
from checkin_app.badges.fields import Template
from checkin_app.domain.badge_layout import (
    CATEGORY_COLOUR,
    NO_CATEGORY_COLOUR,
    Align,
    Anchor,
    Area,
    BadgeFace,
    BadgeLayout,
    Box,
    CodeSquare,
    Element,
    Paragraph,
    TextBlock,
    Weight,
)
from checkin_app.errors import BadgeError, UsageError
from checkin_app.resource_files import resource_path

DEFAULT_LAYOUT = "name-first"

_TICKET_LAYOUT = "ticket"


def layout_names() -> tuple[str, ...]:
    """The names of the built-in badge layouts."""
    files = resource_path("layouts").glob("*.toml")
    return tuple(sorted(file.stem for file in files if file.stem != _TICKET_LAYOUT))


def built_in_layout(name: str = DEFAULT_LAYOUT) -> BadgeLayout:
    """A layout that comes with the program.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in layout_names():
        names = ", ".join(layout_names())
        raise UsageError(f'There is no layout "{name}". Choose one of: {names}.')
    return read_layout(resource_path("layouts", f"{name}.toml"))


def ticket_layout() -> BadgeLayout:
    """The A4 page that is sent to an attendee before the event."""
    return read_layout(resource_path("layouts", f"{_TICKET_LAYOUT}.toml"))


def read_layout(path: Path) -> BadgeLayout:
    """Reads a layout file.

    Raises:
        BadgeError: it cannot be read or understood; the message names file and element.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _layout(path.stem, table)
    except (OSError, UnicodeDecodeError) as error:
        raise BadgeError(f"The layout {path.name} cannot be opened.") from error
    except KeyError as error:
        raise BadgeError(f"The layout {path.name} lacks {error}. Add it.") from error
    except (ValueError, TypeError) as error:
        raise BadgeError(f"The layout {path.name} cannot be used: {error}.") from error


def _layout(name: str, table: Mapping[str, Any]) -> BadgeLayout:
    colours = dict(table["colours"])
    categories = {key.casefold(): value for key, value in table["category_colours"].items()}
    palette = tuple(table["palette"]["colours"])
    for colour in (*colours.values(), *categories.values(), *palette):
        rgb(colour)
    if NO_CATEGORY_COLOUR not in colours:
        raise KeyError(NO_CATEGORY_COLOUR)
    faces = tuple(_face(number, face, colours) for number, face in enumerate(table["faces"], 1))
    return BadgeLayout(name, table["title"], faces, colours, categories, palette)


def _face(number: int, table: Mapping[str, Any], colours: Mapping[str, str]) -> BadgeFace:
    elements = []
    for place, element in enumerate(table["elements"], 1):
        try:
            elements.append(_element(element, colours))
        except (KeyError, ValueError, TypeError) as error:
            lacking = "lacks " if isinstance(error, KeyError) else ""
            raise ValueError(f"face {number}, element {place}: {lacking}{error}") from error
    return BadgeFace(float(table["width_mm"]), float(table["height_mm"]), tuple(elements))


def _element(table: Mapping[str, Any], colours: Mapping[str, str]) -> Element:
    match table["kind"]:
        case "text":
            return TextBlock(
                Box(*table["box"]),
                tuple(_paragraph(one, colours) for one in table["paragraphs"]),
                Align(table.get("align", Align.LEFT)),
                Anchor(table.get("anchor", Anchor.TOP)),
            )
        case "area":
            return Area(Box(*table["box"]), _known(table["colour"], colours))
        case "code":
            x_mm, y_mm = table["at"]
            return CodeSquare(x_mm, y_mm, table["side_mm"])
        case kind:
            raise ValueError(f'"{kind}" is not a kind of element; write "text", "area" or "code"')


def _paragraph(table: Mapping[str, Any], colours: Mapping[str, str]) -> Paragraph:
    settings = dict(table)
    settings["texts"] = tuple(settings["texts"])
    settings["weight"] = Weight(settings.get("weight", Weight.REGULAR))
    paragraph = Paragraph(**settings)
    for text in paragraph.texts:
        Template.parse(text)
    _known(paragraph.colour, colours)
    return paragraph


def _known(colour: str, colours: Mapping[str, str]) -> str:
    if colour != CATEGORY_COLOUR and colour not in colours:
        rgb(colour)
    return colour
