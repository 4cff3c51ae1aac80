"""A slider among fields that scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from checkin_app.gui.theme import TOUCH_PX


class CalmSlider(QSlider):
    """A whole number from left to right; the wheel scrolls what it stands in."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(lowest, highest)
        self.setSingleStep(5)
        self.setPageStep(10)
        self.setMinimumHeight(TOUCH_PX)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for this widget."""
        event.ignore()
