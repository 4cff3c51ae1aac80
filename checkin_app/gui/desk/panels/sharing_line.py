"""Brings the state of sharing to the corner of the desk screen, and from there to the hub."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.panels.place_panel import PlacePanel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.exchanging.waiting_count import count_waiting
from checkin_app.services.sharing.sharing_wording import state_line, what_to_do

_PATIENCE_MS = 1000
_COUNT_AFTER_MS = 500


class SharingLine(QObject):
    """Keeps the state line true.

    A desk finds its hub within a moment after the event was opened, and again after a connection
    broke. Only who is on their own for longer is told. What waits is counted here, half a second
    after something was recorded: whoever talks to the hub may be at that for many seconds.
    """

    def __init__(self, workplace: Workplace, place: PlacePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._place = place
        self._is_apart = False
        self._waiting: int | None = None
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(_COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self._count)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        workplace.sharing.changed.connect(self._take)
        workplace.changed.connect(self._recorded)
        place.sharing_wanted.connect(self._to_hub)
        self._take()

    def _to_hub(self) -> None:
        self._workplace.hub_wanted.emit("")

    def _recorded(self) -> None:
        """Something is in the file that no hub has yet."""
        is_shared_ever = self._workplace.sharing.state.kind is not SharingKind.ALONE
        if is_shared_ever and not self._count_soon.isActive():
            self._count_soon.start()

    def _count(self) -> None:
        sharing = self._workplace.sharing
        work = partial(count_waiting, self._workplace.event_file, sharing.places.memberships)
        self._workplace.tasks.run_newest(Lane.NUMBERS, work, self._take_count, self._not_counted)

    def _take_count(self, waiting: int) -> None:
        self._waiting = waiting
        self._show()
        if waiting and self._workplace.sharing.state.kind is SharingKind.SHARED:
            # Nobody tells when the hub has it after all.
            self._count_soon.start()

    def _not_counted(self, error: BaseException) -> None:
        """The next check-in says what is wrong with the file."""

    def _take(self) -> None:
        self._waiting = None
        is_apart = self._workplace.sharing.state.kind is SharingKind.ON_OUR_OWN
        if not is_apart or self._is_apart:
            self._patience.stop()
            self._show()
        elif not self._patience.isActive():
            self._patience.start()

    def _show(self) -> None:
        self._is_apart = self._workplace.sharing.state.kind is SharingKind.ON_OUR_OWN
        state, event = self._workplace.sharing.state, self._workplace.desk.event
        if self._waiting is not None:
            state = replace(state, waiting=self._waiting)
        to_do = what_to_do(state, _translated)
        is_worrying = bool(to_do) or state.kind is SharingKind.WITHDRAWN
        line = state_line(state, event, _translated)
        self._place.show_sharing(line, to_do, is_worrying=is_worrying)


def _translated(text: str) -> str:
    return QCoreApplication.translate("sharing", text)
