"""Refuses archives that would unpack to more than the memory holds, before they are loaded.

The library that reads workbooks lays a sheet out as a full rectangle from its first to its last
cell, so that a single forgotten cell in XFD1048576 asks for terabytes and ends the process. How
far a sheet goes is therefore measured here first, from the cells themselves: what a file says of
its own size is not to be trusted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.lists.reading.limits import MOST_BYTES, MOST_CELLS, MOST_SHARED_BYTES
from checkin_app.lists.reading.sheet_extents import (
    Chunks,
    ExtentBroken,
    spreadsheet_cells,
    worksheet_cells,
)

_SHARED_STRINGS = re.compile(r"/?xl/sharedStrings\.xml", re.IGNORECASE)
_BINARY_WORKBOOK = re.compile(r"/?xl/workbook\.bin", re.IGNORECASE)
_SPREADSHEET = "content.xml"
_BYTES_AT_ONCE = 1_000_000


def refuse_oversized(path: Path) -> None:
    """Looks into an XLSX or ODS archive; other files and broken archives pass.

    Raises:
        ListFileError: its content is far larger than a list can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_content(path, entries)
            is_vast = any(_cells(archive, entry) > MOST_CELLS for entry in entries)
    except ExtentBroken as error:
        raise ListFileError(
            f"{path.name} is damaged. Open it in a spreadsheet program, save it again as .xlsx"
            " and try that.",
            path,
        ) from error
    except _BROKEN_ARCHIVE:
        return
    if is_vast:
        raise ListFileError(
            f"{path.name} has a cell far away from its list. Copy the list to a new sheet, "
            "save that and try again.",
            path,
        )


def _refuse_content(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if any(_BINARY_WORKBOOK.fullmatch(entry.filename) for entry in entries):
        raise ListFileError(
            f"{path.name} is a binary workbook. Open it in a spreadsheet program, save it as "
            ".xlsx and try that.",
            path,
        )
    shared = sum(e.file_size for e in entries if _SHARED_STRINGS.fullmatch(e.filename))
    if shared > MOST_SHARED_BYTES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ListFileError(
            f"{path.name} unpacks to more than a list can be. Copy the list to a new workbook, save"
            " that and try again.",
            path,
        )


def _cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many cells a part of the archive has. Any part may be a sheet, whatever its name."""
    if entry.filename == _SPREADSHEET:
        return spreadsheet_cells(_content(archive, entry))
    return worksheet_cells(lambda: _content(archive, entry))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Chunks:
    with archive.open(entry) as handle:
        while some := handle.read(_BYTES_AT_ONCE):
            yield some


# What zipfile raises for archives that are damaged, encrypted or of an unknown method.
_BROKEN_ARCHIVE = (
    OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError,
    zlib.error,
)  # fmt: skip
