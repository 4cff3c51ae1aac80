"""How cells of tables are painted: plain text with room around it, a dot beside a status."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.gui.attendees.table_model import AttendeeTableModel
from checkin_app.gui.table_models import AnyIndex
from checkin_app.gui.theme import Colours, colours_of
from checkin_app.storage.register import ListedAttendee, SortColumn

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


class SentenceDelegate(QuietDelegate):
    """Paints a sentence on as many lines as the cell has room for."""

    def draw(self, painter: QPainter, area: QRect, text: str, option: QStyleOptionViewItem) -> None:
        """Wrapped between words."""
        painter.save()
        painter.setClipRect(area)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(flags), text)
        painter.restore()


class AttendeeDelegate(QuietDelegate):
    """Adds what can be seen at a glance: who is in, who is not to be let in.

    Args:
        sorts: which column is which.
    """

    def __init__(self, sorts: Sequence[SortColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sorts = sorts

    def mark(self, index: AnyIndex, colours: Colours) -> QColor | None:
        """Green: in. Amber and red: not simply to be let in."""
        listed = index.data(AttendeeTableModel.ATTENDEE_ROLE)
        if not isinstance(listed, ListedAttendee):
            return None
        match self._sorts[index.column()]:
            case SortColumn.STATUS:
                return _status_colour(listed.attendee.status, colours)
            case SortColumn.ARRIVED if listed.checked_in_at is not None:
                return colours.inside.fill
        return None

    def ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """Who cancelled stands back; so does all that is not the name."""
        listed = index.data(AttendeeTableModel.ATTENDEE_ROLE)
        is_out = (
            isinstance(listed, ListedAttendee)
            and listed.attendee.status is AttendeeStatus.CANCELLED
        )
        return colours.muted if is_out or index.column() else colours.text


def _status_colour(status: AttendeeStatus, colours: Colours) -> QColor:
    match status:
        case AttendeeStatus.CONFIRMED:
            return colours.border
        case AttendeeStatus.CANCELLED:
            return colours.refused.fill
        case _:
            return colours.attention.fill


def _paint_dot(painter: QPainter, left: int, middle: int, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(left, middle - _DOT_PX / 2 + 1, _DOT_PX, _DOT_PX))
    painter.restore()
