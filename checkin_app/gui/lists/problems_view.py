"""What was wrong with rows of a list: a table that can be copied and saved for the organiser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.attendees.cells import SentenceDelegate
from checkin_app.gui.lists.rows_model import TextTableModel
from checkin_app.gui.lists.text_table import TextTable
from checkin_app.gui.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.problems import Problem, Severity

_REASON = 3
_LINES = 2
"""Of a sentence in a row."""


class ProblemsView(QWidget):
    """Shows problems row by row."""

    def __init__(self, workplace: Workplace, list_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._list_name = list_name
        self._problems: Sequence[Problem] = ()
        self.model = TextTableModel(self)
        self.table = TextTable(self.model)
        self.table.setAccessibleName(self.tr("Problems"))
        self.table.setItemDelegateForColumn(_REASON, SentenceDelegate(self.table))
        self.table.verticalHeader().setDefaultSectionSize(
            round(_LINES * QFontMetrics(self.font()).height()) + 10
        )
        self.copy = QPushButton(self.tr("Copy"))
        self.save = QPushButton(self.tr("Save…"))
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.save)
        layout.addLayout(buttons)
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems, in their order."""
        self._problems = problems
        rows = [self._cells(problem) for problem in problems]
        self.model.show_rows(self._titles(), rows, [problem.row for problem in problems])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        self.copy.setEnabled(bool(rows))
        self.save.setEnabled(bool(rows))

    def _titles(self) -> list[str]:
        return [self.tr("Row was"), self.tr("Column"), self.tr("Value"), self.tr("What is wrong")]

    def _cells(self, problem: Problem) -> list[str]:
        is_rejected = problem.severity is Severity.REJECTED
        verdict = self.tr("not taken") if is_rejected else self.tr("noted")
        return [verdict, problem.column, problem.value, problem.reason]

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_text(self.tr("Row")))
        self._workplace.messages.show_message(
            self.tr("Copied. Paste it into an e-mail or a sheet.")
        )

    def _ask_where(self) -> None:
        proposed = self.tr("Problems in {list}.xlsx").format(list=Path(self._list_name).stem)
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the problems"), proposed, self.tr("Excel (*.xlsx);;CSV (*.csv)")
        )
        if path:
            self.save_as(Path(path))

    def save_as(self, path: Path) -> None:
        """Write the problems as a list."""
        titles = [self.tr("Row"), *self._titles()]
        rows: list[Sequence[str | int]] = [
            [problem.row, *self._cells(problem)] for problem in self._problems
        ]
        self._workplace.tasks.run(
            Lane.WORK,
            partial(_write, path, titles, rows),
            self._say_saved,
            self._workplace.show_error,
        )

    def _say_saved(self, path: Path) -> None:
        self._workplace.messages.show_message(self.tr("Saved as {file}.").format(file=path.name))


def _write(path: Path, titles: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Path:
    from checkin_app.lists.writers import write_rows

    write_rows(path, titles, rows)
    return path
