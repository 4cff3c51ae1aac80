"""What was entered from the paper list, the newest on top."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidgetItem, QWidget

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.documents.snug_list import SnugList
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.services.documents.paper_list import Tick

_SHOWN = 200


class EnteredTicks(SnugList):
    """One line for each tick that stands, and for each that came to nothing unseen.

    Attributes:
        standing: the ticks that stand, the last one last.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing: list[Tick] = []
        self._lines: list[QListWidgetItem] = []
        self.setAccessibleName(self.tr("What was entered"))
        self.setSelectionMode(SnugList.SelectionMode.NoSelection)

    def add(self, tick: Tick, sentence: str) -> None:
        """This was entered."""
        self.standing.append(tick)
        self._lines.append(self._put(sentence, "check"))

    def tell_not_entered(self, typed: str) -> None:
        """This came to nothing, and the answer was covered by the next one at once."""
        self._put(self.tr("Not entered: {typed}").format(typed=typed), "warning")

    def take_back(self, tick: Tick) -> None:
        """This stands no longer."""
        if tick in self.standing:
            place = self.standing.index(tick)
            del self.standing[place]
            self.takeItem(self.row(self._lines.pop(place)))
            self.setVisible(self.count() > 0)

    def _put(self, text: str, icon_name: str) -> QListWidgetItem:
        item = QListWidgetItem(icon(icon_name), shown(text))
        item.setToolTip(tool_tip(item.text()))
        self.insertItem(0, item)
        self.takeItem(_SHOWN)
        self.show()
        return item
