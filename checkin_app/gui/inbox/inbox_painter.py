"""How a line of the inbox looks: a sign, the name, and below it what it is, where and when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.inbox.cut_texts import cut_evenly
from checkin_app.gui.inbox.inbox_items import InboxItem
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.table_models import AnyIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole
_ROW = 3.7
"""Height of a line in multiples of the size of ordinary text."""
_DOT = " · "


class InboxPainter(QStyledItemDelegate):
    """Paints the ``InboxItem`` that the model has for ``ITEM_ROLE``."""

    def __init__(self, event: Event, parent: QWidget) -> None:
        super().__init__(parent)
        self._programme = event
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All lines are equally high."""
        return QSize(200, round(size_px(self._list.font()) * _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Bold while it waits."""
        item: InboxItem = index.data(ITEM_ROLE)
        colours = colours_of(self._list.palette())
        font = self._list.font()
        area = QRectF(option.rect).adjusted(4, 2, -4, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.chosen)
            painter.drawRoundedRect(area, 8, 8)
        side = size_px(font) * 1.3
        sign = QRectF(area.left() + 12, area.center().y() - side / 2, side, side)
        ink = colours.text if item.is_open else colours.muted
        paint_icon(painter, _sign_of(item), sign, ink)
        texts = area.adjusted(12 + side + 12, 5, -12, -5)
        upper = QRectF(texts.left(), texts.top(), texts.width(), texts.height() / 2)
        lower = upper.translated(0, texts.height() / 2)
        painter.setPen(ink)
        name_font = sized(font, 1.05, bold=item.is_open)
        _draw(painter, upper, "", (item.attendee.full_name,), name_font)
        # Who waits was let in twice, as the sign and the head of the list say: the line has room
        # for where and when.
        says_it = item.conflict is not None and item.is_open
        words = "" if says_it else item.words() + _DOT
        _draw(painter, lower, words, item.places(self._programme), sized(font, 0.92))
        painter.restore()


def _sign_of(item: InboxItem) -> str:
    if not item.is_open:
        return "check"
    return "warning" if item.conflict is not None else "attendees"


def _draw(painter: QPainter, area: QRectF, first: str, texts: tuple[str, ...], font: QFont) -> None:
    """Draw the first text whole, and as much of each other as there is room for."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    dots = (len(texts) - 1) * metrics.horizontalAdvance(_DOT)
    room = area.width() - dots - metrics.horizontalAdvance(first)
    words = first + _DOT.join(cut_evenly([shown(text) for text in texts], room, metrics))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
