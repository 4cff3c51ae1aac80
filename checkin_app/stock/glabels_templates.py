"""gLabels template files (XML) → stock, and what of them could not be used.

The format is that of glabels-3.0.dtd and its successors: a Template is a sheet, a Label-rectangle
the label on it, a Layout its grid. Lengths are points unless they say otherwise. Saved gLabels
documents, which hold their template, are read too; both may be packed with gzip.

These files come from anywhere: documents with a type declaration are refused, because only there
can entities be declared, and so are files that no list of labels needs to be.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from checkin_app.domain.badges.stock import Stock
from checkin_app.domain.badges.stock_faults import stock_faults
from checkin_app.errors import UsageError

_LARGEST_BYTES = 8 * 1024 * 1024
_MM_OF_UNIT = {"": 25.4 / 72, "pt": 25.4 / 72, "in": 25.4, "mm": 1.0, "cm": 10.0, "pc": 25.4 / 6}
_LENGTH = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)\s*([a-z]*)\s*")
_GZIP_MAGIC = b"\x1f\x8b"

_PAPERS_MM = {
    "A0": (841, 1189),
    "A1": (594, 841),
    "A2": (420, 594),
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "A7": (74, 105),
    "A8": (52, 74),
    "A9": (37, 52),
    "A10": (26, 37),
    "B0": (1000, 1414),
    "B1": (707, 1000),
    "B2": (500, 707),
    "B3": (353, 500),
    "B4": (250, 353),
    "B5": (176, 250),
    "B6": (125, 176),
    "SRA3": (320, 450),
    "SRA4": (225, 320),
    "US-Letter": (215.9, 279.4),
    "US-Legal": (215.9, 355.6),
    "US-Executive": (184.15, 266.7),
}
"""Paper by gLabels' names, width and height (ISO 216, ISO 217, ANSI)."""

