"""Rows of plain text, as a list or an export holds them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel


class TextTableModel(TitledTableModel):
    """Rows of text under titles, with numbers beside them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._numbers: Sequence[int] = ()

    def show_rows(
        self, titles: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]
    ) -> None:
        """Show these rows.

        Args:
            rows: each as long as ``titles``.
            numbers: what stands beside each row.
        """
        self.beginResetModel()
        self._titles, self._rows, self._numbers = titles, rows, numbers
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """The rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, on one line; all of the row, to read what a narrow column cuts."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(row[index.column()])
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(" · ".join(filter(None, row)))
        return None

    def titles(self) -> Sequence[str]:
        """Those of the list."""
        return self._titles

    def beside(self, row: int) -> str | None:
        """Its number."""
        return str(self._numbers[row])
