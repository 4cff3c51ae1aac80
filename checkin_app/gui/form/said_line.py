"""What goes on, or on its own ground what somebody should look after: as high as its text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.plain_text import shown

_PADDING_PX = 10
_RADIUS_PX = 8
_LONGEST = 600


class SaidLine(QLabel):
    """As high as its text, and not there without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_worrying = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, words: str, *, is_worrying: bool = False) -> None:
        """Say this in place of what was said.

        Args:
            is_worrying: somebody should look after it.
        """
        self._is_worrying = is_worrying
        before = self.text()
        self.setText(shown(words, _LONGEST))
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        across = _PADDING_PX if is_worrying else 0
        self.setContentsMargins(across, across, across, across)
        palette = QPalette()
        if is_worrying:
            palette.setColor(QPalette.ColorRole.WindowText, colours_of(palette).warning.ink)
        self.setPalette(palette)
        self.setVisible(bool(words))
        if words and self.text() != before:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of what asks for care."""
        if self._is_worrying:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours_of(self.palette()).warning.fill)
            painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)
            painter.end()
        super().paintEvent(event)
