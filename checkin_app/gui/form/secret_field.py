"""A field for a password or token."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SecretField(QLineEdit):
    """Shows nothing of what it holds, and presses nothing.

    Whatever is typed here is kept from the desk, however fast: see ``keyboard_scanner``. The Enter
    at the end of a code that was meant for the desk must not send it to a server.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # Nothing of it may reach the word lists of a keyboard on the screen.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends here, before the dialog presses a button with it."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
