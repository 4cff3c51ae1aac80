"""A desk that joined and means harm, or works with a broken program, and what the others see."""

from __future__ import annotations

import secrets
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from founded_hub import FoundedHub, new_id, opened, sealed
from postgres import PostgresServer

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.parcels import Parcel, SealedParcel, SignedParcel
from checkin_app.domain.sharing import BorrowedName, SharingState
from checkin_app.hub import sealing
from checkin_app.hub.access import HubAccess
from checkin_app.hub.sealing import unseal
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.services.sharing.exchanging import taking_in
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs import joining
from checkin_app.services.sharing.hubs.joining import join_event
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
        opened(joined.membership.access) as hub,
        EventFile(tmp_path / "2.checkin") as file,
    ):
        late = Exchange(file, joined.membership.access, "Side", utc_now)
        late.recognise(hub)
        assert not late.take_in(hub), "nothing is read once more"


def test_nobody_gives_another_desk_a_name(event: SharedEvent) -> None:
    rogue = event.hub.joined()
    own_id = event.access.desk_key.id
    joined = entry(EntryKind.DESK_JOINED, "Side", desk=rogue.desk_key.id, name="Side")
    forged = entry(EntryKind.DESK_JOINED, "Side", desk=own_id, name="Nobody")
    event.hub.desk(rogue).put([sealed(rogue, 1, joined), sealed(rogue, 2, forged)])
    event.share()
    names = {desk.id: desk.names for desk in event.file.sharing.desks()}
    assert names == {own_id: ("Desk 1",), rogue.desk_key.id: ("Side",)}


def packed_trap(access: HubAccess, sequence: int, document: bytes) -> SealedParcel:
    """A body as a desk seals it, of a document that no program makes."""
    parcel = Parcel(new_id(), access.desk_key.id, sequence, ())
    content = access.desk_key.public + bytes(64) + zlib.compress(document)
    nonce = secrets.token_bytes(12)
    ids = bytes.fromhex(access.event_id + parcel.id + parcel.desk)
    sealed_content = ChaCha20Poly1305(access.event_key).encrypt(
        nonce, content, b"checkin body 1" + ids
    )
    return SealedParcel(parcel.id, parcel.desk, b"\x01" + nonce + sealed_content)


@pytest.mark.parametrize(
    "document", [b"[" + b"{}," * 5_000_000, b"[" + b'{"a":"bc"},' * 300_000, b" " * (64 << 20)]
)
def test_a_body_that_unpacks_to_far_more_is_refused_before_it_takes_the_memory(
    event: SharedEvent, document: bytes
) -> None:
    rogue = event.hub.joined()
    sound = entry(EntryKind.REFUSED, "Side", code="A", outcome="unknown code")
    trap = packed_trap(rogue, 1, document)
    assert len(trap.body) < 200_000
    event.hub.desk(rogue).put([trap, sealed(rogue, 2, sound)])
    tracemalloc.start()
    try:
        shared, _ = event.share()
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert shared.refused == 1
    assert sound.id in {one.id for one in event.file.ledger()}
    assert most_bytes < 130 << 20


def test_many_traps_are_not_opened_all_at_once(event: SharedEvent, tmp_path: Path) -> None:
    rogue = event.hub.joined()
    texts = [
        sealed(rogue, number, entry(EntryKind.REFUSED, "Side", code="A" * 2_000_000))
        for number in range(1, 13)
    ]
    event.hub.desk(rogue).put(texts)
    memberships = Memberships(tmp_path / "memberships")
    tracemalloc.start()
    try:
        shared, _ = event.share()
        _, when_shared = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        text = event.hub.pairing().link()
        joined = join_event(text, tmp_path / "2.checkin", "Late", memberships, utc_now)
        _, when_joined = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (shared.refused, joined.refused) == (0, 0)
    assert max(when_shared, when_joined) < 60 << 20


