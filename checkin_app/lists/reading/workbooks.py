"""XLSX, XLS and ODS workbooks by python-calamine: file → sheets of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.errors import ListFileError, UsageError
from checkin_app.lists.reading.cleaning import Cell
from checkin_app.lists.reading.limits import MOST_CELLS
from checkin_app.lists.reading.workbook_extent import refuse_oversized

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(head: bytes) -> bool:
    """Whether a file that starts like this is an XLSX, ODS or XLS."""
    return head.startswith((_ZIP, _OLE))


class Workbook:
    """An open workbook. Sheets are loaded when asked for.

    Attributes:
        sheets: names of all sheets, in order.
        candidates: names of those a list may be on: visible worksheets, in order.
    """

    def __init__(self, path: Path) -> None:
        """Opens a workbook.

        Raises:
            ListFileError: it is damaged, protected by a password, or no workbook.
        """
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        self._path = path
        refuse_oversized(path)
        with _calamine_errors(path):
            self._book: CalamineWorkbook = CalamineWorkbook.from_path(str(path))
            metadata = self._book.sheets_metadata
        self.sheets = tuple(sheet.name for sheet in metadata)
        self.candidates = tuple(
            sheet.name
            for sheet in metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        )

    def sheet(self, name: str) -> Sheet:
        """Loads one sheet.

        Raises:
            UsageError: there is no sheet of that name.
            ListFileError: it is damaged.
        """
        if name not in self.sheets:
            raise UsageError(f"There is no sheet {name!r}. There are: {', '.join(self.sheets)}.")
        with _calamine_errors(self._path):
            return Sheet(name, self._book.get_sheet_by_name(name), self._path)


class Sheet:
    """The content of one sheet.

    Attributes:
        name: of the sheet.
        row_count: rows from the top of the sheet to its last cell.
    """

    def __init__(self, name: str, content: CalamineSheet, path: Path) -> None:
        self.name = name
        self._content = content
        self._path = path
        self.row_count = content.end[0] + 1 if content.end else 0
        if self.row_count * content.width > MOST_CELLS:
            raise ListFileError(
                f"The sheet {name} of {path.name} is too large for a list. Copy the list to a new"
                " sheet, save that and try again.",
                path,
            )

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The rows from the top of the sheet, all of one length."""
        with _calamine_errors(self._path):
            yield from self._content.iter_rows()


@contextmanager
def _calamine_errors(path: Path) -> Iterator[None]:
    """Turns the reader's errors into ours, also its panics, which Python sees as BaseException."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise ListFileError(
            f"{path.name} is protected by a password. Save it without one and try again.", path
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(path) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from error


def _damaged(path: Path) -> ListFileError:
    return ListFileError(
        f"{path.name} is damaged or is not a workbook. Open it in a spreadsheet program, "
        "save it again as .xlsx and try that.",
        path,
    )
