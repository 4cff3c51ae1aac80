"""Cells of a table that look like fields where they can be edited: to be typed in, or chosen."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import Colours, colours_of
from checkin_app.gui.tables.table_cells import QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex

_MARGIN_PX = 4
_ARROW_PX = 16


class FieldDelegate(QuietDelegate):
    """Paints a frame around the text of a cell that can be edited."""

    def has_arrow(self, index: AnyIndex) -> bool:
        """Whether there is something to choose."""
        return False

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Where the painted one was."""
        editor.setGeometry(inside(option.rect))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A frame, the text, an arrow where there is something to choose."""
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            super().paint(painter, option, index)
            return
        colours = colours_of(option.palette)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(option.rect, colours.chosen)
        area = inside(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent if is_current else colours.border))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), 8, 8)
        ink = self.field_ink(index, colours)
        painter.setPen(ink)
        has_arrow = self.has_arrow(index)
        text = area.adjusted(10, 0, -_ARROW_PX - 14 if has_arrow else -6, 0)
        elided = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, elided)
        if has_arrow:
            arrow = QRect(area.right() - _ARROW_PX - 9, 0, _ARROW_PX, _ARROW_PX)
            arrow.moveTop(area.center().y() - _ARROW_PX // 2)
            paint_icon(painter, "arrow-down", arrow, ink)
        painter.restore()

    def field_ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """The colour of the text in a field."""
        return colours.text


class DropDownDelegate(FieldDelegate):
    """A field with an arrow, which is a drop-down while it is edited."""

    def has_arrow(self, index: AnyIndex) -> bool:
        """There is."""
        return True

    def new_box(self, parent: QWidget) -> QComboBox:
        """An empty drop-down that is open at once and done when something is chosen."""
        box = QComboBox(parent)
        box.activated.connect(self._commit)
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _commit(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        self.commitData.emit(box)
        self.closeEditor.emit(box)


class TextFieldDelegate(FieldDelegate):
    """A cell of a list as a field to be typed in."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """One line of text."""
        return QLineEdit(parent)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """What the cell holds."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """What it shall hold."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text().strip(), Qt.ItemDataRole.EditRole)


def inside(rect: QRect) -> QRect:
    """The field in a cell."""
    return rect.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
