"""How far the sheets of a workbook go, measured from their cells as they stand in the XML.

Most sheets are written in one way ("<c r="B7" …>"), and bytes that follow it are only looked
through. A sheet that is written otherwise, or that goes far in both directions, is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from xml.parsers.expat import ExpatError, ParserCreate

from checkin_app.lists.reading.limits import MOST_CELLS

Chunks = Iterator[bytes]
"""The bytes of one part of an archive, in order."""

_NEXT_TAG = b"<"
_LONGEST_TAG = 200
_LONGEST_NUMBER = 12
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
_PREFIXED_CELL = re.compile(rb"<[\w.-]+:c[\s/>]")
_END_OF_NAME = re.compile(rb"[\s/>]")
_LATE_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})')
_EARLY_COLUMNS = 26
# The pattern of late rows, and the last row that it does not see. Most sheets are narrow, and of
# those a coarser look will do, which takes half as long.
_OF_NARROW_SHEET = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{6,7})"'), 99_999
_OF_WIDE_SHEET = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{5,7})"'), 9_999
_XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
_PLAIN_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding=[\"'](?!utf-8[\"']))", re.IGNORECASE
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CELL_CONTENT = frozenset(("v", "is", "f"))
_CELL_VALUES = frozenset(
    f"office:{name}"
    for name in ("value", "string-value", "date-value", "time-value", "boolean-value")
)


class ExtentBroken(ValueError):
    """A sheet is not well-formed XML, or names cells that no spreadsheet has."""


def worksheet_cells(read: Callable[[], Chunks]) -> int:
    """How many cells the rectangle around the content of an XLSX worksheet has, at most.

    Parts that are no worksheet have none.

    Args:
        read: gives the bytes of the part, from the start each time.

    Raises:
        ExtentBroken: its XML cannot be understood.
    """
    cells = _bound(read())
    if cells is not None and cells <= MOST_CELLS:
        return cells
    extent = _WorksheetExtent()
    _parse(read(), extent.start)
    return extent.cells


def spreadsheet_cells(chunks: Chunks) -> int:
    """How many cells the largest table of an ODS has when its repeats are laid out.

    Raises:
        ExtentBroken: its XML cannot be understood.
    """
    extent = _SpreadsheetExtent()
    _parse(chunks, extent.start, extent.end)
    return extent.most_cells


def _bound(chunks: Chunks) -> int | None:
    """A bound of the cells from a look at the bytes; None when a cell is written unusually."""
    last_column, last_row = _EARLY_COLUMNS, 0
    before = b""
    for place, some in enumerate(chain(chunks, [_NEXT_TAG])):
        if place == 0 and not some.lstrip().startswith(_XML_STARTS):
            return 0
        if place == 0 and not _PLAIN_START.match(some):
            return None
        looked_at, before = _whole_tags(before + some)
        if len(before) > _LONGEST_TAG or _has_unusual_cell(looked_at):
            return None
        for letters in set(_LATE_COLUMN.findall(looked_at)):
            last_column = max(last_column, _column(letters.decode()))
        is_narrow = last_column == _EARLY_COLUMNS
        late_row, early_rows = _OF_NARROW_SHEET if is_narrow else _OF_WIDE_SHEET
        last_row = max(last_row, early_rows, *map(int, late_row.findall(looked_at)))
    return last_column * last_row


def _whole_tags(some: bytes) -> tuple[bytes, bytes]:
    """Bytes up to the last tag, and that tag, which may go on in the bytes that follow.

    One that is long already, its name aside, has told where its cell is.
    """
    start = some.rfind(_NEXT_TAG)
    is_long = len(some) - start > _LONGEST_TAG
    if start < 0 or (is_long and _END_OF_NAME.search(some, start, start + _LONGEST_TAG)):
        return some, b""
    return some[:start], some[start:]


def _has_unusual_cell(some: bytes) -> bool:
    if _ODD_CELL.search(some):
        return True
    return b":c" in some and _PREFIXED_CELL.search(some) is not None


class _WorksheetExtent:
    """Follows the elements of a worksheet. Cells without a reference stand beside the last."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._last_row = self._last_column = 0

    @property
    def cells(self) -> int:
        """Of the rectangle from the first row to the last cell with content."""
        return self._last_row * self._last_column

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row = _row_number(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._to_cell(attributes.get("r"))
            case kind if kind in _CELL_CONTENT:
                self._last_row = max(self._last_row, self._row)
                self._last_column = max(self._last_column, self._column)

    def _to_cell(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise ExtentBroken("A cell has no proper reference.")
        self._column, self._row = _column(found[1].upper()), int(found[2])


class _SpreadsheetExtent:
    """Follows the elements of an ODS. Repeated rows and cells count when they hold anything."""

    def __init__(self) -> None:
        self.most_cells = 0
        self._row = self._last_row = self._last_column = 0
        self._column = self._repeats = 0
        self._filled_to = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "table:table":
                self._row = self._last_row = self._last_column = 0
            case "table:table-row":
                self._repeats = _repeats(attributes.get("table:number-rows-repeated"))
                self._column = self._filled_to = 0
            case "table:table-cell" | "table:covered-table-cell":
                self._column += _repeats(attributes.get("table:number-columns-repeated"))
                if not _CELL_VALUES.isdisjoint(attributes):
                    self._filled_to = self._column
            case "text:p":
                self._filled_to = self._column

    def end(self, name: str) -> None:
        if name != "table:table-row":
            return
        self._row += self._repeats
        if self._filled_to:
            self._last_row = self._row
            self._last_column = max(self._last_column, self._filled_to)
            self.most_cells = max(self.most_cells, self._last_row * self._last_column)


def _parse(
    chunks: Chunks,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        for some in chunks:
            parser.Parse(some, False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise ExtentBroken("The XML of a sheet is broken.") from error


def _refuse_doctype(*_declared: object) -> None:
    raise ExtentBroken("A sheet declares entities, which no spreadsheet program writes.")


def _repeats(text: str | None) -> int:
    return 1 if text is None else _row_number(text)


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ExtentBroken("A row has no proper number.")
    return int(text[:_LONGEST_NUMBER])


def _column(letters: str) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
