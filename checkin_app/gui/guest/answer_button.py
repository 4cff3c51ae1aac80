"""A button for a guest's finger: large, with a sign beside the word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of
from checkin_app.gui.desk.answers.fitted_text import fit


class AnswerButton(QAbstractButton):
    """Says yes or no. Never takes the keyboard, which belongs to the desk."""

    def __init__(self, icon_name: str, *, is_main: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._is_main = is_main
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_words(self, words: str) -> None:
        """What it says."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """The page places it."""
        return QSize(3 * TOUCH_PX, TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sign, word."""
        colours = colours_of(self.palette())
        fill, ink = colours.surface, colours.text
        if self._is_main:
            fill, ink = colours.inside.fill, colours.inside.ink
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = area.height() * 0.22
        painter.setPen(fill if self._is_main else colours.muted)
        painter.setBrush(colours.chosen if self.isDown() and not self._is_main else fill)
        if self.isDown():
            painter.setOpacity(0.85)
        painter.drawRoundedRect(area, radius, radius)
        font = QFont(self.font())
        font.setBold(True)
        side = area.height() * 0.42
        room = area.width() - side - area.height()
        fitted = fit(
            self._words,
            font,
            room,
            area.height(),
            least_px=max(6, round(area.height() * 0.2)),
            most_px=max(6, round(area.height() * 0.42)),
            most_lines=1,
        )
        font.setPixelSize(fitted.size_px)
        painter.setFont(font)
        text = painter.fontMetrics().horizontalAdvance(fitted.lines[0])
        left = area.center().x() - (side * 1.4 + text) / 2
        sign = QRectF(left, area.center().y() - side / 2, side, side)
        paint_icon(painter, self._icon_name, sign, ink)
        painter.setPen(ink)
        fitted.draw(painter, font, left + side * 1.4, area.center().y() - fitted.height_px / 2)
        painter.end()
