"""What every desk did, one line each: a dashboard has room for a few."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.text_table import TextTable
from checkin_app.gui.tables.text_table_model import TextTableModel
from checkin_app.reports.dashboard_cards import as_of_text, cards_of

_WIDTH_EM, _HEIGHT_EM = 36, 36


class DesksDialog(QDialog):
    """Follows the dashboard while it is open.

    Attributes:
        model: the lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Desks"))
        self.model = TextTableModel(self)
        self._as_of = plain_label()
        self._table = TextTable(self.model)
        self._table.setAccessibleName(self.tr("Desks"))
        self._table.verticalHeader().hide()
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._as_of)
        column.addWidget(self._table, 1)
        column.addWidget(buttons)
        em = size_px(self.font())
        self.resize(_WIDTH_EM * em, _HEIGHT_EM * em)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show new numbers; whoever scrolled down stays there."""
        desks = cards_of(dashboard, self.tr).desks
        whole = desks.sum_of(desks.rows, self.tr("All desks")).texts if desks.rows else ()
        rows = [*([whole] if whole else []), *(row.texts for row in desks.rows)]
        place = self._table.verticalScrollBar().value()
        self._as_of.setText(shown(as_of_text(dashboard, self.tr)))
        titles = (self.tr("Desk"), *desks.heads)
        self.model.show_rows(titles, rows, range(len(rows)))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.verticalScrollBar().setValue(place)
