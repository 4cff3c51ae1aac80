"""Laptops that found a hub, join it, and take it over: each with its own file and keys."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from free_ports import free_port
from multicast import hears_itself
from postgres import PostgresServer
from server_folders import reachable_folder

from checkin_app.domain.sharing import SharingState
from checkin_app.errors import (
    HubError,
    HubRefused,
    HubUnreachable,
    OtherEvent,
    PairingUnreadable,
    UsageError,
)
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.postmaster import running_postmaster
from checkin_app.hub.server.server import HubServer
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import open_event
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.hubs.finding import share_now
from checkin_app.services.sharing.hubs.hosting import Hosting, HubStarted
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.hub_status import HubStatus, hub_status
from checkin_app.services.sharing.hubs.joining import Joined, join_event
from checkin_app.storage.event_file import EventFile

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]


in_a_network = pytest.mark.skipif(
    not hears_itself(), reason="this machine is in no network that lets laptops tell each other"
)


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop with its own folders and its file of the event."""

    name: str
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "event.checkin"

    @property
    def places(self) -> HubPlaces:
        return HubPlaces(self.folder / "hubs", Memberships(self.folder / "memberships"))

    @property
    def server(self) -> HubServer:
        with open_event(self.file) as event_file:
            return HubServer(self.places.folder(event_file.sharing.event_id()))

    def hosting(self, event_file: EventFile) -> Hosting:
        return Hosting(event_file, self.name, self.places, utc_now)

    def start(self) -> HubStarted:
        with open_event(self.file) as event_file:
            return self.hosting(event_file).start()

    def take_over(self) -> HubStarted:
        with open_event(self.file) as event_file:
            return self.hosting(event_file).take_over()

    def stop(self) -> bool:
        with open_event(self.file) as event_file:
            return self.hosting(event_file).stop()

    def link(self) -> str:
        with open_event(self.file) as event_file:
            return self.hosting(event_file).pair().link()

    def withdraw(self, which: str) -> str:
        with open_event(self.file) as event_file:
            return self.hosting(event_file).withdraw(which)

    def status(self) -> HubStatus:
        with open_event(self.file) as event_file:
            return hub_status(event_file, self.places)

    def join(self, link: str) -> Joined:
        return join_event(link, self.file, self.name, self.places.memberships, utc_now)

    def share(self) -> tuple[Shared, SharingState]:
        with open_event(self.file) as event_file:
            return share_now(event_file, self.name, self.places.memberships, utc_now)

    def has_shared(self) -> bool:
        """Tries to; whether all it has is shared now."""
        try:
            return self.share()[1].waiting == 0
        except HubUnreachable:
            return False

    def copy_from(self, other: Laptop) -> None:
        shutil.copy(other.file, self.file)

    def registers(self, last_name: str) -> None:
        """Somebody walks in here."""
        with open_event(self.file) as event_file:
            walk_in(event_file, self.name, utc_now(), {"last_name": last_name})

    def people(self) -> set[str]:
        with open_event(self.file) as event_file:
            return {record.attendee.last_name for record in event_file.records()}


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it never was so")


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


def new_laptop(folder: Path, name: str) -> Laptop:
    laptop = Laptop(name, folder / name)
    laptop.folder.mkdir()
    return laptop


@pytest.fixture(scope="module")
def new_server() -> Iterator[Path]:
    """The files of a server that never held anything: to make them takes longest."""
    with reachable_folder() as folder:
        server = HubServer(folder / "server")
        # Copies keep its port: not one that any other hub takes while theirs is stopped.
        server.start(free_port())
        server.stop()
        yield server.folder


@pytest.fixture
def first(folder: Path, empty_path: Path) -> Iterator[Laptop]:
    """The organiser's laptop, with somebody on the list."""
    laptop = new_laptop(folder, "Desk 1")
    shutil.copy(empty_path, laptop.file)
    laptop.registers("Ångström")
    yield laptop
    laptop.server.stop()


