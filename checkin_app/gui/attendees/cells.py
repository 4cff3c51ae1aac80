"""How the cells of the attendees table are painted: plain text, and a dot beside the status."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.gui.attendees.table_model import AttendeeTableModel
from checkin_app.gui.theme import Colours, colours_of
from checkin_app.storage.register import ListedAttendee, SortColumn

_DOT_PX = 10
_DOT_SCALE = 4
_PADDING_PX = 10

AnyIndex = QModelIndex | QPersistentModelIndex


class QuietDelegate(QStyledItemDelegate):
    """Paints plain text with room around it, the chosen line in the theme's quiet colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt's description of the cell, with our colours."""
        super().initStyleOption(option, index)
        colours = colours_of(option.palette)
        option.palette.setColor(QPalette.ColorRole.Highlight, colours.chosen)
        option.palette.setColor(QPalette.ColorRole.HighlightedText, colours.text)
        # The chosen line says where one is; a dotted frame around one cell says nothing more.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.textElideMode = Qt.TextElideMode.ElideRight


class AttendeeDelegate(QuietDelegate):
    """Adds what can be seen at a glance: who is in, who is not to be let in."""

    def __init__(self, sorts: tuple[SortColumn, ...], parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self._sorts = sorts

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell with its mark."""
        super().initStyleOption(option, index)
        listed = index.data(AttendeeTableModel.ATTENDEE_ROLE)
        if not isinstance(listed, ListedAttendee):
            return
        colours = colours_of(option.palette)
        status = listed.attendee.status
        if status is AttendeeStatus.CANCELLED:
            option.palette.setColor(QPalette.ColorRole.Text, colours.muted)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colours.muted)
        mark = _mark(self._sorts[index.column()], listed, colours)
        if mark is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = _dot(mark.name())
            option.decorationSize = QSize(_DOT_PX, _DOT_PX)


def _mark(sort: SortColumn, listed: ListedAttendee, colours: Colours) -> QColor | None:
    """The colour of the dot in a cell, if it has one."""
    match sort:
        case SortColumn.STATUS:
            return {
                AttendeeStatus.CONFIRMED: colours.border,
                AttendeeStatus.PENDING: colours.attention.fill,
                AttendeeStatus.WAITING: colours.attention.fill,
                AttendeeStatus.CANCELLED: colours.refused.fill,
            }[listed.attendee.status]
        case SortColumn.ARRIVED if listed.checked_in_at is not None:
            return colours.inside.fill
        case _:
            return None


@cache
def _dot(colour: str) -> QIcon:
    side = _DOT_PX * _DOT_SCALE
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(_DOT_SCALE, _DOT_SCALE, side - 2 * _DOT_SCALE, side - 2 * _DOT_SCALE)
    painter.end()
    return QIcon(pixmap)
