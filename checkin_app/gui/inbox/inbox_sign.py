"""The inbox's button in the rail: there from the first time that anything lies in the inbox."""

from __future__ import annotations

from PySide6.QtCore import QObject

from checkin_app.gui.window.navigation import NavigationRail
from checkin_app.gui.window.screens import INBOX
from checkin_app.gui.workplace import Workplace


class InboxSign(QObject):
    """Keeps the number on the button true."""

    def __init__(self, rail: NavigationRail, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._rail = rail
        self._inbox = workplace.inbox
        self._inbox.changed.connect(self._show)

    def _show(self) -> None:
        count = self._inbox.count
        self._rail.show_count(INBOX, count.waiting)
        if not count.is_empty:
            self._rail.offer(INBOX, True)
