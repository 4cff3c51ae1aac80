"""A registration list before and while it is imported: what it says, what it would change.

Nothing is written before the button is pressed; then all of it is, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.errors import Cancelled, CheckinError, EventFileError
from checkin_app.gui.attendees.empty_state import EmptyState
from checkin_app.gui.attendees.presence_card import plain_label
from checkin_app.gui.lists.choose_file import ask_for_list
from checkin_app.gui.lists.figures import Figures, grouped
from checkin_app.gui.lists.file_choices import FileChoices
from checkin_app.gui.lists.list_look import (
    ListLook,
    import_list,
    import_list_by_path,
    look_at_list,
    look_at_list_by_path,
)
from checkin_app.gui.lists.mapping_model import MappingModel
from checkin_app.gui.lists.mapping_view import MappingView
from checkin_app.gui.lists.problems_view import ProblemsView
from checkin_app.gui.lists.rows_model import TextTableModel
from checkin_app.gui.lists.text_table import TextTable
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tasks import Job
from checkin_app.gui.theme import sized
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.problems import Problem
from checkin_app.services.registration_lists import ImportReport, ListChoices

Result = TypeVar("Result")

_LONG_BYTES = 300_000
"""Some 2,500 people; a longer list is worth the half second that a process takes to start."""

_MAPPING_SHARE, _ROWS_SHARE = 440, 560
_TABS = """
QTabBar::tab { border: none; padding: 10px 14px; }
QTabBar::tab:selected { border-bottom: 2px solid palette(highlight); font-weight: bold; }
"""


class ImportScreen(QWidget):
    """One list on its way into the event.

    Signals:
        finished: the person is done with it.
    """

    finished = Signal()

    def __init__(self, workplace: Workplace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._path = path
        self._look: ListLook | None = None
        self._asked = 0
        self._job: Job | None = None
        self.title = plain_label(shown(path.name))
        self.title.setFont(sized(self.font(), 1.4, bold=True))
        self.facts = plain_label()
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.other_file = QPushButton(self.tr("Another file…"))
        self.file_choices = FileChoices()
        self.mapping = MappingModel(self)
        self.mapping_view = MappingView(self.mapping)
        self.rows = TextTableModel(self)
        self.problems = ProblemsView(workplace, path.name)
        self.tabs = QTabWidget()
        self.refused = EmptyState(
            self.tr("This file cannot be imported"), "", self.tr("Choose another file…")
        )
        self.figures = Figures(
            (self.tr("new"), self.tr("changed"), self.tr("unchanged"), self.tr("not taken"))
        )
        self.line = plain_label()
        self.line.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.go = QPushButton(self.tr("Import"))
        self.go.setProperty("primary", True)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.go)
        self._read(ListChoices())

    # Reading

    def _read(self, choices: ListChoices) -> None:
        """Look at the list anew; an answer to an older question is not listened to."""
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        self._show_busy(self.tr("Reading the list…"))
        self._job = self._start(
            look_at_list,
            look_at_list_by_path,
            (self._path, choices),
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
        self.rows.show_rows(look.columns, look.rows, look.numbers)
        self._show_problems(look.problems, look.problem_count)
        self._show_idle()
        if look.obstacle:
            self.figures.show_counts(None, None, None, None)
            self.line.setText(look.obstacle)
            return
        self.figures.show_counts(look.added, look.updated, look.unchanged, look.rejected)
        wanted = look.added + look.updated
        self.go.setEnabled(wanted > 0)
        self.go.setText(self.tr("Import {count}").format(count=grouped(wanted)))
        self.line.setText(
            ""
            if wanted
            else self.tr("Everybody on this list is in the event already, with the same details.")
        )

    # Importing

    def _import(self) -> None:
        look = self._look
        if look is None or look.obstacle or self._job is not None:
            return
        self._asked += 1
        self._show_busy(self.tr("Importing…"))
        desk_name, now = self._workplace.desk.desk_name, self._workplace.clock()
        self._job = self._start(
            import_list,
            import_list_by_path,
            (self._path, look.choices, desk_name, now),
            self._show_report,
        )

    def _start(
        self,
        work: Callable[..., Result],
        work_by_path: Callable[..., Result],
        arguments: tuple[Any, ...],
        done: Callable[[Result], None],
    ) -> Job:
        """Begin long work: a long list in a process of its own, a short one next door."""
        tasks, event_file = self._workplace.tasks, self._workplace.event_file
        failed = partial(self._show_failure, self._asked)
        progress = partial(self._show_progress, self._asked)
        if _is_long(self._path):
            return tasks.run_in_process(
                work_by_path, (event_file.path, *arguments), done, failed, progress
            )
        return tasks.run_job(partial(work, event_file, *arguments), done, failed, progress)

    def _show_report(self, report: ImportReport) -> None:
        self._job = None
        self._show_idle()
        self.figures.show_counts(report.added, report.updated, report.unchanged, report.rejected)
        sentence = self.tr("Imported: {added} new, {updated} changed.").format(
            added=grouped(report.added), updated=grouped(report.updated)
        )
        if report.rejected:
            sentence += " " + self.tr("Not taken: {rejected}; see Problems.").format(
                rejected=grouped(report.rejected)
            )
        self.line.setText(sentence)
        self._show_problems(report.problems, len(report.problems))
        for widget in (self.file_choices, self.mapping_view, self.other_file):
            widget.setEnabled(False)
        self.cancel.hide()
        self.go.setText(self.tr("Done"))
        self.go.setEnabled(True)
        self.go.clicked.disconnect(self._import)
        self.go.clicked.connect(self.finished)
        self._workplace.changed.emit()

    # What went wrong, how far it is

    def _show_failure(self, asked: int, error: BaseException) -> None:
        if asked != self._asked:
            return
        self._job = None
        self._show_idle()
        match error:
            case Cancelled():
                self.line.setText(self.tr("Stopped. Nothing was imported."))
                self.go.setEnabled(self._is_importable())
            case EventFileError():
                self._workplace.show_error(error)
                self.line.clear()
                self.go.setEnabled(self._is_importable())
            case CheckinError() if self._look is None:
                self.refused.show_sentence(str(error))
                self.pages.setCurrentWidget(self.refused)
                for widget in (self.figures, self.line, self.go, self.other_file):
                    widget.hide()
                self.refused.button.setFocus()
            case CheckinError():
                self.line.setText(str(error))
                self.go.setEnabled(self._is_importable())
            case _:
                self._workplace.show_error(error)
                self.line.setText(self.tr("Nothing was imported. Try again."))
                self.go.setEnabled(self._is_importable())

    def _is_importable(self) -> bool:
        look = self._look
        return look is not None and not look.obstacle and look.added + look.updated > 0

    def _show_progress(self, asked: int, done: int, total: int) -> None:
        if asked == self._asked and self._job is not None:
            self.bar.setMaximum(max(total, 1))
            self.bar.setValue(done)

    def _show_busy(self, sentence: str) -> None:
        self.line.setText(sentence)
        self.go.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()

    def _show_idle(self) -> None:
        self.bar.hide()
        self.go.setEnabled(False)

    def _show_problems(self, problems: Sequence[Problem], count: int) -> None:
        self.problems.show_problems(problems)
        self.tabs.setTabText(1, self.tr("Problems ({count})").format(count=grouped(count)))
        self.tabs.setTabEnabled(1, bool(problems))

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
        self.cancel.clicked.connect(self._stop)
        self.go.clicked.connect(self._import)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape),
            self,
            self._stop,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _lay_out(self) -> None:
        self.tabs.addTab(TextTable(self.rows), self.tr("First rows"))
        self.tabs.addTab(self.problems, self.tr("Problems"))
        self.tabs.setDocumentMode(True)
        self.tabs.setStyleSheet(_TABS)
        body = QSplitter()
        body.setChildrenCollapsible(False)
        body.addWidget(self.mapping_view)
        body.addWidget(self.tabs)
        body.setSizes([_MAPPING_SHARE, _ROWS_SHARE])
        body.setHandleWidth(12)
        self.understood = QWidget()
        inside = QVBoxLayout(self.understood)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.file_choices)
        inside.addWidget(body, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.understood)
        self.pages.addWidget(self.refused)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._foot())

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        head.addLayout(names, 1)
        head.addWidget(self.other_file)
        return head

    def _foot(self) -> QWidget:
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(16)
        foot.addWidget(self.figures)
        middle = QVBoxLayout()
        middle.addWidget(self.line)
        middle.addWidget(self.bar)
        foot.addLayout(middle, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        return self.foot


def _is_long(path: Path) -> bool:
    try:
        return path.stat().st_size > _LONG_BYTES
    except OSError:
        # Whoever reads it says what is wrong with it.
        return False
