"""A registration list on its way into the event, step by step.

File, what was understood, what to check, what will change, done. Nothing is written before the
last step; then all of it is, or nothing. The desk goes on scanning meanwhile.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.errors import CheckinError, EventFileError
from checkin_app.gui.keys import add_key
from checkin_app.gui.lists.checking.check_lines import CheckKind
from checkin_app.gui.lists.choosing.choose_file import ask_for_list
from checkin_app.gui.lists.course import Course
from checkin_app.gui.lists.import_foot import ImportFoot
from checkin_app.gui.lists.import_head import ImportHead
from checkin_app.gui.lists.import_pages import ImportPages
from checkin_app.gui.lists.list_decisions import ListDecisions
from checkin_app.gui.lists.list_jobs import ListJobs
from checkin_app.gui.lists.list_look import ListLook, ListWishes
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    ListChoices,
    ListSource,
    path_of,
)

_PAUSE_MS = 250


class ImportScreen(QWidget):
    """One list on its way into the event.

    Signals:
        finished: the person is done with it.

    Attributes:
        step: where one is.
        jobs: the work behind it.
    """

    finished = Signal()

    def __init__(
        self,
        workplace: Workplace,
        source: ListSource | None = None,
        choices: ListChoices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """The import of a list; without one it begins by asking for one."""
        super().__init__(parent)
        self._workplace = workplace
        self._source = source
        self._look: ListLook | None = None
        self._choices = self._first_choices = choices or ListChoices()
        self._are_lines_old = True
        self._is_warned = False
        self.step = Step.FILE
        self.jobs = ListJobs(workplace, self)
        self.decisions = ListDecisions(self)
        self.head = ImportHead(self)
        self.pages = pages = ImportPages(workplace, self)
        self.file, self.understood, self.check = pages.file, pages.understood, pages.check
        self.changes, self.done = pages.changes, pages.done
        self.foot = ImportFoot(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        # Not a focus proxy: the Tab key would pass over everything else in here.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._show_step(Step.FILE if source is None else Step.UNDERSTOOD)
        if source is not None:
            self.head.show_name(path_of(source).name)
            self.understood.hide()
            self.foot.show_busy(self.tr("Reading the list…"))
            # Once the window has painted: reading begins with loading what reads.
            QTimer.singleShot(0, self, self._read)

    @property
    def is_importing(self) -> bool:
        """Whether the event file is being written now."""
        undoing = (self.file.history.jobs, self.done.jobs)
        return self.jobs.is_writing or any(jobs.is_writing for jobs in undoing)

    @property
    def holds_work(self) -> bool:
        """Whether something was corrected or decided here that is not in the event yet."""
        if self.step is Step.DONE:
            return False
        return self.decisions.are_any or self._choices != self._first_choices

    def give_up(self) -> None:
        """Look at the list no more; what is being written is written to the end."""
        self._soon.stop()
        if not self.jobs.is_writing:
            self.jobs.drop()

    def show_imports(self) -> None:
        """Go to the step that shows the imports there were."""
        if self.step is not Step.DONE and not self.jobs.is_writing:
            self._show_step(Step.FILE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is for what the step asks for."""
        self._take_focus()

    def _take_focus(self) -> None:
        """Where there is something to put right there, else where it goes on."""
        if self.step is Step.FILE and self._look is None:
            self.file.take_focus()
        elif self.step is Step.CHECK:
            self.check.table.setFocus()
        else:
            self.foot.go.setFocus()

    # From step to step

    @property
    def course(self) -> Course:
        """Where one can go from here."""
        return Course(self.step, self._look, self.is_importing)

    def _go_on(self) -> None:
        """To the next step that has anything to do."""
        course = self.course
        if self.jobs.is_writing:
            return
        if self.step is Step.CHANGES and course.changes_anything:
            self._import()
        elif self.step >= Step.CHANGES:
            self.finished.emit()
        else:
            self._show_step(course.next)

    def _go_back(self) -> None:
        """To the step before; from the first, and when all is done, away."""
        before = self.course.before
        if before is None or self.jobs.is_writing:
            self._leave()
        else:
            self._show_step(before)

    def _leave(self) -> None:
        """Cancel: what is being written, else the whole import."""
        if self.jobs.is_writing:
            self.jobs.cancel()
        elif self.holds_work and not self._is_warned:
            self._is_warned = True
            self.foot.show_warning()
        elif not self.is_importing:
            self.give_up()
            self.finished.emit()

    def _show_step(self, step: Step) -> None:
        self.step, self._is_warned = step, False
        self.pages.setCurrentIndex(step)
        if step is Step.CHANGES:
            self._show_changes()
        self._show_ways()
        self._take_focus()

    def _show_changes(self) -> None:
        """Only when they are looked at: 100,000 lines take as long as a frame or two."""
        if self._look is not None:
            self.changes.show_look(self._look, anew=self._are_lines_old)
            self._are_lines_old = False

    def _show_ways(self) -> None:
        """Which steps and buttons there are, as things stand."""
        course = self.course
        self.head.show_course(course)
        self.foot.show_course(course)
        if not self.jobs.is_busy:
            self.foot.show_rest(course)

    # Reading

    def _read(self) -> None:
        if self._source is not None:
            self._show_reading()
            self.jobs.look(self._source, self._wishes())

    def _wishes(self) -> ListWishes:
        return ListWishes(self._choices, self.decisions.current)

    def _read_otherwise(self, choices: ListChoices) -> None:
        self.decisions.forget()
        self._map_otherwise(choices)

    def _map_otherwise(self, choices: ListChoices) -> None:
        self._choices, self._are_lines_old = choices, True
        self._soon.stop()
        self._read()

    def _take_decision(self, are_lines_old: bool) -> None:
        """Work out anew what will change, once there is a pause in the deciding."""
        self._are_lines_old |= are_lines_old
        self._is_warned = False
        self._show_reading()
        self._soon.start()

    def _show_reading(self) -> None:
        """What is known already can be gone on with."""
        self.foot.show_busy(self.tr("Reading the list…"), may_go=self.course.is_understood)

    def _decide_unclear(self) -> None:
        self.check.show_kind(CheckKind.UNCLEAR)
        self._show_step(Step.CHECK)

    def _show_look(self, look: ListLook) -> None:
        had_focus = self.understood.isAncestorOf(self.focusWidget() or self)
        self._look = look
        self.head.show_look(look)
        self.understood.show_look(look)
        self.check.show_look(look)
        if self.step is Step.CHANGES:
            self._show_changes()
        self.understood.setVisible(self.step is Step.UNDERSTOOD)
        self._show_ways()
        if not had_focus and self.step is Step.UNDERSTOOD and self.isVisible():
            self._take_focus()

    # Writing

    def _import(self) -> None:
        assert self._source is not None
        assert self._look is not None
        self._soon.stop()
        # Not on to the next button, which a second Enter would press.
        self.pages.setFocus()
        self.foot.show_busy(self.tr("Importing…"))
        self.jobs.import_list(self._source, self._look, self._wishes())
        self._show_ways()

    def _show_report(self, report: ImportReport) -> None:
        assert self._look is not None
        self.done.show_report(report, self._look)
        self._show_step(Step.DONE)
        self._tell_elsewhere(self.done.title.text())
        self._workplace.changed.emit()

    # What went wrong, how far it is

    def _show_failure(self, error: BaseException) -> None:
        if isinstance(error, CheckinError) and self._look is None:
            self.file.show_refusal(str(error))
            self._show_step(Step.FILE)
            return
        self._show_ways()
        if isinstance(error, EventFileError) or not isinstance(error, CheckinError):
            self._workplace.show_error(error)
        self.foot.show_failure(error, may_go=self.course.is_understood)
        self._tell_elsewhere(self.foot.line.text())

    def _tell_elsewhere(self, sentence: str) -> None:
        """Said in the message line, too, when somebody went on scanning."""
        if not self.isVisible():
            self._workplace.messages.show_message(f"{self.head.title.text()}: {sentence}")

    def _choose_other(self) -> None:
        if path := ask_for_list(self._workplace, self):
            self._workplace.import_wanted.emit(str(path))

    # How it is put together

    def _connect(self) -> None:
        self.head.steps.chosen.connect(self._show_step)
        self.head.other_file.clicked.connect(self._choose_other)
        self.file.choosing.connect(self._choose_other)
        self.understood.read_otherwise.connect(self._read_otherwise)
        self.understood.mapped_otherwise.connect(self._map_otherwise)
        self.decisions.listen_to(self.check, self.changes)
        self.changes.unclear_wanted.connect(self._decide_unclear)
        self.decisions.changed.connect(self._take_decision)
        self._soon.timeout.connect(self._read)
        self.foot.cancel.clicked.connect(self._leave)
        self.foot.back.clicked.connect(self._go_back)
        self.foot.go.clicked.connect(self._go_on)
        self.jobs.looked.connect(self._show_look)
        self.jobs.imported.connect(self._show_report)
        self.jobs.failed.connect(self._show_failure)
        self.jobs.progressed.connect(self.foot.show_progress)
        self.done.left.connect(self.finished)
        add_key("Esc", self, self._go_back)
        add_key("Ctrl+Return", self, self.foot.go.click)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(12)
        for widget, stretch in ((self.head, 0), (self.pages, 1), (self.foot, 0)):
            layout.addWidget(widget, stretch)
