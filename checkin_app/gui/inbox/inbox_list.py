"""The list at the left of the inbox: who it is about, what waits first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import size_px
from checkin_app.gui.inbox.inbox_items import InboxItem
from checkin_app.gui.inbox.inbox_painter import ITEM_ROLE, InboxPainter
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex

_WIDTH = 25


class InboxList(QListView):
    """Shows the lines and says which are looked at. Several can be chosen: Shift, Ctrl, Ctrl+A.

    Signals:
        looked_at: the ``InboxItem`` in front, or None.
        several_chosen: a tuple of them.
    """

    looked_at = Signal(object)
    several_chosen = Signal(object)

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _InboxModel(event, self)
        self._is_being_filled = False
        self.setModel(self._model)
        self.setItemDelegate(InboxPainter(event, self))
        self.setAccessibleName(self.tr("Inbox"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(round(_WIDTH * size_px(self.font())))
        self.selectionModel().selectionChanged.connect(self._tell)

    @property
    def items(self) -> tuple[InboxItem, ...]:
        """All lines."""
        return self._model.items

    @property
    def current(self) -> InboxItem | None:
        """The line in front."""
        index = self.currentIndex()
        return self._model.items[index.row()] if index.isValid() else None

    @property
    def chosen(self) -> tuple[InboxItem, ...]:
        """The lines that are chosen, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._model.items[row] for row in rows)

    def show_items(self, items: tuple[InboxItem, ...]) -> None:
        """Replace the lines; those in front stay, or the line that took the place of the first."""
        before, row = self.chosen, max(0, self.currentIndex().row())
        self._is_being_filled = True
        self._model.replace(items)
        self._is_being_filled = False
        stay = {(item.key, item.is_open) for item in before}
        rows = [row for row, item in enumerate(items) if (item.key, item.is_open) in stay]
        if not items:
            self.looked_at.emit(None)
        elif rows:
            self.choose(rows)
        else:
            self.choose([min(row, len(items) - 1)])

    def show_key(self, key: str) -> None:
        """Bring a line to the front, if it is there."""
        for row, item in enumerate(self._model.items):
            if key and key in (item.key, item.attendee.id):
                self.choose([row])
                return

    def choose(self, rows: list[int]) -> None:
        """Choose these lines and no others; the first is in front."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._model.index(row), self._model.index(row))
        self.selectionModel().setCurrentIndex(self._model.index(rows[0]), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)

    def _tell(self) -> None:
        if self._is_being_filled:
            return
        chosen = self.chosen
        if len(chosen) > 1:
            self.several_chosen.emit(chosen)
        else:
            self.looked_at.emit(chosen[0] if chosen else self.current)


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
        parts = (item.attendee.full_name, item.words(), *item.places(self._programme))
        words = " · ".join(parts)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return shown(words)
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(words)
            case _ if role == ITEM_ROLE:
                return item
        return None
