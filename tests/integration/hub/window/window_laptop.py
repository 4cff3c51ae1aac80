"""A laptop with the real window, in folders of its own, and what somebody does with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.desk.desk_screen import DeskScreen
from checkin_app.gui.hub.hub_dialog import HubDialog
from checkin_app.gui.hub.hub_door import HubDoor
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.server.server import HubServer
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.settings import Settings

WAIT_MS = 40_000
_LOOK_EVERY_MS = 50


class Laptop:
    """A window with folders of its own."""

    def __init__(self, qtbot: QtBot, folder: Path, name: str) -> None:
        self._qtbot = qtbot
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.places = places_in(folder)
        self.window = MainWindow(
            Settings(sounds_on=False, desk_name=name),
            self.folder / "log",
            hub_places=self.places,
        )
        qtbot.addWidget(self.window)

    @property
    def workplace(self) -> Workplace:
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def dialog(self) -> HubDialog:
        door = self.workplace.findChild(HubDoor)
        assert door is not None
        assert door.dialog is not None
        return door.dialog

    @property
    def has_dialog(self) -> bool:
        door = self.workplace.findChild(HubDoor)
        return door is not None and door.dialog is not None and door.dialog.isVisible()

    @property
    def desk(self) -> DeskScreen:
        screen = self.window.screen_at(DESK)
        assert isinstance(screen, DeskScreen)
        return screen

    @property
    def state_line(self) -> str:
        return self.desk.parts.place.state_line

    def until(self, is_so: Callable[[], bool]) -> None:
        try:
            self._qtbot.waitUntil(is_so, timeout=WAIT_MS)
        except TimeoutError as error:
            door = self.workplace.findChild(HubDoor)
            said = door.dialog.state.text() if door is not None and door.dialog else ""
            state = self.workplace.sharing.state
            raise AssertionError((state, said, self.window.messages.text)) from error

    def has_window(self) -> None:
        with self._qtbot.waitExposed(self.window):
            self.window.show()

    def looks_at_desks(self, pairing: str = "") -> HubDialog:
        self.workplace.hub_wanted.emit(pairing)
        self.until(lambda: self.has_dialog)
        return self.dialog

    def shares(self) -> str:
        """Begins to, or begins again. Returns the link of the pairing it shows."""
        dialog = self.looks_at_desks()
        starts = (dialog.first.start, dialog.organiser.start)
        self.until(lambda: any(start.isVisible() for start in starts))
        next(start for start in starts if start.isVisible()).click()
        self.until(lambda: bool(dialog.organiser.pairing.link) and not dialog.is_busy)
        self.until(lambda: self.workplace.sharing.state.kind is SharingKind.SHARED)
        return dialog.organiser.pairing.link

    def reads(self, text: str) -> None:
        """One of its devices does."""
        self.window.devices.scanned.emit(Scan(text, ScanSource.KEYBOARD))

    def scans(self, code: str) -> OutcomeKind:
        shown = self.desk.shown
        before = shown.outcome
        self.reads(code)
        self.until(lambda: shown.outcome is not before and shown.outcome is not None)
        assert shown.outcome is not None
        return shown.outcome.kind

    def has_in(self, code: str) -> bool:
        """Whether its file knows that the person of the code came in, here or elsewhere."""
        people = self.workplace.event_file.records()
        return any(one.check_ins for one in people if one.attendee.code == code)

    def joins(self, text: str) -> None:
        dialog = self.looks_at_desks()
        self.until(lambda: dialog.first.isVisible() or dialog.desk.isVisible())
        page = dialog.first if dialog.first.isVisible() else dialog.desk
        page.link.setText(text)
        page.join.click()

    def is_joined(self, desks: int = 1) -> None:
        self.until(
            lambda: (
                self.window.workplace is not None
                and self.workplace.sharing.state.is_all_shared
                and self.workplace.sharing.state.desks == desks
            )
        )

    def stops(self) -> None:
        will_answer("Stop sharing")
        self.dialog.organiser.stop.click()
        self.until(self.dialog.organiser.start.isVisible)

    def is_hub_running(self) -> bool:
        return any(server.is_running() for server in map(HubServer, self.places.hubs.glob("*")))

    def stop_hub(self) -> None:
        self.window.close()
        for server in map(HubServer, self.places.hubs.glob("*")):
            server.stop()


def places_in(folder: Path) -> HubPlaces:
    """Where a laptop keeps what it needs of hubs, all in one folder."""
    return HubPlaces(folder / "hubs", Memberships(folder / "memberships"), folder / "Events")


def expected_codes(laptop: Laptop) -> list[str]:
    """Of everybody who may come."""
    people = laptop.workplace.event_file.records()
    return [person.attendee.code for person in people if person.is_expected]


def will_answer(button_text: str) -> None:
    """Presses a button of the question that is about to be asked, whenever that is."""
    timer = QTimer(QApplication.instance(), interval=_LOOK_EVERY_MS)

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            timer.deleteLater()
            next(one for one in box.buttons() if one.text() == button_text).click()

    timer.timeout.connect(answer)
    timer.start()
