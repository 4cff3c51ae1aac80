"""What the dialog of the other desks shows of a hub, without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from checkin_app.domain.sharing import SharingDesk, SharingKind, SharingState
from checkin_app.errors import HubUnreachable
from checkin_app.gui.hub import hub_words
from checkin_app.gui.hub.desks_list import DeskLine, DesksList
from checkin_app.gui.hub.hub_dialog import HubDialog
from checkin_app.gui.hub.pairing_card import PairingCard
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.owner import PairingAtHub
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.hubs.hub_status import HubStatus
from checkin_app.services.sharing.hubs.hub_view import HubPart, HubView
from checkin_app.services.sharing.hubs.shown_pairing import ShownPairing
from checkin_app.storage.event_file import EventFile

NOW = datetime(2024, 5, 6, 10, 41, tzinfo=UTC)
ADDRESS = Address("192.0.2.20", 47620)
LONG = "Γραμματεία υποδοχής συνέδρων και προσκεκλημένων ομιλητών – κεντρική είσοδος"
PAIRING = Pairing(PairingCode.from_text("8EXY-JJD6-E95H-P0M7"), (ADDRESS,), "checkin", NO_TLS)


def desk(number: int, name: str = "", *, is_withdrawn: bool = False) -> SharingDesk:
    return SharingDesk(
        f"{number:032x}", (name or f"Desk {number}",), NOW, is_withdrawn=is_withdrawn
    )


def hub(*desks: SharingDesk, is_running: bool = True, trouble: str = "") -> HubView:
    shown = PairingAtHub(PAIRING.code.id, NOW, NOW + timedelta(days=1), None, 0)
    status = HubStatus(
        "0" * 32,
        is_here=True,
        is_running=is_running,
        running_since=NOW if is_running else None,
        addresses=(ADDRESS,),
        pairings=(shown,) if is_running else (),
        trouble=trouble,
    )
    pairing = ShownPairing(PAIRING, shown.valid_until) if is_running else None
    return HubView(HubPart.ORGANISER, status, ADDRESS, desks[0].id, desks, pairing=pairing)


@pytest.fixture
def dialog(qtbot: QtBot, workplace: Workplace) -> HubDialog:
    workplace.laptop_clock = lambda: NOW
    dialog = HubDialog(workplace)
    qtbot.addWidget(dialog)
    return dialog


def test_a_laptop_that_shares_with_nobody_is_asked_which_part_it_has(dialog: HubDialog) -> None:
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    assert dialog.first.isVisible()
    assert dialog.focusWidget() is dialog.first.link


def test_enter_joins_with_what_is_in_the_field_and_never_starts_to_share(
    qtbot: QtBot, dialog: HubDialog
) -> None:
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    with qtbot.assertNotEmitted(dialog.first.start_wanted):
        with qtbot.assertNotEmitted(dialog.first.join_wanted):
            QTest.keyClick(dialog.first.link, Qt.Key.Key_Return)
        dialog.first.join_wanted.disconnect()
        dialog.first.link.setText(" 8EXY-JJD6-E95H-P0M7 ")
        with qtbot.waitSignal(dialog.first.join_wanted) as joined:
            QTest.keyClick(dialog.first.link, Qt.Key.Key_Return)
    assert joined.args == ["8EXY-JJD6-E95H-P0M7"]


def test_a_button_without_the_focus_is_pressed_by_no_key(qtbot: QtBot, dialog: HubDialog) -> None:
    dialog.show_view(hub(desk(0), desk(1)))
    dialog.show()
    dialog.setFocus()
    asked = (dialog.organiser.stop_wanted, dialog.organiser.desks.withdraw_wanted)
    with qtbot.assertNotEmitted(asked[0]), qtbot.assertNotEmitted(asked[1]):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_a_scanned_pairing_only_leaves_the_question_whether_to_join(dialog: HubDialog) -> None:
    dialog._scanned = PAIRING.link()
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    assert dialog.first.link.text() == PAIRING.link()
    assert dialog.focusWidget() is dialog.first.join
    dialog.show_view(HubView(HubPart.NONE))
    assert dialog.first.link.text() == PAIRING.link()


def test_the_code_of_this_laptop_is_for_the_others(dialog: HubDialog) -> None:
    dialog._scanned = PAIRING.link()
    dialog.show_view(hub(desk(0)))
    assert dialog.state.text() == "This is the code of this laptop. Scan it on the other one."


def test_the_code_is_whole_and_read_again_whatever_the_size(
    qtbot: QtBot, dialog: HubDialog, tmp_path
) -> None:
    dialog.show_view(hub(desk(0), trouble="The firewall is on. " * 20))
    dialog.show()
    for width, height in ((1, 1), (900, 650), (1400, 1000)):
        dialog.resize(width, height)
        dialog.grab().save(str(tmp_path / "shown.png"))
        assert [code.text for code in codes_in_file(tmp_path / "shown.png")] == [PAIRING.link()]


def test_the_link_is_copied(qtbot: QtBot) -> None:
    card = PairingCard()
    qtbot.addWidget(card)
    assert not card.copy.isEnabled()
    card.show_pairing(PAIRING, NOW)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == PAIRING.link()
    card.show_none()
    assert card.link == ""
    assert not card.withdraw.isEnabled()


def test_a_code_that_has_run_out_is_shown_no_more(dialog: HubDialog) -> None:
    dialog.show_view(hub(desk(0)))
    assert dialog.organiser.pairing.link == PAIRING.link()
    dialog.show_view(replace(hub(desk(0)), pairing=None))
    assert dialog.organiser.pairing.link == ""


def test_a_hub_that_stands_still_can_be_started_or_left_for_another(dialog: HubDialog) -> None:
    dialog.show_view(hub(desk(0), desk(1), is_running=False))
    dialog.show()
    assert dialog.organiser.start.isVisible()
    assert dialog.organiser.other_hub.isVisible()
    assert not dialog.organiser.stop.isVisible()
    assert dialog.focusWidget() is dialog.organiser.start
    assert not any(line.can_be_withdrawn for line in dialog.organiser.desks.lines)
    dialog.show_view(hub(desk(0)))
    assert dialog.organiser.stop.isVisible()
    assert not dialog.organiser.other_hub.isVisible()


def test_every_desk_but_this_one_can_be_withdrawn(workplace: Workplace) -> None:
    view = hub(desk(1), desk(2, is_withdrawn=True), desk(3))
    lines = hub_words.desk_lines(view, workplace.desk.event, may_withdraw=True)
    assert [(line.name, line.can_be_withdrawn) for line in lines] == [
        ("Desk 1", False),
        ("Desk 3", True),
        ("Desk 2", False),
    ]
    assert [line.about for line in lines] == ["this laptop", "joined at 06.05. 12:41", "withdrawn"]


def test_a_long_name_leaves_the_button_beside_it_its_room(qtbot: QtBot) -> None:
    desks = DesksList()
    qtbot.addWidget(desks)
    desks.resize(360, 300)
    desks.show_desks(DeskLine(str(n), f"{LONG} {n}", "withdrawn", True) for n in range(50))
    desks.show()
    button = desks.findChild(QPushButton)
    assert button is not None
    right = button.mapTo(desks, button.rect().topRight()).x()
    assert right < desks.width()
    (name,) = [one for one in desks.findChildren(QLabel) if one.accessibleName() == f"{LONG} 0"]
    assert name.text().endswith("…")
    assert LONG in name.toolTip()


def test_the_same_desks_leave_the_buttons_as_they_are(qtbot: QtBot) -> None:
    desks = DesksList()
    qtbot.addWidget(desks)
    lines = [DeskLine("1", "Desk 1", "", True)]
    desks.show_desks(lines)
    button = desks.findChild(QPushButton)
    desks.show_desks(list(lines))
    assert desks.findChild(QPushButton) is button


def test_a_desk_sees_how_it_stands_to_the_others_and_what_to_do(
    dialog: HubDialog, workplace: Workplace
) -> None:
    state = SharingState(SharingKind.ON_OUR_OWN, desks=2, waiting=37, since=NOW)
    workplace.sharing.state = state
    view = replace(hub(desk(0), desk(1)), part=HubPart.DESK, status=None)
    dialog.show_view(view)
    assert dialog.desk.state.text() == "On our own since 12:41, 37 waiting"
    dialog.show_view(replace(view, waiting=38))
    assert dialog.desk.state.text() == "On our own since 12:41, 38 waiting"
    workplace.sharing.state = replace(state, kind=SharingKind.WITHDRAWN, trouble="Ask for a code.")
    dialog.show_view(view)
    shown = [label.text() for label in dialog.desk.findChildren(QLabel)]
    assert "Ask for a code. The hub is at 192.0.2.20:47620." in shown


def test_trouble_of_looking_never_covers_what_somebody_was_told(dialog: HubDialog) -> None:
    dialog._show_trouble_of_look(HubUnreachable("Nobody answers."))
    assert dialog.state.text() == "Nobody answers."
    dialog.show_view(HubView(HubPart.NONE))
    assert dialog.state.text() == ""
    dialog._say("Merged.")
    dialog._show_trouble_of_look(HubUnreachable("Nobody answers."))
    dialog.show_view(HubView(HubPart.NONE))
    assert dialog.state.text() == "Merged."


def test_while_it_works_nothing_else_can_be_asked_and_closing_stops_nothing(
    qtbot: QtBot, dialog: HubDialog
) -> None:
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    dialog.first.link.setText("hello")
    dialog.first.join.click()
    assert dialog.is_busy
    assert not dialog.first.isEnabled()
    assert not dialog.merge.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.first.isEnabled()
    assert "code" in dialog.state.text()
    assert dialog.focusWidget() is dialog.first.link


def test_the_laptops_that_are_heard_of_are_named_and_their_code_is_asked_for(
    dialog: HubDialog,
) -> None:
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    dialog.first.show_nearby(["Reception", LONG])
    words = f"Heard of: Reception, {LONG}. Type the 16 characters that it shows."
    assert dialog.first.nearby.text() == words
    assert dialog.focusWidget() is dialog.first.link
    dialog.first.show_nearby([])
    assert dialog.first.nearby.text().startswith("No laptop is heard of in this network.")


def test_the_event_goes_to_another_laptop_and_back_by_a_stick(
    qtbot: QtBot, dialog: HubDialog, workplace: Workplace, tmp_path
) -> None:
    stick = tmp_path / "stick.checkin"
    dialog.show_view(HubView(HubPart.NONE))
    dialog.show()
    dialog.copy_to(stick)
    assert not dialog.copy.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.state.text().startswith("stick.checkin has all that is here.")
    with EventFile(stick) as other:
        walk_in(other, "Side door", NOW, {"last_name": "Ægisson"})
    dialog.merge_with(stick)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.state.text().startswith("1 entry came from stick.checkin.")
    names = {one.attendee.last_name for one in workplace.event_file.records()}
    assert "Ægisson" in names
    dialog.copy_to(stick)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "never overwritten" in dialog.state.text()


def test_somebody_who_scanned_a_code_is_told_what_the_next_step_is(dialog: HubDialog) -> None:
    for view in (HubView(HubPart.NONE), replace(hub(desk(0)), part=HubPart.DESK, status=None)):
        dialog._scanned = PAIRING.link()
        dialog.show_view(view)
        assert dialog.state.text() == "The code of another laptop was read. Enter joins it."


def test_a_desk_on_its_own_is_told_that_nothing_is_lost(
    dialog: HubDialog, workplace: Workplace
) -> None:
    workplace.sharing.state = SharingState(SharingKind.ON_OUR_OWN, waiting=3, since=NOW)
    dialog.show_view(replace(hub(desk(0)), part=HubPart.DESK, status=None))
    shown = " ".join(label.text() for label in dialog.desk.findChildren(QLabel))
    assert "This desk works on, and nothing is lost" in shown


def test_a_scan_answers_the_question_for_the_code_of_another_laptop(
    qtbot: QtBot, dialog: HubDialog
) -> None:
    dialog.show_view(hub(desk(0), is_running=False))
    dialog.show()
    seen: list[str] = []

    def scan() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QInputDialog)
        seen.append(asked.labelText())
        dialog.show_now(PAIRING.link())

    QTimer.singleShot(0, scan)
    dialog.organiser.other_hub.click()
    assert seen == ["Scan the code on the other laptop, paste its link, or type its 16 characters"]
    assert not any(one.isVisible() for one in dialog.findChildren(QInputDialog))
