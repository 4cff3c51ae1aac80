"""Tables of changes with a tick in front of each: what is ticked will be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    Qt,
    Signal,
)

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.gui.attendees.field_names import field_name
from checkin_app.gui.attendees.table.columns import status_word
from checkin_app.gui.lists.changes.change_lines import IS_BACK, ChangedLine, GoneLine, NewLine
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel
from checkin_app.services.list_merge.plan import EXTRA


class TickedLine(Protocol):
    """A line that can be ticked or not."""

    @property
    def key(self) -> object:
        """By what a decision about it is known."""

    @property
    def is_ticked(self) -> bool:
        """Whether it will be done."""

    @property
    def can_be_ticked(self) -> bool:
        """Whether that can be decided."""


class TickModel(TitledTableModel):
    """Lines of any number; only the ticks that somebody changed are kept beside them.

    Signals:
        ticked: the keys whose ticks changed (a list), and whether they are ticked now.
    """

    LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    """The line of a row."""

    ticked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[TickedLine] = ()
        self._changed: dict[object, bool] = {}

    @property
    def lines(self) -> Sequence[TickedLine]:
        """All lines."""
        return self._lines

    def show_lines(self, lines: Sequence[TickedLine], *, keep_ticks: bool = False) -> None:
        """Show these lines, ticked as they say, or as somebody decided meanwhile."""
        self.beginResetModel()
        self._lines = lines
        if not keep_ticks:
            self._changed = {}
        self.endResetModel()

    def is_ticked(self, line: TickedLine) -> bool:
        """Whether a line will be done, as somebody decided meanwhile."""
        return self._changed.get(line.key, line.is_ticked)

    def tick(self, keys: Sequence[object], is_ticked: bool) -> None:
        """Tick these lines, or not."""
        self._changed.update(dict.fromkeys(keys, is_ticked))
        if self._lines:
            last = self.index(len(self._lines) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticked.emit(list(keys), is_ticked)

    def texts(self, line: TickedLine) -> Sequence[str]:
        """The cells of a line."""
        raise NotImplementedError

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One for each line."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Plain text; the tick stands in the first column."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(self.texts(line)[index.column()])
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self.texts(line)[index.column()])
            case Qt.ItemDataRole.CheckStateRole if not index.column():
                state = Qt.CheckState
                return state.Checked if self.is_ticked(line) else state.Unchecked
            case self.LINE_ROLE:
                return line
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a line, or not."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        line = self._lines[index.row()]
        if line.can_be_ticked:
            self.tick([line.key], Qt.CheckState(value) is Qt.CheckState.Checked)
        return line.can_be_ticked

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What cannot be decided cannot be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = not index.column() and self._lines[index.row()].can_be_ticked
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can else flags


class NewModel(TickModel):
    """Who is new: one line a person, with all that the list says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[str, ...] = ()

    def show_new(self, fields: tuple[str, ...], lines: Sequence[NewLine]) -> None:
        """Show these people.

        Args:
            fields: what the texts of each line are.
        """
        self._fields = fields
        self.show_lines(lines)

    def titles(self) -> Sequence[str]:
        """The row in the list, then the fields."""
        return self.tr("Row"), *(name_of(name) for name in self._fields)

    def texts(self, line: TickedLine) -> Sequence[str]:
        """The row in the list, then what it says."""
        assert isinstance(line, NewLine)
        said = zip(self._fields, line.texts, strict=True)
        return str(line.row), *(text_of(name, text) for name, text in said)


class ChangedModel(TickModel):
    """Which fields change: one line a field, with what is there now and what the list says."""

    def titles(self) -> Sequence[str]:
        """Who, which field, now, then."""
        return (
            self.tr("Who"),
            self.tr("Field"),
            self.tr("Now"),
            self.tr("In the list"),
            self.tr("What happens"),
        )

    def texts(self, line: TickedLine) -> Sequence[str]:
        """The name stands in front of the first of a person's lines only."""
        assert isinstance(line, ChangedLine)
        name = line.name if line.is_first else ""
        if line.field == IS_BACK:
            return name, name_of(IS_BACK), self.tr("gone"), self.tr("there"), ""
        return (
            name,
            name_of(line.field),
            text_of(line.field, line.before),
            text_of(line.field, line.after),
            self._what_happens(line),
        )

    def _what_happens(self, line: ChangedLine) -> str:
        if line.is_kept:
            return self.tr("Corrected at a desk; that is kept")
        if not self.is_ticked(line):
            return self.tr("Stays as it is")
        return "" if line.after else self.tr("Emptied")


class GoneModel(TickModel):
    """Who is not on the list any more."""

    def titles(self) -> Sequence[str]:
        """Who, and what tells people apart."""
        fields = ("organisation", "email", "category", "status")
        return self.tr("Who"), *map(field_name, fields)

    def texts(self, line: TickedLine) -> Sequence[str]:
        """As the event knows the person."""
        assert isinstance(line, GoneLine)
        person = line.attendee
        status = text_of("status", person.status)
        return person.full_name, person.organisation, person.email, person.category, status


def name_of(field: str) -> str:
    """A field of a change, on screen; a column of the list by its own name."""
    if field == IS_BACK:
        return QCoreApplication.translate("Changes", "On the list again")
    return field.removeprefix(EXTRA) if field.startswith(EXTRA) else field_name(field)


def text_of(field: str, text: str) -> str:
    """The value of a field, on screen."""
    if field != "status" or text not in list(AttendeeStatus):
        return text
    return status_word(AttendeeStatus(text))