@pytest.fixture
def hub(first: Laptop, new_server: Path) -> Laptop:
    """The organiser's laptop, on which the hub runs."""
    first.places.hubs.mkdir()
    # With the owner of each file, which only this program keeps.
    subprocess.run(["cp", "-a", new_server, first.server.folder], check=True)
    first.start()
    return first


@pytest.fixture
def second(folder: Path) -> Iterator[Laptop]:
    laptop = new_laptop(folder, "Desk 2")
    yield laptop
    if laptop.file.exists():
        laptop.server.stop()


def test_a_hub_that_is_founded_holds_all_that_the_file_holds(first: Laptop) -> None:
    started = first.start()
    assert (started.is_new, started.was_running, started.state.waiting) == (True, False, 0)
    assert started.addresses
    again = first.start()
    assert (again.is_new, again.was_running) == (False, True)
    status = first.status()
    assert status.is_running
    assert status.parcels > 0
    assert [named.name for named in status.desks] == ["Desk 1"]


def test_a_laptop_that_joins_by_link_has_the_whole_event(hub: Laptop, second: Laptop) -> None:
    joined = second.join(hub.link())
    assert (joined.is_new_file, joined.refused) == (True, 0)
    with open_event(second.file) as copy, open_event(hub.file) as own:
        assert copy.verify().ok
        assert copy.event() == own.event()
        assert copy.records() == own.records()
        assert copy.sharing.event_id() == own.sharing.event_id()


def test_what_one_desk_writes_the_other_has_after_both_shared(hub: Laptop, second: Laptop) -> None:
    second.join(hub.link())
    hub.registers("Öztürk")
    second.registers("Şahin")
    hub.share()
    second.share()
    hub.share()
    assert hub.people() == second.people() == {"Ångström", "Öztürk", "Şahin"}


def test_a_copy_of_the_file_joins_with_what_it_has_of_its_own(hub: Laptop, second: Laptop) -> None:
    second.copy_from(hub)
    second.registers("Şahin")
    joined = second.join(hub.link())
    assert (joined.is_new_file, joined.state.waiting) == (False, 0)
    hub.share()
    assert hub.people() == {"Ångström", "Şahin"}


def test_a_file_of_another_event_stays_as_it_is(
    hub: Laptop, second: Laptop, sample_path: Path
) -> None:
    shutil.copy(sample_path, second.file)
    before = second.people()
    with pytest.raises(OtherEvent, match="another event"):
        second.join(hub.link())
    assert second.people() == before
    with pytest.raises(UsageError, match="shares the event with nobody"):
        second.share()


@in_a_network
def test_a_code_that_was_typed_finds_the_hub_by_itself(hub: Laptop, second: Laptop) -> None:
    with open_event(hub.file) as event_file:
        code = hub.hosting(event_file).pair().code
    second.join(code.printed().lower())
    assert second.people() == {"Ångström"}


def test_a_pairing_that_was_withdrawn_lets_nobody_in(hub: Laptop, second: Laptop) -> None:
    with open_event(hub.file) as event_file:
        pairing = hub.hosting(event_file).pair()
        assert hub.hosting(event_file).withdraw(pairing.code.id) == pairing.code.id
    with pytest.raises(HubRefused, match="withdrawn"):
        second.join(pairing.link())
    assert not second.file.exists()


def test_a_desk_that_was_withdrawn_is_let_in_again_by_a_new_pairing(
    hub: Laptop, second: Laptop
) -> None:
    second.join(hub.link())
    first_id = hub.withdraw("desk 2")
    second.registers("Şahin")
    with pytest.raises(HubRefused, match="withdrawn"):
        second.share()
    assert [named.desk.withdrawn_at is None for named in hub.status().desks] == [True, False]
    joined = second.join(hub.link())
    assert joined.membership.access.desk_key.id != first_id
    hub.share()
    assert hub.people() == {"Ångström", "Şahin"}


