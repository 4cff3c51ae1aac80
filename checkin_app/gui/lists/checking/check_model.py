"""The rows that are worth a look, as a table: who, what is wrong, and how to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QObject,
    Qt,
    Signal,
)

from checkin_app.gui.lists.changes.decision_words import (
    choices_for,
    decision_word,
    kind_word,
    reason_of,
)
from checkin_app.gui.lists.checking.check_lines import CheckLine
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel


class CheckColumn(IntEnum):
    """The columns of the table."""

    KIND = 0
    REASON = 1
    """The name, and what is wrong below it."""
    ANSWER = 2
    """The cell to be corrected, else what can be decided."""


class CheckModel(TitledTableModel):
    """Lines to check, of any number; nothing is kept for each.

    Signals:
        corrected: row, column of the list, and the text that the cell shall have.
        decided: row, and the ``RowDecision`` or None.
    """

    LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    """The ``CheckLine`` of a row."""

    corrected = Signal(int, str, str)
    decided = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[CheckLine] = ()

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, place: int) -> CheckLine | None:
        """The line at a place of the table, if there is one."""
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One row for each line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Those of ``CheckColumn``."""
        return 0 if parent.isValid() else len(CheckColumn)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Plain text; for editing, the value of the cell or the decision."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(_text(line, CheckColumn(index.column())))
            case Qt.ItemDataRole.EditRole:
                return line.value if line.column else line.decision or line.proposal
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(f"{line.name}: {reason_of(line)}" if line.name else reason_of(line))
            case self.LINE_ROLE:
                return line
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a cell to be corrected, or a row to be decided; the answer comes as new lines."""
        if role != Qt.ItemDataRole.EditRole or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        line = self._lines[index.row()]
        if not line.column:
            self.decided.emit(line.row, value)
        elif value != line.value:
            self.corrected.emit(line.row, line.column, str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells can be corrected where one is meant, rows decided where there is a choice."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        line, column = self._lines[index.row()], index.column()
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        has_answer = bool(line.cells and line.column) or any(choices_for(line))
        is_editable = column == CheckColumn.ANSWER and has_answer
        return flags | Qt.ItemFlag.ItemIsEditable if is_editable else flags

    def titles(self) -> tuple[str, ...]:
        """Of the three columns."""
        return self.tr("Row is"), self.tr("Who, and what is wrong"), self.tr("Put right")

    def beside(self, row: int) -> str | None:
        """The row's number in the list."""
        return str(self._lines[row].row)


def _text(line: CheckLine, column: CheckColumn) -> str:
    match column:
        case CheckColumn.KIND:
            return kind_word(line.kind)
        case CheckColumn.REASON:
            return reason_of(line)
        case CheckColumn.ANSWER if line.column:
            return f"{line.column}: {line.value}"
        case CheckColumn.ANSWER:
            return decision_word(line)
