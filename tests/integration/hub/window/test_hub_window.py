"""Two laptops with a window each: one shares its event, the other joins. Nothing is pretended."""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from window_laptop import WAIT_MS, expected_codes, will_answer

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import SharingKind
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.opening import open_for_desk
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.pairing import Pairing, PairingCode
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.sharing.hubs.hosting import Hosting

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]


def test_a_second_laptop_joins_by_scanning_and_sees_what_the_first_does(
    qtbot, first, other
) -> None:
    link = first.shares()
    picture = first.folder / "shown.png"
    first.dialog.organiser.pairing.grab().save(str(picture))
    assert [found.text for found in codes_in_file(picture)] == [link]
    first.until(lambda: first.state_line == "Shared, no other desk yet")

    other.reads(link)
    other.until(lambda: other.has_dialog)
    other.until(other.dialog.first.isVisible)
    other.until(lambda: other.dialog.first.link.text() == link)
    QTest.keyClick(other.dialog, Qt.Key.Key_Return)
    other.is_joined()
    first.is_joined()
    assert other.workplace.event_file.path.parent == other.places.events
    assert other.workplace.event_file.path.stem == other.workplace.desk.event.name
    other.until(lambda: other.state_line == "Shared with 1 desk, 0 waiting")

    code = expected_codes(first)[0]
    assert first.scans(code) is OutcomeKind.ADMITTED
    other.until(lambda: other.has_in(code))
    assert other.scans(code) is OutcomeKind.ALREADY_IN


def test_the_code_stays_the_same_when_the_hub_and_the_window_were_stopped(
    qtbot, one, other
) -> None:
    link = one.shares()
    one.stops()
    path = one.workplace.event_file.path
    one.dialog.close()
    one.window.show_event(open_for_desk(path, "Desk 1"))
    assert one.shares() == link
    other.joins(link)
    other.is_joined()


def test_a_laptop_joins_by_the_pasted_link_while_the_dialog_is_closed_and_tickets_go_on(
    qtbot, one, other
) -> None:
    link = one.shares()
    code = expected_codes(one)[0]
    # The dialog is still open: the answer to a ticket lies above it.
    assert one.scans(code) is OutcomeKind.ADMITTED
    assert one.desk.shown.over_dialog.window.isVisible()
    other.joins(link)
    assert other.dialog.is_busy
    other.dialog.close()
    other.is_joined()
    assert other.window.settings.desk_name == "Side door"
    assert "Side door" in other.window.messages.text
    assert other.window.messages.act.text() == "Name this desk…"
    other.until(lambda: other.has_in(code))
    assert other.scans(code) is OutcomeKind.ALREADY_IN


def test_two_laptops_of_one_name_get_names_of_their_own(qtbot, one, other) -> None:
    other.window.change_settings(desk_name="Desk 1")
    own = other.workplace.event_file.path
    other.window.show_event(open_for_desk(own, "Desk 1"))
    other.joins(one.shares())
    other.is_joined()
    assert other.window.settings.desk_name == "Desk 2"
    assert other.workplace.desk.desk_name == "Desk 2"


def test_a_typed_code_is_enough_in_one_network(qtbot, one, other) -> None:
    one.shares()
    other.joins(one.dialog.organiser.pairing.code.text())
    other.is_joined()


def test_a_hub_that_stops_leaves_everybody_on_their_own_until_it_runs_again(
    qtbot, one, other
) -> None:
    other.joins(one.shares())
    other.is_joined()
    one.stops()
    other.until(lambda: other.state_line.startswith("On our own since"))
    assert other.scans(expected_codes(other)[0]) is OutcomeKind.ADMITTED
    assert other.desk.shown.outcome.is_shared is False
    other.until(lambda: other.state_line.endswith(", 1 waiting"))
    one.dialog.organiser.start.click()
    one.until(lambda: bool(one.dialog.organiser.pairing.link))
    other.is_joined()
    one.is_joined()
    other.until(lambda: other.desk.parts.answer.answer.mark == "")


def test_a_window_shares_what_the_command_line_began_to_share(qtbot, one) -> None:
    one.places.memberships.forget(one.workplace.event_file.sharing.event_id())
    one.window.show_event(open_for_desk(one.workplace.event_file.path, "Desk 1"))
    one.until(lambda: one.workplace.sharing.state.kind is SharingKind.ALONE)
    with open_event(one.workplace.event_file.path) as event_file:
        Hosting(event_file, "Desk 1", one.places, utc_now).take_over()
    one.until(lambda: one.workplace.sharing.state.is_all_shared)


def test_a_withdrawn_desk_is_told_and_comes_back_with_a_new_code(qtbot, one, other) -> None:
    other.joins(one.shares())
    other.is_joined()
    lines = one.dialog.organiser.desks
    one.until(lambda: len(lines.lines) == 2)
    before = one.dialog.organiser.pairing.link
    will_answer("Withdraw")
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


