"""Undoing a whole import: in a thread, or in a process of its own when it touched very many."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.background.receivers import Progress
from checkin_app.gui.background.tasks import CancelledCheck, Job, Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.import_undo import UndoPlan, imports, plan_undo, undo_import
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.imports.imports_done import ImportDone

_MANY = 2500
"""So many people are worth the half second that a process takes to start."""


class UndoJobs(QObject):
    """Lists the imports of an event, says what undoing one would do, and undoes it.

    Signals:
        listed: the imports (``ImportDone``), newest first.
        planned: the ``UndoPlan`` of what would be undone.
        undone: the ``UndoPlan`` of what was undone.
        failed: the error; nothing was undone then.
        progressed: how much of how much is done.

    Attributes:
        is_writing: whether an import is being undone now.
    """

    listed = Signal(object)
    planned = Signal(object)
    undone = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._job: Job | None = None

    @property
    def is_writing(self) -> bool:
        """Whether an import is being undone now."""
        return self._job is not None

    def ask(self) -> None:
        """Ask for the imports there were."""
        self._workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(imports, self._workplace.event_file),
            self._take_list,
            self._fail_reading,
        )

    def plan(self, import_id: str) -> None:
        """Ask what undoing an import would do."""
        self._workplace.tasks.run(
            Lane.WORK,
            partial(plan_undo, self._workplace.event_file, import_id),
            self._take_plan,
            self._fail_reading,
        )

    def undo(self, plan: UndoPlan) -> None:
        """Undo an import."""
        if self._job is not None:
            return
        workplace = self._workplace
        who = (workplace.desk.desk_name, workplace.clock(), plan.done.id)
        title = self.tr("Undoing the import of {file}").format(file=plan.done.file)
        if plan.removed + plan.restored > _MANY:
            self._job = workplace.tasks.run_in_process(
                _undo_by_path,
                (workplace.event_file.path, *who),
                self._take,
                self._fail,
                self._tell_progress,
                title,
            )
        else:
            self._job = workplace.tasks.run_job(
                partial(_undo, workplace.event_file, *who),
                self._take,
                self._fail,
                self._tell_progress,
                title=title,
            )

    def cancel(self) -> None:
        """Stop undoing; nothing is undone then."""
        if self._job is not None:
            self._job.cancel()

    # The way home: a method of this object is not called when it is gone by then.

    def _take_list(self, imports: tuple[ImportDone, ...]) -> None:
        self.listed.emit(imports)

    def _take_plan(self, plan: UndoPlan) -> None:
        self.planned.emit(plan)

    def _fail_reading(self, error: BaseException) -> None:
        self.failed.emit(error)

    def _tell_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _take(self, plan: UndoPlan) -> None:
        self._job = None
        self._workplace.changed.emit()
        self.undone.emit(plan)

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self.failed.emit(error)


def _undo(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    import_id: str,
    progress: Progress,
    cancelled: CancelledCheck,
) -> UndoPlan:
    return undo_import(
        event_file, desk_name, now, import_id, progress=progress, cancelled=cancelled
    )


def _undo_by_path(
    event_path: Path,
    desk_name: str,
    now: datetime,
    import_id: str,
    progress: Progress,
    cancelled: CancelledCheck,
) -> UndoPlan:
    with closing(EventFile(event_path)) as event_file:
        return _undo(event_file, desk_name, now, import_id, progress, cancelled)
