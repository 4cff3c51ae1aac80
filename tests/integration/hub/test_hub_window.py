"""Two laptops with a window each: one shares its event, the other joins. Nothing is pretended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from server_folders import reachable_folder

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.hub.hub_dialog import HubDialog
from checkin_app.gui.hub.hub_door import HubDoor
from checkin_app.gui.look import set_up_look
from checkin_app.gui.main_window import MainWindow
from checkin_app.gui.opening import at_desk
from checkin_app.gui.screens import DESK
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.server import HubServer
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.event_files import create_event, create_sample_event
from checkin_app.services.sharing.hub_places import HubPlaces
from checkin_app.settings import Settings, Theme

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]
WAIT_MS = 40_000


class Laptop:
    """A window with folders of its own."""

    def __init__(self, qtbot: QtBot, folder: Path, name: str) -> None:
        self._qtbot = qtbot
        self.folder = folder / name
        self.folder.mkdir()
        self.places = HubPlaces(
            self.folder / "hubs", Memberships(self.folder / "memberships"), self.folder / "Events"
        )
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
    def state_line(self) -> str:
        return str(self._desk.parts.place.state_line)

    @property
    def _desk(self):
        return self.window.screen_at(DESK)

    def until(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=WAIT_MS)

    def has_window(self) -> None:
        self.window.show()
        self._qtbot.waitExposed(self.window)

    def looks_at_desks(self, pairing: str = "") -> HubDialog:
        self.workplace.hub_wanted.emit(pairing)
        return self.dialog

    def shares(self) -> str:
        """Returns the link of the pairing it shows."""
        dialog = self.looks_at_desks()
        self.until(dialog.first.isVisible)
        dialog.first.start.click()
        self.until(lambda: bool(dialog.organiser.pairing.link))
        self.until(lambda: self.workplace.sharing.state.kind is SharingKind.SHARED)
        return dialog.organiser.pairing.link

    def reads(self, text: str) -> None:
        """Its scanner does."""
        self.window._take_scan(Scan(text, ScanSource.KEYBOARD))

    def scans(self, code: str) -> OutcomeKind:
        shown = self._desk.shown
        before = shown.outcome
        self.reads(code)
        self.until(lambda: shown.outcome is not before and shown.outcome is not None)
        return shown.outcome.kind

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

    def stop_hub(self) -> None:
        self.window.close()
        for server in map(HubServer, self.places.hubs.glob("*")):
            server.stop()


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture
def laptops(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[tuple[Laptop, Laptop]]:
    """The first has the sample event, the second another one, of its own."""
    set_up_look(qapp, Theme.LIGHT)
    with ExitStack() as stack:
        one, other = Laptop(qtbot, folder, "Desk 1"), Laptop(qtbot, folder, "Side door")
        sample = create_sample_event(one.folder / "sample.checkin")
        one.window.show_event(at_desk(sample, "Desk 1"))
        event = sample.event()
        own = create_event(other.folder / "own.checkin", "Own", event.starts_on, event.timezone)
        other.window.show_event(at_desk(own, "Side door"))
        for laptop in (one, other):
            laptop.has_window()
            stack.callback(laptop.stop_hub)
        yield one, other


def expected_codes(laptop: Laptop) -> list[str]:
    people = laptop.workplace.event_file.records()
    return [person.attendee.code for person in people if person.is_expected]


def answer_with(button_text: str) -> Callable[[], None]:
    """Presses a button of the question that is about to be asked."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == button_text).click()

    return answer


def test_a_second_laptop_joins_by_scanning_and_sees_what_the_first_does(qtbot, laptops) -> None:
    one, other = laptops
    link = one.shares()
    picture = one.folder / "shown.png"
    one.dialog.organiser.pairing.grab().save(str(picture))
    assert [found.text for found in codes_in_file(picture)] == [link]
    assert one.state_line == "Shared, no other desk yet"

    other.reads(link)
    other.until(other.dialog.first.isVisible)
    other.until(lambda: other.dialog.first.link.text() == link)
    QTest.keyClick(other.dialog, Qt.Key.Key_Return)
    other.is_joined()
    one.is_joined()
    assert other.workplace.event_file.path.parent == other.places.events
    assert other.workplace.event_file.path.stem == other.workplace.desk.event.name
    assert other.state_line == "Shared with 1 desk, 0 waiting"

    code = expected_codes(one)[0]
    assert one.scans(code) is OutcomeKind.ADMITTED
    assert other.scans(code) is OutcomeKind.ALREADY_IN
