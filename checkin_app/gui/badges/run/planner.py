"""Turns what the forms ask for into a run, in background lanes; only the newest wish counts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.badges.preflight.findings import Finding
from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.badges.choice.choices import PaperChoice, PeopleChoice
from checkin_app.gui.badges.findings.checking import StepwiseCheck, check_badges
from checkin_app.gui.badges.findings.found import Found, arrange
from checkin_app.gui.badges.run.badge_run import BadgeRun, People, find_people, plan_run
from checkin_app.gui.workplace import Workplace

_CHECK_PAUSE_MS = 250
_MOST_IN_STEPS = 600
"""More badges are checked in a process of their own, or the window would stutter."""


class RunPlanner(QObject):
    """Finds people, lays them on paper, has their badges checked.

    People are found anew only when they may be others; another stock takes no time.

    Signals:
        planned: the newest ``BadgeRun``, when it is another.
        refused: why the choices do not go together (str).
        checking: badges checked, badges in all.
        checked: what was ``Found`` in the newest run.
    """

    planned = Signal(object)
    refused = Signal(str)
    checking = Signal(int, int)
    checked = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._people: People | None = None
        self._paper = PaperChoice()
        self._people_asked = 0
        self._plans_asked = 0
        self._check: Job | None = None
        self._checked: BadgeRun | None = None
        self.run: BadgeRun | None = None
        self._check_pause = QTimer(self)
        self._check_pause.setSingleShot(True)
        self._check_pause.setInterval(_CHECK_PAUSE_MS)
        self._check_pause.timeout.connect(self._start_check)

    def find(self, choice: PeopleChoice, paper: PaperChoice) -> None:
        """Find people and lay them on paper."""
        self._paper = paper
        self._people_asked += 1
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(find_people, self._workplace.event_file, choice, self._people),
            partial(self._take_people, self._people_asked),
            partial(self._fail_people, self._people_asked),
        )

    def lay(self, paper: PaperChoice) -> None:
        """Lay the same people on other paper."""
        self._paper = paper
        if self._people is None:
            return
        self._plans_asked += 1
        self._workplace.tasks.run(
            Lane.SEARCH,
            partial(plan_run, self._people, paper, self.run),
            partial(self._take_run, self._plans_asked),
            partial(self._refuse, self._plans_asked),
        )

    def check_later(self) -> None:
        """Check the newest run in a moment, unless it was checked, or another comes meanwhile."""
        self._check_pause.start()

    def stop_check(self) -> None:
        """The processor is needed for something else."""
        self._check_pause.stop()
        self._checked = None
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _take_people(self, asked: int, people: People) -> None:
        if asked == self._people_asked:
            self._people = people
            self.lay(self._paper)

    def _take_run(self, asked: int, run: BadgeRun) -> None:
        if asked != self._plans_asked:
            return
        if run is not self.run:
            self.stop_check()
            self.run = run
            self.planned.emit(run)

    def _fail_people(self, asked: int, error: BaseException) -> None:
        if asked == self._people_asked:
            self._tell(error)

    def _refuse(self, asked: int, error: BaseException) -> None:
        if asked == self._plans_asked:
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        self.stop_check()
        self.run = None
        match error:
            case CheckinError():
                self.refused.emit(str(error))
            case _:
                self.refused.emit(self.tr("These badges cannot be shown. Choose otherwise."))
                self._workplace.show_error(error)

    def _start_check(self) -> None:
        run = self.run
        if run is None or run is self._checked:
            return
        self.stop_check()
        self._checked = run
        if len(run.job.attendees) <= _MOST_IN_STEPS:
            self._go_on_checking(run, StepwiseCheck(run.job))
        else:
            self._check = self._workplace.tasks.run_in_process(
                check_badges,
                (run.job,),
                partial(self._take_findings, run),
                partial(self._fail_check, run),
                partial(self._tell_progress, run),
            )

    def _tell_progress(self, run: BadgeRun, done: int, total: int) -> None:
        if run is self._checked:
            self.checking.emit(done, total)

    def _go_on_checking(self, run: BadgeRun, check: StepwiseCheck) -> None:
        self._workplace.tasks.run(
            Lane.SEARCH,
            check.step,
            partial(self._take_step, run, check),
            partial(self._fail_check, run),
        )

    def _take_step(
        self, run: BadgeRun, check: StepwiseCheck, findings: tuple[Finding, ...] | None
    ) -> None:
        if run is not self._checked:
            return
        if findings is None:
            self._go_on_checking(run, check)
        else:
            self._take_findings(run, findings)

    def _take_findings(self, run: BadgeRun, findings: tuple[Finding, ...]) -> None:
        if run is self._checked:
            self._check = None
            self._workplace.tasks.run(
                Lane.NUMBERS,
                partial(arrange, run, findings),
                partial(self._take_found, run),
                partial(self._fail_check, run),
            )

    def _take_found(self, run: BadgeRun, found: Found) -> None:
        if run is self._checked:
            self.checked.emit(found)

    def _fail_check(self, run: BadgeRun, error: BaseException) -> None:
        if run is self._checked:
            self._check = None
            self._workplace.show_error(error)
