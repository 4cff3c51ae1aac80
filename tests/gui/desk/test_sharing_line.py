"""The corner of the desk screen that says how the desk stands to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from checkin_app.domain.admission import Outcome, OutcomeKind
from checkin_app.domain.ledger import entry_id, next_clock
from checkin_app.domain.parcels import LARGEST_PARCEL, Parcel
from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.gui.desk.answers.answers import answer_of
from checkin_app.gui.desk.desk_screen import DeskScreen
from checkin_app.gui.workplace import Workplace
from checkin_app.hub.access import NO_TLS, Address, HubAccess
from checkin_app.hub.sealing import DeskKey, new_event_key, sign
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.membership import Membership, keep_membership
from checkin_app.storage.event_file import EventFile

APART = SharingState(
    SharingKind.ON_OUR_OWN, waiting=37, since=datetime(2024, 5, 6, 10, 41, tzinfo=UTC)
)


@pytest.fixture
def screen(qtbot: QtBot, workplace: Workplace) -> DeskScreen:
    screen = DeskScreen(workplace)
    qtbot.addWidget(screen)
    return screen


def tell(workplace: Workplace, state: SharingState) -> None:
    workplace.sharing.state = state
    workplace.sharing.changed.emit()


def test_a_desk_on_its_own_laptop_sees_no_state_line(screen: DeskScreen) -> None:
    assert screen.parts.place.state_line == ""


def told_apart(qtbot: QtBot, screen: DeskScreen, workplace: Workplace) -> None:
    tell(workplace, APART)
    line = "On our own since 12:41, 37 waiting"
    qtbot.waitUntil(lambda: screen.parts.place.state_line == line)


def test_the_state_line_follows_the_hub(
    qtbot: QtBot, screen: DeskScreen, workplace: Workplace
) -> None:
    told_apart(qtbot, screen, workplace)
    tell(workplace, replace(APART, waiting=38))
    assert screen.parts.place.state_line == "On our own since 12:41, 38 waiting"
    tell(workplace, SharingState(SharingKind.SHARED, desks=2))
    assert screen.parts.place.state_line == "Shared with 2 desks, 0 waiting"


def test_a_connection_that_is_there_again_at_once_does_not_make_the_line_flicker(
    screen: DeskScreen, workplace: Workplace
) -> None:
    together = "Shared with 2 desks, 0 waiting"
    tell(workplace, SharingState(SharingKind.SHARED, desks=2))
    tell(workplace, APART)
    assert screen.parts.place.state_line == together
    tell(workplace, SharingState(SharingKind.SHARED, desks=2))
    assert screen.parts.place.state_line == together


def test_a_click_on_the_state_line_leads_to_the_hub(
    qtbot: QtBot, screen: DeskScreen, workplace: Workplace
) -> None:
    told_apart(qtbot, screen, workplace)
    with qtbot.waitSignal(workplace.hub_wanted):
        qtbot.mouseClick(screen.parts.place, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_an_answer_that_is_not_shared_yet_says_so_until_it_is(
    screen: DeskScreen, workplace: Workplace
) -> None:
    event_file = workplace.event_file
    record = event_file.records()[0]
    outcome = Outcome(OutcomeKind.ADMITTED, "", "Registration desk", record, is_shared=False)
    screen.shown.take_outcome(outcome)
    assert screen.parts.answer.answer.mark == "Not yet shared"
    tell(workplace, SharingState(SharingKind.SHARED, desks=1, waiting=1))
    assert screen.parts.answer.answer.mark == "Not yet shared"
    tell(workplace, SharingState(SharingKind.SHARED, desks=1))
    assert screen.parts.answer.answer.mark == ""


def test_an_answer_that_was_shared_on_its_way_here_has_no_mark(
    screen: DeskScreen, workplace: Workplace
) -> None:
    record = workplace.event_file.records()[0]
    outcome = Outcome(OutcomeKind.ADMITTED, "", "Registration desk", record, is_shared=False)
    tell(workplace, SharingState(SharingKind.SHARED, desks=1))
    screen.shown.take_outcome(outcome)
    assert screen.parts.answer.answer.mark == ""


def test_a_desk_without_others_marks_nothing(workplace: Workplace) -> None:
    record = workplace.event_file.records()[0]
    outcome = Outcome(OutcomeKind.ADMITTED, "", "Registration desk", record)
    assert answer_of(outcome, workplace.desk.event).mark == ""


def test_what_waits_is_counted_while_the_hub_is_out_of_reach(
    qtbot: QtBot, screen: DeskScreen, workplace: Workplace, tmp_path
) -> None:
    # So that no thread tries to reach a hub that is not there.
    workplace.sharing.stop()
    memberships = Memberships(tmp_path / "memberships")
    workplace.sharing.places = HubPlaces(tmp_path / "hubs", memberships, tmp_path)
    event_id = workplace.event_file.sharing.event_id()
    keep_membership(memberships, Membership(joined(event_id)))
    already = workplace.event_file.sharing.waiting("2" * 32)
    # First a hub that is thought to be there, and swallows everything.
    tell(workplace, SharingState(SharingKind.SHARED, desks=2))
    states = ("Shared with 2 desks", "Shared with 2 desks", "No longer shared", "No longer shared")
    for count, words in enumerate(states, already + 1):
        if words == "No longer shared":
            tell(workplace, SharingState(SharingKind.WITHDRAWN, waiting=already))
        name = {"last_name": f"Ægisson {count}"}
        walk_in(workplace.event_file, "Desk 1", workplace.clock(), name)
        workplace.changed.emit()
        line = f"{words}, {count} waiting"
        qtbot.waitUntil(lambda line=line: screen.parts.place.state_line == line)


def test_what_the_hub_has_after_all_waits_no_longer(
    qtbot: QtBot, screen: DeskScreen, workplace: Workplace, tmp_path
) -> None:
    # So that no thread tries to reach a hub that is not there.
    workplace.sharing.stop()
    memberships = Memberships(tmp_path / "memberships")
    workplace.sharing.places = HubPlaces(tmp_path / "hubs", memberships, tmp_path)
    access = joined(workplace.event_file.sharing.event_id())
    keep_membership(memberships, Membership(access))
    tell(workplace, SharingState(SharingKind.SHARED, desks=2))
    workplace.changed.emit()
    place = screen.parts.place
    qtbot.waitUntil(lambda: place.state_line not in ("", "Shared with 2 desks, 0 waiting"))
    let_hub_have_all(workplace.event_file, access)
    qtbot.waitUntil(lambda: place.state_line == "Shared with 2 desks, 0 waiting")


def joined(event_id: str) -> HubAccess:
    address, key = Address("192.0.2.20", 47620), DeskKey.new()
    return HubAccess(
        event_id, "2" * 32, (address,), "checkin", "desk", "secret", NO_TLS, new_event_key(), key
    )


def let_hub_have_all(event_file: EventFile, access: HubAccess) -> None:
    """As after an exchange of which nothing is told."""
    now = utc_now()
    entries = event_file.sharing.unshared(LARGEST_PARCEL)
    parcel_id = entry_id(next_clock(0, now), 1)
    parcel = Parcel(parcel_id, access.desk_key.id, 1, entries, is_brought=False)
    with event_file.transaction("Desk 1", now) as transaction:
        transaction.keep_parcel(sign(parcel, access.desk_key, access.event_id))
        transaction.acknowledge(access.hub_id, {parcel_id: 1})
