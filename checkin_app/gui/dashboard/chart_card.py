"""A card with one chart: its picture, its words, and exact figures under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.dashboard.chart_drawing import DrawnChart
from checkin_app.gui.keys import ENTER
from checkin_app.gui.plain_text import tool_tip
from checkin_app.reports.charts.contents import Content

INSET_PX = 4
"""Between the edge of the card, which is round, and the picture, which is not."""


class ChartCard(QFrame):
    """Shows the chart it was last given.

    Signals:
        resized: the chart has another room now.
        pressed: somebody clicked on it, or pressed Enter or the space bar.

    Attributes:
        drawn: the chart with its picture; None before the first.
    """

    resized = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.drawn: DrawnChart | None = None
        self._image = QImage()
        self._more = ""

    @property
    def room(self) -> QSize:
        """What a picture may fill."""
        return QSize(max(1, self.width() - 2 * INSET_PX), max(1, self.height() - 2 * INSET_PX))

    def describe(self, content: Content) -> None:
        """Say in words what the chart will show."""
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(" ".join(filter(None, (content.text, self._more))))

    def show_chart(self, drawn: DrawnChart) -> None:
        """Show a chart that was drawn for this card."""
        self.drawn = drawn
        picture = drawn.picture
        self._image = QImage(
            picture.pixels,
            picture.width_px,
            picture.height_px,
            picture.stride,
            QImage.Format.Format_RGB32,
        ).copy()
        self._image.setDevicePixelRatio(drawn.wish.pixel_ratio)
        self.update()

    def words_at(self, place: QPoint) -> str:
        """The exact figures at a place of the card; empty where there are none."""
        if self.drawn is None:
            return ""
        left, top = place.x() - INSET_PX, place.y() - INSET_PX
        return next((spot.text for spot in self.drawn.spots if spot.holds(left, top)), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture as it is, or stretched until it is drawn for the new size."""
        super().paintEvent(event)
        painter = QPainter(self)
        if self.drawn is not None:
            target = QRectF(INSET_PX, INSET_PX, self.room.width(), self.room.height())
            wish = self.drawn.wish
            if (wish.width, wish.height) == (self.room.width(), self.room.height()):
                painter.drawImage(target.topLeft(), self._image)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(target, self._image)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours_of(self.palette()).accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 11, 11)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another picture is needed."""
        super().resizeEvent(event)
        self.resized.emit()

    def offer_more(self, words: str) -> None:
        """Show that pressing it leads to more: what, in words."""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more = words

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar press it."""
        if event.key() in (*ENTER, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Exact figures under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(event.pos()) or self._more
            if words:
                QToolTip.showText(event.globalPos(), tool_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
