"""Knows how much waits in the inbox, for the rail and the desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from checkin_app.gui.tasks import Lane
from checkin_app.services.sharing.inbox import InboxCount, count_inbox

if TYPE_CHECKING:
    from checkin_app.gui.workplace import Workplace


class InboxWatch(QObject):
    """Counts again whenever anything changed in the event file.

    Attributes:
        count: how much waits, as last seen.

    Signals:
        changed: ``count`` is another.
    """

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self.count = InboxCount()
        workplace.changed.connect(self.look)

    def look(self) -> None:
        """Count what waits now."""
        file = self._workplace.event_file
        work = partial(count_inbox, file, self.count)
        self._workplace.tasks.run_newest(Lane.NUMBERS, work, self._take, self._not_counted)

    def _take(self, count: InboxCount) -> None:
        before, self.count = self.count, count
        if before != count:
            self.changed.emit()

    def _not_counted(self, error: BaseException) -> None:
        """Whoever writes next says what is wrong with the file."""