def test_a_code_on_paper_goes_with_the_desk_that_joined_by_it(qtbot, one, other) -> None:
    one.shares()
    with open_event(one.workplace.event_file.path) as event_file:
        on_paper = Hosting(event_file, "Desk 1", one.places, utc_now).pair().link()
    other.joins(on_paper)
    other.is_joined()
    lines = one.dialog.organiser.desks
    one.until(lambda: len(lines.lines) == 2)
    will_answer("Withdraw")
    (button,) = [one for one in lines.findChildren(QPushButton) if one.isVisible()]
    button.click()
    other.until(lambda: other.state_line.startswith("No longer shared"))
    one.until(lambda: not one.dialog.is_busy)
    other.joins(on_paper)
    other.until(lambda: "withdrawn" in other.dialog.state.text())


def test_a_withdrawn_code_lets_nobody_in(qtbot, one, other) -> None:
    link = one.shares()
    one.dialog.organiser.pairing.withdraw.click()
    one.until(lambda: not one.dialog.is_busy)
    one.until(lambda: one.dialog.organiser.pairing.link == "")
    other.joins(link)
    other.until(lambda: "withdrawn" in other.dialog.state.text())
    assert other.dialog.first.link.text() == link
    assert other.state_line == ""


def test_a_laptop_takes_over_and_the_one_before_joins_it(qtbot, one, other) -> None:
    other.joins(one.shares())
    other.is_joined()
    one.is_joined()
    one.stops()
    other.looks_at_desks()
    other.until(other.dialog.desk.isVisible)
    will_answer("Make it the hub")
    other.dialog.desk.take_over.click()
    other.until(lambda: bool(other.dialog.organiser.pairing.link))
    link = other.dialog.organiser.pairing.link
    other.is_joined(desks=0)

    will_answer("Join the other one")
    one.reads(link)
    one.until(lambda: not one.is_hub_running())
    one.is_joined()
    other.is_joined()
    one.looks_at_desks()
    one.until(one.dialog.desk.isVisible)
    code = expected_codes(one)[0]
    assert one.scans(code) is OutcomeKind.ADMITTED
    other.until(lambda: other.has_in(code))
    assert other.scans(code) is OutcomeKind.ALREADY_IN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "code"),
        ("CHECKIN://JOIN/0W0M77YRMD5BPSSAX4C001V3D1JP", "code"),
    ],
)
def test_what_is_no_pairing_is_said_so_and_stays_in_the_field(qtbot, other, text, words) -> None:
    other.joins(text)
    other.until(lambda: words in other.dialog.state.text())
    assert other.dialog.first.link.text() == text
    assert other.dialog.first.isEnabled()


def test_enter_in_an_empty_field_does_nothing(qtbot, other) -> None:
    dialog = other.looks_at_desks()
    other.until(dialog.first.isVisible)
    QTest.keyClick(dialog.first.link, Qt.Key.Key_Return)
    assert not dialog.is_busy
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_file_that_cannot_be_made_is_told(qtbot, one, other) -> None:
    link = one.shares()
    other.places.events.write_text("in the way of the folder")
    other.joins(link)
    other.until(lambda: "Check the disk" in other.dialog.state.text())
    assert not other.dialog.is_busy


def test_files_are_merged_without_a_network(qtbot, first, tmp_path) -> None:
    stick = tmp_path / "stick.checkin"
    dialog = first.looks_at_desks()
    first.until(dialog.first.isVisible)
    dialog.copy_to(stick)
    first.until(lambda: "stick.checkin has all" in dialog.state.text() and not dialog.is_busy)
    code = expected_codes(first)[0]
    with open_event(stick) as event_file:
        CheckInDesk(event_file, "Side door", event_file.check_in_lists()[0]).handle(
            Scan(code, ScanSource.KEYBOARD)
        )
    dialog.merge_with(stick)
    first.until(lambda: "came from stick.checkin" in dialog.state.text() and not dialog.is_busy)
    dialog.close()
    assert first.scans(code) is OutcomeKind.ALREADY_IN


def test_closing_the_window_waits_for_no_network(qtbot, other) -> None:
    """However long a hub takes to answer; the file is closed when nobody needs it any more."""
    dialog = other.looks_at_desks()
    other.until(dialog.first.isVisible)
    with ExitStack() as in_the_end:
        asked, answered = threading.Event(), threading.Event()
        in_the_end.callback(answered.set)
        other.window.tasks.run(Lane.HUB, lambda: (asked.set(), answered.wait()))
        # The dialog may still be looking for hubs: what has not begun when it closes never does.
        other.until(asked.is_set)
        here = Address("127.0.0.1", 47620)
        dialog.first.link.setText(Pairing(PairingCode.new(), (here,), "checkin", NO_TLS).link())
        dialog.first.join.click()
        assert dialog.is_busy
        assert not other.window.close()
        assert "Joining the other desks" in other.window.messages.text
        assert other.window.close()
        last = next(thread for thread in threading.enumerate() if thread.name == "end")
    last.join(WAIT_MS / 1000)
    assert not last.is_alive()
