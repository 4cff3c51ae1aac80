"""Keeps counters and arrivals fresh: asked for on change, but never more often than needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.side.arrivals_panel import MOST_ARRIVALS
from checkin_app.gui.workplace import Workplace
from checkin_app.services.desk_numbers import DeskNumbers, LiveDeskNumbers
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.register import Arrival

_THROTTLE_MS = 15
# Arrivals per minute fall while nothing else happens.
_AT_LEAST_EVERY_MS = 15_000


@dataclass(frozen=True, slots=True)
class DeskSnapshot:
    """What the side of the screen shows, all of one moment."""

    numbers: DeskNumbers
    arrivals: tuple[Arrival, ...]


class LiveNumbers(QObject):
    """Counts in the numbers lane.

    Signals:
        counted: a ``DeskSnapshot``.
    """

    counted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._counting = LiveDeskNumbers(workplace.event_file)
        self._is_stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_THROTTLE_MS)
        self._pause.timeout.connect(self._count_if_stale)
        self._at_least = QTimer(self)
        self._at_least.setInterval(_AT_LEAST_EVERY_MS)
        self._at_least.timeout.connect(self.count)
        self._at_least.start()
        workplace.changed.connect(self.count_soon)
        workplace.list_chosen.connect(self.count)

    def count_soon(self) -> None:
        """Something changed: a single change is counted at once, several soon after it once."""
        self._is_stale = True
        if not self._pause.isActive():
            self._count_if_stale()

    def _count_if_stale(self) -> None:
        if self._is_stale:
            self._pause.start()
            self.count()

    def count(self) -> None:
        """Count now."""
        self._is_stale = False
        workplace = self._workplace
        work = partial(
            _snapshot,
            workplace.event_file,
            self._counting,
            workplace.desk.check_in_list,
            workplace.desk.desk_name,
            workplace.clock(),
        )
        workplace.tasks.run_newest(Lane.NUMBERS, work, self._take, self._keep_old)

    def _take(self, snapshot: DeskSnapshot) -> None:
        self.counted.emit(snapshot)

    def _keep_old(self, error: BaseException) -> None:
        """The numbers stand as they were; the next check-in says what is wrong with the file."""


def _snapshot(
    event_file: EventFile,
    counting: LiveDeskNumbers,
    check_in_list: CheckInList,
    desk_name: str,
    now: datetime,
) -> DeskSnapshot:
    return DeskSnapshot(
        counting.count(check_in_list, desk_name, now),
        event_file.latest_arrivals(check_in_list.id, MOST_ARRIVALS),
    )
