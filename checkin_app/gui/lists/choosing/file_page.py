"""The first step of an import: which file; and below, the imports there were."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.gui.form.empty_state import EmptyState
from checkin_app.gui.lists.done.history_view import HistoryView
from checkin_app.gui.workplace import Workplace


class FilePage(QWidget):
    """Asks for a file, and says why one cannot be imported.

    Signals:
        choosing: the button was pressed.
    """

    choosing = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask = EmptyState(
            self.tr("Which list shall be imported?"),
            self.tr(
                "An export of your registration system or a list of your own: CSV, Excel (.xlsx,"
                " .xls) or OpenDocument (.ods). It can be dropped on the window as well."
            ),
            self.tr("Choose a file…"),
        )
        self.refused = EmptyState(
            self.tr("This file cannot be imported"), "", self.tr("Choose another file…")
        )
        self.history = HistoryView(workplace, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for state in (self.ask, self.refused):
            state.acted.connect(self.choosing)
            layout.addWidget(state, 3)
        layout.addWidget(self.history, 4)
        self.refused.hide()

    def take_focus(self) -> None:
        """The keyboard is for the button."""
        (self.ask if self.refused.isHidden() else self.refused).button.setFocus()

    def show_refusal(self, sentence: str) -> None:
        """This file is no list: say so, and ask for another one."""
        self.refused.show_sentence(sentence)
        self.ask.hide()
        self.refused.show()
