"""Refuses archives that would unpack to more than the memory holds, before they are loaded.

The library that reads workbooks lays a sheet out as a full rectangle from its first to its last
cell, so that a single forgotten cell in XFD1048576 asks for terabytes and ends the process.
Sheets that say they are vast, and small ones whatever they say, are looked through first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.lists.limits import MOST_BYTES, MOST_CELLS

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
_CELL_WITH_CONTENT = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_HEAD_BYTES = 4096
_SMALL_SHEET_BYTES = 2_000_000
_BYTES_AT_ONCE = 1_000_000
_LONGEST_TAG = 200


def refuse_oversized(path: Path) -> None:
    """Looks into an XLSX or ODS archive; other files and broken archives pass.

    Raises:
        ListFileError: its content is far larger than a list can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise ListFileError(f"{path.name} unpacks to more than a list can be.", path)
            vast = any(
                _is_vast(archive, entry) for entry in entries if _SHEET.fullmatch(entry.filename)
            )
    except _BROKEN_ARCHIVE:
        return
    if vast:
        raise ListFileError(
            f"{path.name} has a cell far away from its list. Copy the list to a new sheet, "
            "save that and try again.",
            path,
        )


def _is_vast(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    """Whether the rectangle around the cells with content is beyond what can be kept."""
    with archive.open(sheet) as handle:
        said = _DIMENSION.search(handle.read(_HEAD_BYTES))
    says_vast = said is not None and _column(said[1]) * int(said[2]) > MOST_CELLS
    if not says_vast and sheet.file_size > _SMALL_SHEET_BYTES:
        return False
    last_column = last_row = 0
    for column, row in _cells(archive, sheet):
        last_column = max(last_column, column)
        last_row = max(last_row, row)
    return last_column * last_row > MOST_CELLS


def _cells(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """Column and row, from 1, of the cells that are not empty."""
    before = b""
    with archive.open(sheet) as handle:
        while some := handle.read(_BYTES_AT_ONCE):
            for found in _CELL_WITH_CONTENT.finditer(before + some):
                yield _column(found[1]), int(found[2])
            before = some[-_LONGEST_TAG:]


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


# What zipfile raises for archives that are damaged, encrypted or of an unknown method.
_BROKEN_ARCHIVE = (
    OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError,
    zlib.error,
)  # fmt: skip
