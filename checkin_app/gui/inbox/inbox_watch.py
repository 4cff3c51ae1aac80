"""Knows how much waits in the inbox, for the rail and the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.event_at_hand import EventAtHand
from checkin_app.services.sharing.inbox.inbox import InboxCount, count_inbox

_SOON_MS = 1000
"""Scans come faster than anybody looks, and counting reads some thousand rows."""


class InboxWatch(QObject):
    """Counts again when anything changed in the event file, once a second at most.

    Attributes:
        count: how much waits, as last seen.

    Signals:
        changed: ``count`` is another.
    """

    changed = Signal()

    def __init__(self, at_hand: EventAtHand) -> None:
        super().__init__(at_hand)
        self._at_hand = at_hand
        self.count = InboxCount()
        self._is_stopped = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.look)
        self._soon.start()
        at_hand.changed.connect(self._look_soon)

    def look(self) -> None:
        """Count what waits now."""
        self._soon.stop()
        file = self._at_hand.event_file
        work = partial(count_inbox, file, self.count)
        self._at_hand.tasks.run_newest(Lane.NUMBERS, work, self._take, self._not_counted)

    def stop(self) -> None:
        """The file is about to be closed."""
        self._is_stopped = True
        self._soon.stop()

    def _look_soon(self) -> None:
        if not (self._is_stopped or self._soon.isActive()):
            self._soon.start()

    def _take(self, count: InboxCount) -> None:
        before, self.count = self.count, count
        if before != count:
            self.changed.emit()

    def _not_counted(self, error: BaseException) -> None:
        """Whoever writes next says what is wrong with the file."""
