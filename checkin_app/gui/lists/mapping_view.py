"""The table in which the meaning of each column is corrected, with a drop-down in every row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from checkin_app.gui.attendees.cells import QuietDelegate
from checkin_app.gui.icons import paint_icon
from checkin_app.gui.lists.mapping_model import (
    EXAMPLES,
    FIELD,
    KEPT,
    NAME,
    MappingModel,
    fields_offered,
    meaning,
)
from checkin_app.gui.theme import TOUCH_PX, colours_of, size_px

AnyIndex = QModelIndex | QPersistentModelIndex
_MARGIN_PX = 4
_ARROW_PX = 16
_NAME_EM, _FIELD_EM = 11, 12


class MappingView(QTableView):
    """One row a column of the list; a click or F2 on the field opens its drop-down."""

    def __init__(self, model: MappingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(QuietDelegate(self))
        self._fields = FieldDelegate(self)
        self.setItemDelegateForColumn(FIELD, self._fields)
        self.setAccessibleName(self.tr("What the columns hold"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TOUCH_PX + 2 * _MARGIN_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(EXAMPLES, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(NAME, _NAME_EM * size_px(self.font()))
        self.setColumnWidth(FIELD, _FIELD_EM * size_px(self.font()))
        self.clicked.connect(self._edit_field)
        self.activated.connect(self._edit_field)

    def _edit_field(self, index: QModelIndex) -> None:
        field = index.siblingAtColumn(FIELD)
        self.setCurrentIndex(field)
        self.edit(field)


class FieldDelegate(QuietDelegate):
    """Paints a field as a drop-down, and is one while it is edited."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A drop-down of all fields, open at once."""
        box = QComboBox(parent)
        for field in fields_offered():
            box.addItem(meaning(field), field)
        box.activated.connect(self._commit)
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """The field it has."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """The field it shall have."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Where the painted one was."""
        editor.setGeometry(_inside(option.rect))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A field with a frame and an arrow; a kept column is quieter."""
        colours = colours_of(option.palette)
        area = _inside(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(colours.accent if is_current else colours.border))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), 8, 8)
        is_kept = index.data(Qt.ItemDataRole.EditRole) == KEPT
        ink: QColor = colours.muted if is_kept else colours.text
        painter.setPen(ink)
        text = area.adjusted(10, 0, -_ARROW_PX - 14, 0)
        elided = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, elided)
        arrow = QRect(area.right() - _ARROW_PX - 9, 0, _ARROW_PX, _ARROW_PX)
        arrow.moveTop(area.center().y() - _ARROW_PX // 2)
        paint_icon(painter, "arrow-down", arrow, ink)
        painter.restore()

    def _commit(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def _inside(rect: QRect) -> QRect:
    return rect.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
