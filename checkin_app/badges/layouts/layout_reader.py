"""Reads the values of one table of a layout file and says where and how a wrong one is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from checkin_app.badges.fields import Template
from checkin_app.badges.inks import ink
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import CATEGORY_COLOUR

Choice = TypeVar("Choice", bound=StrEnum)
_LARGEST_MM = 2000.0
_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?$")


class LayoutProblem(ValueError):
    """Something in a layout file that cannot be used.

    Attributes:
        line: of the file, from 1; 0 when it concerns the whole file.
        where: the element: 'design 1, front, element 3 (qr)'; empty outside of elements.
    """

    def __init__(self, text: str, line: int = 0, where: str = "") -> None:
        super().__init__(text)
        self.line = line
        self.where = where


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands in its file.

    Attributes:
        name: of the element in messages.
        first_line: the line of its header, from 1.
        lines: the text from there to the next header.
    """

    name: str
    first_line: int
    lines: tuple[str, ...]

    def line_of(self, key: str) -> int:
        """The line that sets a key; the header's when it is not found."""
        pattern = re.compile(rf"(?:^|[\s{{,])(?:\"{re.escape(key)}\"|{re.escape(key)})\s*[=.]")
        for number, line in enumerate(self.lines, self.first_line):
            if pattern.search(line.split("#", 1)[0] if '"' not in line else line):
                return number
        return self.first_line


def places_of_headers(text: str) -> Mapping[str, Sequence[Place]]:
    """The places of all tables of a TOML text by their header, in their order.

    A place reaches to the next header whatever its name. Lines within a multi-line string that
    look like headers are not told apart; layout files have none.
    """
    lines = text.splitlines()
    starts = [
        (number, match.group(1).replace(" ", ""))
        for number, line in enumerate(lines)
        if (match := _HEADER.match(line))
    ]
    ends = [*(number for number, _name in starts[1:]), len(lines)]
    places: dict[str, list[Place]] = {}
    for (start, name), end in zip(starts, ends, strict=False):
        places.setdefault(name, []).append(Place(name, start + 1, tuple(lines[start:end])))
    return places


class TableReader:
    """One table of a layout file; every value is taken once, and ``finish`` finds the rest.

    Args:
        colours: the names that elements may use.
    """

    def __init__(self, table: object, place: Place, colours: Collection[str] = ()) -> None:
        self._place = place
        self._table = self._checked(table)
        self._colours = colours
        self._known: list[str] = []

    def problem(self, text: str, key: str = "") -> LayoutProblem:
        """What is wrong, with its place."""
        line = self._place.line_of(key) if key else self._place.first_line
        return LayoutProblem(text, line, self._place.name)

    def has(self, key: str) -> bool:
        """Whether the table sets a key."""
        self._known.append(key)
        return key in self._table

    def take(self, key: str, default: Any = None) -> Any:
        """A value as it is; without default it has to be there."""
        self._known.append(key)
        if key in self._table:
            return self._table.pop(key)
        if default is None:
            raise self.problem(f'"{key}" is missing. Add it')
        return default

    def number(
        self,
        key: str,
        default: float | None = None,
        *,
        least: float = 0.0,
        most: float = _LARGEST_MM,
    ) -> float:
        """A length in mm, a size in pt, or another number."""
        return self._number(key, self.take(key, default), least, most)

    def size_range(self, key: str = "size_pt", default: Any = None) -> tuple[float, float]:
        """Smallest and largest size of type in pt: one number, or [smallest, largest]."""
        value = self.take(key, default)
        if not isinstance(value, list | tuple):
            size = self._number(key, value, 1.0, 1000.0)
            return size, size
        if len(value) != 2:
            raise self.problem(f'write "{key}" as one size or as [smallest, largest]', key)
        smallest, largest = (self._number(key, size, 1.0, 1000.0) for size in value)
        if smallest > largest:
            raise self.problem(f'"{key}" runs from large to small: put the smaller first', key)
        return smallest, largest

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise self.problem(f'"{key}" is {value!r}: write true or false', key)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        value = self.take(key, default)
        if not isinstance(value, str):
            raise self.problem(f'"{key}" is {value!r}: write it in quotation marks', key)
        return value

    def template(self, key: str, default: str | None = None) -> str:
        """A text with placeholders."""
        return self._template(key, self.text(key, default))

    def templates(self, key: str) -> tuple[str, ...]:
        """A list of texts with placeholders."""
        value = self.take(key)
        if not isinstance(value, list) or not value or not all(isinstance(x, str) for x in value):
            raise self.problem(f'write "{key}" as a list of texts: ["…", "…"]', key)
        return tuple(self._template(key, text) for text in value)

    def choice(self, key: str, default: Choice) -> Choice:
        """One of the words of an enumeration."""
        value = self.take(key, default)
        kind = type(default)
        if value not in [one.value for one in kind]:
            words = ", ".join(f'"{one.value}"' for one in kind)
            raise self.problem(f'"{key}" is {value!r}: write one of {words}', key)
        return kind(value)

    def colour(self, key: str, default: str | None = None) -> str:
        """A colour: a name of the layout, "category", "#rrggbb" or "cmyk(…)"."""
        value = self.text(key, default)
        if not value or value == CATEGORY_COLOUR or value in self._colours:
            return value
        try:
            ink(value)
        except ValueError as error:
            near = difflib.get_close_matches(value, self._colours, 1)
            hint = f'. Did you mean "{near[0]}"?' if near else f": {error}"
            raise self.problem(f'there is no colour "{value}"{hint}', key) from error
        return value

    def numbers(self, key: str, count: int, form: str) -> list[float]:
        """A list of so many numbers."""
        value = self.take(key)
        if not isinstance(value, list) or len(value) != count:
            raise self.problem(f'write "{key}" as {form}, in mm', key)
        return [self._number(key, one, -_LARGEST_MM, _LARGEST_MM) for one in value]

    def box(self, anchor: tuple[float, float] = (0.0, 0.0)) -> Box:
        """The key "box": [x, y, width, height]; ``anchor`` is the share of the box at x, y."""
        x_mm, y_mm, width_mm, height_mm = self.numbers("box", 4, "[x, y, width, height]")
        if width_mm <= 0 or height_mm <= 0:
            raise self.problem("the box has no width or no height", "box")
        across, down = anchor
        return Box(x_mm - across * width_mm, y_mm - down * height_mm, width_mm, height_mm)

    def within(self, table: Any) -> TableReader:
        """A table inside this one."""
        return TableReader(table, self._place, self._colours)

    def finish(self) -> None:
        """Refuses keys that nobody asked for."""
        for key in self._table:
            near = difflib.get_close_matches(key, self._known, 1)
            hint = f'Did you mean "{near[0]}"?' if near else "Take it out."
            raise self.problem(f'"{key}" means nothing here. {hint}', key)

    def _checked(self, table: object) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self.problem(f"{table!r} is no table of keys and values: write {{ key = … }}")
        return dict(table)

    def _number(self, key: str, value: Any, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.problem(f'"{key}" is {value!r}: write a number', key)
        if not least <= value <= most:
            raise self.problem(f'"{key}" is {value:g}: write {least:g} to {most:g}', key)
        return float(value)

    def _template(self, key: str, text: str) -> str:
        try:
            Template.parse(text)
        except ValueError as error:
            raise self.problem(str(error), key) from error
        return text
