"""The list at the left of the inbox: a name over what it is, in bold while it waits."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.inbox.inbox_items import InboxItem
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex

_ITEM_ROLE = Qt.ItemDataRole.UserRole
_ROW = 3.7
"""Height of a line in multiples of the size of ordinary text."""
_WIDTH = 23


class InboxList(QListView):
    """Shows the lines and says which one is looked at.

    Signals:
        looked_at: the ``InboxItem`` in front, or None.
    """

    looked_at = Signal(object)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _InboxModel(event, self)
        self.setModel(self._model)
        self.setItemDelegate(_InboxPainter(event, self))
        self.setAccessibleName(self.tr("Inbox"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(round(_WIDTH * size_px(self.font())))
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def items(self) -> tuple[InboxItem, ...]:
        """All lines."""
        return self._model.items

    @property
    def current(self) -> InboxItem | None:
        """The line in front."""
        index = self.currentIndex()
        return self._model.items[index.row()] if index.isValid() else None

    def show_items(self, items: tuple[InboxItem, ...]) -> None:
        """Replace the lines; the one in front stays, or the line that took its place."""
        before, row = self.current, max(0, self.currentIndex().row())
        self._model.replace(items)
        keys = [item.key for item in items]
        still_open = before is not None and any(
            item.key == before.key and item.is_open == before.is_open for item in items
        )
        if before is not None and still_open:
            row = keys.index(before.key)
        if items:
            self.setCurrentIndex(self._model.index(min(row, len(items) - 1)))
        else:
            self.looked_at.emit(None)

    def show_key(self, key: str) -> None:
        """Bring a line to the front, if it is there."""
        for row, item in enumerate(self._model.items):
            if key and key in (item.key, item.attendee.id):
                self.setCurrentIndex(self._model.index(row))
                return

    def _tell(self) -> None:
        self.looked_at.emit(self.current)


class _InboxModel(QAbstractListModel):
    def __init__(self, event: Event, parent: QWidget) -> None:
        super().__init__(parent)
        self._programme = event
        self.items: tuple[InboxItem, ...] = ()

    def replace(self, items: tuple[InboxItem, ...]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        words = f"{item.attendee.full_name} · {item.line(self._programme)}"
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return shown(words)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(words)
            case _ if role == _ITEM_ROLE:
                return item
        return None


class _InboxPainter(QStyledItemDelegate):
    def __init__(self, event: Event, parent: QWidget) -> None:
        super().__init__(parent)
        self._programme = event
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, round(size_px(self._list.font()) * _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        item: InboxItem = index.data(_ITEM_ROLE)
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
        paint_icon(painter, "warning" if item.is_open else "check", sign, ink)
        texts = area.adjusted(12 + side + 12, 5, -12, -5)
        upper = QRectF(texts.left(), texts.top(), texts.width(), texts.height() / 2)
        lower = upper.translated(0, texts.height() / 2)
        painter.setPen(ink)
        name_font = sized(font, 1.05, bold=item.is_open)
        _draw(painter, upper, item.attendee.full_name, name_font)
        painter.setPen(colours.text if item.is_open else colours.muted)
        _draw(painter, lower, item.line(self._programme), sized(font, 0.92))
        painter.restore()


def _draw(painter: QPainter, area: QRectF, text: str, font: QFont) -> None:
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    words = metrics.elidedText(shown(text), Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
