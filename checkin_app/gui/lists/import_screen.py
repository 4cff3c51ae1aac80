"""A registration list on its way into the event, step by step.

File, what was understood, what to check, what will change, done. Nothing is written before the
last step; then all of it is, or nothing. The desk goes on scanning meanwhile.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from checkin_app.errors import Cancelled, CheckinError, EventFileError
from checkin_app.gui.keys import add_key
from checkin_app.gui.lists.changes_page import ChangesPage
from checkin_app.gui.lists.check_lines import CheckKind
from checkin_app.gui.lists.check_page import CheckPage
from checkin_app.gui.lists.choose_file import ask_for_list
from checkin_app.gui.lists.done_page import DonePage
from checkin_app.gui.lists.file_page import FilePage
from checkin_app.gui.lists.import_foot import ImportFoot
from checkin_app.gui.lists.import_head import ImportHead
from checkin_app.gui.lists.list_decisions import ListDecisions
from checkin_app.gui.lists.list_jobs import ListJobs
from checkin_app.gui.lists.list_look import ListLook, ListWishes
from checkin_app.gui.lists.problem_files import SaveProblems
from checkin_app.gui.lists.steps_line import Step
from checkin_app.gui.lists.understood_page import UnderstoodPage
from checkin_app.gui.plain_text import grouped
from checkin_app.gui.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.registration_lists import ImportReport, ListChoices

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
        self, workplace: Workplace, path: Path | None = None, parent: QWidget | None = None
    ) -> None:
        """The import of a list; without a path it begins by asking for one."""
        super().__init__(parent)
        self._workplace = workplace
        self._path = path
        self._look: ListLook | None = None
        self._choices = ListChoices()
        self._are_lines_old = True
        self._import_id = ""
        self.step = Step.FILE
        self.jobs = ListJobs(workplace, self)
        self.decisions = ListDecisions(self)
        self.head = ImportHead(self)
        # Each page is made inside the stack: moving it there later would have the style work it
        # all out again.
        self.pages = QStackedWidget(self)
        self.file = FilePage(workplace, self.pages)
        self.understood = UnderstoodPage(workplace, self.pages)
        self.check = CheckPage(workplace, self.pages)
        self.changes = ChangesPage(workplace, self.pages)
        self.done = DonePage(workplace, self.pages)
        for page in (self.file, self.understood, self.check, self.changes, self.done):
            self.pages.addWidget(page)
        self.foot = ImportFoot(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.foot.go)
        self._show_step(Step.FILE if path is None else Step.UNDERSTOOD)
        if path is not None:
            self.head.show_name(path.name)
            self.understood.hide()
            self.foot.show_busy(self.tr("Reading the list…"))
            # Once the window has painted: reading begins with loading what reads.
            QTimer.singleShot(0, self, self._read)

    @property
    def is_importing(self) -> bool:
        """Whether the event file is being written now."""
        undoing = (self.file.history.jobs, self.done.jobs)
        return self.jobs.is_writing or any(jobs.is_writing for jobs in undoing)

    def show_imports(self) -> None:
        """Go to the step that shows the imports there were."""
        if self.step is not Step.DONE and not self.jobs.is_writing:
            self._show_step(Step.FILE)

    # From step to step

    def _go_on(self) -> None:
        """To the next step that has anything to do."""
        match self.step:
            case Step.FILE:
                self._show_step(Step.UNDERSTOOD)
            case Step.UNDERSTOOD:
                self._show_step(Step.CHECK if self.check.has_questions else Step.CHANGES)
            case Step.CHECK:
                self._show_step(Step.CHANGES)
            case Step.CHANGES if self._is_importable():
                self._import()
            case _:
                self.finished.emit()

    def _go_back(self) -> None:
        """To the step before; from the first, and when all is done, away."""
        if self.jobs.is_writing:
            self.jobs.cancel()
        elif self.step is Step.CHANGES and self.check.has_questions:
            self._show_step(Step.CHECK)
        elif self.step in (Step.CHANGES, Step.CHECK):
            self._show_step(Step.UNDERSTOOD)
        else:
            self._leave()

    def _leave(self) -> None:
        """Cancel: what is being written, else the whole import."""
        if self.jobs.is_writing:
            self.jobs.cancel()
        else:
            self.jobs.drop()
            self.finished.emit()

    def _show_step(self, step: Step) -> None:
        self.step = step
        self.pages.setCurrentIndex(step)
        self._show_ways()
        if self.isVisible() or step is not Step.DONE:
            (self.file if step is Step.FILE and self._look is None else self.foot.go).setFocus()

    def _show_ways(self) -> None:
        """Which steps and buttons there are, as things stand."""
        self.head.steps.show_step(self.step, self._reachable())
        go = {
            Step.CHANGES: self._words_of_import(),
            Step.DONE: self.tr("Done"),
        }.get(self.step, self.tr("Next"))
        self.foot.show_buttons(
            go,
            cancel=self.step is not Step.DONE,
            back=self.step in (Step.CHECK, Step.CHANGES),
            way_on=self.step is not Step.FILE or self._look is not None,
        )
        self.head.other_file.setVisible(self.step is Step.UNDERSTOOD)
        self.head.show_figures(self._has_figures())
        if not self.jobs.is_busy:
            self._show_rest()

    def _show_rest(self) -> None:
        """Nothing is under way: what there is to say about the step."""
        look = self._look
        if self.step is Step.DONE:
            self.foot.show_idle("", may_go=True)
        elif look is None:
            self.foot.show_idle("", may_go=False)
        elif look.obstacle:
            self.foot.show_idle(look.obstacle, may_go=False)
        else:
            nothing_new = self.tr("Everybody on this list is in the event already, unchanged.")
            self.foot.show_idle("" if self._is_importable() else nothing_new, may_go=True)

    def _has_figures(self) -> bool:
        look = self._look
        return look is not None and not look.obstacle and self.step is not Step.DONE

    def _reachable(self) -> frozenset[Step]:
        look = self._look
        if self.step is Step.DONE or self.jobs.is_writing:
            return frozenset()
        if look is None:
            return frozenset({Step.FILE})
        if look.obstacle:
            return frozenset({Step.FILE, Step.UNDERSTOOD})
        steps = {Step.FILE, Step.UNDERSTOOD, Step.CHANGES}
        return frozenset(steps | {Step.CHECK} if self.check.has_lines else steps)

    def _words_of_import(self) -> str:
        look = self._look
        if look is None or not self._is_importable():
            return self.tr("Close")
        return self.tr("Import {count}").format(count=grouped(look.people))

    def _is_importable(self) -> bool:
        look = self._look
        return look is not None and not look.obstacle and look.people > 0

    # Reading

    def _read(self) -> None:
        if self._path is not None:
            self._show_reading()
            self.jobs.look(self._path, self._wishes())

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
        self._show_reading()
        self._soon.start()

    def _show_reading(self) -> None:
        """What is known already can be gone on with."""
        look = self._look
        may_go = look is not None and not look.obstacle
        self.foot.show_busy(self.tr("Reading the list…"), may_go=may_go)

    def _decide_unclear(self) -> None:
        self.check.show_kind(CheckKind.UNCLEAR)
        self._show_step(Step.CHECK)
        self.check.setFocus()

    def _show_look(self, look: ListLook) -> None:
        had_focus = self.understood.isAncestorOf(self.focusWidget() or self)
        self._look = look
        self.head.show_look(look)
        self.understood.show_look(look)
        self.check.show_look(look)
        self.changes.show_look(look, anew=self._are_lines_old)
        self._are_lines_old = False
        self.understood.setVisible(self.step is Step.UNDERSTOOD)
        self._show_ways()
        if not had_focus and self.step is Step.UNDERSTOOD and self.isVisible():
            self.foot.go.setFocus()

    # Writing

    def _import(self) -> None:
        if self._path is None or self._look is None or self.jobs.is_writing:
            return
        self._soon.stop()
        # Not on to the next button, which a second Enter would press.
        self.pages.setFocus()
        self.foot.show_busy(self.tr("Importing…"))
        self.jobs.import_list(self._path, self._look, self._wishes())
        self.head.steps.show_step(self.step, self._reachable())

    def _show_report(self, report: ImportReport) -> None:
        self._import_id = report.import_id
        self.done.show_report(report)
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
        match error:
            case Cancelled():
                sentence = self.tr("Stopped. Nothing was imported.")
            case CheckinError() if not isinstance(error, EventFileError):
                sentence = str(error)
            case _:
                self._workplace.show_error(error)
                sentence = self.tr("Nothing was imported. Try again.")
        self.foot.show_idle(sentence, may_go=self._is_importable())
        self.foot.go.setFocus()
        self._tell_elsewhere(sentence)

    def _tell_elsewhere(self, sentence: str) -> None:
        """Said in the message line, too, when somebody went on scanning."""
        if not self.isVisible():
            self._workplace.messages.show_message(f"{self.head.title.text()}: {sentence}")

    # Elsewhere

    def _choose_other(self) -> None:
        if path := ask_for_list(self._workplace, self):
            self._workplace.import_wanted.emit(str(path))

    def _go_to_attendees(self) -> None:
        self.finished.emit()
        self._workplace.attendees_wanted.emit()

    def _ask_for_new(self) -> None:
        imports = self._workplace.event_file.imports
        self._workplace.tasks.run(
            Lane.NUMBERS, partial(imports.added, self._import_id), self._print_badges
        )

    def _print_badges(self, new: tuple[str, ...]) -> None:
        self.finished.emit()
        self._workplace.badges_wanted.emit(new)

    def _save_rejected(self) -> None:
        look = self._look
        if look is not None:
            rejected = look.to_check[CheckKind.NOT_TAKEN]
            SaveProblems(self._workplace, self).ask_where(look.name, rejected, look.columns)

    # How it is put together

    def _connect(self) -> None:
        self.head.steps.chosen.connect(self._show_step)
        self.head.other_file.clicked.connect(self._choose_other)
        self.file.choosing.connect(self._choose_other)
        self.understood.read_otherwise.connect(self._read_otherwise)
        self.understood.mapped_otherwise.connect(self._map_otherwise)
        self.check.corrected.connect(self.decisions.correct)
        self.check.decided.connect(self.decisions.decide)
        self.changes.new_ticked.connect(self.decisions.tick_new)
        self.changes.changes_ticked.connect(self.decisions.tick_changes)
        self.changes.gone_ticked.connect(self.decisions.tick_gone)
        self.changes.missing_decided.connect(self.decisions.decide_missing)
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
        self.done.attendees_wanted.connect(self._go_to_attendees)
        self.done.badges_wanted.connect(self._ask_for_new)
        self.done.save_wanted.connect(self._save_rejected)
        add_key("Esc", self, self._go_back)
        add_key("Ctrl+Return", self, self.foot.go.click)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(12)
        layout.addWidget(self.head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.foot)
