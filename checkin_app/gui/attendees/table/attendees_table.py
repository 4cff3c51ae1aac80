"""The attendees table as it is used: chosen rows, the place one is at, the keyboard."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX
from checkin_app.gui.attendees.table.cells import AttendeeDelegate
from checkin_app.gui.attendees.table.columns import Column
from checkin_app.gui.attendees.table.table_model import AttendeeTableModel


class AttendeeTable(QTableView):
    """A table of attendees that keeps the chosen people and the place when its rows change.

    Signals:
        opened: the person of this row number is wanted: double click or Enter.
        current_changed: the row number of the line that has the keyboard; -1 for none.
        chosen_changed: other lines are chosen.
        left: Escape was pressed.
    """

    opened = Signal(int)
    current_changed = Signal(int)
    chosen_changed = Signal()
    left = Signal()

    def __init__(
        self, model: AttendeeTableModel, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._columns = columns
        self._replacing = False
        self._is_fitted = False
        self.setModel(model)
        self.setItemDelegate(AttendeeDelegate(tuple(column.sort for column in columns), self))
        self._set_up_view()
        self._set_up_header()
        self.doubleClicked.connect(self._open_index)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)

    def show_numbers(self, numbers: array[int], *, keep_place: bool) -> None:
        """Show these rows; whoever was chosen and is still among them stays chosen.

        Args:
            keep_place: the line at the top stays at the top; else the current line is shown,
                or the beginning.
        """
        if numbers == self._rows.numbers:
            return
        chosen, current = self.chosen_numbers(), self.current_number()
        top = self._number_at_top()
        self._replacing = True
        self._rows.show_numbers(numbers)
        self._choose(chosen, current)
        self._replacing = False
        self._scroll_to(top if keep_place else current, keep_place)
        if self.current_number() != current:
            self.current_changed.emit(self.current_number())
        if len(chosen):
            self.chosen_changed.emit()

    def chosen_numbers(self) -> array[int]:
        """The row numbers of the chosen lines, from top to bottom."""
        selection = self.selectionModel().selection()
        ranges = [(part.top(), part.bottom()) for part in selection.toList()]
        chosen: array[int] = array("q")
        for top, bottom in sorted(set(ranges)):
            chosen += self._rows.numbers[top : bottom + 1]
        return chosen

    def chosen_count(self) -> int:
        """How many lines are chosen."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def current_number(self) -> int:
        """The row number of the line that has the keyboard; -1 for none."""
        index = self.currentIndex()
        return self._rows.number_at(index.row()) if index.isValid() else -1

    def go_to(self, number: int) -> bool:
        """Make the line of a row number the current one. False when it is not shown."""
        row = self._rows.row_of(number)
        if row is None:
            return False
        self.selectRow(row)
        self.scrollTo(self._rows.index(row, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current line, Escape closes; everything else is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_number())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, chosen: array[int], current: int) -> None:
        selection = self.selectionModel()
        if len(chosen):
            flags = QItemSelectionModel.SelectionFlag
            selection.select(self._rows.selection_of(chosen), flags.ClearAndSelect | flags.Rows)
        row = self._rows.row_of(current) if current >= 0 else None
        if row is not None:
            selection.setCurrentIndex(
                self._rows.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _scroll_to(self, number: int, at_top: bool) -> None:
        row = self._rows.row_of(number) if number >= 0 else None
        if row is None:
            self.scrollToTop()
            return
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(
            self._rows.index(row, 0), hint.PositionAtTop if at_top else hint.EnsureVisible
        )

    def _number_at_top(self) -> int:
        row = self.rowAt(0)
        return self._rows.number_at(row) if row >= 0 else -1

    def _open_index(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.number_at(index.row()))

    def _tell_current(self) -> None:
        if not self._replacing:
            self.current_changed.emit(self.current_number())

    def _tell_chosen(self) -> None:
        if not self._replacing:
            self.chosen_changed.emit()

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Attendees"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TOUCH_PX)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        # Painting, it would ask of every row whether the whole column is chosen.
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(TOUCH_PX)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, share the width there is among the columns."""
        super().showEvent(event)
        if not self._is_fitted:
            self._is_fitted = True
            em = QFontMetrics(self.font()).averageCharWidth()
            wanted_px = sum(column.width_em for column in self._columns) * em
            share = max(1.0, self.viewport().width() / wanted_px)
            for place, column in enumerate(self._columns):
                self.setColumnWidth(place, round(column.width_em * em * share))
