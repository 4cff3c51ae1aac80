"""Chooses the check-in list at which scans count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace


class ListsPanel(InlinePanel):
    """One line per check-in list: arrows and Enter, or its digit.

    Signals:
        chosen: the ``CheckInList``.
    """

    chosen = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Scans count at"), parent)
        self._workplace = workplace
        self._lines = QListWidget(self)
        self._lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._lines.setAccessibleName(self.tr("Check-in lists"))
        self._lines.installEventFilter(self)
        self._lines.itemClicked.connect(self._choose)
        self.body.addWidget(self._lines, 1)
        self._fill()

    @property
    def survives_scans(self) -> bool:
        """The choice does not depend on who is scanned."""
        return True

    @property
    def first_field(self) -> QWidget:
        """The lines."""
        return self._lines

    def mark_current(self) -> None:
        """Select the list in use."""
        ids = [each.id for each in self._workplace.check_in_lists]
        self._lines.setCurrentRow(ids.index(self._workplace.desk.check_in_list.id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits choose, Enter takes the selected line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._lines.currentItem())
                return True
            if event.text().isdecimal() and 1 <= int(event.text()) <= self._lines.count():
                self._choose(self._lines.item(int(event.text()) - 1))
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        for number, check_in_list in enumerate(self._workplace.check_in_lists, start=1):
            digit = f"{number}   " if number <= 9 else "     "
            QListWidgetItem(shown(digit + self._describe(check_in_list)), self._lines)

    def _describe(self, check_in_list: CheckInList) -> str:
        event = self._workplace.desk.event
        parts = [check_in_list.name]
        if check_in_list.opens_at and check_in_list.closes_at:
            opens, closes = (
                event.local(check_in_list.opens_at),
                event.local(check_in_list.closes_at),
            )
            parts.append(f"{opens:%H:%M}-{closes:%H:%M}")
        if check_in_list.capacity is not None:
            parts.append(self.tr("{count} places").format(count=check_in_list.capacity))
        return "  ·  ".join(parts)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(self._workplace.check_in_lists[self._lines.row(item)])
