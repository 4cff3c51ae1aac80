"""Asks which of several codes in one picture counts, when the desk has a moment for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from checkin_app.domain.scan import Scan
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.panels.desk_panels import DeskPanels
from checkin_app.gui.desk.panels.inline_panel import InlinePanel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.code_owners import OwnedScan, owned_scans


class SeveralCodes(QObject):
    """Opens the panel with the people's names; a choice becomes a scan like any other.

    The camera repeats itself as long as it sees several codes, so a question that would disturb
    somebody who is typing is simply left for later.
    """

    def __init__(
        self, workplace: Workplace, parts: DeskLayout, panels: DeskPanels, screen: QWidget
    ) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._parts = parts
        self._panels = panels
        self._screen = screen
        self._panel: InlinePanel | None = None
        self._is_open = False
        workplace.devices.several_found.connect(self.ask)
        panels.opened.connect(self._note_panel)
        panels.closed.connect(self._note_closed)

    def ask(self, scans: tuple[Scan, ...]) -> None:
        """Ask about these, unless the desk is busy with something half-typed."""
        is_busy = bool(self._parts.field.text()) or self._panels.current is not None
        if self._is_open:
            is_busy = self._panels.several().texts == {scan.text for scan in scans}
        if self._screen.isVisible() and not is_busy:
            self._workplace.tasks.run_newest(
                Lane.SEARCH,
                partial(owned_scans, self._workplace.event_file, scans),
                self._open,
                self._workplace.show_error,
            )

    def _open(self, offered: tuple[OwnedScan, ...]) -> None:
        if self._panels.current is None or self._is_open:
            self._panel = panel = self._panels.several()
            panel.offer(offered)
            self._panels.open(panel)

    def _note_panel(self, panel: QObject) -> None:
        self._is_open = panel is self._panel

    def _note_closed(self) -> None:
        """Answered, put off with Esc, or overtaken by another scan."""
        if self._is_open:
            self._is_open = False
            self._workplace.devices.camera.settle()
