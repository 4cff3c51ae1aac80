"""The imports there were, each of which can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.lists.done.undo_card import UndoCard
from checkin_app.gui.lists.done.undo_jobs import UndoJobs
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.tables.text_table import TextTable
from checkin_app.gui.tables.text_table_model import TextTableModel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.import_undo import UndoPlan
from checkin_app.services.wording import shown_time
from checkin_app.storage.imports.imports_done import ImportDone

_FILE = 1


class HistoryView(QWidget):
    """A table of imports, newest first, and the way to undo one."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._imports: Sequence[ImportDone] = ()
        self.jobs = UndoJobs(workplace, self)
        title = plain_label(self.tr("Imports so far"))
        title.setFont(sized(self.font(), 1.1, bold=True))
        self.model = TextTableModel(self)
        self.table = TextTable(self.model, self)
        self.table.setAccessibleName(self.tr("Imports so far"))
        self.table.setSelectionMode(TextTable.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.undo = QPushButton(self.tr("Undo…"))
        self.card = UndoCard(self.jobs, self)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.card)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.undo.clicked.connect(self._ask)
        self.jobs.listed.connect(self.show_imports)
        self.jobs.planned.connect(self.card.show_plan)
        self.jobs.undone.connect(self._tell_undone)
        self.jobs.failed.connect(self._tell_failure)
        workplace.changed.connect(self.jobs.ask)
        add_key("Return", self.table, self._ask)
        add_key("Enter", self.table, self._ask)
        self.hide()
        self.jobs.ask()

    def show_imports(self, imports: Sequence[ImportDone]) -> None:
        """Show these; with none there is nothing to be seen."""
        if self._imports == imports:
            return
        self._imports = imports
        titles = [
            self.tr("When"),
            self.tr("File"),
            self.tr("Rows"),
            self.tr("New"),
            self.tr("Changed"),
            self.tr("Gone"),
            self.tr("Where"),
            "",
        ]
        rows = [self._cells(one) for one in imports]
        self.model.show_rows(titles, rows, [0] * len(rows))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        self.setVisible(bool(imports))
        self.undo.setEnabled(False)
        if imports:
            self.table.selectRow(0)

    def _cells(self, done: ImportDone) -> list[str]:
        counts = (done.read, done.added, done.changed, done.gone)
        return [
            shown_time(done.at, self._workplace.desk.event),
            done.file,
            *map(grouped, counts),
            done.desk,
            self.tr("undone") if done.is_undone else "",
        ]

    def _current(self) -> ImportDone | None:
        place = self.table.currentIndex().row()
        return self._imports[place] if 0 <= place < len(self._imports) else None

    def _choose(self, _current: QModelIndex) -> None:
        done = self._current()
        self.undo.setEnabled(done is not None and not done.is_undone)
        if not self.jobs.is_writing:
            self.card.hide()

    def _ask(self) -> None:
        done = self._current()
        if done is not None and not done.is_undone and not self.jobs.is_writing:
            self.jobs.plan(done.id)

    def _tell_undone(self, plan: UndoPlan) -> None:
        self.card.close_up()
        self._workplace.messages.show_message(
            self.tr("The import of {file} is undone.").format(file=plan.done.file)
        )

    def _tell_failure(self, error: BaseException) -> None:
        self.card.close_up()
        if isinstance(error, Cancelled):
            self._workplace.messages.show_message(self.tr("Stopped. Nothing was undone."))
        else:
            self._workplace.show_error(error)
