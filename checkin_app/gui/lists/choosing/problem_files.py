"""Rows that are worth a look as a file, or as text: to be sent back to whoever made the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import ask_to_save
from checkin_app.gui.lists.changes.decision_words import kind_word, reason_of
from checkin_app.gui.lists.checking.check_lines import CheckLine
from checkin_app.gui.workplace import Workplace

_CONTEXT = "ProblemFiles"
_LINES_COPIED = 10_000
"""A clipboard with more would stall the window; the file takes all of them."""


def problems_as_text(lines: Sequence[CheckLine]) -> str:
    """The lines as text that a spreadsheet program takes when pasted."""
    rows = [_titles(), *(list(map(str, row)) for row in _rows(lines[:_LINES_COPIED]))]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


class SaveProblems(QObject):
    """Writes lines to a file and says so."""

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window

    def ask_where(
        self, list_name: str, lines: Sequence[CheckLine], titles: Sequence[str] = ()
    ) -> None:
        """Ask for a file, and write the lines to it; what they are about in full.

        Args:
            list_name: the name of the list's file.
            titles: the columns of the list, whose cells follow each remark.
        """
        name = self.tr("Problems in {list}").format(list=Path(list_name).stem)
        kinds = {self.tr("Excel (*.xlsx)"): ".xlsx", self.tr("CSV (*.csv)"): ".csv"}
        title = self.tr("Save the problems")
        path = ask_to_save(self._workplace, self._window, title, name, kinds)
        if path is not None:
            self.save(path, lines, titles)

    def save(self, path: Path, lines: Sequence[CheckLine], titles: Sequence[str] = ()) -> None:
        """Write the lines to a file."""
        self._workplace.tasks.run(
            Lane.WORK,
            partial(_write, path, [*_titles(), *titles], lines, len(titles)),
            self._say_saved,
            self._workplace.show_error,
        )

    def _say_saved(self, path: Path) -> None:
        self._workplace.messages.show_message(self.tr("Saved as {file}.").format(file=path.name))


def _write(
    path: Path, titles: Sequence[str], lines: Sequence[CheckLine], cells_wanted: int
) -> Path:
    from checkin_app.lists.writing.writers import write_rows

    write_rows(path, titles, _rows(lines, cells_wanted))
    return path


def _rows(lines: Sequence[CheckLine], cells_wanted: int = 0) -> Iterator[list[str | int]]:
    for line in lines:
        cells = (*line.cells, *[""] * cells_wanted)[:cells_wanted]
        yield [line.row, kind_word(line.kind), line.column, line.value, reason_of(line), *cells]


def _titles() -> list[str]:
    tr = QCoreApplication.translate
    return [
        tr(_CONTEXT, "Row"),
        tr(_CONTEXT, "Row is"),
        tr(_CONTEXT, "Column"),
        tr(_CONTEXT, "Value"),
        tr(_CONTEXT, "What is wrong"),
    ]
