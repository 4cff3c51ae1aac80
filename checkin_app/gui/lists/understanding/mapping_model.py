"""The columns of a list, one a row: name, what it holds, some of its values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    Qt,
    Signal,
)

from checkin_app.gui.attendees.field_names import field_name
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex, TitledTableModel
from checkin_app.lists.mapping.columns import MAPPABLE_FIELDS

NAME, FIELD, EXAMPLES = range(3)
KEPT = ""
"""Stands for: no field of ours; the column is kept beside the others."""

_CONTEXT = "MappingModel"
_ROWS_LOOKED_AT = 50
_EXAMPLES_SHOWN = 3


class MappingModel(TitledTableModel):
    """Which column of a list fills which field.

    Signals:
        corrected: field → column as ``ListChoices.columns`` wants it, all corrections so far.
    """

    corrected = Signal(dict)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = ()
        self._fields: dict[str, str] = {}
        self._examples: Sequence[str] = ()
        self._corrections: dict[str, str] = {}
        self._others: dict[str, str] = {}

    def show_look(self, look: ListLook) -> None:
        """Show what the columns of a list were taken for."""
        same_columns = self._columns == look.columns
        if not same_columns:
            self.beginResetModel()
        self._columns = look.columns
        self._fields = {column: field for field, column in look.mapping.columns.items()}
        self._others = _others(look)
        self._corrections = dict(look.wishes.choices.columns)
        self._examples = [_examples(look, place) for place in range(len(self._columns))]
        if same_columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._columns) - 1, EXAMPLES))
        else:
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """One row for each column of the list."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Name, field, examples."""
        return 0 if parent.isValid() else 3

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Plain text; for editing, the field."""
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        field = self._fields.get(column, KEPT)
        if role == Qt.ItemDataRole.EditRole and index.column() == FIELD:
            return field
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match index.column():
            case 0:
                return shown(column)
            case 1:
                return self._others.get(column) or meaning(field)
            case _:
                return self._examples[index.row()]

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take another field for a column."""
        if role != Qt.ItemDataRole.EditRole or index.column() != FIELD:
            return False
        column = self._columns[index.row()]
        if value != self._fields.get(column, KEPT):
            self.corrected.emit(self._with(column, str(value)))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The field can be changed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD else flags

    def titles(self) -> tuple[str, ...]:
        """Of the three columns."""
        return self.tr("Column in the list"), self.tr("Holds"), self.tr("For example")

    def _with(self, column: str, field: str) -> dict[str, str]:
        """The corrections and one more. Later ones win, so a repeated one goes to the end."""
        corrections = dict(self._corrections)
        before = self._fields.get(column)
        if before:
            corrections.pop(before, None)
            corrections[before] = ""
        if field:
            corrections.pop(field, None)
            corrections[field] = column
        return corrections


def fields_offered() -> tuple[str, ...]:
    """The fields in the order in which they are offered; the first is ``KEPT``."""
    first = ("first_name", "last_name", "full_name", "organisation", "email")
    return (KEPT, *first, *(field for field in MAPPABLE_FIELDS if field not in first))


def meaning(field: str) -> str:
    """What a column holds, on screen."""
    if field == KEPT:
        return QCoreApplication.translate(_CONTEXT, "Kept as it is")
    return field_name(field)


def _others(look: ListLook) -> dict[str, str]:
    """The columns that fill no field and are not kept either, and what becomes of them."""
    tr = QCoreApplication.translate
    used = look.mapping.columns.values()
    left_out = dict.fromkeys(look.mapping.left_out.difference(used), tr(_CONTEXT, "Left out"))
    guests = dict.fromkeys(look.mapping.companions, tr(_CONTEXT, "Further guest"))
    return {**left_out, **guests}


def _examples(look: ListLook, place: int) -> str:
    values = (row[place] for row in look.rows[:_ROWS_LOOKED_AT] if row[place])
    return shown(", ".join([*dict.fromkeys(values)][:_EXAMPLES_SHOWN]))
