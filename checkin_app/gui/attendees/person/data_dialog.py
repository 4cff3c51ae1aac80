"""Shows everything that the event file holds of one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, size_px, sized
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.services.privacy.person_data import PersonData, field_lines, history_lines

_WIDTH_EM, _HEIGHT_EM = 62, 44


class DataDialog(QDialog):
    """Two lists: what is stored, and what happened.

    Signals:
        save_wanted: the data are to be written to a file.
    """

    save_wanted = Signal()

    def __init__(self, data: PersonData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        em = size_px(self.font())
        self.resize(_WIDTH_EM * em, _HEIGHT_EM * em)
        self.setWindowTitle(self.tr("Personal data"))
        title = plain_label(shown(data.record.attendee.full_name) or self.tr("Erased"))
        title.setFont(sized(self.font(), 1.3, bold=True))
        self.fields = _table((self.tr("Field"), self.tr("What is stored")))
        _fill(self.fields, field_lines(data, self.tr))
        self.history = _table((self.tr("When"), self.tr("Desk"), self.tr("What happened")))
        _fill(self.history, history_lines(data, self.tr))
        self.save = QPushButton(self.tr("Save as a file…"))
        self.leave = QPushButton(self.tr("Close"))
        self.leave.setDefault(True)
        self.save.clicked.connect(self.save_wanted)
        self.leave.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.fields, 3)
        column.addWidget(quiet_label(self._elsewhere(data)))
        column.addWidget(self.history, 4)
        column.addLayout(buttons)
        self.leave.setFocus()

    def _elsewhere(self, data: PersonData) -> str:
        photos = self.tr("Photos lie in a folder of their own, outside the event file.")
        waiting = sum(map(len, data.desk_rows.values()))
        if not waiting:
            return photos
        queues = self.tr("{count} lines in the queues of desks: badges to print, mails.")
        return f"{queues.format(count=waiting)} {photos}"


def _table(titles: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(titles))
    table.setHorizontalHeaderLabels(list(titles))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setStyleSheet("QTableView::item { padding: 6px 8px; }")
    table.setWordWrap(True)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().setMinimumSectionSize(TOUCH_PX * 3 // 4)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


def _fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            item = QTableWidgetItem(shown(text))
            item.setToolTip("")
            table.setItem(row, column, item)
