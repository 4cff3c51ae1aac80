"""One row of a list, cell below cell, beside the person of the event that it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QObject,
    Qt,
    Signal,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.lists.checking.check_lines import CheckLine
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel


class RowColumn(IntEnum):
    """The columns of the table; the last is there for a row that may be somebody."""

    NAME = 0
    LISTED = 1
    KNOWN = 2


class RowModel(TitledTableModel):
    """The cells of one row, each of which can be corrected.

    Signals:
        corrected: row, column of the list, and the text that the cell shall have.
    """

    DIFFERS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    """Whether list and event say different things."""

    corrected = Signal(int, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: Sequence[str] = ()
        self._fields: Mapping[str, str] = {}
        self._line: CheckLine | None = None
        self._person: Attendee | None = None

    def show_columns(self, titles: Sequence[str], columns: Mapping[str, str]) -> None:
        """From now on rows have these columns.

        Args:
            columns: field → column.
        """
        self.beginResetModel()
        self._titles = titles
        self._fields = {column: field for field, column in columns.items()}
        self._line = self._person = None
        self.endResetModel()

    def show_line(self, line: CheckLine | None, person: Attendee | None) -> None:
        """Show the row of a line beside a person, if it may be one."""
        self.beginResetModel()
        self._line, self._person = line, person
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One for each cell."""
        return 0 if parent.isValid() or self._line is None else len(self._line.cells)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """With the person or without."""
        return 0 if parent.isValid() else len(RowColumn) - (self._person is None)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Plain text."""
        if not index.isValid() or self._line is None:
            return None
        listed, known = self._line.cells[index.row()], self._known(index.row())
        text = (self._titles[index.row()], listed, known)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(text)
            case Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(text)
            case self.DIFFERS_ROLE:
                return self._person is not None and bool(listed) and listed != known
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a cell to be corrected; the answer comes as a new line."""
        if role != Qt.ItemDataRole.EditRole or self._line is None:
            return False
        if value != self._line.cells[index.row()]:
            self.corrected.emit(self._line.row, self._titles[index.row()], str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What the list says can be changed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == RowColumn.LISTED else flags

    def titles(self) -> tuple[str, ...]:
        """Of the two columns, and of the one that is there for a row that may be somebody."""
        return self.tr("Column"), self.tr("In the list"), self.tr("In the event")

    def _known(self, place: int) -> str:
        if self._person is None:
            return ""
        column = self._titles[place]
        field = self._fields.get(column)
        return str(getattr(self._person, field)) if field else self._person.extra.get(column, "")
