"""A table of mails that did not arrive, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.theme import TOUCH_PX, sized
from checkin_app.services.mailings import MailTrouble


def trouble_table(columns: tuple[str, str, str]) -> QTableWidget:
    """A table of mails: whom, which address, what happened."""
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels(list(columns))
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setDefaultSectionSize(TOUCH_PX)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setStyleSheet("QTableView::item { padding: 0 10px; }")
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table


def fill_table(
    table: QTableWidget, troubles: Sequence[MailTrouble], words: Callable[[MailTrouble], str]
) -> None:
    """Show these mails."""
    table.setRowCount(len(troubles))
    for row, trouble in enumerate(troubles):
        person = trouble.record.attendee
        texts = (person.full_name, person.email, words(trouble))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(shown(text))
            item.setToolTip(shown(text))
            table.setItem(row, column, item)


def chosen_rows(table: QTableWidget) -> list[int]:
    """Which mails are chosen, from the top."""
    return sorted({index.row() for index in table.selectionModel().selectedRows()})


def title_label(text: str) -> QWidget:
    """The title of a part."""
    title = plain_label(text)
    title.setFont(sized(title.font(), 1.15, bold=True))
    return title


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons beside each other, at the left."""
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
