"""Two desks with a thread each at a real hub, and a network between them that fails."""

from __future__ import annotations

import gc
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from bad_network import BadNetwork, Weather
from founded_hub import FoundedHub, opened
from postgres import PostgresServer, running_postgres

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.errors import EventClosed
from checkin_app.hub.access import Address
from checkin_app.hub.owner import HubOwner
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.privacy.closing import close_event
from checkin_app.services.privacy.person_data import erase_person
from checkin_app.services.sharing.exchanging import scan_sharing, sharing_thread
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.exchanging.offers import Offers
from checkin_app.services.sharing.exchanging.scan_sharing import came_before
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.exchanging.sharing_thread import SharingThread
from checkin_app.services.sharing.hubs.membership import Membership
from checkin_app.storage.event_file import EventFile

DEADLINE_S = 30.0


class Laptop:
    """A laptop with its file, its thread, and its way to the hub."""

    def __init__(self, name: str, path: Path, hub: FoundedHub, network: BadNetwork) -> None:
        self.name = name
        self.network = network
        self.hub = hub
        self.file = EventFile(path)
        self.clock_error = timedelta()
        access = replace(hub.joined(), addresses=(Address("127.0.0.1", network.port),))
        self.access = access
        self.told = threading.Condition()
        self.states: list[SharingState] = []
        self.mistakes: list[Exception] = []
        self.dsn = hub.dsn
        self.thread = SharingThread(
            self.file,
            Membership(access),
            name,
            SharedClock(laptop=lambda: datetime.now(UTC) + self.clock_error),
            state_changed=self._take_state,
            came=lambda _shared: self._come(),
            owner=lambda: HubOwner(self.dsn, hub.event_id),
        )
        self.desk = CheckInDesk(self.file, name, self.file.check_in_lists()[0]).with_sharing(
            self.thread
        )

    def until(self, wanted: Callable[[], bool]) -> None:
        """Returns as soon as that is true; asked when the thread tells anything, and in between."""
        last = time.monotonic() + DEADLINE_S
        with self.told:
            while not wanted():
                assert time.monotonic() < last, (self.name, self.thread.state)
                self.told.wait(0.05)

    def is_shared(self) -> bool:
        """The file is asked as well: what was recorded just now is in no state that was told."""
        is_told = self.thread.state.is_all_shared
        return is_told and not self.file.sharing.waiting(self.access.hub_id)

    def has_told(self, words: str) -> bool:
        """Whether it ever said so, perhaps for a moment only."""
        return any(words in state.trouble for state in tuple(self.states))

    def scan(self, code: str) -> tuple[OutcomeKind, bool | None]:
        outcome = self.desk.handle(Scan(code, ScanSource.KEYBOARD))
        return outcome.kind, outcome.is_shared

    def close(self) -> None:
        self.thread.stop()
        self.thread.join(DEADLINE_S)
        self.file.close()

    def _take_state(self, state: SharingState) -> None:
        self.states.append(state)
        self._wake()

    def _come(self) -> None:
        self._wake()
        if self.mistakes:
            raise self.mistakes.pop()

    def _wake(self) -> None:
        with self.told:
            self.told.notify_all()


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def laptops(server: PostgresServer, tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    with ExitStack() as stack:
        create_sample_event(tmp_path / "1.checkin").close()
        with EventFile(tmp_path / "1.checkin") as event_file:
            hub = FoundedHub(server, server.new_database(), event_file.sharing.event_id())
        stack.callback(hub.open_ones.close)
        shutil.copy(tmp_path / "1.checkin", tmp_path / "2.checkin")
        made = []
        for number in (1, 2):
            network = stack.enter_context(BadNetwork(server.host, server.port))
            laptop = Laptop(f"Desk {number}", tmp_path / f"{number}.checkin", hub, network)
            stack.callback(laptop.close)
            laptop.thread.start()
            made.append(laptop)
        for laptop in made:
            laptop.until(lambda one=laptop: one.is_shared() and one.thread.state.desks == 1)
        yield made[0], made[1]


def expected_codes(laptop: Laptop) -> list[str]:
    return [record.attendee.code for record in laptop.file.records() if record.is_expected]


def scanned_together(
    laptops: tuple[Laptop, Laptop], code: str
) -> list[tuple[OutcomeKind, bool | None]]:
    """What both answer to one badge in the same moment."""
    together = threading.Barrier(2)

    def scan(laptop: Laptop) -> tuple[OutcomeKind, bool | None]:
        together.wait()
        return laptop.scan(code)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(scan, laptops))


