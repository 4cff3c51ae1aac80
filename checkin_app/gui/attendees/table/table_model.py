"""Row numbers of the event file → a table of any length, of which only what is seen is fetched.

The model holds the order (one number a row) and the last few thousand rows that were looked
at. A cell whose row is not here yet is empty, asked for together with its neighbours, and
filled in when the answer comes home: scrolling never waits for the disk. After a change the
rows stay on screen as they were until their new state arrives, so nothing flickers.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionRange,
    QObject,
    Qt,
    QTimer,
)

from checkin_app.gui.attendees.table.columns import Column
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex
from checkin_app.storage.people.register import ListedAttendee

Rows = tuple[ListedAttendee, ...]
AskForRows = Callable[[Sequence[int], Callable[[Rows], None]], None]
"""Fetches the rows of some numbers away from the screen; calls back on the GUI thread."""


CHUNK_ROWS = 128
ROWS_KEPT = 8192
_CHUNKS_WAITING = 3
"""Chunks still asked for when scrolling has gone on: older wishes are dropped."""

_ATTENDEE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROLES = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.ToolTipRole),
    _ATTENDEE_ROLE,
)


class AttendeeTableModel(QAbstractTableModel):
    """A table of attendees over an array of row numbers."""

    ATTENDEE_ROLE = _ATTENDEE_ROLE
    """The ``ListedAttendee`` of a row, or None while it is on its way."""

    def __init__(
        self, columns: Sequence[Column], ask: AskForRows, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._ask = ask
        self._numbers: array[int] = array("q")
        self._known: OrderedDict[int, tuple[ListedAttendee | None, int]] = OrderedDict()
        self._age = 0
        self._order = 0
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_for_wanted)

    @property
    def numbers(self) -> array[int]:
        """The row numbers shown, in order. Not to be changed."""
        return self._numbers

    def show_numbers(self, numbers: array[int]) -> None:
        """Show these rows in this order; rows that are known already appear at once."""
        if numbers == self._numbers:
            return
        self.beginResetModel()
        self._numbers = numbers
        self._order += 1
        self._asked.clear()
        self._wanted.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Something has changed: fetch anew whatever is looked at from now on."""
        self._age += 1
        self._asked.clear()
        if self._numbers:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._numbers) - 1, len(self._columns) - 1)
            )

    def number_at(self, row: int) -> int:
        """The row number in the event file of a row of the table."""
        return self._numbers[row]

    def row_of(self, number: int) -> int | None:
        """Where a row number stands in the table, if it does."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def selection_of(self, numbers: Iterable[int]) -> QItemSelection:
        """The rows of these numbers, neighbours joined, as a view selects them."""
        wanted = frozenset(numbers)
        selection = QItemSelection()
        first: int | None = None
        for row, number in enumerate(self._numbers):
            if (number in wanted) == (first is not None):
                continue
            if first is None:
                first = row
            else:
                selection.append(self._rows_between(first, row - 1))
                first = None
        if first is not None:
            selection.append(self._rows_between(first, len(self._numbers) - 1))
        return selection

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """All rows, fetched or not."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, or the attendee of the row."""
        if not index.isValid() or role not in _ROLES:
            return None
        listed = self._row(index.row())
        if role == self.ATTENDEE_ROLE:
            return listed
        text = self._columns[index.column()].text(listed) if listed else ""
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else shown(text)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    # Fetching

    def _row(self, row: int) -> ListedAttendee | None:
        number = self._numbers[row]
        known = self._known.get(number)
        if known is None:
            self._want(row // CHUNK_ROWS)
            return None
        if known[1] != self._age:
            self._want(row // CHUNK_ROWS)
        self._known.move_to_end(number)
        return known[0]

    def _want(self, chunk: int) -> None:
        if chunk in self._asked or chunk in self._wanted:
            return
        self._wanted = [*self._wanted, chunk][-_CHUNKS_WAITING:]
        self._soon.start()

    def _ask_for_wanted(self) -> None:
        wanted, self._wanted = self._wanted, []
        for chunk in wanted:
            start = chunk * CHUNK_ROWS
            numbers = self._numbers[start : start + CHUNK_ROWS]
            if numbers:
                self._asked.add(chunk)
                self._ask(numbers, partial(self._take, numbers, chunk, self._order, self._age))

    def _take(self, numbers: Sequence[int], chunk: int, order: int, age: int, rows: Rows) -> None:
        """Rows come home that were asked for when the table had this order and age."""
        found = {listed.number: listed for listed in rows}
        for number in numbers:
            self._known[number] = (found.get(number), age)
            self._known.move_to_end(number)
        while len(self._known) > ROWS_KEPT:
            self._known.popitem(last=False)
        if order != self._order:
            return
        if age == self._age:
            self._asked.discard(chunk)
        last = min((chunk + 1) * CHUNK_ROWS, len(self._numbers)) - 1
        self.dataChanged.emit(
            self.index(chunk * CHUNK_ROWS, 0), self.index(last, len(self._columns) - 1)
        )

    def _rows_between(self, first: int, last: int) -> QItemSelectionRange:
        return QItemSelectionRange(self.index(first, 0), self.index(last, len(self._columns) - 1))
