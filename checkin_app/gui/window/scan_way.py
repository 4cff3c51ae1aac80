"""Where a scan leads, whichever device or picture it came from and whatever is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from checkin_app.domain.scan import Scan
from checkin_app.domain.sharing import looks_like_pairing
from checkin_app.gui.devices.desk_devices import DeskDevices
from checkin_app.gui.window.given_files import GivenFiles
from checkin_app.gui.window.screens import DESK

if TYPE_CHECKING:
    from checkin_app.gui.desk.desk_screen import DeskScreen
    from checkin_app.gui.window.main_window import MainWindow


class ScanWay(QObject):
    """Brings tickets to the desk, and the code of another laptop to the dialog of the hub."""

    def __init__(self, window: MainWindow, devices: DeskDevices, given: GivenFiles) -> None:
        super().__init__(window)
        self._window = window
        devices.scanned.connect(self._take_scan)
        given.scanned.connect(self._take_scan)
        given.several_found.connect(self._take_several)

    def _take_scan(self, scan: Scan) -> None:
        workplace = self._window.workplace
        if workplace is None:
            return
        if looks_like_pairing(scan.text):
            workplace.hub_wanted.emit(scan.text)
            return
        self._window.show_screen(DESK)
        cast("DeskScreen", self._window.screen_at(DESK)).take_scan(scan)

    def _take_several(self, scans: tuple[Scan, ...]) -> None:
        """A person has to choose, at the desk."""
        if self._window.workplace is not None:
            self._window.show_screen(DESK)
            self._window.devices.several_found.emit(scans)