def test_of_a_desk_it_is_known_which_code_could_let_it_in_again(
    hub: Laptop, second: Laptop
) -> None:
    with open_event(hub.file) as event_file:
        hosting = hub.hosting(event_file)
        used, unused = hosting.pair(), hosting.pair()
        second.join(used.link())
        desk_id = hosting.withdraw("desk 2")
        code = hosting.code_of(desk_id)
        assert code is not None
        assert code.id == used.code.id != unused.code.id
        hosting.withdraw(code.id)
        assert hosting.code_of(desk_id) is None
        # A code has none of its own, and this laptop's was withdrawn as soon as it had joined.
        for other in (unused.code.id, hub.status().desks[0].desk.id):
            assert hosting.code_of(other) is None


def test_what_is_withdrawn_has_to_be_there_and_not_oneself(hub: Laptop) -> None:
    with pytest.raises(UsageError, match="no single pairing or desk “Desk 9”"):
        hub.withdraw("Desk 9")
    with pytest.raises(UsageError, match="cannot withdraw itself"):
        hub.withdraw("Desk 1")


def test_any_desk_takes_over_when_the_laptop_with_the_hub_is_lost(
    hub: Laptop, second: Laptop, folder: Path
) -> None:
    second.join(hub.link())
    second.registers("Şahin")
    hub.server.remove()
    with pytest.raises(HubUnreachable):
        second.share()
    started = second.take_over()
    assert (started.is_new, started.state.waiting) == (True, 0)
    assert started.state.desks == 0
    third = new_laptop(folder, "Desk 3")
    third.join(second.link())
    assert third.people() == {"Ångström", "Şahin"}
    # The laptop that was lost comes back, as a desk as any other.
    hub.registers("Öztürk")
    hub.join(second.link())
    assert second.share()[1].desks == 2
    assert second.people() == {"Ångström", "Şahin", "Öztürk"}
    with pytest.raises(UsageError, match="desk of a hub elsewhere"):
        hub.start()
    assert hub.share()[1].waiting == 0


def test_a_hub_that_answers_is_not_taken_over_by_mistake(hub: Laptop, second: Laptop) -> None:
    second.join(hub.link())
    with pytest.raises(UsageError, match="stop it there first"):
        second.take_over()
    hub.stop()
    assert second.take_over().is_new
    hub.join(second.link())
    for ask in (hub.status, hub.link):
        with pytest.raises(UsageError, match="desk of another hub now"):
            ask()
    assert not hub.stop()


def test_a_second_hub_for_the_same_event_is_not_started_by_mistake(
    hub: Laptop, second: Laptop
) -> None:
    second.join(hub.link())
    with pytest.raises(UsageError, match="make this laptop the hub"):
        second.start()
    with pytest.raises(UsageError, match="on this laptop already"):
        hub.take_over()


def test_without_the_events_key_a_hub_is_not_mixed_with_another(hub: Laptop) -> None:
    event_id = hub.server.folder.name
    hub.places.memberships.forget(event_id)
    with pytest.raises(HubError, match="sealed with a key"):
        hub.start()
    with pytest.raises(UsageError, match="Start that"):
        hub.link()
    assert hub.take_over().state.waiting == 0


def test_a_hub_whose_postgresql_is_gone_after_an_update_is_taken_over_from_itself(
    hub: Laptop,
) -> None:
    hub.stop()
    (hub.server.folder / "data" / "PG_VERSION").write_text("99\n")
    with pytest.raises(HubError, match="take the hub over"):
        hub.start()
    assert hub.take_over().state.waiting == 0


def test_a_hub_that_was_killed_is_started_again_by_its_keeper(hub: Laptop) -> None:
    data = hub.server.folder / "data"
    killed = running_postmaster(data)
    assert killed
    os.kill(killed.pid, signal.SIGKILL)
    wait_until(lambda: (now := running_postmaster(data)) is not None and now.pid != killed.pid)
    assert hub.start().was_running
    hub.registers("Öztürk")
    assert hub.share()[1].waiting == 0


