"""One element table of a layout file → a part of a face."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from checkin_app.badges.layouts.layout_conditions import read_conditions
from checkin_app.badges.layouts.layout_reader import Place, TableReader
from checkin_app.domain.badges.badge_elements import (
    Agenda,
    Code128,
    CodeFormat,
    Element,
    Ellipse,
    ErrorCorrection,
    Line,
    Photo,
    Picture,
    PictureFit,
    Programme,
    QrCode,
    Rectangle,
)
from checkin_app.domain.badges.badge_face import Align, VerticalAlign
from checkin_app.domain.badges.badge_layout import Part
from checkin_app.domain.badges.badge_text import LetterCase, Paragraph, TextBlock, Weight

_ANCHORS = {
    "top-left": (0.0, 0.0),
    "top": (0.5, 0.0),
    "top-right": (1.0, 0.0),
    "left": (0.0, 0.5),
    "centre": (0.5, 0.5),
    "right": (1.0, 0.5),
    "bottom-left": (0.0, 1.0),
    "bottom": (0.5, 1.0),
    "bottom-right": (1.0, 1.0),
}
_MOST_LINES = 40
_MOST_QUIET_MODULES = 20


def read_part(table: Any, place: Place, colours: Collection[str]) -> tuple[float, Part]:
    """The part, and its height above others (the key "z").

    Raises:
        LayoutProblem: something cannot be used.
    """
    TableReader(table, place)
    common = dict(table)
    overrides = common.pop("by_category", {})
    head = TableReader({key: common.pop(key) for key in ("z", "only_if") if key in common}, place)
    height = head.number("z", 0.0, least=-1000.0)
    conditions = read_conditions(head)
    element = _element(common, place, colours)
    by_category = {
        category: element
        for written, override in _checked_overrides(overrides, place).items()
        for element in (_override(common, written, override, place, colours),)
        for category in _categories(written)
    }
    return height, Part(element, conditions, by_category, place.name, place.first_line)


def _categories(written: str) -> list[str]:
    """The categories of a key: "press, media" is two, as in conditions."""
    return [name.strip().casefold() for name in written.split(",") if name.strip()]


def _checked_overrides(overrides: Any, place: Place) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(overrides, dict) or not all(
        isinstance(one, dict) for one in overrides.values()
    ):
        raise TableReader({}, place).problem(
            'write by_category.speaker = { fill = "#b3261e" } or { hidden = true }', "by_category"
        )
    return overrides


def _override(
    table: Mapping[str, Any],
    category: str,
    override: Mapping[str, Any],
    place: Place,
    colours: Collection[str],
) -> Element | None:
    here = Place(f'{place.name}, category "{category}"', place.first_line, place.lines)
    if override.get("hidden") is True:
        return None
    return _element({**table, **override}, here, colours)


def _element(table: Mapping[str, Any], place: Place, colours: Collection[str]) -> Element:
    reader = TableReader(table, place, colours)
    kind = reader.text("kind")
    read = _READERS.get(kind)
    if read is None:
        kinds = ", ".join(f'"{name}"' for name in _READERS)
        raise reader.problem(f'"{kind}" is not a kind of element; write one of {kinds}', "kind")
    element = read(reader)
    reader.finish()
    return element


def _text(reader: TableReader) -> TextBlock:
    """One text, set as large as its box allows."""
    return TextBlock(
        reader.box(_anchor(reader)),
        (_paragraph(reader),),
        reader.choice("align", Align.LEFT),
        reader.choice("vertical_align", VerticalAlign.TOP),
        rotation_deg=_rotation(reader),
    )


def _paragraphs(reader: TableReader) -> TextBlock:
    """Texts one below the other, which flow in their box."""
    tables = reader.take("paragraphs")
    if not isinstance(tables, list) or not tables:
        raise reader.problem('write "paragraphs" as a list of tables', "paragraphs")
    paragraphs = []
    for table in tables:
        one = reader.within(table)
        paragraphs.append(_paragraph(one))
        one.finish()
    return TextBlock(
        reader.box(_anchor(reader)),
        tuple(paragraphs),
        reader.choice("align", Align.LEFT),
        reader.choice("vertical_align", VerticalAlign.TOP),
        flows=True,
        rotation_deg=_rotation(reader),
    )


def _paragraph(reader: TableReader) -> Paragraph:
    texts = reader.templates("texts") if reader.has("texts") else (reader.template("text"),)
    smallest, largest = reader.size_range()
    return Paragraph(
        texts,
        size_pt=largest,
        min_size_pt=smallest,
        wrap_below_pt=reader.number("wrap_below_pt", 0.0, most=1000.0),
        max_lines=int(reader.number("max_lines", 1, least=1, most=_MOST_LINES)),
        font=reader.text("font", ""),
        weight=reader.choice("weight", Weight.REGULAR),
        colour=reader.colour("colour", "ink"),
        leading=reader.number("leading", 1.2, least=0.8, most=4.0),
        gap_mm=reader.number("gap_mm", 0.0),
        tracking_em=reader.number("tracking_em", 0.0, least=-0.1, most=1.0),
        letter_case=reader.choice("letter_case", LetterCase.AS_WRITTEN),
    )


def _rectangle(reader: TableReader) -> Rectangle:
    return Rectangle(
        reader.box(_anchor(reader)),
        fill=reader.colour("fill", ""),
        stroke=reader.colour("stroke", ""),
        stroke_mm=reader.number("stroke_mm", 0.25, least=0.01, most=50.0),
        corner_mm=reader.number("corner_mm", 0.0),
        rotation_deg=_rotation(reader),
    )


def _ellipse(reader: TableReader) -> Ellipse:
    return Ellipse(
        reader.box(_anchor(reader)),
        fill=reader.colour("fill", ""),
        stroke=reader.colour("stroke", ""),
        stroke_mm=reader.number("stroke_mm", 0.25, least=0.01, most=50.0),
        rotation_deg=_rotation(reader),
    )


def _line(reader: TableReader) -> Line:
    x1_mm, y1_mm = reader.numbers("from", 2, "[x, y]")
    x2_mm, y2_mm = reader.numbers("to", 2, "[x, y]")
    return Line(
        x1_mm,
        y1_mm,
        x2_mm,
        y2_mm,
        colour=reader.colour("colour", "ink"),
        width_mm=reader.number("width_mm", 0.25, least=0.01, most=50.0),
    )


def _picture(reader: TableReader) -> Picture:
    return Picture(
        reader.box(_anchor(reader)),
        reader.text("file"),
        reader.choice("fit", PictureFit.CONTAIN),
        reader.choice("align", Align.CENTRE),
        reader.choice("vertical_align", VerticalAlign.MIDDLE),
        _rotation(reader),
    )


def _photo(reader: TableReader) -> Photo:
    return Photo(
        reader.box(_anchor(reader)),
        reader.text("field", "photo"),
        reader.choice("fit", PictureFit.COVER),
        reader.flag("round", False),
        _rotation(reader),
    )


def _qr(reader: TableReader) -> QrCode:
    return QrCode(
        reader.box(_anchor(reader)),
        content=reader.template("content", "{code}"),
        format=reader.choice("format", CodeFormat.TEXT),
        error_correction=reader.choice("error_correction", ErrorCorrection.M),
        quiet_zone_modules=int(reader.number("quiet_zone", 4, least=0, most=_MOST_QUIET_MODULES)),
        colour=reader.colour("colour", "#000000"),
        rotation_deg=_rotation(reader),
    )


def _code128(reader: TableReader) -> Code128:
    return Code128(
        reader.box(_anchor(reader)),
        content=reader.template("content", "{code}"),
        colour=reader.colour("colour", "#000000"),
        rotation_deg=_rotation(reader),
    )


def _programme(reader: TableReader) -> Programme:
    smallest, largest = reader.size_range("size_pt", [5.5, 9.0])
    return Programme(
        reader.box(_anchor(reader)),
        agenda=reader.choice("agenda", Agenda.DAY),
        field=reader.text("field", "sessions"),
        size_pt=largest,
        min_size_pt=smallest,
        font=reader.text("font", ""),
        colour=reader.colour("colour", "ink"),
        time_colour=reader.colour("time_colour", "ink"),
        rotation_deg=_rotation(reader),
    )


_READERS: Mapping[str, Callable[[TableReader], Element]] = {
    "text": _text,
    "paragraphs": _paragraphs,
    "rectangle": _rectangle,
    "circle": _ellipse,
    "line": _line,
    "picture": _picture,
    "photo": _photo,
    "qr": _qr,
    "code128": _code128,
    "programme": _programme,
}


def _anchor(reader: TableReader) -> tuple[float, float]:
    """Which point of the box lies at its x and y."""
    name = reader.text("anchor", "top-left")
    if name not in _ANCHORS:
        names = ", ".join(f'"{one}"' for one in _ANCHORS)
        raise reader.problem(f'"anchor" is "{name}": write one of {names}', "anchor")
    return _ANCHORS[name]


def _rotation(reader: TableReader) -> float:
    return reader.number("rotation", 0.0, least=-360.0, most=360.0)
