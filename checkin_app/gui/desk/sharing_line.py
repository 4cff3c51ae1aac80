"""Brings the state of sharing to the corner of the desk screen, and from there to the hub."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.desk.place_panel import PlacePanel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.sharing_wording import state_line, what_to_do


class SharingLine(QObject):
    """Keeps the state line true."""

    def __init__(self, workplace: Workplace, place: PlacePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._place = place
        workplace.sharing.changed.connect(self._show)
        place.sharing_wanted.connect(self._to_hub)
        self._show()

    def _to_hub(self) -> None:
        self._workplace.hub_wanted.emit("")

    def _show(self) -> None:
        state, event = self._workplace.sharing.state, self._workplace.desk.event
        to_do = what_to_do(state, _translated)
        is_worrying = bool(to_do) or state.kind is SharingKind.WITHDRAWN
        line = state_line(state, event, _translated)
        self._place.show_sharing(line, to_do, is_worrying=is_worrying)


def _translated(text: str) -> str:
    return QCoreApplication.translate("sharing", text)
