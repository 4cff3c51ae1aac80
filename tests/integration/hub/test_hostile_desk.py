"""A desk that joined and means harm, or works with a broken program, and what the others see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from founded_hub import FoundedHub, new_id, sealed
from postgres import PostgresServer

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.sharing import BorrowedName, SharingState
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.services.sharing.exchange import Exchange
from checkin_app.services.sharing.joining import join_event
from checkin_app.services.sharing.one_exchange import exchange_once
from checkin_app.services.sharing.shared import Shared
from checkin_app.services.sharing.shared_clock import SharedClock
from checkin_app.storage.event_file import EventFile


@dataclass
class SharedEvent:
    """The organiser's desk, "Desk 1", and the hub of its event."""

    file: EventFile
    hub: FoundedHub
    access: HubAccess

    def share(self) -> tuple[Shared, SharingState]:
        return exchange_once(self.file, self.access, "Desk 1", SharedClock())


@pytest.fixture
def event(postgres: PostgresServer, tmp_path: Path) -> Iterator[SharedEvent]:
    with create_sample_event(tmp_path / "1.checkin") as event_file:
        hub = FoundedHub(postgres, postgres.new_database(), event_file.sharing.event_id())
        with hub.open_ones:
            shared = SharedEvent(event_file, hub, hub.joined())
            shared.share()
            yield shared


def entry(kind: EntryKind, under: str, about: str = "", **payload: object) -> Entry:
    list_id = "registration" if kind is EntryKind.CHECKED_IN else ""
    return Entry(new_id(), kind, datetime.now(UTC), under, about, list_id, payload)


def test_entries_under_the_name_of_another_desk_come_in_and_are_told(event: SharedEvent) -> None:
    rogue = event.hub.joined()
    person = event.file.records()[0].attendee.id
    joined = entry(EntryKind.DESK_JOINED, "Side", desk=rogue.desk_key.id, name="Side")
    forged = entry(EntryKind.CHECKED_IN, "Desk 1", person)
    event.hub.desk(rogue).put([sealed(rogue, 1, joined), sealed(rogue, 2, forged)])
    _, state = event.share()
    assert state.borrowed == 1
    borrowed = BorrowedName("Desk 1", rogue.desk_key.id, 1)
    assert event.file.sharing.borrowed_names() == (borrowed,)


def test_what_no_desk_writes_is_left_out_and_told_and_holds_up_nothing(event: SharedEvent) -> None:
    rogue = event.hub.joined()
    nonsense = entry(EntryKind.EVENT_DESCRIBED, "Side", name=["?"])
    sound = entry(EntryKind.REFUSED, "Side", code="A", outcome="unknown code")
    event.hub.desk(rogue).put([sealed(rogue, 1, nonsense), sealed(rogue, 2, sound)])
    shared, state = event.share()
    assert (shared.refused, state.refused, state.missing) == (1, 1, 1)
    assert sound.id in {one.id for one in event.file.ledger()}
    shared, _ = event.share()
    assert shared.refused == 1, "looked at again while something is missing"


def test_who_joins_after_an_erasure_misses_nothing(event: SharedEvent, tmp_path: Path) -> None:
    person = next(one.attendee for one in event.file.records() if one.is_expected)
    erase_person(event.file, "Desk 1", utc_now(), person.id)
    event.share()
    exchange = Exchange(event.file, event.access, "Desk 1", utc_now)
    exchange.declare_name()
    exchange.blank(event.hub.hub_id, event.hub.owner)
    text = event.hub.pairing().link()
    memberships = Memberships(tmp_path / "memberships")
    joined = join_event(text, tmp_path / "2.checkin", "Side", memberships, utc_now)
    assert (joined.refused, joined.state.missing, joined.state.borrowed) == (0, 0, 0)
    with (
        HubConnection.open(joined.membership.access) as hub,
        EventFile(tmp_path / "2.checkin") as file,
    ):
        late = Exchange(file, joined.membership.access, "Side", utc_now)
        late.recognise(hub)
        assert not late.take_in(hub), "nothing is read once more"
