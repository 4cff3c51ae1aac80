"""A file that was put back to an older copy, and two laptops that share as one desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from founded_hub import FoundedHub, opened
from postgres import PostgresServer

from checkin_app.domain.sharing import SharingState
from checkin_app.hub.connection import HubConnection
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.event_files import create_sample_event
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.exchanging.exchange import Exchange
from checkin_app.services.sharing.hubs.finding import share_now
from checkin_app.services.sharing.hubs.joining import join_event
from checkin_app.services.sharing.hubs.membership import membership_of
from checkin_app.storage.event_file import EventFile


@dataclass
class Laptop:
    """A folder with the memberships of one laptop and its file of the event."""

    folder: Path
    name: str

    @property
    def file(self) -> Path:
        return self.folder / "event.checkin"

    @property
    def memberships(self) -> Memberships:
        return Memberships(self.folder / "memberships")

    def join(self, hub: FoundedHub) -> str:
        """Joins, or joins anew; the id of the desk it is then."""
        link = hub.pairing().link()
        joined = join_event(link, self.file, self.name, self.memberships, utc_now)
        own = joined.membership.access.desk_key.id
        with EventFile(self.file) as event_file:
            names = {desk.id: desk.name for desk in event_file.sharing.desks()}
        self.name = names[own]
        return joined.membership.access.desk_key.id

    def shares(self) -> SharingState:
        with EventFile(self.file) as event_file:
            return share_now(event_file, self.name, self.memberships, utc_now)[1]

    def registers(self, name: str) -> None:
        with EventFile(self.file) as event_file:
            walk_in(event_file, "Door", utc_now(), {"last_name": name})

    def names(self) -> set[str]:
        with EventFile(self.file) as event_file:
            return {record.attendee.last_name for record in event_file.records()}

    def numbers(self, desk: str) -> int:
        with EventFile(self.file) as event_file:
            return event_file.sharing.next_sequence(desk)

    def copied(self, to: Path) -> Laptop:
        shutil.copytree(self.folder, to)
        return Laptop(to, self.name)


@pytest.fixture
def hub(postgres: PostgresServer, tmp_path: Path) -> Iterator[FoundedHub]:
    """The hub of an event that its organiser has shared."""
    first = Laptop(tmp_path / "organiser", "Desk 1")
    first.folder.mkdir()
    create_sample_event(first.file).close()
    with EventFile(first.file) as event_file:
        event_id = event_file.sharing.event_id()
    founded = FoundedHub(postgres, postgres.new_database(), event_id)
    with founded.open_ones:
        first.join(founded)
        yield founded


@pytest.fixture
def door(hub: FoundedHub, tmp_path: Path) -> Laptop:
    laptop = Laptop(tmp_path / "door", "Door")
    laptop.folder.mkdir()
    laptop.join(hub)
    return laptop


def share_and_put_back(laptop: Laptop, desk: str, older: Path) -> int:
    """Hand somebody in, then forget it. Returns the number that the desk's next parcel had."""
    shutil.copy(laptop.file, older)
    laptop.registers("Öztürk")
    laptop.shares()
    number = laptop.numbers(desk)
    shutil.copy(older, laptop.file)
    return number


@contextmanager
def at_the_door(
    hub: FoundedHub, door: Laptop
) -> Iterator[tuple[EventFile, HubConnection, Exchange]]:
    """The desk while its window is open."""
    with ExitStack() as stack:
        event_file = stack.enter_context(EventFile(door.file))
        membership = membership_of(door.memberships, hub.event_id)
        assert membership is not None
        access = stack.enter_context(opened(membership.access))
        yield event_file, access, Exchange(event_file, membership.access, "Door", utc_now)


def test_a_file_put_back_to_an_older_copy_gets_back_what_it_handed_in_and_numbers_on(
    hub: FoundedHub, door: Laptop, tmp_path: Path
) -> None:
    desk = door.join(hub)
    number = share_and_put_back(door, desk, tmp_path / "older.checkin")
    door.registers("Nowak")
    state = door.shares()
    assert {"Öztürk", "Nowak"} <= door.names()
    assert (state.trouble, state.missing) == ("", 0)
    assert door.numbers(desk) == number + 1


def test_a_desk_at_work_reads_before_it_numbers_what_it_hands_in(
    hub: FoundedHub, door: Laptop, tmp_path: Path
) -> None:
    """As the window shares: handing in comes first there."""
    desk = door.join(hub)
    number = share_and_put_back(door, desk, tmp_path / "older.checkin")
    door.registers("Nowak")
    with at_the_door(hub, door) as (_, access, exchange):
        exchange.share(access)
        assert exchange.take_in(access).attendees, "what was read first is told as well"
    assert door.numbers(desk) == number + 1


def test_two_laptops_that_share_as_one_desk_are_told_and_lose_nothing(
    hub: FoundedHub, door: Laptop, tmp_path: Path
) -> None:
    copy = door.copied(tmp_path / "copy")
    with at_the_door(hub, door) as (event_file, access, at_work):
        at_work.take_in(access)
        assert not event_file.sharing.is_key_elsewhere(at_work.desk_id)
        copy.registers("Öztürk")
        copy.shares()
        at_work.take_in(access)
        assert event_file.sharing.is_key_elsewhere(at_work.desk_id)
    assert "Öztürk" in door.names()
    assert "another copy of this event file" in door.shares().trouble
    before = at_work.desk_id
    assert door.join(hub) != before, "with a key of its own"
    assert door.shares().trouble == ""
    assert door.join(hub) != before


def test_a_second_program_at_the_same_file_is_not_taken_for_another_laptop(
    hub: FoundedHub, door: Laptop
) -> None:
    with at_the_door(hub, door) as (event_file, access, window):
        window.take_in(access)
        door.registers("Öztürk")
        door.shares()
        window.take_in(access)
        assert not event_file.sharing.is_key_elsewhere(window.desk_id)
