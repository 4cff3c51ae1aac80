"""Print jobs → rows of a table. What lies beyond those read so far is asked for by scrolling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelection,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from checkin_app.domain.language.spoken_dates import time_text
from checkin_app.domain.print_jobs import PrintJob, PrintJobState, QueueSummary
from checkin_app.domain.printers import PrinterId
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import colours_of
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.printing.printer_reports import words
from checkin_app.gui.tables.table_models import NOWHERE, AnyIndex
from checkin_app.services.device_wording import (
    cause_words,
    job_sentence,
    state_words,
    trouble_sentence,
)

CHUNK = 500
"""Jobs read at once."""


class QueueColumn(IntEnum):
    """The columns, from the left."""

    NAME = 0
    STATE = 1
    REASON = 2
    PRINTER = 3
    CAUSE = 4
    TRIES = 5
    TIME = 6


@dataclass(frozen=True, slots=True)
class KnownPrinters:
    """What people call printers, and what keeps each of them from printing."""

    titles: Mapping[PrinterId, str]
    summary: QueueSummary = field(default_factory=QueueSummary)

    def title(self, printer: PrinterId) -> str:
        """What to call a printer."""
        found = (one.title for one in self.summary.printers if one.id == printer)
        return next(found, self.titles.get(printer) or printer.address)

    def with_trouble(self, job: PrintJob) -> PrintJob:
        """A job with what keeps its printer from printing it."""
        troubles = (one.trouble for one in self.summary.printers if one.id == job.printer)
        trouble = next(troubles, None)
        return job.kept_by(trouble if trouble is not None and trouble.stops_printing else None)


class QueueModel(QAbstractTableModel):
    """A table of print jobs.

    Signals:
        more_wanted: the rows read so far are all seen; how many there should be.
    """

    more_wanted = Signal(int)

    def __init__(
        self, event: Event, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._programme = event
        self._read: tuple[PrintJob, ...] = ()
        self._jobs: tuple[PrintJob, ...] = ()
        self._printers = KnownPrinters({})
        self._limit = CHUNK

    @property
    def jobs(self) -> tuple[PrintJob, ...]:
        """The rows, from the top."""
        return self._jobs

    @property
    def limit(self) -> int:
        """How many jobs to read."""
        return self._limit

    def show_jobs(self, jobs: Sequence[PrintJob], printers: KnownPrinters) -> bool:
        """Show these jobs. False when they stand in the same rows as before."""
        are_same = [job.id for job in jobs] == [job.id for job in self._jobs]
        if not are_same:
            self.beginResetModel()
        self._read, self._printers = tuple(jobs), printers
        self._jobs = tuple(map(printers.with_trouble, jobs))
        if not are_same:
            self.endResetModel()
        elif jobs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(jobs) - 1, len(QueueColumn) - 1))
        return not are_same

    def show_printers(self, printers: KnownPrinters) -> None:
        """The printers are in another state."""
        self.show_jobs(self._read, printers)

    def row_of(self, job_id: str) -> int | None:
        """Where a job stands, if it does."""
        return next((row for row, job in enumerate(self._jobs) if job.id == job_id), None)

    def selection_of(self, job_ids: Collection[str]) -> QItemSelection:
        """The rows of these jobs, neighbours joined, as a view selects them."""
        rows = (row for row, job in enumerate(self._jobs) if job.id in job_ids)
        selection = QItemSelection()
        # Neighbours have the same distance from their place among the chosen rows.
        for _distance, block in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            _places, (first, *rest) = zip(*block, strict=True)
            last = rest[-1] if rest else first
            selection.select(self.index(first, 0), self.index(last, len(QueueColumn) - 1))
        return selection

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """The jobs read so far."""
        return 0 if parent.isValid() else len(self._jobs)

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(QueueColumn)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there may be older jobs."""
        return not parent.isValid() and len(self._jobs) >= self._limit

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for the next rows; they come later."""
        self._limit += CHUNK
        self.more_wanted.emit(self._limit)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            QueueColumn.NAME: self.tr("Name"),
            QueueColumn.STATE: self.tr("State"),
            QueueColumn.REASON: self.tr("Reason"),
            QueueColumn.PRINTER: self.tr("Printer"),
            QueueColumn.CAUSE: self.tr("Cause"),
            QueueColumn.TRIES: self.tr("Tries"),
            QueueColumn.TIME: self.tr("Time"),
        }[QueueColumn(section)]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell."""
        if not index.isValid():
            return None
        job, column = self._jobs[index.row()], QueueColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(self._text(job, column))
            case Qt.ItemDataRole.ToolTipRole:
                text = job_sentence(job, words) if column is QueueColumn.REASON else ""
                return tool_tip(text or self._text(job, column))
            case Qt.ItemDataRole.DecorationRole if column is QueueColumn.STATE:
                return _sign(job)
            case Qt.ItemDataRole.ForegroundRole if _is_settled(job):
                return colours_of(QApplication.palette()).muted
        return None

    def _text(self, job: PrintJob, column: QueueColumn) -> str:
        match column:
            case QueueColumn.NAME:
                return job.name or _tr("no longer on the list")
            case QueueColumn.STATE:
                return state_words(job.state, words)
            case QueueColumn.REASON:
                if job.trouble is None:
                    return ""
                return trouble_sentence(job.trouble, words, job.printer)
            case QueueColumn.PRINTER:
                return self._printers.title(job.printer)
            case QueueColumn.CAUSE:
                return cause_words(job.cause, words)
            case QueueColumn.TRIES:
                return str(job.tries) if job.tries else ""
            case QueueColumn.TIME:
                return self._time(job.changed_at)

    def _time(self, moment: datetime) -> str:
        """Hours and minutes; with the day unless it is today."""
        local, today = map(self._programme.local, (moment, self._clock()))
        return time_text(local, with_day=local.date() != today.date())


def _sign(job: PrintJob) -> QIcon | None:
    """A mark by shape, for rows that somebody may have to look at."""
    if job.state is PrintJobState.FAILED or (job.trouble is not None and not job.state.is_over):
        return icon("warning")
    return icon("check") if job.state is PrintJobState.DONE else None


def _is_settled(job: PrintJob) -> bool:
    return job.state in (PrintJobState.DONE, PrintJobState.CANCELLED)


def _tr(text: str) -> str:
    return QCoreApplication.translate("QueueModel", text)
