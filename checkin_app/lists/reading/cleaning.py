"""Takes the invisible junk out of cells: odd blanks, zero-width and control characters, loose
accents. Works on whole columns, because most columns need nothing and one look can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | time | timedelta | None
"""What a spreadsheet cell can hold."""

_MOST_EXACT = 1e15
_MOST_STORED = 2.0**53

_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
_BLANKS = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_INVISIBLE = (
    "\xad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_REPLACEMENTS: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *map(ord, _INVISIBLE)], None),
    **dict.fromkeys(map(ord, _BREAKS + _BLANKS), " "),
}
_RUN_OF_BLANKS = re.compile("  +")
# Joiners hold emoji and the letters of Arabic and Indic scripts together; elsewhere they are junk.
_STRAY_JOINERS = re.compile(
    "(?<![\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)


def clean_cell(text: str) -> str:
    """The text as one line of NFC, single blanks, nothing invisible, no blanks around it."""
    if not text.isprintable():
        text = _STRAY_JOINERS.sub("", text.translate(_REPLACEMENTS))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "  " in text:
        text = _RUN_OF_BLANKS.sub(" ", text)
    return text.strip()


def clean_column(cells: Sequence[Cell]) -> list[str]:
    """The cells of one column as clean text; numbers and dates as a person would type them."""
    try:
        together = "".join(cells)  # type: ignore[arg-type]
    except TypeError:
        return clean_column([cell if type(cell) is str else cell_text(cell) for cell in cells])
    if (
        together.isprintable()
        and "  " not in together
        and (together.isascii() or unicodedata.is_normalized("NFC", together))
    ):
        return [*map(str.strip, cells)]  # type: ignore[arg-type]
    return [*map(clean_cell, cells)]  # type: ignore[arg-type]


def cell_text(cell: Cell) -> str:
    """A spreadsheet value as text: 7.0 is "7", a date is ISO 8601, an empty cell is empty.

    A number of more digits than a spreadsheet program keeps is written as 1.23E+18.
    """
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell)) if _is_whole(cell) else f"{cell:.14E}"
        case datetime():
            return _without_midnight(cell)
        case _:
            return str(cell)


def _is_whole(number: float) -> bool:
    """Whether all digits are there: Excel makes those after the fifteenth 0."""
    return abs(number) < _MOST_EXACT or (abs(number) < _MOST_STORED and number % 10 != 0)


def _without_midnight(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="seconds")
