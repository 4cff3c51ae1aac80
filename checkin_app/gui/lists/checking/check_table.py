"""The table of rows that are worth a look; cells are corrected and rows decided in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from checkin_app.gui.appearance.theme import TOUCH_PX, Colours, colours_of, size_px
from checkin_app.gui.keys import ENTER
from checkin_app.gui.lists.changes.decision_words import choices_for
from checkin_app.gui.lists.checking.check_lines import CheckKind, CheckLine
from checkin_app.gui.lists.checking.check_model import CheckColumn, CheckModel
from checkin_app.gui.lists.understanding.field_cells import DropDownDelegate, TextFieldDelegate
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.table_cells import QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex

_WIDTHS_EM = {CheckColumn.KIND: 7.6, CheckColumn.ANSWER: 16.6}


class CheckTable(QTableView):
    """Shows a ``CheckModel``; a click or Enter opens what can be changed in a line.

    Signals:
        chosen: the ``CheckLine`` that is current, or None.
        rested: no cell is edited any more.
    """

    chosen = Signal(object)
    rested = Signal()

    def __init__(self, model: CheckModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Rows to check"))
        self._delegates = {
            CheckColumn.KIND: _KindDelegate(self),
            CheckColumn.REASON: _ReasonDelegate(self),
            CheckColumn.ANSWER: _AnswerDelegate(self),
        }
        for column, delegate in self._delegates.items():
            self.setItemDelegateForColumn(column, delegate)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed)
        beside = self.verticalHeader()
        beside.setHighlightSections(False)
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        line_px = QFontMetrics(self.font()).height()
        beside.setDefaultSectionSize(max(TOUCH_PX + 8, 2 * line_px + 12))
        beside.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in _WIDTHS_EM.items():
            self.setColumnWidth(column, round(width * size_px(self.font())))
        header.setSectionResizeMode(CheckColumn.REASON, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._open_clicked)
        self.selectionModel().currentRowChanged.connect(self._tell_current)

    @property
    def is_edited(self) -> bool:
        """Whether a cell is being edited now."""
        return self.state() == QAbstractItemView.State.EditingState

    def go_to(self, place: int) -> None:
        """Make the line at a place the current one; the last one when there are fewer."""
        place = min(max(place, 0), self._lines.rowCount() - 1)
        if place >= 0:
            self.selectRow(place)
            self.scrollTo(self._lines.index(place, 0))
        else:
            self.chosen.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what can be changed in the line."""
        if event.key() in ENTER and not self.is_edited and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The line goes on as it was before."""
        super().closeEditor(editor, hint)
        self.rested.emit()

    def _open_clicked(self, index: QModelIndex) -> None:
        if index.column() == CheckColumn.ANSWER:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        cell = index.siblingAtColumn(CheckColumn.ANSWER)
        if cell.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(cell)
            self.edit(cell)

    def _tell_current(self, current: QModelIndex) -> None:
        self.chosen.emit(self._lines.line(current.row()))


class _KindDelegate(QuietDelegate):
    """A dot says how grave a line is."""

    def mark(self, index: AnyIndex, colours: Colours) -> QColor | None:
        """Red, amber, grey, green."""
        line = index.data(CheckModel.LINE_ROLE)
        if not isinstance(line, CheckLine):
            return None
        return {
            CheckKind.NOT_TAKEN: colours.refused.fill,
            CheckKind.UNCLEAR: colours.accent,
            CheckKind.DOUBTFUL: colours.attention.fill,
            CheckKind.REPEATED: colours.border,
            CheckKind.SETTLED: colours.inside.fill,
        }[line.kind]


class _ReasonDelegate(QuietDelegate):
    """Who it is, and below what is wrong."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Name and sentence."""
        self._name = shown(_line_of(index).name)
        super().paint(painter, option, index)

    def draw(self, painter: QPainter, area: QRect, text: str, option: QStyleOptionViewItem) -> None:
        """A line each; a sentence about nobody takes both."""
        if not self._name:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), text)
            return
        metrics, middle = option.fontMetrics, area.center().y()
        height = metrics.height()
        elide = Qt.TextElideMode.ElideRight
        upper = QRect(area.left(), middle - height, area.width(), height)
        painter.drawText(upper, 0, metrics.elidedText(self._name, elide, area.width()))
        painter.setPen(colours_of(option.palette).muted)
        lower = upper.translated(0, height + 1)
        painter.drawText(lower, 0, metrics.elidedText(text, elide, area.width()))


class _AnswerDelegate(DropDownDelegate):
    """The cell to be corrected as a field; else what becomes of the row, as a drop-down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = TextFieldDelegate(self)

    def has_arrow(self, index: AnyIndex) -> bool:
        """Where there is something to choose."""
        return not _line_of(index).column

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """A field, or a drop-down of what can be decided about this row."""
        line = _line_of(index)
        if line.column:
            return self._cells.createEditor(parent, option, index)
        box = self.new_box(parent)
        for words, _decision in choices_for(line):
            box.addItem(words)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """What holds as things stand."""
        line = _line_of(index)
        if not isinstance(editor, QComboBox):
            self._cells.setEditorData(editor, index)
            return
        choices = [decision for _words, decision in choices_for(line)]
        standing = line.decision or line.proposal
        editor.setCurrentIndex(choices.index(standing) if standing in choices else -1)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """What shall hold."""
        if not isinstance(editor, QComboBox):
            self._cells.setModelData(editor, model, index)
            return
        choices = [decision for _words, decision in choices_for(_line_of(index))]
        if 0 <= editor.currentIndex() < len(choices):
            model.setData(index, choices[editor.currentIndex()], Qt.ItemDataRole.EditRole)

    def field_ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """A proposal stands back until somebody agrees."""
        line = _line_of(index)
        return colours.text if line.column or line.decision is not None else colours.muted


def _line_of(index: AnyIndex) -> CheckLine:
    line = index.data(CheckModel.LINE_ROLE)
    assert isinstance(line, CheckLine)
    return line
