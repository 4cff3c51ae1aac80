"""A layout file (TOML) → a badge layout.

The format is described in docs/layouts.md and shown by the files in ``resources/layouts``:
colours, category colours, and designs with elements on their front and back. What is wrong is
said with line, element and what to write instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from checkin_app.badges.inks import ink
from checkin_app.badges.layouts.layout_elements import read_part
from checkin_app.badges.layouts.layout_reader import (
    LayoutProblem,
    Place,
    TableReader,
    places_of_headers,
)
from checkin_app.domain.badges.badge_elements import Picture
from checkin_app.domain.badges.badge_layout import (
    NO_CATEGORY_COLOUR,
    BadgeDesign,
    BadgeLayout,
    Part,
    Side,
)
from checkin_app.errors import BadgeError

_MOST_BLEED_MM = 10.0
_MOST_DESIGNS = 50
_MOST_ELEMENTS = 300
_PICTURE_KEY = "file"
_SYNTAX_LINE = re.compile(r"at line (\d+)")


def layout_from_text(
    text: str, name: str, file: str, pictures: Mapping[str, bytes] | None = None
) -> BadgeLayout:
    """The layout that a text describes.

    Args:
        file: what messages call the file.
        pictures: the picture files beside it, by name.

    Raises:
        BadgeError: it cannot be understood; the message names file, line and element.
    """
    try:
        return _LayoutFile(text, pictures or {}).layout(name)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = f", line {found.group(1)}" if found else ""
        raise BadgeError(
            f"The layout {file} is not TOML{line}: {error}. Look at quotation marks and brackets."
        ) from error
    except RecursionError as error:
        raise BadgeError(
            f"The layout {file} has lists within lists, too many to be one. Choose another file."
        ) from error
    except LayoutProblem as problem:
        line = f", line {problem.line}" if problem.line else ""
        where = f", {problem.where}" if problem.where else ""
        said = str(problem)
        end = "" if said.endswith((".", "?")) else "."
        raise BadgeError(f"The layout {file}{line}{where}: {said}{end}") from problem


def picture_names(text: str) -> tuple[str, ...]:
    """The picture files that a layout's text names; none where it cannot be read."""
    if _PICTURE_KEY not in text:
        return ()
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    return tuple(dict.fromkeys(_files_in(table)))


def _files_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value[_PICTURE_KEY]] if isinstance(value.get(_PICTURE_KEY), str) else []
        return own + [name for one in value.values() for name in _files_in(one)]
    if isinstance(value, list):
        return [name for one in value for name in _files_in(one)]
    return []


