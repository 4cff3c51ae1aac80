"""Writes the PDF of a run in a process of its own, and notes in the ledger who was printed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.badges.run.badge_run import BadgeRun
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.workplace import Workplace
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, BadgeReport, run_badge_job
from checkin_app.services.bulk_badges.badge_records import new_run_id
from checkin_app.services.bulk_badges.finished_runs import remember_run


class Printing(QObject):
    """One run at a time.

    Signals:
        started: the process is on its way.
        progressed: badges done, badges in all.
        finished: the ``BadgeReport``.
        stopped: why no file was written (str).
        recorded: who was printed is in the ledger.
    """

    started = Signal()
    progressed = Signal(int, int)
    finished = Signal(object)
    stopped = Signal(str)
    recorded = Signal()

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._work: Job | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a file is being written."""
        return self._work is not None

    def save(self, run: BadgeRun, path: Path, *, record: bool) -> None:
        """Write the badges of a run to a PDF.

        Args:
            record: whether to note who was printed, once the file is whole and every code in it
                read back.
        """
        if self.is_under_way:
            return
        job = run.job_for(path)
        self.started.emit()
        self._work = self._workplace.tasks.run_in_process(
            run_badge_job,
            (job,),
            partial(self._take_report, job if record else None),
            self._fail,
            self._tell_progress,
            path.name,
        )
        # Nobody would note who was printed.
        self.destroyed.connect(self._work.cancel)

    def cancel(self) -> None:
        """Stop; no file is left behind."""
        if self._work is not None:
            self._work.cancel()

    def _tell_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _take_report(self, job: BadgeJob | None, report: BadgeReport) -> None:
        self._work = None
        self.finished.emit(report)
        if job is not None and not report.misread:
            self._record(job, new_run_id())

    def _record(self, job: BadgeJob, run: str) -> None:
        """Note who was printed; after a failure the same run can be noted again."""
        workplace = self._workplace
        workplace.tasks.run(
            Lane.WORK,
            partial(
                remember_run,
                workplace.event_file,
                workplace.desk.desk_name,
                workplace.clock(),
                job,
                run,
            ),
            self._tell_recorded,
            partial(self._tell_not_recorded, job, run),
        )

    def _tell_recorded(self, _nothing: None) -> None:
        self.recorded.emit()
        self._workplace.changed.emit()

    def _tell_not_recorded(self, job: BadgeJob, run: str, error: BaseException) -> None:
        if not isinstance(error, CheckinError):
            self._workplace.show_error(error)
        reason = str(error) if isinstance(error, CheckinError) else ""
        sentence = self.tr("{file} is written, but nobody is noted as printed yet. {reason}")
        self._workplace.messages.show_message(
            sentence.format(file=job.file.name, reason=reason).strip(),
            MessageKind.WARNING,
            action_text=self.tr("Note it now"),
            action=partial(self._record, job, run),
        )

    def _fail(self, error: BaseException) -> None:
        self._work = None
        match error:
            case CheckinError():
                self.stopped.emit(str(error))
            case _:
                self.stopped.emit(self.tr("No file was written. Try again."))
                self._workplace.show_error(error)
