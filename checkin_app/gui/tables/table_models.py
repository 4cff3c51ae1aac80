"""What the table models of the window have in common: where a cell is, and titles above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from checkin_app.gui.plain_text import shown

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
"""The parent of every row of a table."""


class TitledTableModel(QAbstractTableModel):
    """A table with titles above its columns, and perhaps a word beside its rows."""

    def titles(self) -> Sequence[str]:
        """What stands above each column."""
        raise NotImplementedError

    def beside(self, row: int) -> str | None:
        """What stands beside a row."""
        return None

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One for each title."""
        return 0 if parent.isValid() else len(self.titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles above, where the text below them begins, and words beside."""
        is_above = orientation is Qt.Orientation.Horizontal
        if is_above and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return shown(self.titles()[section]) if is_above else self.beside(section)
