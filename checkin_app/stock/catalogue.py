"""The program's own table of stock: what organisers can buy, and plain paper, cards and rolls."""

from __future__ import annotations

import csv
import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checkin_app.domain.badges.stock import EVERYDAY, Feed, Stock
from checkin_app.domain.badges.stock_faults import ROUNDING_MM
from checkin_app.resource_files import resource_path
from checkin_app.stock.stock_document import stock_from_document

_SOURCE = "gLabels templates"
_PAPERS = {"US-Letter": "Letter", "other": ""}
_LABEL_PRINTERS = ("Brother", "Dymo")


@functools.cache
def built_in_stock() -> tuple[Stock, ...]:
    """All stock that comes with the program: the everyday, then badges, then the large table.

    One stock for each part that a maker sells; where two sources know a part, the one that is
    closer to badges is kept.

    Raises:
        ResourceMissing: the installation lacks the table.
    """
    stocks = [*EVERYDAY, *_more_stock()]
    known = {number.casefold() for stock in stocks for number in stock.part_numbers}
    stocks += [stock for stock in _table() if stock.name.casefold() not in known]
    return tuple(stocks)


def _more_stock() -> Iterator[Stock]:
    with resource_path("stock", "more.toml").open("rb") as file:
        tables: Sequence[Mapping[str, object]] = tomllib.load(file)["stock"]
    return map(stock_from_document, tables)


def _table() -> Iterator[Stock]:
    with resource_path("stock", "stock.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from map(_stock_of_row, rows)


def _stock_of_row(row: Sequence[str]) -> Stock:
    """One row of stock.csv, whose columns are named in its first line."""
    brand, part, description, paper = row[:4]
    paper_width, paper_height, width, height, corner, waste_x, waste_y = _lengths(row[4:11])
    columns, rows = int(row[11]), int(row[12])
    left, top, pitch_x, pitch_y = _lengths(row[13:17])
    name = f"{brand} {part}"
    across = (columns, width, pitch_x, left, paper_width)
    down = (rows, height, pitch_y, top, paper_height)
    is_roll = brand in _LABEL_PRINTERS and columns * rows == 1
    return Stock(
        name=name,
        paper_width_mm=paper_width,
        paper_height_mm=paper_height,
        badge_width_mm=width,
        badge_height_mm=height,
        columns=columns,
        rows=rows,
        left_mm=left,
        top_mm=top,
        pitch_x_mm=pitch_x,
        pitch_y_mm=pitch_y,
        corner_radius_mm=corner,
        waste_x_mm=waste_x,
        waste_y_mm=waste_y,
        feed=Feed.ROLL if is_roll else Feed.SHEET,
        paper=_PAPERS.get(paper, paper),
        brand=brand,
        part_numbers=(name,),
        description=description,
        source=_SOURCE,
        doubt=_doubt(*across) or _doubt(*down),
    )


def _lengths(texts: Iterable[str]) -> list[float]:
    """A length that the table leaves out is 0."""
    return [float(text) if text else 0.0 for text in texts]


def _doubt(count: int, badge_mm: float, pitch_mm: float, first_mm: float, paper_mm: float) -> str:
    """What the measures along one side of the sheet leave in doubt."""
    if count > 1 and pitch_mm < badge_mm - ROUNDING_MM:
        return "By the measures known the badges overlap."
    if first_mm + (count - 1) * pitch_mm + badge_mm > paper_mm + ROUNDING_MM:
        return "By the measures known the badges are larger than the sheet."
    return ""
