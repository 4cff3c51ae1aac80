"""The work behind the import, one thing at a time: looking at a list, importing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.background.process_work import WorkProcess
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.lists.list_look import (
    ListInHand,
    ListLook,
    ListWishes,
    file_mark,
    import_list,
    import_list_by_path,
    look_at_list,
    look_at_list_by_path,
)
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.table import Table
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    ListSource,
    path_of,
)

Result = TypeVar("Result")

_LONG_BYTES, _LONG_ROWS = 300_000, 2_500
"""A longer list is worth the half second that a process takes to start."""


class ListJobs(QObject):
    """Does the work away from the window; an answer to an older question is not listened to.

    Signals:
        looked: the ``ListLook``.
        imported: the ``ImportReport``.
        failed: the error; nothing was written then.
        progressed: how much of how much is done.

    Attributes:
        is_writing: whether the event file is being written now.
    """

    looked = Signal(object)
    imported = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._asked = 0
        self._job: Job | None = None
        self._in_hand = ListInHand()
        self._process = WorkProcess(ListInHand)
        # When this is gone, and what is under way is done.
        self.destroyed.connect(partial(workplace.tasks.run, Lane.WORK, self._process.end))
        self.is_writing = False

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self._job is not None

    def look(self, source: ListSource, wishes: ListWishes) -> None:
        """Look at a list anew."""
        self.drop()
        self._begin(source, look_at_list, look_at_list_by_path, (wishes,), self._take_look)

    def import_list(self, source: ListSource, look: ListLook, wishes: ListWishes) -> None:
        """Write what the list changes, whole or not at all."""
        self.drop()
        self.is_writing = True
        desk_name, now = self._workplace.desk.desk_name, self._workplace.clock()
        arguments = (wishes, look.file_mark, desk_name, now)
        self._begin(source, import_list, import_list_by_path, arguments, self._take_report)

    def cancel(self) -> None:
        """Ask what is under way to stop; it says so through ``failed``."""
        if self._job is not None:
            self._job.cancel()

    def drop(self) -> None:
        """Stop what is under way, and do not listen to it any more."""
        self.cancel()
        self._job = None
        self._asked += 1

    def _begin(
        self,
        source: ListSource,
        work: Callable[..., Result],
        work_by_path: Callable[..., Result],
        arguments: tuple[Any, ...],
        done: Callable[[int, Result], None],
    ) -> None:
        """A long list is worked on in a process of its own, a short one in a thread."""
        event_file = self._workplace.event_file
        if is_long(source):
            there = (event_file.path, source, *arguments)
            task = partial(self._process.run, work_by_path, there)
        else:
            task = partial(work, self._in_hand, event_file, source, *arguments)
        self._job = self._workplace.tasks.run_job(
            task,
            partial(done, self._asked),
            partial(self._fail, self._asked),
            partial(self._progress, self._asked),
            title=self._title(source) if self.is_writing else "",
        )

    def _title(self, source: ListSource) -> str:
        event = self._workplace.desk.event.name
        return self.tr("Import of {file} into {event}").format(
            file=path_of(source).name, event=event
        )

    def _take_look(self, asked: int, look: ListLook) -> None:
        if self._ends(asked):
            self.looked.emit(look)

    def _take_report(self, asked: int, report: ImportReport) -> None:
        if self._ends(asked):
            self.imported.emit(report)

    def _fail(self, asked: int, error: BaseException) -> None:
        if self._ends(asked):
            self.failed.emit(error)

    def _progress(self, asked: int, done: int, total: int) -> None:
        if asked == self._asked and self._job is not None:
            self.progressed.emit(done, total)

    def _ends(self, asked: int) -> bool:
        """Whether this is the answer that is waited for; nothing is under way then."""
        if asked != self._asked:
            return False
        self._job, self.is_writing = None, False
        return True


def is_long(source: ListSource) -> bool:
    """Whether a list is worth a process of its own."""
    if isinstance(source, Table):
        return len(source.rows) > _LONG_ROWS
    return file_mark(source)[1] > _LONG_BYTES
