"""A registration list on disk → a table of clean text under named columns.

Whether the file is a workbook or text is seen from its first bytes, not from its name. What
the columns mean is left to ``columns``, what the rows mean to ``rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from operator import itemgetter
from pathlib import Path

from checkin_app.errors import ListFileError
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.progress import (
    ROWS_PER_STEP,
    CancelledCheck,
    Progress,
    never_cancelled,
    no_progress,
    stop_if,
)
from checkin_app.lists.reading.cleaning import Cell, clean_column
from checkin_app.lists.reading.header import (
    ROWS_LOOKED_AT,
    distinct_names,
    find_header,
    names_somebody,
)
from checkin_app.lists.reading.limits import MOST_CELLS, MOST_COLUMNS, MOST_TEXT_BYTES
from checkin_app.lists.reading.text_files import read_text_file
from checkin_app.lists.reading.workbooks import Sheet, Workbook, is_workbook
from checkin_app.lists.table import Table, TableRow
from checkin_app.lists.writing.formula_guard import unguarded

_HEAD_BYTES = 4096
_TOO_WIDE = "has far more columns than a list. Is the delimiter right?"


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress = no_progress,
    cancelled: CancelledCheck = never_cancelled,
) -> Table:
    """Reads a CSV, TSV, XLSX, XLS or ODS file.

    Args:
        sheet: of a workbook; None takes the first visible one that names people.
        encoding: of a text file; None finds it.
        delimiter: of a text file; None finds it.
        progress: told rows read and rows in all.
        cancelled: asked every thousand rows.

    Raises:
        ListFileError: the file is missing, unreadable, empty, no list, or holds no rows.
        UsageError: there is no such sheet, encoding or delimiter.
        Cancelled: ``cancelled`` said so.
    """
    reading = _Reading(path, progress, lambda: stop_if(cancelled))
    if is_workbook(_head(path)):
        return reading.workbook(sheet)
    return reading.text(encoding, delimiter)


class _Reading:
    """One reading of one file."""

    def __init__(self, path: Path, progress: Progress, look_up: Callable[[], None]) -> None:
        self._path = path
        self._progress = progress
        self._look_up = look_up

    def workbook(self, wanted: str | None) -> Table:
        book = Workbook(self._path)
        sheet = book.sheet(wanted) if wanted is not None else self._sheet_of_people(book)
        self._look_up()
        return self._table(sheet.rows(), sheet.row_count, 1, sheet=sheet.name, sheets=book.sheets)

    def text(self, encoding: str | None, delimiter: str | None) -> Table:
        data = _bytes_of(self._path)
        file = read_text_file(data, self._path, encoding, delimiter, self._look_up)
        del data
        return self._table(
            file.rows,
            len(file.rows),
            file.first_number,
            encoding=file.encoding,
            delimiter=file.delimiter,
            problems=file.problems,
        )

    def _sheet_of_people(self, book: Workbook) -> Sheet:
        """The first sheet whose header names people, else the first that holds two rows."""
        fallback: Sheet | None = None
        for name in book.candidates or book.sheets:
            sheet = book.sheet(name)
            head = _clean_rows([*islice(sheet.rows(), ROWS_LOOKED_AT)])
            if not any(map(any, head)):
                continue
            if names_somebody(head[find_header(head)]):
                return sheet
            if fallback is None and sheet.row_count > 1:
                fallback = sheet
        if fallback is None:
            raise self._error("is empty: no sheet of it holds a list.")
        return fallback

    def _table(
        self,
        raw_rows: Iterable[Sequence[Cell]],
        row_count: int,
        first_number: int,
        *,
        encoding: str = "",
        delimiter: str = "",
        sheet: str = "",
        sheets: tuple[str, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> Table:
        """The rows below the header, cleaned, without those that hold nothing."""
        source = iter(raw_rows)
        head = [*islice(source, ROWS_LOOKED_AT)]
        if max(map(len, head), default=0) > MOST_COLUMNS:
            raise self._error(_TOO_WIDE)
        clean_head = _clean_rows(head, is_text=bool(encoding))
        if not any(map(any, clean_head)):
            raise self._error("is empty. Choose the file that holds the registrations.")
        header_place = find_header(clean_head)
        header = _without_trailing_blanks(clean_head[header_place])
        body = chain(head[header_place + 1 :], source)
        header_number = first_number + header_place
        rows, numbers = self._clean_body(body, row_count, header_number, bool(encoding))
        if not rows:
            raise self._error("names its columns but holds no registrations below them.")
        width = max(len(header), max(map(len, rows)))
        rows = self._of_one_width(rows, width)
        if encoding:
            problems = (*problems, *_overflowing_rows(rows, numbers, len(header)))
        columns, rows = _without_empty_columns(distinct_names(header, width), header, rows)
        return Table(
            self._path,
            columns,
            rows,
            numbers,
            header_number,
            encoding,
            delimiter,
            sheet,
            sheets,
            problems,
        )

    def _clean_body(
        self, body: Iterator[Sequence[Cell]], row_count: int, header_number: int, is_text: bool
    ) -> tuple[list[TableRow], list[int]]:
        rows: list[TableRow] = []
        numbers: list[int] = []
        number = header_number + 1
        while some := [*islice(body, ROWS_PER_STEP)]:
            clean = _clean_rows(some, is_text)
            filled = [*map(any, clean)]
            rows += compress(clean, filled)
            numbers += compress(range(number, number + len(clean)), filled)
            number += len(some)
            self._look_up()
            self._progress(min(number - header_number - 1, row_count), row_count)
        return rows, numbers

    def _of_one_width(self, rows: list[TableRow], width: int) -> list[TableRow]:
        """All rows as wide as the widest, so that a cell is found by its place alone."""
        if width > MOST_COLUMNS or width * len(rows) > MOST_CELLS:
            raise self._error(_TOO_WIDE)
        if all(len(row) == width for row in rows):
            return rows
        return [row + ("",) * (width - len(row)) for row in rows]

    def _error(self, what: str) -> ListFileError:
        return ListFileError(f"{self._path.name} {what}", self._path)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            head = handle.read(_HEAD_BYTES)
    except OSError as error:
        raise ListFileError(
            f"{path.name} cannot be opened. Check that it is still there and not locked.", path
        ) from error
    if not head:
        raise ListFileError(f"{path.name} is empty. Choose another file.", path)
    if b"<html" in head.lower() or b"<table" in head.lower():
        raise ListFileError(
            f"{path.name} is a web page, whatever its name says. Open it in a spreadsheet "
            "program, save it as .xlsx and try that.",
            path,
        )
    return head


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_TEXT_BYTES:
            raise ListFileError(
                f"{path.name} is too large for a registration list. Split it.", path
            )
        return path.read_bytes()
    except OSError as error:
        raise ListFileError(
            f"{path.name} cannot be read to its end. Copy it to this laptop and try again.", path
        ) from error


def _clean_rows(rows: Sequence[Sequence[Cell]], is_text: bool = False) -> list[TableRow]:
    """The rows with clean cells. Cells of text files lose the guard against formulas."""
    if not rows:
        return []
    width = max(map(len, rows))
    if min(map(len, rows)) < width:
        return [tuple(clean_column(_unguarded_column(row) if is_text else row)) for row in rows]
    columns: Iterable[Sequence[Cell]] = zip(*rows, strict=True)
    if is_text:
        columns = map(_unguarded_column, columns)
    return [*zip(*map(clean_column, columns), strict=True)] if width else [()] * len(rows)


def _unguarded_column(cells: Sequence[Cell]) -> Sequence[Cell]:
    texts: Sequence[str] = cells  # type: ignore[assignment]
    if "'" not in "".join(texts):
        return cells
    return [*map(unguarded, texts)]


def _without_trailing_blanks(row: TableRow) -> TableRow:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return row[:width]


def _overflowing_rows(
    rows: Sequence[TableRow], numbers: Sequence[int], width: int
) -> Iterator[Problem]:
    """Rows with more cells than the header: often a delimiter inside an unquoted cell."""
    if not rows or len(rows[0]) == width:
        return
    reason = "This row has more cells than there are columns; its cells may have shifted."
    for number, row in zip(numbers, rows, strict=True):
        if any(row[width:]):
            value = next(filter(None, row[width:]))
            yield Problem(number, "", value, reason, Severity.WARNING)


def _without_empty_columns(
    names: tuple[str, ...], header: TableRow, rows: list[TableRow]
) -> tuple[tuple[str, ...], list[TableRow]]:
    """Drops columns that have neither a name nor a single value."""
    unnamed = [place for place in range(len(names)) if place >= len(header) or not header[place]]
    empty = {place for place in unnamed if not any(map(itemgetter(place), rows))}
    if not empty:
        return names, rows
    kept = [place not in empty for place in range(len(names))]
    return tuple(compress(names, kept)), [tuple(compress(row, kept)) for row in rows]
