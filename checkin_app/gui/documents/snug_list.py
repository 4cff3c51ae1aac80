"""A list that is as high as its lines, and scrolls where there is no room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QSizePolicy, QWidget

_LEAST_LINES = 3


class SnugList(QListWidget):
    """Leaves the keyboard to the field above it; what is too long for a line is cut with a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """A few lines, or all where there are fewer."""
        lines = min(self.count(), _LEAST_LINES)
        return QSize(0, lines * self.sizeHintForRow(0) + 2 * self.frameWidth())
