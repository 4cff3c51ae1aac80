"""A registration list as read: clean text under named columns; what it means comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkin_app.lists.problems import Problem

TableRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one list that hold anything.

    Attributes:
        path: the file.
        columns: names of the columns, all different, none empty.
        rows: one tuple per row, as long as ``columns``.
        numbers: for each row its number as a spreadsheet program counts it, from 1.
        header_row: number of the row the column names were taken from.
        encoding: of a text file, else empty.
        delimiter: of a text file, else empty.
        sheet: name of the sheet that was read, empty for a text file.
        sheets: names of all sheets of a workbook.
        problems: what reading could not make sense of.
    """

    path: Path
    columns: tuple[str, ...]
    rows: Sequence[TableRow]
    numbers: Sequence[int]
    header_row: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
