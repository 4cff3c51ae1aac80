"""A button of the rail, with a number in its corner while something waits behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton

from checkin_app.gui.appearance.theme import colours_of, size_px, sized

_MOST_SHOWN = 99
_MARGIN_PX = 7


class RailButton(QToolButton):
    """An ordinary tool button that can count."""

    _count = 0

    def show_count(self, count: int) -> None:
        """Show how much waits; 0 shows nothing."""
        self._count = count
        words = self.text().replace("&&", "&")
        self.setAccessibleName(f"{words}: {count}" if count else words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then the number."""
        super().paintEvent(event)
        if not self._count:
            return
        text = f"{_MOST_SHOWN}+" if self._count > _MOST_SHOWN else str(self._count)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized(self.font(), 0.92, bold=True))
        height = size_px(painter.font()) * 1.45
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + height * 0.7)
        pill = QRectF(self.width() - width - _MARGIN_PX, _MARGIN_PX, width, height)
        tone = colours_of(self.palette()).attention
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(tone.ink)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
