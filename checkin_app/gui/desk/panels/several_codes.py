"""Asks which of several codes in one picture counts, when the desk has a moment for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from checkin_app.domain.scan import Scan
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.code_owners import OwnedScan, owned_scans

if TYPE_CHECKING:
    from checkin_app.gui.desk.desk_screen import DeskScreen


class SeveralCodes(QObject):
    """Opens the panel with the people's names; a choice becomes a scan like any other.

    The camera repeats itself as long as it sees several codes, so a question that would disturb
    somebody who is typing is simply left for later.
    """

    def __init__(self, workplace: Workplace, screen: DeskScreen) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._screen = screen
        self._panel: InlinePanel | None = None
        self._is_open = False
        workplace.devices.several_found.connect(self.ask)
        screen.panels.scan_chosen.connect(screen.take_scan)
        screen.panels.opened.connect(self._note_panel)
        screen.panels.closed.connect(self._note_closed)

    def ask(self, scans: tuple[Scan, ...]) -> None:
        """Ask about these, unless the desk is busy with something half-typed."""
        panels = self._screen.panels
        is_busy = bool(self._screen.parts.field.text()) or panels.current is not None
        if self._is_open:
            is_busy = panels.several().texts == {scan.text for scan in scans}
        if self._screen.isVisible() and not is_busy:
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(owned_scans, self._workplace.event_file, scans),
                self._open,
                self._workplace.show_error,
            )

    def _open(self, offered: tuple[OwnedScan, ...]) -> None:
        panels = self._screen.panels
        if panels.current is None or self._is_open:
            self._panel = panel = panels.several()
            panel.offer(offered)
            panels.open(panel)

    def _note_panel(self, panel: QObject) -> None:
        self._is_open = panel is self._panel

    def _note_closed(self) -> None:
        """Answered, put off with Esc, or overtaken by another scan."""
        if self._is_open:
            self._is_open = False
            self._workplace.devices.camera.settle()
