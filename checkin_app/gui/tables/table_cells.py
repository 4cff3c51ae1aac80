"""How cells of all tables are painted: plain text with room around it, perhaps a dot before it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from checkin_app.gui.appearance.theme import Colours, colours_of
from checkin_app.gui.tables.table_models import AnyIndex

PADDING_PX = 10
_DOT_PX = 8
_DOT_ROOM_PX = 16


class QuietDelegate(QStyledItemDelegate):
    """Paints one line of plain text, never markup, in line with the titles above."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Ground, mark, text."""
        colours = colours_of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.chosen)
        area = option.rect.adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        mark = self.mark(index, colours)
        if mark is not None:
            _paint_dot(painter, area.left(), area.center().y(), mark)
            area.setLeft(area.left() + _DOT_ROOM_PX)
        text = str(index.data() or "")
        if text and area.width() > 0:
            painter.setFont(option.font)
            painter.setPen(self.ink(index, colours))
            self.draw(painter, area, text, option)

    def draw(self, painter: QPainter, area: QRect, text: str, option: QStyleOptionViewItem) -> None:
        """One line, cut with an ellipsis."""
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)

    def mark(self, index: AnyIndex, colours: Colours) -> QColor | None:
        """The colour of the dot in a cell, if it has one."""
        return None

    def ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """The colour of the text."""
        return colours.text


def _paint_dot(painter: QPainter, left: int, middle: int, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(left, middle - _DOT_PX / 2 + 1, _DOT_PX, _DOT_PX))
    painter.restore()
