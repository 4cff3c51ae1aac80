"""A table of changes, each with a tick in front that the space bar and a click change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, Colours, colours_of
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.lists.changes.change_lines import ChangedLine
from checkin_app.gui.lists.changes.tick_model import TickedLine, TickModel
from checkin_app.gui.tables.table_cells import PADDING_PX, QuietDelegate
from checkin_app.gui.tables.table_models import AnyIndex
from checkin_app.gui.workplace import Workplace

_BOX_PX = 18
_BOX_ROOM_PX = 30
_ROWS_MEASURED = 40
_COLUMNS_MEASURED = 40
_NARROWEST_PX, _WIDEST_PX = 70, 320
_FEW_COLUMNS = 6
"""So many are all to be seen without scrolling."""


class TickTable(QTableView):
    """Shows a ``TickModel``; the space bar ticks all chosen lines, or none of them."""

    def __init__(
        self, workplace: Workplace, model: TickModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._lines = model
        self._wanted: list[int] = []
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_LineDelegate(self))
        self.setItemDelegateForColumn(0, _TickDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerWidget(QWidget())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TOUCH_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # Painting, it would ask of every row whether the whole column is chosen.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setStretchLastSection(True)
        model.modelReset.connect(self._start_anew)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar ticks."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._tick_chosen()
        else:
            super().keyPressEvent(event)

    def _tick_chosen(self) -> None:
        """All chosen lines become what the current one is not.

        Very many are looked through beside the window.
        """
        current = self.currentIndex().data(TickModel.LINE_ROLE)
        ranges = [
            (part.top(), part.bottom()) for part in self.selectionModel().selection().toList()
        ]
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(_keys, self._lines.lines, sorted(set(ranges))),
            partial(self._tick, not self._lines.is_ticked(current)),
            self._workplace.show_error,
        )

    def _tick(self, is_ticked: bool, keys: list[object]) -> None:
        if keys:
            self._lines.tick(keys, is_ticked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A few columns share the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _start_anew(self) -> None:
        self._wanted = [self._wish(column) for column in range(self._columns_measured())]
        self._fit()
        if self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
            self.clearSelection()

    def _columns_measured(self) -> int:
        return min(self.model().columnCount(), _COLUMNS_MEASURED)

    def _wish(self, column: int) -> int:
        wanted = self.sizeHintForColumn(column) + 2 * PADDING_PX
        titled = self.horizontalHeader().sectionSizeHint(column)
        width = max(wanted, titled, _NARROWEST_PX)
        return width + (0 if column else _BOX_ROOM_PX)

    def _fit(self) -> None:
        room = self.viewport().width()
        widest = max(_WIDEST_PX, room // 4)
        if len(self._wanted) <= _FEW_COLUMNS:
            widest = min(widest, _cap(self._wanted, room))
        for column, wanted in enumerate(self._wanted):
            self.setColumnWidth(column, min(wanted, widest))


def _cap(widths: Sequence[int], room: int) -> int:
    """How wide a column may be so that all fit."""
    left = room
    for place, width in enumerate(sorted(widths)):
        share = left // (len(widths) - place)
        if width > share:
            return max(share, _NARROWEST_PX)
        left -= width
    return room


class _LineDelegate(QuietDelegate):
    """What is not done stands back."""

    def ink(self, index: AnyIndex, colours: Colours) -> QColor:
        """Muted where nothing happens; the new value of a change stands out."""
        model, line = index.model(), index.data(TickModel.LINE_ROLE)
        assert isinstance(model, TickModel)
        if not model.is_ticked(line):
            return colours.muted
        if isinstance(line, ChangedLine) and index.column() == _NEW_VALUE:
            return colours.accent
        return colours.text


_NEW_VALUE = 3
"""The column of a changed line that shows what the list says."""


class _TickDelegate(_LineDelegate):
    """The tick, then the text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A box as those of forms."""
        super().paint(painter, _moved(option), index)
        colours = colours_of(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            ground = QRect(option.rect)
            ground.setWidth(_BOX_ROOM_PX)
            painter.fillRect(ground, colours.chosen)
        line = index.data(TickModel.LINE_ROLE)
        if not line.can_be_ticked:
            return
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        box = _box(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent if is_ticked else colours.muted, 2))
        painter.setBrush(colours.accent if is_ticked else colours.surface)
        painter.drawRoundedRect(box, 5, 5)
        if is_ticked:
            paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), colours.on_accent)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A click on the box ticks."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and isinstance(model, TickModel)
            and _box(option.rect).adjusted(-8, -12, 8, 12).contains(event.position().toPoint())
        ):
            line: TickedLine = index.data(TickModel.LINE_ROLE)
            if line.can_be_ticked:
                model.tick([line.key], not model.is_ticked(line))
            return True
        return False


def _box(rect: QRect) -> QRect:
    top = rect.center().y() - _BOX_PX // 2
    return QRect(rect.left() + PADDING_PX, top, _BOX_PX, _BOX_PX)


def _moved(option: QStyleOptionViewItem) -> QStyleOptionViewItem:
    moved = QStyleOptionViewItem(option)
    moved.rect = option.rect.adjusted(_BOX_ROOM_PX, 0, 0, 0)
    return moved


def _keys(lines: Sequence[TickedLine], ranges: Sequence[tuple[int, int]]) -> list[object]:
    """The keys of the lines in some ranges that can be ticked."""
    found: list[object] = []
    waiting = list(ranges)
    for place, line in enumerate(lines):
        while waiting and place > waiting[0][1]:
            waiting.pop(0)
        if not waiting:
            break
        if place >= waiting[0][0] and line.can_be_ticked:
            found.append(line.key)
    return found
