"""A registration list before and while it is imported: what it says, what it would change.

Nothing is written before the button is pressed; then all of it is, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.errors import Cancelled, CheckinError, EventFileError
from checkin_app.gui.attendees.empty_state import EmptyState
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.lists.choose_file import ask_for_list
from checkin_app.gui.lists.file_choices import FileChoices
from checkin_app.gui.lists.import_foot import ImportFoot
from checkin_app.gui.lists.list_look import (
    ListLook,
    import_list,
    import_list_by_path,
    look_at_list,
    look_at_list_by_path,
)
from checkin_app.gui.lists.list_tabs import ListTabs
from checkin_app.gui.lists.list_work import start_list_work
from checkin_app.gui.lists.mapping_model import MappingModel
from checkin_app.gui.lists.mapping_view import MappingView
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.tasks import Job
from checkin_app.gui.theme import sized
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registration_lists import ImportReport, ListChoices

Result = TypeVar("Result")

_MAPPING_SHARE, _ROWS_SHARE = 440, 560


class ImportScreen(QWidget):
    """One list on its way into the event.

    Signals:
        finished: the person is done with it.

    Attributes:
        is_importing: whether the list is being written into the event now.
    """

    finished = Signal()

    def __init__(self, workplace: Workplace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._path = path
        self._look: ListLook | None = None
        self._asked = 0
        self._job: Job | None = None
        self.is_importing = False
        self.title = plain_label(shown(path.name))
        self.title.setFont(sized(self.font(), 1.4, bold=True))
        self.facts = plain_label()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.other_file = QPushButton(self.tr("Another file…"))
        # Each widget is made inside the one it belongs to: moving it there later would have the
        # style work it all out again.
        self.pages = QStackedWidget(self)
        self.understood = QWidget(self.pages)
        self.file_choices = FileChoices(self.understood)
        self.body = QSplitter(self.understood)
        self.mapping = MappingModel(self)
        self.mapping_view = MappingView(self.mapping, self.body)
        self.tabs = ListTabs(workplace, path.name, self.body)
        self.refused = EmptyState(
            self.tr("This file cannot be imported"), "", self.tr("Choose another file…")
        )
        self.foot = ImportFoot(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.foot.go)
        self.foot.show_busy(self.tr("Reading the list…"))
        # Once the window has painted: reading begins with loading what reads.
        QTimer.singleShot(0, self, partial(self._read, ListChoices()))

    # Reading

    def _read(self, choices: ListChoices) -> None:
        """Look at the list anew; an answer to an older question is not listened to."""
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        self.foot.show_busy(self.tr("Reading the list…"))
        self._job = self._start(
            look_at_list,
            look_at_list_by_path,
            (choices,),
            partial(self._show_look, self._asked),
        )

    def _read_otherwise(self) -> None:
        self._read(self.file_choices.choices())

    def _map_otherwise(self, columns: dict[str, str]) -> None:
        if self._look is not None:
            before = self._look.choices
            self._read(ListChoices(before.sheet, before.encoding, before.delimiter, columns))

    def _show_look(self, asked: int, look: ListLook) -> None:
        if asked != self._asked:
            return
        self._look, self._job = look, None
        self.pages.setCurrentWidget(self.understood)
        self.facts.setText(
            self.tr("Titles in row {header}  ·  Rows below: {rows}").format(
                rows=grouped(look.row_count), header=look.header_row
            )
        )
        self.file_choices.show_look(look)
        self.mapping.show_look(look)
        self.tabs.rows.show_rows(look.columns, look.rows, look.numbers)
        self.tabs.show_problems(look.problems, look.problem_count)
        foot = self.foot
        if look.obstacle:
            foot.figures.show_counts(None, None, None, None)
            foot.show_idle(look.obstacle, may_go=False)
            return
        foot.figures.show_counts(look.added, look.updated, look.unchanged, look.rejected)
        wanted = look.added + look.updated
        foot.go.setText(self.tr("Import {count}").format(count=grouped(wanted)))
        nothing_new = self.tr("Everybody on this list is in the event already, unchanged.")
        foot.show_idle("" if wanted else nothing_new, may_go=wanted > 0)
        if wanted and not self.understood.isAncestorOf(self.focusWidget() or self):
            foot.go.setFocus()

    # Importing

    def _import(self) -> None:
        look = self._look
        if look is None or look.obstacle or self._job is not None:
            return
        self._asked, self.is_importing = self._asked + 1, True
        # Not on to the next button, which a second Enter would press.
        self.pages.setFocus()
        self.foot.show_busy(self.tr("Importing…"))
        desk_name, now = self._workplace.desk.desk_name, self._workplace.clock()
        self._job = self._start(
            import_list,
            import_list_by_path,
            (look.choices, desk_name, now),
            self._show_report,
        )

    def _start(
        self,
        work: Callable[..., Result],
        work_by_path: Callable[..., Result],
        arguments: tuple[Any, ...],
        done: Callable[[Result], None],
    ) -> Job:
        return start_list_work(
            self._workplace,
            self._path,
            work,
            work_by_path,
            arguments,
            done,
            partial(self._show_failure, self._asked),
            partial(self._show_progress, self._asked),
        )

    def _show_report(self, report: ImportReport) -> None:
        self._job, self.is_importing = None, False
        self.foot.figures.show_counts(
            report.added, report.updated, report.unchanged, report.rejected
        )
        sentence = self.tr("Imported: {added} new, {updated} changed.").format(
            added=grouped(report.added), updated=grouped(report.updated)
        )
        if report.rejected:
            sentence += " " + self.tr("Not taken: {rejected}; see Problems.").format(
                rejected=grouped(report.rejected)
            )
        self.tabs.show_problems(report.problems, len(report.problems))
        for widget in (self.file_choices, self.mapping_view, self.other_file):
            widget.setEnabled(False)
        self.foot.cancel.hide()
        self.foot.go.setText(self.tr("Done"))
        self._tell(sentence, may_go=True)
        self.foot.go.clicked.disconnect(self._import)
        self.foot.go.clicked.connect(self.finished)
        self._workplace.changed.emit()

    # What went wrong, how far it is

    def _show_failure(self, asked: int, error: BaseException) -> None:
        if asked != self._asked:
            return
        was_importing, self.is_importing = self.is_importing, False
        self._job = None
        match error:
            case Cancelled():
                sentence = self.tr("Stopped. Nothing was imported.")
            case EventFileError():
                self._workplace.show_error(error)
                sentence = ""
            case CheckinError():
                sentence = str(error)
                if self._look is None:
                    self._refuse(sentence)
            case _:
                self._workplace.show_error(error)
                sentence = self.tr("Nothing was imported. Try again.")
        show = self._tell if was_importing else self.foot.show_idle
        show(sentence, may_go=self._is_importable())

    def _tell(self, sentence: str, *, may_go: bool) -> None:
        """How the import ended; said in the message line too when somebody went on scanning."""
        self.foot.show_idle(sentence, may_go=may_go)
        if self.isVisible():
            self.foot.go.setFocus()
        elif sentence:
            self._workplace.messages.show_message(f"{self.title.text()}: {sentence}")

    def _refuse(self, sentence: str) -> None:
        """This file is no list: say so, and ask for another one."""
        self.refused.show_sentence(sentence)
        self.pages.setCurrentWidget(self.refused)
        self.other_file.hide()
        self.foot.show_way_out_only()
        self.refused.button.setFocus()

    def _is_importable(self) -> bool:
        look = self._look
        return look is not None and not look.obstacle and look.added + look.updated > 0

    def _show_progress(self, asked: int, done: int, total: int) -> None:
        if asked == self._asked and self._job is not None:
            self.foot.show_progress(done, total)

    def _stop(self) -> None:
        """Cancel: the work under way, else the whole import."""
        if self._job is not None:
            self._job.cancel()
            if self._look is not None:
                return
        self.finished.emit()

    def _choose_other(self) -> None:
        if path := ask_for_list(self, self._path.parent):
            self._workplace.import_wanted.emit(path)

    # How it is put together

    def _connect(self) -> None:
        self.file_choices.chosen.connect(self._read_otherwise)
        self.mapping.corrected.connect(self._map_otherwise)
        self.other_file.clicked.connect(self._choose_other)
        self.refused.acted.connect(self._choose_other)
        self.foot.cancel.clicked.connect(self._stop)
        self.foot.go.clicked.connect(self._import)
        add_key("Esc", self, self._stop)

    def _lay_out(self) -> None:
        self.body.setChildrenCollapsible(False)
        self.body.setSizes([_MAPPING_SHARE, _ROWS_SHARE])
        self.body.setHandleWidth(12)
        inside = QVBoxLayout(self.understood)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.file_choices)
        inside.addWidget(self.body, 1)
        self.pages.addWidget(self.understood)
        self.pages.addWidget(self.refused)
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        head.addLayout(names, 1)
        head.addWidget(self.other_file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.foot)