@pytest.fixture
def unpolled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks the hub of his own accord."""
    monkeypatch.setattr(sharing_thread, "POLL_S", 10 * DEADLINE_S)


@pytest.mark.usefixtures("unpolled")
def test_a_desk_that_joins_is_counted_as_soon_as_it_has_told_its_name(
    laptops: tuple[Laptop, Laptop],
) -> None:
    # Those wait for it before they are handed out.
    assert [laptop.thread.state.desks for laptop in laptops] == [1, 1]


def test_who_came_in_at_one_desk_is_in_at_the_other(laptops: tuple[Laptop, Laptop]) -> None:
    one, other = laptops
    code = expected_codes(one)[0]
    assert one.scan(code)[0] is OutcomeKind.ADMITTED
    other.until(lambda: other.file.find_code(code) != () and _is_in(other, code))
    outcome = other.desk.handle(Scan(code, ScanSource.KEYBOARD))
    assert outcome.kind is OutcomeKind.ALREADY_IN
    assert outcome.check_in is not None
    assert outcome.check_in.desk == "Desk 1"


def test_of_two_desks_that_scan_one_badge_at_once_exactly_one_lets_it_in(
    laptops: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a machine that is slow, the hub would be too, and each desk would decide alone.
    monkeypatch.setattr(scan_sharing, "ANSWER_WITHIN_S", DEADLINE_S)
    for code in expected_codes(laptops[0])[:20]:
        answers = scanned_together(laptops, code)
        kinds = sorted(kind for kind, _ in answers)
        if all(is_shared is not False for _, is_shared in answers):
            assert kinds == [OutcomeKind.ADMITTED, OutcomeKind.ALREADY_IN]
    for laptop in laptops:
        laptop.until(laptop.is_shared)


def test_a_desk_without_a_network_decides_alone_and_says_so(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    one.network.be(Weather.CUT)
    one.until(lambda: one.thread.state.kind is SharingKind.ON_OUR_OWN)
    code = expected_codes(one)[0]
    assert one.scan(code) == (OutcomeKind.ADMITTED, False)
    assert other.scan(code)[0] is OutcomeKind.ADMITTED
    one.until(lambda: one.thread.state.waiting == 1)
    assert one.thread.state.since is not None
    one.network.be(Weather.FAIR)
    for laptop in laptops:
        laptop.until(laptop.is_shared)
        laptop.until(lambda one=laptop: _later(one, code) == 1)


def test_a_hub_that_hears_and_does_not_answer_is_told_again_and_counts_once(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    one.network.be(Weather.DEAF)
    codes = expected_codes(one)[:3]
    assert [one.scan(code)[0] for code in codes] == [OutcomeKind.ADMITTED] * 3
    one.network.be(Weather.FAIR)
    one.until(one.is_shared)
    other.until(lambda: all(_is_in(other, code) for code in codes))
    assert [_later(other, code) for code in codes] == [0, 0, 0]


def test_a_connection_that_is_open_and_dead_is_noticed(laptops: tuple[Laptop, Laptop]) -> None:
    one, _ = laptops
    one.network.be(Weather.HALF_OPEN)
    code = expected_codes(one)[0]
    assert one.scan(code) == (OutcomeKind.ADMITTED, False)
    # Else the window would not hear when it is shared.
    assert one.thread.state.waiting == 1
    one.until(lambda: one.thread.state.kind is SharingKind.ON_OUR_OWN)
    one.network.be(Weather.FAIR)
    one.until(one.is_shared)


def test_a_hub_restored_from_a_backup_is_given_again_what_it_forgot(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    first, second = expected_codes(one)[:2]
    assert one.scan(first)[0] is OutcomeKind.ADMITTED
    other.until(lambda: _is_in(other, first))
    for laptop in laptops:
        laptop.until(laptop.is_shared)
        laptop.network.be(Weather.CUT)
        laptop.until(lambda one=laptop: one.thread.state.kind is SharingKind.ON_OUR_OWN)
    one.hub.forget_last_parcels(2)
    assert one.scan(second) == (OutcomeKind.ADMITTED, False)
    for laptop in laptops:
        laptop.network.be(Weather.FAIR)
    other.until(lambda: _is_in(other, second))
    for laptop in laptops:
        laptop.until(laptop.is_shared)
    assert one.hub.parcels() >= _parcels_about(one, _person(one, first))


def test_what_one_desk_erases_is_gone_from_the_hub_and_the_other_desk(
    laptops: tuple[Laptop, Laptop], server: PostgresServer
) -> None:
    one, other = laptops
    programme = repr(one.file.event())
    people = [record.attendee for record in one.file.records() if record.is_expected]
    person = next(person for person in people if person.last_name not in programme)
    parcels = _parcels_about(one, person.id)
    assert parcels
    assert all(map(one.hub.body, parcels))
    erase_person(one.file, "Desk 1", datetime.now(UTC), person.id)
    one.thread.wake()
    other.until(lambda: _is_erased(other, person.id))
    one.until(lambda: not one.file.sharing.altered())
    other.until(lambda: not other.file.erasures.is_unfinished())
    assert not any(map(one.hub.body, parcels))
    assert person.last_name.encode() not in other.file.path.read_bytes()


def test_an_event_file_that_vanishes_is_said_and_shared_again_when_it_is_back(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = laptops
    first, second = expected_codes(one)[:2]
    away = tmp_path / "away.checkin"
    other.file.path.rename(away)
    assert one.scan(first)[0] is OutcomeKind.ADMITTED
    other.until(lambda: other.has_told("no longer where it was"))
    # Once more, with the file gone from the beginning.
    other.until(lambda: other.has_told("There is no event file"))
    away.rename(other.file.path)
    assert one.scan(second)[0] is OutcomeKind.ADMITTED
    other.until(lambda: other.is_shared() and _is_in(other, first) and _is_in(other, second))
    assert other.thread.state.trouble == ""


def test_a_mistake_of_the_program_is_said_and_sharing_begins_anew(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    other.mistakes.append(ZeroDivisionError())
    code = expected_codes(one)[0]
    assert one.scan(code)[0] is OutcomeKind.ADMITTED
    other.until(lambda: other.has_told("begins anew"))
    other.until(other.is_shared)
    assert other.thread.state.trouble == ""
    assert _is_in(other, code)


def test_an_organiser_whose_login_at_the_hub_fails_shares_all_the_same(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    one.dsn = "postgresql://nobody:wrong@" + one.dsn.partition("@")[2]
    person = next(record.attendee for record in one.file.records() if record.is_expected)
    erase_person(one.file, "Desk 1", datetime.now(UTC), person.id)
    one.thread.wake()
    one.until(lambda: "organiser" in one.thread.state.trouble)
    assert one.thread.state.kind is SharingKind.SHARED
    code = expected_codes(one)[0]
    assert one.scan(code)[0] is OutcomeKind.ADMITTED
    other.until(lambda: _is_in(other, code))


def test_a_hub_whose_disk_is_full_is_said_until_there_is_room(
    laptops: tuple[Laptop, Laptop],
) -> None:
    one, other = laptops
    parcel = f'"{one.hub.schema}".parcel'
    with psycopg.connect(one.hub.dsn) as organiser:
        organiser.execute(
            f"CREATE FUNCTION {one.hub.schema}.full() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE USING ERRCODE = 'disk_full'; END $$"
        )
        organiser.execute(
            f"CREATE TRIGGER a_full BEFORE INSERT ON {parcel}"
            f" FOR EACH ROW EXECUTE FUNCTION {one.hub.schema}.full()"
        )
    code = expected_codes(one)[0]
    assert one.scan(code) == (OutcomeKind.ADMITTED, False)
    one.until(lambda: "disk of the hub is full" in one.thread.state.trouble)
    assert one.thread.state.waiting == 1
    with psycopg.connect(one.hub.dsn) as organiser:
        organiser.execute(f"DROP TRIGGER a_full ON {parcel}")
    one.until(one.is_shared)
    assert one.thread.state.trouble == ""
    other.until(lambda: _is_in(other, code))


def test_an_event_that_is_closed_at_one_desk_closes_at_the_other_while_it_scans(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    one, other = laptops
    first, second = expected_codes(one)[:2]
    assert one.scan(first)[0] is OutcomeKind.ADMITTED
    close_event(one.file, "Desk 1", datetime.now(UTC), tmp_path / "pack")
    one.thread.wake()
    with suppress(EventClosed):
        other.scan(second)
    other.until(lambda: other.file.erasures.closing() is not None)
    with pytest.raises(EventClosed):
        other.scan(second)
    for laptop in laptops:
        laptop.until(laptop.is_shared)
    # What the other handed in last may be on its way.
    one.until(lambda: one.file.sharing.fold_digest() == other.file.sharing.fold_digest())


def test_a_thread_whose_end_nobody_waits_for_leaves_nothing_open(
    laptops: tuple[Laptop, Laptop],
) -> None:
    """As when a window is closed while the hub says nothing for seconds."""
    one, _ = laptops
    before = set(threading.enumerate())
    thread = SharingThread(
        one.file,
        Membership(one.access),
        one.name,
        SharedClock(),
        state_changed=lambda _state: None,
        came=lambda _shared: None,
    )
    thread.start()
    thread.stop()
    thread.join(0.0)
    one.until(lambda: set(threading.enumerate()) <= before)
    thread.wake()
    with warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always")
        del thread
        gc.collect()
    assert [str(one.message) for one in left_open] == []


def _person(laptop: Laptop, code: str) -> str:
    (match,) = laptop.file.find_code(code)
    return match.attendee_id


def _parcels_about(laptop: Laptop, attendee_id: str) -> set[str]:
    sharing = laptop.file.sharing
    return {
        kept.parcel.id
        for kept in sharing.parcels(sharing.contents().parcels)
        if any(entry.attendee_id == attendee_id for entry in kept.parcel.entries)
    }


def _is_in(laptop: Laptop, code: str) -> bool:
    record = laptop.file.record(_person(laptop, code))
    return record is not None and bool(record.check_ins)


def _later(laptop: Laptop, code: str) -> int:
    record = laptop.file.record(_person(laptop, code))
    assert record is not None
    return len(record.later_check_ins)


def _is_erased(laptop: Laptop, attendee_id: str) -> bool:
    record = laptop.file.record(attendee_id)
    return record is not None and record.is_erased


def test_of_two_windows_on_one_file_each_knows_who_came_first(
    laptops: tuple[Laptop, Laptop],
) -> None:
    """One window hands in and reads what the other waits for."""
    here, elsewhere = laptops
    code = expected_codes(here)[0]
    for laptop in laptops:
        laptop.thread.stop()
        laptop.thread.join(DEADLINE_S)
    windows = [
        Exchange(here.file, here.access, here.name, here.thread.clock),
        Exchange(here.file, here.access, here.name, here.thread.clock),
    ]
    theirs = Exchange(elsewhere.file, elsewhere.access, elsewhere.name, elsewhere.thread.clock)
    with ExitStack() as stack:
        hubs = []
        for exchange, laptop in zip((*windows, theirs), (here, here, elsewhere), strict=True):
            hub = opened(laptop.access)
            stack.callback(hub.close)
            exchange.recognise(hub)
            exchange.take_in(hub)
            exchange.declare_name()
            hubs.append(hub)
        first, own = (
            CheckInDesk(laptop.file, laptop.name, laptop.file.check_in_lists()[0]).handle(
                Scan(code, ScanSource.KEYBOARD)
            )
            for laptop in (elsewhere, here)
        )
        theirs.share(hubs[2])
        windows[1].share(hubs[1])
        windows[1].take_in(hubs[1])
        offers = Offers()
        sent = windows[0].share(hubs[0])
        offers.settle(sent, windows[0].take_in(hubs[0]).came, is_quick=True)
    assert own.check_in is not None
    assert first.check_in is not None
    settled = offers.wait_for(own.check_in.entry_id, 0.0, lambda: None)
    assert settled is not None
    record = here.file.record(own.record.attendee.id if own.record else "")
    assert record is not None
    earlier = came_before(record, own.check_in, settled.number, offers.number_of)
    assert earlier is not None
    assert earlier.entry_id == first.check_in.entry_id
