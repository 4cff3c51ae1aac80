"""A quiet table of plain text with row numbers beside it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkin_app.gui.tables.table_cells import PADDING_PX, QuietDelegate
from checkin_app.gui.tables.text_table_model import TextTableModel

_ROW_PX = 34
_ROWS_MEASURED = 30
_COLUMNS_MEASURED = 60
_NARROWEST_PX, _WIDEST_PX = 60, 240


class TextTable(QTableView):
    """Shows a ``TextTableModel``; to be read and copied, not touched."""

    def __init__(self, model: TextTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(QuietDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Painting, it would ask of every row whether the whole column is chosen.
        header.setSelectionModel(QItemSelectionModel(model, header))
        self.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        model.modelReset.connect(self._fit_columns)
        beside = self.verticalHeader()
        beside.setHighlightSections(False)
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(_ROW_PX)
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _fit_columns(self) -> None:
        for column in range(min(self.model().columnCount(), _COLUMNS_MEASURED)):
            wanted = self.sizeHintForColumn(column) + 2 * PADDING_PX
            titled = self.horizontalHeader().sectionSizeHint(column)
            width = min(max(wanted, titled, _NARROWEST_PX), _WIDEST_PX)
            self.setColumnWidth(column, width)