_LABEL_KINDS = {
    "Label-round": "round labels",
    "Label-ellipse": "elliptical labels",
    "Label-cd": "labels for discs",
    "Label-path": "labels of a free shape",
    "Label-continuous": "continuous labels",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A template that cannot be printed on.

    Attributes:
        name: brand and number.
        reason: why, as the end of a sentence: "has round labels".
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class GlabelsTemplates:
    """What a template file holds.

    Attributes:
        stocks: templates said to equal another are stock of their own, after the others.
        left_out: what is no stock.
    """

    stocks: tuple[Stock, ...]
    left_out: tuple[LeftOut, ...]


class _Unusable(Exception):
    """A template cannot become stock; the message is the reason."""


def read_glabels_templates(path: Path) -> GlabelsTemplates:
    """Reads a template file, or the template of a saved document.

    Raises:
        UsageError: the file cannot be opened, is no gLabels file, or is not to be trusted.
    """
    root = _root(_content(path), path.name)
    templates = [element for element in root.iter() if _tag(element) == "Template"]
    if not _tag(root).startswith("Glabels") or not templates:
        raise UsageError(f"{path.name} has no gLabels templates. Choose another file.")
    stocks: dict[str, Stock] = {}
    reasons: dict[str, str] = {}
    # Equals may stand before the template they equal.
    for element in sorted(templates, key=lambda one: one.get("equiv") is not None):
        name = _name(element)
        try:
            stocks.update((stock.name, stock) for stock in _stocks(element, stocks, reasons))
        except _Unusable as unusable:
            reasons[name] = str(unusable)
    left_out = tuple(LeftOut(name, reason) for name, reason in reasons.items())
    return GlabelsTemplates(tuple(stocks.values()), left_out)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
            if content.startswith(_GZIP_MAGIC):
                file.seek(0)
                with gzip.open(file) as packed:
                    content = packed.read(_LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path.name} cannot be read. Choose another file.") from error
    if len(content) > _LARGEST_BYTES:
        raise UsageError(f"{path.name} is too large for a template file. Choose another file.")
    return content


def _root(content: bytes, name: str) -> ElementTree.Element:
    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = _refuse_type_declaration
    try:
        scanner.Parse(content, True)
        return ElementTree.fromstring(content)
    except _Unusable as error:
        raise UsageError(
            f"{name} declares a document type, which template files do not need. Remove its "
            "<!DOCTYPE …> or choose another file."
        ) from error
    except (expat.ExpatError, ElementTree.ParseError, ValueError) as error:
        raise UsageError(f"{name} is no XML file, or is damaged ({error}).") from error


def _refuse_type_declaration(*_declaration: object) -> None:
    raise _Unusable


def _stocks(
    element: ElementTree.Element, known: Mapping[str, Stock], reasons: Mapping[str, str]
) -> Iterator[Stock]:
    """The stock of one template, and of its aliases.

    Args:
        known: the stock found so far, by name.
        reasons: why others were left out, by name.
    """
    name, brand = _name(element), _brand(element)
    equal = element.get("equiv")
    if equal is not None:
        original_name = f"{brand} {equal}".strip()
        original = known.get(original_name)
        if original is None:
            why = reasons.get(original_name, "is not in this file")
            raise _Unusable(f"is said to equal {equal}, which {why}")
        stock = replace(original, name=name, part_numbers=(name,))
    else:
        stock = _stock(element, name, brand)
    yield stock
    for alias in element:
        if _tag(alias) == "Alias" and _name(alias) != name:
            yield replace(stock, name=_name(alias), part_numbers=(_name(alias),))


def _stock(element: ElementTree.Element, name: str, brand: str) -> Stock:
    label = _only_label(element)
    layout = _only_layout(label)
    paper = element.get("size", "")
    paper_width_mm, paper_height_mm = _paper_mm(element, paper)
    waste_mm = _length_mm(label, "waste", "0")
    stock = Stock(
        name=name,
        paper_width_mm=paper_width_mm,
        paper_height_mm=paper_height_mm,
        badge_width_mm=_length_mm(label, "width"),
        badge_height_mm=_length_mm(label, "height"),
        columns=_count(layout, "nx"),
        rows=_count(layout, "ny"),
        left_mm=_length_mm(layout, "x0", "0"),
        top_mm=_length_mm(layout, "y0", "0"),
        pitch_x_mm=_length_mm(layout, "dx", "0"),
        pitch_y_mm=_length_mm(layout, "dy", "0"),
        corner_radius_mm=_length_mm(label, "round", "0"),
        waste_x_mm=_length_mm(label, "x_waste", "0") or waste_mm,
        waste_y_mm=_length_mm(label, "y_waste", "0") or waste_mm,
        paper="" if paper.casefold() == "other" else paper.removeprefix("US-"),
        brand=brand,
        part_numbers=(name,),
        description=element.get("_description") or element.get("description") or "",
        source="gLabels template file",
    )
    faults = stock_faults(stock)
    if faults:
        raise _Unusable(f"has impossible measures: {faults[0]}")
    return stock


def _only_label(element: ElementTree.Element) -> ElementTree.Element:
    labels = [child for child in element if _tag(child).startswith("Label-")]
    if not labels:
        raise _Unusable("describes no label")
    for label in labels:
        if _tag(label) != "Label-rectangle":
            raise _Unusable(f"has {_LABEL_KINDS.get(_tag(label), _tag(label))}")
    if len(labels) > 1:
        raise _Unusable("has labels of several sizes on one sheet")
    return labels[0]


def _only_layout(label: ElementTree.Element) -> ElementTree.Element:
    layouts = [child for child in label if _tag(child) == "Layout"]
    if len(layouts) != 1:
        raise _Unusable("has several grids on one sheet" if layouts else "has no grid")
    return layouts[0]


def _paper_mm(element: ElementTree.Element, paper: str) -> tuple[float, float]:
    if paper in _PAPERS_MM:
        return _PAPERS_MM[paper]
    if element.get("width") is None or element.get("height") is None:
        raise _Unusable(f'is on the unknown paper "{paper}"')
    return _length_mm(element, "width"), _length_mm(element, "height")


def _length_mm(element: ElementTree.Element, name: str, default: str | None = None) -> float:
    text = element.get(name) or default
    if text is None:
        raise _Unusable(f"has no {name}")
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] not in _MM_OF_UNIT:
        raise _Unusable(f'has a {name} of "{text[:20]}", which is no length')
    return round(float(match[1]) * _MM_OF_UNIT[match[2]], 3)


def _count(element: ElementTree.Element, name: str) -> int:
    text = element.get(name, "")
    if not re.fullmatch(r"\d{1,4}", text):
        raise _Unusable(f'has a {name} of "{text[:20]}", which is no number')
    return int(text)


def _brand(element: ElementTree.Element) -> str:
    return element.get("brand") or element.get("name", "").partition(" ")[0]


def _name(element: ElementTree.Element) -> str:
    """Brand and number; files before gLabels 2.3 have both in one attribute."""
    if element.get("part"):
        return f"{element.get('brand', '')} {element.get('part')}".strip()
    return element.get("name") or "a template without a name"


def _tag(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
