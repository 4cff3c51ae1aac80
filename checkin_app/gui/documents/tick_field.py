"""The field in which the codes of the paper list are typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TickField(QLineEdit):
    """Where codes are typed.

    Signals:
        undo_wanted: the key for it was pressed while there is nothing typed to be undone.
    """

    undo_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An empty field has nothing of its own to undo."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.text():
            self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)
