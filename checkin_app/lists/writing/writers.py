"""Rows → CSV for programs and spreadsheets, XLSX for people, JSON for programs.

No cell is ever run as a formula by whoever opens the file: in CSV by ``formula_guard``, in
XLSX by writing text as text.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkin_app.domain.event_document import iso_utc
from checkin_app.errors import CheckinError, UsageError
from checkin_app.lists.writing.delimiters import COMMA
from checkin_app.lists.writing.formula_guard import guarded
from checkin_app.scratch_folder import ScratchFolder
from checkin_app.whole_file import whole_file

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | date | None
"""What a cell may be given as; datetime is a date. A time with a time zone is written to CSV
and XLSX as its wall-clock time, and to JSON as UTC."""

_LONGEST_XLSX_CELL = 32_767
_MOST_XLSX_ROWS = 1_048_576
_NARROWEST_COLUMN, _WIDEST_COLUMN = 10, 48
_ROWS_MEASURED = 200


def write_rows(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    delimiter: str = COMMA,
) -> int:
    """Writes a list in the format that the file name's ending asks for.

    The file appears when it is whole; one that was there before is replaced then.

    Args:
        path: ending in .csv (UTF-8 with byte order mark, RFC 4180), .xlsx or .json (an array
            of objects by column name).
        rows: each as long as ``columns``.
        delimiter: between the cells of a CSV file.

    Returns:
        the number of rows written.

    Raises:
        UsageError: another ending.
        CheckinError: the file cannot be written.
    """
    ending = path.suffix.lower()
    write: _Writer | None = (
        partial(_write_csv, delimiter) if ending == ".csv" else _WRITERS.get(ending)
    )
    if write is None:
        endings = ", ".join((".csv", *_WRITERS))
        raise UsageError(f"{path.name} cannot be written: its name must end in {endings}.")
    with whole_file(path) as unfinished:
        return write(unfinished, columns, rows)


def _write_csv(
    delimiter: str, path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]]
) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=delimiter)
        writer.writerow(map(guarded, columns))
        for row in rows:
            writer.writerow([guarded(v) if type(v) is str else _csv_text(v) for v in row])
            count += 1
    return count


def _csv_text(value: Value) -> str | int | float:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return value


def _write_json(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write("[")
        for row in rows:
            cells = dict(zip(columns, map(_json_value, row), strict=True))
            handle.write(",\n " if count else "\n ")
            json.dump(cells, handle, ensure_ascii=False)
            count += 1
        handle.write("\n]\n" if count else "]\n")
    return count


def _json_value(value: Value) -> str | int | float | bool | None:
    match value:
        case datetime() if value.tzinfo:
            return iso_utc(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    with ScratchFolder() as scratch:
        archive, count = _workbook(columns, rows, scratch.path)
    path.write_bytes(archive)
    return count


def _workbook(
    columns: Sequence[str], rows: Iterable[Sequence[Value]], drafts: Path
) -> tuple[bytes, int]:
    """A workbook and how many rows it holds; its parts are drafted in a folder."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    options = {
        "constant_memory": True,
        "tmpdir": str(drafts),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # On a full disk it would leave its archive open, which then complains at the end.
    archive = BytesIO()
    try:
        with Workbook(archive, options) as book:
            sheet = book.add_worksheet()
            count = _Sheet(book, sheet).fill(columns, rows)
    except XlsxWriterException as error:
        # Its own wrapping of what the disk said; the file's name and cause are told one level up.
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    return archive.getvalue(), count


class _Sheet:
    """One worksheet being written, row by row."""

    def __init__(self, book: Any, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._bold: Format = book.add_format({"bold": True, "bottom": 1})
        self._date: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def fill(self, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
        source = iter(rows)
        first_rows = [*islice(source, _ROWS_MEASURED)]
        self._set_widths(columns, first_rows)
        self._sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            self._sheet.write_string(0, place, _fitting(name), self._bold)
        last = 0
        for last, row in enumerate(chain(first_rows, source), 1):
            if last >= _MOST_XLSX_ROWS:
                raise CheckinError("An Excel sheet has no room for so many rows. Export as CSV.")
            for place, value in enumerate(row):
                self._write(last, place, value)
        if columns:
            self._sheet.autofilter(0, 0, last, len(columns) - 1)
        return last

    def _set_widths(self, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        for place, name in enumerate(columns):
            lengths = (len(str(row[place])) for row in rows)
            longest = max(len(name) + 3, *lengths, 0)
            self._sheet.set_column(
                place, place, min(max(longest, _NARROWEST_COLUMN), _WIDEST_COLUMN)
            )

    def _write(self, row: int, place: int, value: Value) -> None:
        match value:
            case None | "":
                return
            case str():
                self._sheet.write_string(row, place, _fitting(value))
            case bool():
                self._sheet.write_boolean(row, place, value)
            case datetime():
                wall_clock = value.replace(tzinfo=None)
                self._sheet.write_datetime(row, place, wall_clock, self._moment)
            case date():
                self._sheet.write_datetime(row, place, value, self._date)
            case _:
                self._sheet.write_number(row, place, value)


def _fitting(text: str) -> str:
    """Excel refuses longer cells altogether, so the end of such a text is marked as missing."""
    if len(text) <= _LONGEST_XLSX_CELL:
        return text
    return text[: _LONGEST_XLSX_CELL - 1] + "…"


_Writer = Callable[[Path, Sequence[str], Iterable[Sequence[Value]]], int]
_WRITERS: Mapping[str, _Writer] = {".xlsx": _write_xlsx, ".json": _write_json}