class Stumbling:
    """A kind of fault that nobody foresaw: one entry makes the program that takes it in stumble."""

    def __init__(self, entry_id: str) -> None:
        self.entry_id = entry_id

    def __call__(self, signed: SealedParcel, *others: object) -> SignedParcel:
        opened = unseal(signed, *others)  # type: ignore[arg-type]
        if self.entry_id in {one.id for one in opened.parcel.entries}:
            raise ZeroDivisionError("Aurélie Vandenbroucke")
        return opened


def test_a_parcel_that_makes_the_program_stumble_holds_up_none_of_the_later_ones(
    event: SharedEvent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rogue = event.hub.joined()
    person = event.file.records()[0].attendee.id
    poison = entry(EntryKind.CHECKED_IN, "Side", person)
    sound = [entry(EntryKind.REFUSED, "Side", code="A", outcome="unknown code") for _ in range(2)]
    parcels = [sealed(rogue, number, one) for number, one in enumerate([sound[0], poison], 1)]
    event.hub.desk(rogue).put([*parcels, sealed(rogue, 3, sound[1])])
    with monkeypatch.context() as older_program:
        older_program.setattr(taking_in, "unseal", Stumbling(poison.id))
        shared, state = event.share()
        assert (shared.refused, state.missing) == (1, 1)
        assert {one.id for one in sound} <= {one.id for one in event.file.ledger()}
        assert "ZeroDivisionError" in caplog.text
        assert "Vandenbroucke" not in caplog.text
        assert event.share()[0].refused == 1, "told again until it came in"
    shared, state = event.share()
    assert (shared.refused, state.missing) == (0, 0)
    assert poison.id in {one.id for one in event.file.ledger()}
    assert event.file.sharing.left_out(event.hub.hub_id) == ()


def test_the_last_parcel_of_a_newer_program_is_read_after_an_update(
    event: SharedEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that comes later shows that it is missing."""
    rogue = event.hub.joined()
    newest = entry(EntryKind.REFUSED, "Side", code="A", outcome="unknown code")
    event.hub.desk(rogue).put([sealed(rogue, 1, newest)])
    with monkeypatch.context() as older_program:
        older_program.setattr(sealing, "_FORMAT", b"\x00")
        shared, state = event.share()
        assert (shared.refused, state.missing) == (1, 0)
    event.share()
    assert newest.id in {one.id for one in event.file.ledger()}


def test_a_parcel_that_makes_the_program_stumble_keeps_nobody_from_joining(
    event: SharedEvent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rogue = event.hub.joined()
    many = [entry(EntryKind.REFUSED, "Side", code="A", outcome="unknown code") for _ in range(40)]
    parcels = [sealed(rogue, number, one) for number, one in enumerate(many, 1)]
    event.hub.desk(rogue).put(parcels)
    stumbling = Stumbling(many[30].id)
    for module in (joining, taking_in):
        monkeypatch.setattr(module, "unseal", stumbling)
    memberships = Memberships(tmp_path / "memberships")
    text = event.hub.pairing().link()
    joined = join_event(text, tmp_path / "2.checkin", "Late", memberships, utc_now)
    assert (joined.is_new_file, joined.refused, joined.state.missing) == (True, 1, 1)
    with EventFile(tmp_path / "2.checkin") as late:
        came = {one.id for one in late.ledger()}
        assert {one.id for one in many} - came == {many[30].id}
        assert late.records() == event.file.records()


def test_what_is_left_out_of_a_new_file_is_looked_at_again_by_a_newer_program(
    event: SharedEvent, tmp_path: Path
) -> None:
    rogue = event.hub.joined()
    nonsense = entry(EntryKind.EVENT_DESCRIBED, "Side", name=["?"])
    event.hub.desk(rogue).put([sealed(rogue, 1, nonsense)])
    memberships = Memberships(tmp_path / "memberships")
    text = event.hub.pairing().link()
    joined = join_event(text, tmp_path / "2.checkin", "Late", memberships, utc_now)
    assert joined.refused == 1
    with EventFile(tmp_path / "2.checkin") as late:
        assert len(late.sharing.left_out(event.hub.hub_id)) == 1
