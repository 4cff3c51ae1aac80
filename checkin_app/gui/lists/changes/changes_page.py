"""The fourth step of an import: what will change, field by field, before anything does."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.lists.changes.change_lines import ChangeLines
from checkin_app.gui.lists.changes.tick_model import ChangedModel, GoneModel, NewModel, name_of
from checkin_app.gui.lists.changes.tick_table import TickTable
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.plain_text import grouped, label, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_merge.decisions import Missing

_ALL_FIELDS = ""
_ONE_AND_ALL = 2


class View(IntEnum):
    """What is looked at."""

    NEW = 0
    CHANGED = 1
    GONE = 2


class ChangesPage(QWidget):
    """New, changed and gone people; single changes can be left undone.

    Signals:
        new_ticked: rows (a list) of new people, and whether they shall be added.
        changes_ticked: (row, field) of changes (a list), and whether they shall be made.
        gone_ticked: ids of missing people (a list), and whether they shall be marked.
        missing_decided: the ``Missing``: what becomes of all of them.
        unclear_wanted: somebody wants to decide the unclear rows.
    """

    new_ticked = Signal(object, bool)
    changes_ticked = Signal(object, bool)
    gone_ticked = Signal(object, bool)
    missing_decided = Signal(object)
    unclear_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.which = Segments(tuple(self._words((0, 0, 0))), self)
        self.unclear = QPushButton(self)
        self.hint = quiet_label()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.field = QComboBox(self)
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.field.setAccessibleName(self.tr("Which fields"))
        self.missing = Segments((self.tr("Mark as gone"), self.tr("Leave as they are")), self)
        self.tables = QStackedWidget(self)
        self.new, self.changed, self.gone = NewModel(self), ChangedModel(self), GoneModel(self)
        names = (self.tr("New people"), self.tr("Changed fields"), self.tr("Gone people"))
        for model, name in zip((self.new, self.changed, self.gone), names, strict=True):
            self.tables.addWidget(TickTable(workplace, model, name, self.tables))
        self._look: ListLook | None = None
        self._lay_out()
        self._connect()

    def show_look(self, look: ListLook, *, anew: bool = True) -> None:
        """Show what would change.

        Args:
            anew: false when only ticks of this page changed: the lines stay as they are.
        """
        self._look = look
        counted = look.summary
        for number, words in enumerate(self._words((counted.new, counted.changed, counted.gone))):
            self.which.set_words(number, words)
        if look.missing is Missing.KEEP:
            missing = self.tr("{n} not on the list").format(n=grouped(counted.missing))
            self.which.set_words(View.GONE, missing)
        unclear = look.summary.unclear
        self.unclear.setVisible(bool(unclear))
        self.unclear.setText(label(self.tr("{count} unclear…").format(count=grouped(unclear))))
        if anew:
            lines = look.changes
            self.new.show_new(lines.new_fields, lines.new)
            self._offer_fields(lines)
            self.changed.show_lines(lines.changed)
            self.gone.show_lines(lines.gone)
            self.missing.show_chosen(int(look.missing is Missing.KEEP))
            for view in View:
                self.which.button(view).setVisible(bool(self._rows(view)) or view is View.NEW)
            if not self._rows(self.view):
                first = next((view for view in View if self._rows(view)), View.NEW)
                self.which.choose(first)
        self._show_view()

    @property
    def view(self) -> View:
        """What is looked at now."""
        return View(self.which.current)

    @property
    def table(self) -> TickTable:
        """The table in front."""
        table = self.tables.currentWidget()
        assert isinstance(table, TickTable)
        return table

    def _rows(self, view: View) -> int:
        return (self.new, self.changed, self.gone)[view].rowCount()

    def _show_view(self, _number: int = 0) -> None:
        look, view = self._look, self.view
        self.tables.setCurrentIndex(view)
        is_gone = view is View.GONE and bool(self._rows(view))
        self.missing.setVisible(is_gone)
        self.field.setVisible(view is View.CHANGED and self.field.count() > _ONE_AND_ALL)
        self.hint.setText(self._hint(look, view) if look is not None else "")
        self.hint.setVisible(bool(self.hint.text()))

    def _hint(self, look: ListLook, view: View) -> str:
        match view:
            case View.GONE:
                return look.missing_reason
            case View.CHANGED if look.summary.kept:
                return self.tr(
                    "What was corrected at a desk is kept, whatever the list says."
                    " Without a tick a field stays as it is."
                )
            case View.CHANGED:
                return self.tr("Without a tick a field stays as it is.")
        return ""

    def _words(self, counts: Sequence[int]) -> Sequence[str]:
        names = (self.tr("{n} new"), self.tr("{n} changed"), self.tr("{n} gone"))
        return [name.format(n=grouped(n)) for name, n in zip(names, counts, strict=True)]

    def _offer_fields(self, lines: ChangeLines) -> None:
        self.field.clear()
        self.field.addItem(self.tr("All fields"), _ALL_FIELDS)
        for name, some in lines.changed_by_field.items():
            self.field.addItem(shown(f"{name_of(name)}  {grouped(len(some))}", 60), name)

    def _choose_field(self) -> None:
        """Show the changes of one field, so that all of them can be ticked at once."""
        if self._look is not None:
            lines, name = self._look.changes, self.field.currentData()
            some = lines.changed_by_field.get(name, lines.changed)
            self.changed.show_lines(some, keep_ticks=True)

    def _decide_missing(self, number: int) -> None:
        self.missing_decided.emit(Missing.KEEP if number else Missing.MARK)

    def _connect(self) -> None:
        self.which.chosen.connect(self._show_view)
        self.unclear.clicked.connect(self.unclear_wanted)
        self.field.activated.connect(self._choose_field)
        self.missing.chosen.connect(self._decide_missing)
        self.new.ticked.connect(self.new_ticked)
        self.changed.ticked.connect(self.changes_ticked)
        self.gone.ticked.connect(self.gone_ticked)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which, 1)
        top.addWidget(self.unclear)
        explained = QHBoxLayout()
        explained.addWidget(self.hint, 1)
        explained.addWidget(self.missing)
        explained.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addLayout(explained)
        layout.addWidget(self.tables, 1)
