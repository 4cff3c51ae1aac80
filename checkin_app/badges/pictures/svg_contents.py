"""What an SVG file holds, looked through before anything is made of it.

svglib draws shapes, gradients and clips, and passes over what it does not know. A logo would lose
parts of itself that way without a word, so whatever it would pass over is refused here and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from checkin_app.errors import BadgeError

_MOST_BYTES = 5_000_000
_MOST_ELEMENTS = 20_000
_DEEPEST = 100
_NEVER_DRAWN = {
    "text": "text, which looks different wherever its font is missing",
    "image": "a picture made of dots",
    "mask": "masks",
    "filter": "filters such as shadows or blur",
    "pattern": "patterns",
    "marker": "markers",
    "foreignObject": "parts of a web page",
    "meshgradient": "mesh gradients",
}
_AS_PATHS = "Save it once more with all text turned into paths and effects flattened."
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)")
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)")
# The opacity of a whole group; fill-opacity and stroke-opacity are drawn.
_OPACITY = re.compile(r"(?:^|[;{\s])opacity\s*:\s*([0-9.]+%?)")
_STROKE_URL = re.compile(r"(?:^|[;{\s])stroke\s*:\s*url")


def svg_size(name: str, data: bytes) -> tuple[float, float]:
    """Width and height of an SVG in units of its own.

    Args:
        name: the file's, for messages.

    Raises:
        BadgeError: it is no SVG, or has what cannot be printed as it looks.
    """
    if len(data) > _MOST_BYTES:
        raise BadgeError(f"The picture {name} is too large for a drawing. Make it simpler.")
    reader = _Reader(name)
    try:
        reader.read(data)
    except expat.ExpatError as error:
        raise BadgeError(
            f"The picture {name} is neither an SVG, a PNG nor a JPEG. Take another file."
        ) from error
    return reader.size()


class _Reader:
    """Reads one file element by element; nothing is kept, and no other file is opened."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0
        self._depth = 0
        self._in_style = False
        self._root: Mapping[str, str] | None = None

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        parser.Parse(data, True)

    def size(self) -> tuple[float, float]:
        root = self._root or {}
        box = root.get("viewBox", "").replace(",", " ").split()
        lengths = [_LENGTH.match(root.get(key, "")) for key in ("width", "height")]
        whole = [
            float(length[1])
            for key, length in zip(("width", "height"), lengths, strict=True)
            if length and not root[key].strip().endswith("%")
        ]
        try:
            width, height = whole if len(whole) == 2 else map(float, box[2:4])
        except ValueError as error:
            raise self._refusal("does not say how large it is", "Save it once more.") from error
        if not (width > 0 and height > 0):
            raise self._refusal("has no size", "Save it once more.")
        return width, height

    def _entity(self, *_declared: object) -> None:
        raise self._refusal("declares entities", "Save it once more as plain SVG.")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        kind = element.rpartition(":")[2]
        if self._root is None:
            if kind != "svg":
                raise self._refusal("is no picture", "Take an SVG, PNG or JPEG.")
            self._root = attributes
        if self._elements > _MOST_ELEMENTS or self._depth > _DEEPEST:
            raise self._refusal("has too many parts", "Make it simpler, or save it as PNG.")
        if kind in _NEVER_DRAWN:
            raise self._refusal(f"has {_NEVER_DRAWN[kind]}", _AS_PATHS)
        self._in_style = kind == "style"
        if kind != "a":
            self._look_at(attributes)

    def _end(self, _element: str) -> None:
        self._depth -= 1
        self._in_style = False

    def _text(self, text: str) -> None:
        if self._in_style:
            self._look_at_style(text)

    def _look_at(self, attributes: Mapping[str, str]) -> None:
        for key, value in attributes.items():
            if key.rpartition(":")[2] == "href" and not value.startswith("#"):
                raise self._refusal("names another file", "Put everything into one file.")
        self._look_at_style(attributes.get("style", ""))
        self._look_at_opacity(attributes.get("opacity", "1"))
        if attributes.get("stroke", "").startswith("url"):
            raise self._refusal("has lines with a gradient", _AS_PATHS)

    def _look_at_style(self, style: str) -> None:
        if "@import" in style or any(not url.startswith("#") for url in _URL.findall(style)):
            raise self._refusal("names another file", "Put everything into one file.")
        if _STROKE_URL.search(style):
            raise self._refusal("has lines with a gradient", _AS_PATHS)
        for opacity in _OPACITY.findall(style):
            self._look_at_opacity(opacity)

    def _look_at_opacity(self, opacity: str) -> None:
        if opacity.strip() not in ("1", "1.0", "100%", "inherit"):
            raise self._refusal("has transparent groups", _AS_PATHS)

    def _refusal(self, what: str, advice: str) -> BadgeError:
        return BadgeError(f"The picture {self._name} {what}. {advice}")
