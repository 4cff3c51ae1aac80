"""A slider among fields that scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from checkin_app.gui.appearance.theme import TOUCH_PX

_STYLE = """
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: palette(mid); }
QSlider::sub-page:horizontal { height: 6px; border-radius: 3px; background: palette(highlight); }
QSlider::handle:horizontal {
    width: 26px; height: 26px; margin: -10px 0; border-radius: 13px; background: palette(highlight);
}
QSlider::handle:horizontal:focus { border: 3px solid palette(text); }
"""


class CalmSlider(QSlider):
    """A whole number from left to right; the wheel scrolls what it stands in."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(lowest, highest)
        self.setSingleStep(5)
        self.setPageStep(10)
        self.setMinimumHeight(TOUCH_PX)
        self.setStyleSheet(_STYLE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for this widget."""
        event.ignore()
