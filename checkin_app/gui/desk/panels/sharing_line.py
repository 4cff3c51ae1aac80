"""Brings the state of sharing to the corner of the desk screen, and from there to the hub."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.desk.panels.place_panel import PlacePanel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.sharing_wording import state_line, what_to_do

_PATIENCE_MS = 1000


class SharingLine(QObject):
    """Keeps the state line true.

    A desk finds its hub within a moment after the event was opened, and again after a connection
    broke. Only who is on their own for longer is told.
    """

    def __init__(self, workplace: Workplace, place: PlacePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._place = place
        self._is_apart = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        workplace.sharing.changed.connect(self._take)
        place.sharing_wanted.connect(self._to_hub)
        self._take()

    def _to_hub(self) -> None:
        self._workplace.hub_wanted.emit("")

    def _take(self) -> None:
        is_apart = self._workplace.sharing.state.kind is SharingKind.ON_OUR_OWN
        if not is_apart or self._is_apart:
            self._patience.stop()
            self._show()
        elif not self._patience.isActive():
            self._patience.start()

    def _show(self) -> None:
        self._is_apart = self._workplace.sharing.state.kind is SharingKind.ON_OUR_OWN
        state, event = self._workplace.sharing.state, self._workplace.desk.event
        to_do = what_to_do(state, _translated)
        is_worrying = bool(to_do) or state.kind is SharingKind.WITHDRAWN
        line = state_line(state, event, _translated)
        self._place.show_sharing(line, to_do, is_worrying=is_worrying)


def _translated(text: str) -> str:
    return QCoreApplication.translate("sharing", text)
