"""Two laptops with a window each: one shares its event, the other joins. Nothing is pretended."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot
from server_folders import reachable_folder

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.hub.hub_dialog import HubDialog
from checkin_app.gui.hub.hub_door import HubDoor
from checkin_app.gui.opening import at_desk, open_for_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import DESK
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.server import HubServer
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event, create_sample_event, open_event
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
    def has_dialog(self) -> bool:
        door = self.workplace.findChild(HubDoor)
        return door is not None and door.dialog is not None and door.dialog.isVisible()

    @property
    def state_line(self) -> str:
        return str(self._desk.parts.place.state_line)

    @property
    def _desk(self):
        return self.window.screen_at(DESK)

    def until(self, is_so: Callable[[], bool]) -> None:
        try:
            self._qtbot.waitUntil(is_so, timeout=WAIT_MS)
        except TimeoutError as error:
            door = self.workplace.findChild(HubDoor)
            said = door.dialog.state.text() if door is not None and door.dialog else ""
            state = self.workplace.sharing.state
            raise AssertionError((state, said, self.window.messages.text)) from error

    def has_window(self) -> None:
        self.window.show()
        self._qtbot.waitExposed(self.window)

    def looks_at_desks(self, pairing: str = "") -> HubDialog:
        self.workplace.hub_wanted.emit(pairing)
        self.until(lambda: self.has_dialog)
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
        self.window.devices.scanned.emit(Scan(text, ScanSource.KEYBOARD))

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

    def stops(self) -> None:
        QTimer.singleShot(300, answer_with("Stop sharing"))
        self.dialog.organiser.stop.click()
        self.until(self.dialog.organiser.start.isVisible)

    def is_hub_running(self) -> bool:
        return any(server.is_running() for server in map(HubServer, self.places.hubs.glob("*")))

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
    other.until(lambda: other.has_dialog)
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


def test_a_laptop_joins_by_the_pasted_link_while_the_dialog_is_closed_and_tickets_go_on(
    qtbot, laptops
) -> None:
    one, other = laptops
    link = one.shares()
    code = expected_codes(one)[0]
    # The dialog is still open: the answer to a ticket lies above it.
    assert one.scans(code) is OutcomeKind.ADMITTED
    assert one._desk.shown.over_dialog.window.isVisible()
    other.joins(link)
    assert other.dialog.is_busy
    other.dialog.close()
    other.is_joined()
    assert other.window.settings.desk_name == "Side door"
    assert "Side door" in other.window.messages.text
    assert other.scans(code) is OutcomeKind.ALREADY_IN


def test_two_laptops_of_one_name_get_names_of_their_own(qtbot, laptops) -> None:
    one, other = laptops
    other.window.change_settings(desk_name="Desk 1")
    own = other.workplace.event_file.path
    other.window.show_event(open_for_desk(own, "Desk 1"))
    other.joins(one.shares())
    other.is_joined()
    assert other.window.settings.desk_name == "Desk 2"
    assert other.workplace.desk.desk_name == "Desk 2"


def test_a_typed_code_is_enough_in_one_network(qtbot, laptops) -> None:
    one, other = laptops
    one.shares()
    other.joins(one.dialog.organiser.pairing.code.text())
    other.is_joined()


def test_a_hub_that_stops_leaves_everybody_on_their_own_until_it_runs_again(qtbot, laptops) -> None:
    one, other = laptops
    other.joins(one.shares())
    other.is_joined()
    one.stops()
    other.until(lambda: other.state_line.startswith("On our own since"))
    assert other.scans(expected_codes(other)[0]) is OutcomeKind.ADMITTED
    assert other._desk.shown.outcome.is_shared is False
    other.until(lambda: other.state_line.endswith(", 1 waiting"))
    one.dialog.organiser.start.click()
    one.until(lambda: bool(one.dialog.organiser.pairing.link))
    other.is_joined()
    one.is_joined()
    assert other._desk.parts.answer.answer.mark == ""


def test_a_withdrawn_desk_is_told_and_comes_back_with_a_new_code(qtbot, laptops) -> None:
    one, other = laptops
    other.joins(one.shares())
    other.is_joined()
    lines = one.dialog.organiser.desks
    one.until(lambda: len(lines.lines) == 2)
    before = one.dialog.organiser.pairing.link
    QTimer.singleShot(300, answer_with("Withdraw"))
    (button,) = [one for one in lines.findChildren(QPushButton) if one.isVisible()]
    button.click()
    other.until(lambda: other.state_line.startswith("No longer shared"))
    one.until(lambda: [one.about for one in lines.lines] == ["this laptop", "withdrawn"])
    one.until(lambda: not one.dialog.is_busy)
    # The code it joined with goes with it.
    one.until(lambda: one.dialog.organiser.pairing.link not in ("", before))
    other.joins(before)
    other.until(lambda: "withdrawn" in other.dialog.state.text())
    other.joins(one.dialog.organiser.pairing.link)
    other.is_joined()


def test_a_withdrawn_code_lets_nobody_in(qtbot, laptops) -> None:
    one, other = laptops
    link = one.shares()
    one.dialog.organiser.pairing.withdraw.click()
    one.until(lambda: not one.dialog.is_busy)
    one.until(lambda: one.dialog.organiser.pairing.link == "")
    other.joins(link)
    other.until(lambda: "withdrawn" in other.dialog.state.text())
    assert other.dialog.first.link.text() == link
    assert other.state_line == ""


def test_a_laptop_takes_over_and_the_one_before_joins_it(qtbot, laptops) -> None:
    one, other = laptops
    other.joins(one.shares())
    other.is_joined()
    one.is_joined()
    one.stops()
    other.looks_at_desks()
    other.until(other.dialog.desk.isVisible)
    QTimer.singleShot(300, answer_with("Make it the hub"))
    other.dialog.desk.take_over.click()
    other.until(lambda: bool(other.dialog.organiser.pairing.link))
    link = other.dialog.organiser.pairing.link

    QTimer.singleShot(1500, answer_with("Join the other one"))
    one.reads(link)
    one.until(lambda: not one.is_hub_running())
    one.is_joined()
    one.looks_at_desks()
    one.until(one.dialog.desk.isVisible)
    code = expected_codes(one)[0]
    assert one.scans(code) is OutcomeKind.ADMITTED
    assert other.scans(code) is OutcomeKind.ALREADY_IN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "code"),
        ("CHECKIN://JOIN/0W0M77YRMD5BPSSAX4C001V3D1JP", "code"),
    ],
)
def test_what_is_no_pairing_is_said_so_and_stays_in_the_field(qtbot, laptops, text, words) -> None:
    _, other = laptops
    other.joins(text)
    other.until(lambda: words in other.dialog.state.text())
    assert other.dialog.first.link.text() == text
    assert other.dialog.first.isEnabled()


def test_enter_in_an_empty_field_does_nothing(qtbot, laptops) -> None:
    _, other = laptops
    dialog = other.looks_at_desks()
    other.until(dialog.first.isVisible)
    QTest.keyClick(dialog.first.link, Qt.Key.Key_Return)
    assert not dialog.is_busy
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_cannot_be_made_is_told(qtbot, laptops) -> None:
    one, other = laptops
    link = one.shares()
    other.places.events.write_text("in the way of the folder")
    other.joins(link)
    other.until(lambda: "Check the disk" in other.dialog.state.text())
    assert not other.dialog.is_busy


def test_files_are_merged_without_a_network(qtbot, laptops, tmp_path) -> None:
    one, _ = laptops
    stick = tmp_path / "stick.checkin"
    create_copy(one.workplace.event_file.path, stick)
    code = expected_codes(one)[0]
    with open_event(stick) as event_file:
        CheckInDesk(event_file, "Side door", event_file.check_in_lists()[0]).handle(
            Scan(code, ScanSource.KEYBOARD)
        )
    dialog = one.looks_at_desks()
    one.until(dialog.first.isVisible)
    dialog.merge_with(stick)
    one.until(lambda: "stick.checkin" in dialog.state.text() and not dialog.is_busy)
    dialog.close()
    assert one.scans(code) is OutcomeKind.ALREADY_IN


def test_closing_the_window_waits_for_no_network(qtbot, laptops) -> None:
    """An address that swallows everything (RFC 5737) keeps joining busy for seconds."""
    _, other = laptops
    code = PairingCode.new()
    link = Pairing(code, (Address("192.0.2.250", 47620),), "checkin", NO_TLS).link()
    other.joins(link)
    assert other.dialog.is_busy
    assert not other.window.close()
    assert "Joining the other desks" in other.window.messages.text
    asked = time.monotonic()
    assert other.window.close()
    assert time.monotonic() - asked < 2


def create_copy(path: Path, to: Path) -> None:
    """Of a file that is open; both have the same event."""
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)
