"""The table of the print queue: keeps what is chosen while rows come and go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from checkin_app.domain.print_jobs import PrintJob
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.printing.queue_model import KnownPrinters, QueueColumn, QueueModel

_ROW_PX = 36
_LEAST_ROWS = 5
"""With the header."""
_WIDTHS_EM = {
    QueueColumn.NAME: 14.0,
    QueueColumn.STATE: 7.5,
    QueueColumn.PRINTER: 10.0,
    QueueColumn.CAUSE: 8.5,
    QueueColumn.TRIES: 4.5,
}
_NAME_SHARE = 0.22
"""Of a wide table, so that two surnames and a hyphen are read whole."""
_LEAST_REASON_EM = 18.0
"""With the time, which takes what it needs."""


class QueueTable(QTableView):
    """Print jobs, of which several may be chosen.

    Signals:
        chosen_changed: other rows are chosen, or the chosen ones changed.
    """

    chosen_changed = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self._set_up()
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def show_jobs(self, jobs: tuple[PrintJob, ...], printers: KnownPrinters) -> None:
        """Show these jobs; what was chosen and is still among them stays chosen."""
        chosen = {job.id for job in self.chosen()}
        current = self._current_id()
        top = self.verticalScrollBar().value()
        if self._rows.show_jobs(jobs, printers):
            self._choose(chosen, current)
            self.verticalScrollBar().setValue(top)
        self.chosen_changed.emit()

    def chosen(self) -> tuple[PrintJob, ...]:
        """The chosen jobs, from the top."""
        parts = {(part.top(), part.bottom()) for part in self._selection()}
        return tuple(job for top, end in sorted(parts) for job in self._rows.jobs[top : end + 1])

    def choose_first(self) -> None:
        """Begin at the top."""
        if self._rows.jobs:
            self.selectRow(0)
            self.scrollToTop()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width when it is known."""
        super().showEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Columns as wide as they like; the reason has the rest, and is the first to go."""
        em, width = size_px(self.font()), self.viewport().width()
        widths = {column: round(width_em * em) for column, width_em in _WIDTHS_EM.items()}
        widths[QueueColumn.NAME] = max(widths[QueueColumn.NAME], round(_NAME_SHARE * width))
        for column, width_px in widths.items():
            self.setColumnWidth(column, width_px)
        fixed = sum(widths.values())
        self.setColumnHidden(QueueColumn.CAUSE, width < fixed + _LEAST_REASON_EM * em)

    def _choose(self, chosen: set[str], current: str) -> None:
        flags = QItemSelectionModel.SelectionFlag
        row = self._rows.row_of(current)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags.NoUpdate)
        self.selectionModel().select(
            self._rows.selection_of(chosen), flags.ClearAndSelect | flags.Rows
        )

    def _selection(self) -> Sequence[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    def _current_id(self) -> str:
        row = self.currentIndex().row()
        return self._rows.jobs[row].id if 0 <= row < len(self._rows.jobs) else ""

    def _set_up(self) -> None:
        self.setMinimumHeight(_LEAST_ROWS * _ROW_PX)
        self.setAccessibleName(self.tr("Print queue"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        icon_px = QFontMetrics(self.font()).height() - 2
        self.setIconSize(QSize(icon_px, icon_px))
        self.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Painting, it would ask of every row whether the whole column is chosen.
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(QueueColumn.REASON, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(QueueColumn.TIME, QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(0)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
