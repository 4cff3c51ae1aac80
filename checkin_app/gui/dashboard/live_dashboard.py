"""Keeps the dashboard fresh while somebody looks at it, and asks nothing while nobody does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.workplace import Workplace
from checkin_app.services.dashboard import LiveCount

_LEAST_PAUSE_MS = 1000
# The pace falls and the mark of the present moves while nothing else happens.
_AT_LEAST_EVERY_MS = 15_000


class LiveDashboard(QObject):
    """Counts one check-in list in the numbers lane, at most once a second.

    Signals:
        counted: a ``Dashboard``.

    Attributes:
        shown: the last one; None before the first count.
    """

    counted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._count = LiveCount(workplace.event_file)
        self._list: CheckInList = workplace.desk.check_in_list
        self._watchers: set[str] = set()
        self.shown: Dashboard | None = None
        self._since_last = QElapsedTimer()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)
        self._at_least = QTimer(self)
        self._at_least.setInterval(_AT_LEAST_EVERY_MS)
        self._at_least.timeout.connect(self._ask)
        workplace.changed.connect(self._outdate)

    def watch(self, who: str, is_watching: bool) -> None:
        """Somebody begins to look, or looks away."""
        if is_watching:
            self._watchers.add(who)
        else:
            self._watchers.discard(who)
        if not self._watchers:
            self._soon.stop()
            self._at_least.stop()
        elif not self._at_least.isActive():
            self._at_least.start()
            self._ask()

    def choose(self, check_in_list: CheckInList) -> None:
        """Count another check-in list from now on."""
        self._list = check_in_list
        if self._watchers:
            self._ask()

    @property
    def is_watched(self) -> bool:
        """Whether anybody looks."""
        return bool(self._watchers)

    def _outdate(self) -> None:
        if not self._watchers or self._soon.isActive():
            return
        passed = self._since_last.elapsed() if self._since_last.isValid() else _LEAST_PAUSE_MS
        self._soon.start(max(0, _LEAST_PAUSE_MS - passed))

    def _ask(self) -> None:
        self._since_last.start()
        self._workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(self._count.count, self._list, self._workplace.clock()),
            self._take,
            self._keep_old,
        )

    def _take(self, dashboard: Dashboard) -> None:
        self.shown = dashboard
        self.counted.emit(dashboard)

    def _keep_old(self, error: BaseException) -> None:
        """Numbers that are shown stand; the next check-in says what is wrong with the file."""
        if self.shown is None:
            self._workplace.show_error(error)
