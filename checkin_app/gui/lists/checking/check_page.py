"""The third step of an import: rows that are not taken, unclear or doubtful, put right in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from checkin_app.gui.form.segments import Segments
from checkin_app.gui.lists.changes.decision_words import kind_word
from checkin_app.gui.lists.checking.check_lines import CheckKind, CheckLine
from checkin_app.gui.lists.checking.check_model import CheckModel
from checkin_app.gui.lists.checking.check_table import CheckTable
from checkin_app.gui.lists.choosing.problem_files import SaveProblems, problems_as_text
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.lists.packed_lines import ChainedLines, PackedLines
from checkin_app.gui.lists.understanding.row_panel import RowPanel
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.workplace import Workplace

_TABLE_SHARE, _ROW_SHARE = 640, 360
_EVERYTHING = 0


class CheckPage(QWidget):
    """The rows worth a look, by kind, and beside them the whole of the current one.

    Signals:
        corrected: row, column of the list, and the text that the cell shall have.
        decided: row, and the ``RowDecision``, or None for what the program proposes.
    """

    corrected = Signal(int, str, str)
    decided = Signal(int, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._look: ListLook | None = None
        self._waiting: ListLook | None = None
        words = (self.tr("All"), *map(kind_word, CheckKind))
        self.which = Segments(words, self)
        self.model = CheckModel(self)
        self.body = QSplitter(self)
        self.table = CheckTable(self.model, self.body)
        self.row = RowPanel(self.body)
        self.body.setChildrenCollapsible(False)
        self.body.setHandleWidth(12)
        self.body.setSizes([_TABLE_SHARE, _ROW_SHARE])
        self.copy = QPushButton(self.tr("Copy"))
        self.save = QPushButton(self.tr("Save…"))
        top = QHBoxLayout()
        top.addWidget(self.which, 1)
        top.addWidget(self.copy)
        top.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.body, 1)
        self.which.chosen.connect(self._show_kind)
        self.table.chosen.connect(self.row.show_line)
        self.table.rested.connect(self._catch_up)
        self.model.corrected.connect(self.corrected)
        self.model.decided.connect(self.decided)
        self.row.corrected.connect(self.corrected)
        self.row.cells.rested.connect(self._catch_up)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)

    def show_look(self, look: ListLook) -> None:
        """Show what is worth a look now. While somebody types it waits."""
        if self.table.is_edited or self.row.is_edited:
            self._waiting = look
            return
        self._waiting, before = None, self._look
        self._look = look
        if before is None or before.columns != look.columns or before.mapping != look.mapping:
            self.row.show_look(look)
        for number, lines in enumerate(self._kinds()):
            word = kind_word(CheckKind(number - 1)) if number else self.tr("All")
            self.which.set_words(number, f"{word} {grouped(len(lines))}")
            self.which.button(number).setVisible(bool(lines) or number == _EVERYTHING)
        if self.which.button(self.which.current).isHidden():
            self.which.choose(_EVERYTHING)
        self._show_lines()

    def show_kind(self, kind: CheckKind) -> None:
        """Show the lines of one kind only."""
        if self._look is not None and self._look.to_check.get(kind):
            self.which.choose(kind + 1)

    def _kinds(self) -> Sequence[Sequence[CheckLine]]:
        """All lines, then those of each kind."""
        to_check = self._look.to_check if self._look else {}
        parts: list[Sequence[CheckLine]] = [to_check.get(kind, PackedLines()) for kind in CheckKind]
        return ChainedLines(parts), *parts

    def _show_kind(self, _number: int) -> None:
        self._show_lines(0)

    def _show_lines(self, place: int | None = None) -> None:
        place = self.table.currentIndex().row() if place is None else place
        self.model.show_lines(self._kinds()[self.which.current])
        self.table.go_to(place)

    def _catch_up(self) -> None:
        if self._waiting is not None:
            self.show_look(self._waiting)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(problems_as_text(self._kinds()[self.which.current]))
        self._workplace.messages.show_message(
            self.tr("Copied. Paste it into an e-mail or a sheet.")
        )

    def _save(self) -> None:
        if self._look is not None:
            lines = self._kinds()[self.which.current]
            SaveProblems(self._workplace, self).ask_where(self._look.name, lines)