class _LayoutFile:
    """One text being read."""

    def __init__(self, text: str, pictures: Mapping[str, bytes]) -> None:
        self._text = text
        self._pictures = pictures
        self._table: Mapping[str, Any] = tomllib.loads(text)
        self._places = places_of_headers(text)
        lines = tuple(text.splitlines())
        self._top = Place("", 0, ()) if not lines else Place("", 1, lines)

    def layout(self, name: str) -> BadgeLayout:
        top = TableReader(self._table, self._top)
        title = top.text("title")
        description = top.text("description", "")
        colours = self._colours("colours", top.take("colours"))
        if NO_CATEGORY_COLOUR not in colours:
            place = self._place_of("colours")
            text = f'"{NO_CATEGORY_COLOUR}" is missing: the colour of people without category'
            raise LayoutProblem(text, place.first_line, "colours")
        of_categories = self._colours("category_colours", top.take("category_colours", {}))
        palette = self._palette(top.take("palette", {"colours": ["#333333"]}))
        fonts = self._fonts(top.take("fonts", {"families": []}))
        designs = self._designs(top.take("designs"), colours)
        top.finish()
        return BadgeLayout(
            name=name,
            title=title,
            designs=designs,
            colours=colours,
            category_colours={key.casefold(): value for key, value in of_categories.items()},
            category_palette=palette,
            fonts=fonts,
            pictures=dict(self._pictures),
            description=description,
            source=self._text,
        )

    def _place_of(self, header: str, number: int = 0) -> Place:
        places = self._places.get(header, ())
        if number < len(places):
            return places[number]
        return Place(header, self._top.line_of(header), ())

    def _colours(self, header: str, table: Any) -> dict[str, str]:
        place = self._place_of(header)
        if not isinstance(table, dict):
            raise LayoutProblem(f"write [{header}] as a table", place.first_line)
        for name, colour in table.items():
            self._check_colour(colour, place.line_of(name), header)
        return dict(table)

    def _palette(self, table: Any) -> tuple[str, ...]:
        reader = TableReader(table, self._place_of("palette"))
        colours = reader.take("colours")
        if not isinstance(colours, list) or not colours:
            raise reader.problem('write "colours" as a list of colours', "colours")
        for colour in colours:
            self._check_colour(colour, self._place_of("palette").line_of("colours"), "palette")
        reader.finish()
        return tuple(colours)

    def _fonts(self, table: Any) -> tuple[str, ...]:
        reader = TableReader(table, self._place_of("fonts"))
        families = reader.take("families")
        if not isinstance(families, list) or not all(isinstance(one, str) for one in families):
            raise reader.problem('write "families" as a list of font names', "families")
        reader.finish()
        return tuple(families)

    def _check_colour(self, colour: Any, line: int, where: str) -> None:
        try:
            ink(colour if isinstance(colour, str) else repr(colour))
        except ValueError as error:
            raise LayoutProblem(str(error), line, where) from error

    def _designs(self, tables: Any, colours: Collection[str]) -> tuple[BadgeDesign, ...]:
        if not isinstance(tables, list) or not tables:
            raise LayoutProblem("there is no [[designs]]: add one with width_mm and height_mm")
        if len(tables) > _MOST_DESIGNS:
            raise LayoutProblem(f"there are {len(tables)} designs: keep up to {_MOST_DESIGNS}")
        counts = dict.fromkeys(Side, 0)
        designs = []
        for number, table in enumerate(tables):
            place = self._place_of("designs", number)
            name = f"design {number + 1}"
            reader = TableReader(table, Place(name, place.first_line, place.lines))
            width_mm = reader.number("width_mm", least=5.0)
            height_mm = reader.number("height_mm", least=5.0)
            bleed_mm = reader.number("bleed_mm", 0.0, most=_MOST_BLEED_MM)
            faces: dict[Side, tuple[Part, ...]] = {}
            for side in Side:
                elements = reader.take(side.value, [] if side is Side.BACK else None)
                faces[side] = self._parts(elements, name, side, counts[side], colours)
                counts[side] += len(elements)
            reader.finish()
            designs.append(
                BadgeDesign(width_mm, height_mm, faces[Side.FRONT], faces[Side.BACK], bleed_mm)
            )
        return tuple(designs)

    def _parts(
        self, tables: Any, design: str, side: Side, before: int, colours: Collection[str]
    ) -> tuple[Part, ...]:
        """The parts of a face from below to above.

        Args:
            before: how many elements of this side the designs above have, to find the lines.
        """
        if not isinstance(tables, list):
            raise LayoutProblem(f"write the elements as [[designs.{side.value}]]", 0, design)
        if len(tables) > _MOST_ELEMENTS:
            text = f"the {side.value} has {len(tables)} elements: keep up to {_MOST_ELEMENTS}"
            raise LayoutProblem(text, 0, design)
        parts = []
        for number, table in enumerate(tables):
            kind = table.get("kind", "?") if isinstance(table, dict) else "?"
            place = self._place_of(f"designs.{side.value}", before + number)
            name = f"{design}, {side.value}, element {number + 1} ({kind})"
            here = Place(name, place.first_line, place.lines)
            height, part = read_part(table, here, colours)
            self._check_pictures(part, here)
            parts.append((height, part))
        return tuple(part for _height, part in sorted(parts, key=lambda one: one[0]))

    def _check_pictures(self, part: Part, place: Place) -> None:
        for element in (part.element, *part.by_category.values()):
            if isinstance(element, Picture) and element.file not in self._pictures:
                text = f'there is no picture "{element.file}". Put it beside the layout file'
                raise LayoutProblem(text, place.line_of("file"), place.name)
