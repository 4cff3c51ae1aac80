"""CSV, TSV and their relatives: bytes → rows of cells, with encoding and delimiter found.

One stray quotation mark must not swallow half a list, so the file is read strictly first; if
that fails, or a quoted cell looks like several rows, it is read again line by line and every
line with such a mark is reported.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from checkin_app.errors import ListFileError, UsageError
from checkin_app.lists.problems import Problem, Severity
from checkin_app.lists.reading.encodings import guess_encoding
from checkin_app.lists.reading.limits import LONGEST_LINE, MOST_ROWS

DELIMITERS = (",", ";", "\t", "|")
"""Tried in this order of preference."""

_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 200_000
_LONGEST_QUOTED_CELL_LINES = 200
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text list cut into rows; ``rows[0]`` is row ``first_number`` of the file."""

    rows: Sequence[Sequence[str]]
    first_number: int
    encoding: str
    delimiter: str
    problems: tuple[Problem, ...]


def read_text_file(
    data: bytes,
    path: Path,
    encoding: str | None,
    delimiter: str | None,
    look_up: Callable[[], None],
) -> TextFile:
    """Cuts the bytes of a text file into rows of cells.

    Args:
        path: for messages.
        encoding: as ``bytes.decode`` knows it, or None to find it.
        delimiter: one character, or None to find it.
        look_up: called every few thousand rows; may raise to stop.

    Raises:
        ListFileError: it is no text, or far larger than any registration list.
        UsageError: the encoding or delimiter asked for does not exist.
    """
    text, encoding, problems = _decoded(data, path, encoding)
    first_number = 1
    if said := _SEPARATOR_LINE.match(text):
        text, first_number = text[said.end() :], 2
        delimiter = delimiter or said[1]
    delimiter = delimiter or guess_delimiter(text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UsageError("The delimiter must be one character, for example ; or a tab.")
    lines = _lines(text)
    if max(map(len, lines), default=0) > LONGEST_LINE:
        raise ListFileError(f"{path.name} is not a list: one of its lines never ends.", path)
    try:
        rows = _strictly_read(lines, _swallowed_rows_check(text, delimiter), delimiter, look_up)
    except csv.Error:
        rows = None
    if rows is None:
        rows, stray_marks = _read_line_by_line(text, delimiter, first_number, look_up)
        problems = (*problems, *stray_marks)
    if len(rows) > MOST_ROWS:
        raise ListFileError(f"{path.name} has more than {MOST_ROWS:,} rows. Split it.", path)
    return TextFile(rows, first_number, encoding, delimiter, problems)


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts most lines into the same number of cells; a comma if none does."""
    sample = [*islice(_lines(text[:_SAMPLE_CHARACTERS]), _SAMPLE_LINES)]
    return max(DELIMITERS, key=lambda delimiter: _consistency(sample, delimiter))


def _consistency(sample: Sequence[str], delimiter: str) -> float:
    """Share of rows that have the commonest number of cells, more for more cells."""
    try:
        rows = [row for row in csv.reader(sample, delimiter=delimiter) if any(row)]
    except csv.Error:
        rows = [line.split(delimiter) for line in sample]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if counts.total() * 2 < len(rows) or not counts:
        return 0.0  # a sign that stands in a few lines is part of a text
    cells, how_often = counts.most_common(1)[0]
    return float(how_often / len(rows) * (cells - 1) ** 0.5)


def _decoded(data: bytes, path: Path, encoding: str | None) -> tuple[str, str, tuple[Problem, ...]]:
    encoding = encoding or guess_encoding(data)
    if encoding is None:
        raise ListFileError(
            f"{path.name} is not a list this program can read. "
            "Save it as Excel workbook (.xlsx) or CSV and try again.",
            path,
        )
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError as error:
        raise UsageError(f"There is no encoding named {encoding}.") from error
    broken = text.count("\ufffd")
    problems = (_broken_characters(text, broken),) if broken else ()
    return text, "utf-8" if encoding == "utf-8-sig" else encoding, problems


def _broken_characters(text: str, count: int) -> Problem:
    row = text.count("\n", 0, text.index("\ufffd")) + 1
    reason = f"{count} characters could not be read and show as \ufffd; is the encoding right?"
    return Problem(row, "", "", reason, Severity.WARNING)


def _lines(text: str) -> io.StringIO:
    """Lines as files have them, ending in any kind of line break."""
    return io.StringIO(text, newline="")


def _strictly_read(
    lines: io.StringIO,
    swallowed: Callable[[Sequence[str]], bool],
    delimiter: str,
    look_up: Callable[[], None],
) -> list[list[str]] | None:
    """All rows, or None when a quoted cell holds what looks like whole rows.

    Raises:
        csv.Error: quotation marks do not pair.
    """
    lines.seek(0)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines_before = 0
    while some := [*islice(reader, 2000)]:
        if reader.line_num - lines_before != len(some) and any(map(swallowed, some)):
            return None
        lines_before = reader.line_num
        rows += some
        look_up()
        if len(rows) > MOST_ROWS:
            break
    return rows


def _swallowed_rows_check(text: str, delimiter: str) -> Callable[[Sequence[str]], bool]:
    """Tells whether a row with cells of several lines holds the delimiters of as many rows."""
    sample = islice(_lines(text[:_SAMPLE_CHARACTERS]), _SAMPLE_LINES)
    counts = Counter(line.count(delimiter) for line in sample)
    delimiters_per_row = counts.most_common(1)[0][0] if counts else 0

    def swallowed(row: Sequence[str]) -> bool:
        breaks = sum(len(cell.splitlines()) - 1 for cell in row if "\n" in cell or "\r" in cell)
        if not breaks or not delimiters_per_row:
            return False
        inside = sum(len(re.findall(f"{re.escape(delimiter)}(?! )", cell)) for cell in row)
        return inside + len(row) - 1 >= (breaks + 1) * delimiters_per_row

    return swallowed


def _read_line_by_line(
    text: str, delimiter: str, first_number: int, look_up: Callable[[], None]
) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """Rows of a file whose quotation marks do not pair; each unpaired one is reported."""
    swallowed = _swallowed_rows_check(text, delimiter)
    lines = [*_lines(text)]
    rows: list[list[str]] = []
    problems: list[Problem] = []
    place = 0
    while place < len(lines) and len(rows) <= MOST_ROWS:
        row, lines_used = _quoted_row(lines, place, delimiter, swallowed)
        if row is None:
            row, lines_used = _as_it_stands(lines[place], delimiter), 1
            reason = (
                "A quotation mark is opened and not closed; the line was read as it stands. "
                "Check this row and the next."
            )
            number = first_number + len(rows)
            problems.append(
                Problem(number, "", lines[place].strip()[:200], reason, Severity.WARNING)
            )
        rows.append(row)
        place += lines_used
        if len(rows) % 2000 == 0:
            look_up()
    return rows, tuple(problems)


def _quoted_row(
    lines: Sequence[str], place: int, delimiter: str, swallowed: Callable[[Sequence[str]], bool]
) -> tuple[list[str] | None, int]:
    """The row that starts at a line and how many lines it takes; None when marks do not pair."""
    marks = 0
    for used, line in enumerate(lines[place : place + _LONGEST_QUOTED_CELL_LINES], 1):
        marks += line.count('"')
        if marks % 2:
            continue
        try:
            found = [*csv.reader(lines[place : place + used], delimiter=delimiter)]
        except csv.Error:
            return None, 1
        if len(found) == 1 and not swallowed(found[0]):
            return found[0], used
        return None, 1
    return None, 1


def _as_it_stands(line: str, delimiter: str) -> list[str]:
    return [cell.strip('"') for cell in line.rstrip("\r\n").split(delimiter)]
