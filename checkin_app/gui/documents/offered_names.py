"""The people whom a typed name may mean, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.documents.snug_list import SnugList
from checkin_app.gui.plain_text import shown, tool_tip


class OfferedNames(SnugList):
    """Nobody is chosen beforehand: Enter would check in whoever is first.

    Signals:
        named: the id (str) of the person who was clicked.
    """

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("People of this name"))
        self.itemClicked.connect(self._tell)

    @property
    def chosen(self) -> str:
        """The id of the person who is chosen; empty while nobody is."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item and not self.isHidden() else ""

    def offer(self, people: Sequence[Attendee]) -> None:
        """Offer these; none of them hides the list."""
        self.clear()
        for person in people:
            item = QListWidgetItem(shown(name_and_organisation(person)), self)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            item.setToolTip(tool_tip(item.text()))
        self.setCurrentRow(-1)
        self.setVisible(bool(people))

    def move_choice(self, step: int) -> None:
        """Choose the next one below or above; the first step chooses the first."""
        row = max(self.currentRow() + step, 0)
        if not self.isHidden() and row < self.count():
            self.setCurrentRow(row)

    def _tell(self, item: QListWidgetItem) -> None:
        self.named.emit(str(item.data(Qt.ItemDataRole.UserRole)))


def name_and_organisation(person: Attendee) -> str:
    """Who somebody is, on one line."""
    return "  ·  ".join(filter(None, (person.full_name, person.organisation)))
