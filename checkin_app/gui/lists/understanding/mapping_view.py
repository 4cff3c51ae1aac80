"""The table in which the meaning of each column is corrected, with a drop-down in every row."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, Colours, size_px
from checkin_app.gui.lists.understanding.field_cells import DropDownDelegate
from checkin_app.gui.lists.understanding.mapping_model import (
    EXAMPLES,
    FIELD,
    KEPT,
    NAME,
    MappingModel,
    fields_offered,
    meaning,
)
from checkin_app.gui.tables.table_cells import QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex

_MARGIN_PX = 4
_NAME_EM, _FIELD_EM = 11, 12


class MappingView(QTableView):
    """One row a column of the list; a click or F2 on the field opens its drop-down."""

    def __init__(self, model: MappingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(QuietDelegate(self))
        self._fields = MeaningDelegate(self)
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


class MeaningDelegate(DropDownDelegate):
    """A field as a drop-down; a column that is kept as it is stands back."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A drop-down of all fields."""
        box = self.new_box(parent)
        for field in fields_offered():
            box.addItem(meaning(field), field)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """The field it has."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """The field it shall have."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def field_ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """Quieter for a kept column."""
        is_kept = index.data(Qt.ItemDataRole.EditRole) == KEPT
        return colours.muted if is_kept else colours.text