@in_a_network
def test_a_desk_finds_its_hub_at_another_port(hub: Laptop, second: Laptop) -> None:
    second.join(hub.link())
    port = hub.server.port()
    hub.stop()
    with socket.create_server(("0.0.0.0", port)):
        started = hub.start()
        assert started.moved_from == port
        second.registers("Şahin")
        # The network may hear of the old port for some seconds more.
        wait_until(second.has_shared)
    hub.share()
    assert hub.people() == {"Ångström", "Şahin"}


def test_a_renamed_event_file_keeps_its_hub(hub: Laptop) -> None:
    with open_event(hub.file.rename(hub.folder / "renamed.checkin")) as event_file:
        assert hub_status(event_file, hub.places).is_running
        assert hub.hosting(event_file).stop()
    (hub.folder / "renamed.checkin").rename(hub.file)


def test_a_stopped_hub_says_so_and_holds_nobody_up(hub: Laptop) -> None:
    assert hub.stop()
    assert not hub.stop()
    assert not hub.status().is_running
    with pytest.raises(HubError, match="not running"):
        hub.link()
    hub.registers("Öztürk")
    assert hub.start().state.waiting == 0


def test_a_postgresql_that_is_there_already_serves_as_well(
    first: Laptop, second: Laptop, postgres: PostgresServer
) -> None:
    dsn = postgres.new_database()
    with open_event(first.file) as event_file:
        assert first.hosting(event_file).found_elsewhere(dsn).is_new
        assert not first.hosting(event_file).found_elsewhere(dsn).is_new
    status = first.status()
    assert (status.is_here, status.is_running, len(status.desks)) == (False, True, 1)
    with pytest.raises(UsageError, match="elsewhere"):
        first.start()
    with pytest.raises(UsageError, match="elsewhere"):
        first.stop()
    with open_event(first.file) as event_file:
        first.hosting(event_file).remove()
        assert first.hosting(event_file).found_elsewhere(dsn).is_new


def test_a_hub_moves_to_a_postgresql_that_is_there_already(
    hub: Laptop, postgres: PostgresServer
) -> None:
    dsn = postgres.new_database()
    with open_event(hub.file) as event_file:
        hosting = hub.hosting(event_file)
        with pytest.raises(UsageError, match="stop it there first"):
            hosting.take_over(dsn=dsn)
        hosting.stop()
        started = hosting.take_over(dsn=dsn)
        with pytest.raises(UsageError, match="in that database already"):
            hosting.take_over(dsn=dsn)
    assert (started.is_new, started.state.waiting) == (True, 0)
    status = hub.status()
    assert (status.is_here, status.parcels > 0) == (False, True)
    assert not hub.server.is_whole()


def test_another_database_of_the_same_server_is_another_hub(
    first: Laptop, postgres: PostgresServer
) -> None:
    with open_event(first.file) as event_file:
        hosting = first.hosting(event_file)
        hosting.found_elsewhere(postgres.new_database())
        other = postgres.new_database()
        with pytest.raises(UsageError, match="desk of a hub elsewhere"):
            hosting.found_elsewhere(other)
        with pytest.raises(UsageError, match="stop it there first"):
            hosting.take_over(dsn=other)
        assert hosting.take_over(dsn=other, anyway=True).is_new


def test_a_hub_that_is_deleted_leaves_the_files_and_nothing_else(
    hub: Laptop, second: Laptop
) -> None:
    second.join(hub.link())
    with open_event(hub.file) as event_file:
        hub.hosting(event_file).remove()
    assert not hub.server.folder.exists()
    assert hub.people() == second.people() == {"Ångström"}
    with pytest.raises(UsageError, match="organises no hub"):
        hub.status()
    assert hub.start().is_new


def test_what_is_no_pairing_is_said(second: Laptop) -> None:
    with pytest.raises(PairingUnreadable):
        second.join("https://example.org/")
    assert not second.file.exists()


def test_a_laptop_without_a_hub_says_how_to_have_one(first: Laptop) -> None:
    for ask in (first.status, first.link, first.stop):
        with pytest.raises(UsageError, match="organises no hub"):
            ask()
