"""The whole of a row that is worth a look, beside the list of such rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.appearance.theme import TOUCH_PX, Colours, size_px, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import ENTER
from checkin_app.gui.lists.changes.decision_words import reason_of
from checkin_app.gui.lists.checking.check_lines import CheckLine
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.lists.understanding.field_cells import TextFieldDelegate
from checkin_app.gui.lists.understanding.row_model import RowColumn, RowModel
from checkin_app.gui.tables.table_cells import QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex

_NAME_EM = 7.5


class RowPanel(QFrame):
    """One row, cell below cell; each cell can be corrected.

    Signals:
        corrected: row, column of the list, and the text that the cell shall have.
    """

    corrected = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.title = plain_label()
        self.title.setFont(sized(self.font(), 1.1, bold=True))
        self.reason = quiet_label()
        self.model = RowModel(self)
        self.cells = _CellsTable(self.model, self)
        self.cells.setAccessibleName(self.tr("All cells of the row"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget in (self.title, self.reason):
            layout.addWidget(widget)
        layout.addWidget(self.cells, 1)
        self.model.corrected.connect(self.corrected)
        self.show_line(None)

    @property
    def is_edited(self) -> bool:
        """Whether somebody types in a cell now."""
        return self.cells.is_edited

    def show_look(self, look: ListLook) -> None:
        """The columns of the list."""
        self.model.show_columns(look.columns, look.mapping.columns)

    def show_line(self, line: CheckLine | None) -> None:
        """Show a row, or nothing."""
        has_row = line is not None and bool(line.cells)
        self.title.setText(
            self.tr("Row {number}").format(number=line.row) if line else self.tr("Nothing chosen")
        )
        self.reason.setText(reason_of(line) if line else "")
        self.model.show_line(line if has_row else None, _person_meant(line))
        self.cells.setVisible(has_row)


class _CellsTable(QTableView):
    """Two or three columns of short texts; Enter and a click open the cell to be corrected.

    Signals:
        rested: no cell is edited any more.
    """

    rested = Signal()

    def __init__(self, model: RowModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self._fields = TextFieldDelegate(self)
        self.setItemDelegateForColumn(RowColumn.LISTED, self._fields)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TOUCH_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.setColumnWidth(RowColumn.NAME, round(_NAME_EM * size_px(self.font())))
        model.modelReset.connect(self._fit)
        self.clicked.connect(self._edit_cell)

    @property
    def is_edited(self) -> bool:
        """Whether a cell is being edited now."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell of the line."""
        if event.key() in ENTER and not self.is_edited and self.currentIndex().isValid():
            self._edit_cell(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The row goes on as it was before."""
        super().closeEditor(editor, hint)
        self.rested.emit()

    def _edit_cell(self, index: QModelIndex) -> None:
        cell = index.siblingAtColumn(RowColumn.LISTED)
        self.setCurrentIndex(cell)
        self.edit(cell)

    def _fit(self) -> None:
        for column in range(RowColumn.LISTED, self.model().columnCount()):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class _CellDelegate(QuietDelegate):
    """Where list and event differ, the event's side stands out."""

    def ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """Names of columns stand back."""
        if index.column() == RowColumn.NAME:
            return colours.muted
        return colours.accent if index.data(RowModel.DIFFERS_ROLE) else colours.text


def _person_meant(line: CheckLine | None) -> Attendee | None:
    """Whom a row is compared with: as decided, as proposed, else the likeliest."""
    if line is None or not line.candidates:
        return None
    standing = line.decision or line.proposal
    meant = standing.attendee_id if standing else ""
    return next((one for one in line.candidates if one.id == meant), line.candidates[0])
