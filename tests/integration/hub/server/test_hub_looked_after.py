"""What the organiser's laptop sees of a hub that was held up, and does for one that is older."""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from server_folders import reachable_folder

from checkin_app.hub import schema
from checkin_app.hub.access import HubAccess
from checkin_app.hub.server.addresses import lan_addresses
from checkin_app.hub.server.configuration import DATABASE
from checkin_app.hub.server.server import HubServer
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.hubs.hosting import Hosting
from checkin_app.services.sharing.hubs.hub_places import HubPlaces
from checkin_app.services.sharing.hubs.hub_status import hub_status
from checkin_app.services.sharing.hubs.joining import join_event
from checkin_app.services.sharing.hubs.organiser import start_hub_again
from checkin_app.storage.event_file import EventFile

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs an account for PostgreSQL"),
    pytest.mark.skipif(not lan_addresses(), reason="this machine is in no network"),
]


@dataclass
class Organiser:
    """The laptop on which an event's hub runs, and a second desk's access."""

    file: EventFile
    places: HubPlaces
    folder: Path
    open_ones: ExitStack = field(default_factory=ExitStack)

    @property
    def hosting(self) -> Hosting:
        return Hosting(self.file, "Desk 1", self.places, utc_now)

    @property
    def event_id(self) -> str:
        return self.file.sharing.event_id()

    @property
    def schema(self) -> sql.Identifier:
        return sql.Identifier(schema.schema_name(self.event_id))

    def owner(self) -> psycopg.Connection:
        server = HubServer(self.places.folder(self.event_id))
        return self.open_ones.enter_context(psycopg.connect(server.owner_dsn(), autocommit=True))

    def joined(self, name: str) -> HubAccess:
        link = self.hosting.pair().link()
        memberships = Memberships(self.folder / name)
        joined = join_event(link, self.folder / f"{name}.checkin", name, memberships, utc_now)
        return joined.membership.access

    def shares(self, last_name: str) -> int:
        """Registers somebody and hands it in; how much waits after it."""
        walk_in(self.file, "Desk 1", utc_now(), {"last_name": last_name})
        return self.hosting.start().state.waiting


@pytest.fixture
def organiser(empty_path: Path) -> Iterator[Organiser]:
    with reachable_folder() as folder:
        file = folder / "event.checkin"
        shutil.copy(empty_path, file)
        places = HubPlaces(folder / "hubs", Memberships(folder / "memberships"))
        with EventFile(file) as event_file:
            organiser = Organiser(event_file, places, folder)
            try:
                with organiser.open_ones:
                    organiser.hosting.start()
                    yield organiser
            finally:
                organiser.hosting.stop()


def holding_up(organiser: Organiser, access: HubAccess) -> psycopg.Connection:
    """A session of a desk that has a number for a parcel and never commits."""
    address = access.addresses[0]
    session = organiser.open_ones.enter_context(
        psycopg.connect(
            host=address.host,
            port=address.port,
            dbname=DATABASE,
            user=access.role,
            password=access.password,
            autocommit=True,
        )
    )
    session.execute("SET idle_in_transaction_session_timeout = 0")
    session.execute("BEGIN")
    session.execute(
        sql.SQL("INSERT INTO {}.parcel (id, desk, body) VALUES (%s, %s, '')").format(
            organiser.schema
        ),
        (secrets.token_hex(16), access.desk_key.id),
    )
    return session


def test_the_organiser_is_told_which_desk_held_up_the_others(organiser: Organiser) -> None:
    rogue = organiser.joined("Side door")
    assert hub_status(organiser.file, organiser.places).trouble.find("Side door") == -1
    for name, said in (("Öztürk", "once"), ("Nowak", "2 times")):
        session = holding_up(organiser, rogue)
        assert organiser.shares(name) == 0
        with pytest.raises(psycopg.OperationalError):
            session.execute("SELECT 1")
        told = hub_status(organiser.file, organiser.places).trouble
        assert "Side door kept all others from sharing" in told
        assert said in told
    organiser.hosting.withdraw("Side door")
    assert "Side door" not in hub_status(organiser.file, organiser.places).trouble


def test_a_hub_that_runs_gets_what_a_newer_program_knows_when_its_window_opens(
    organiser: Organiser,
) -> None:
    owner = organiser.owner()
    own = organiser.schema
    for statement in (
        "DROP TABLE {own}.hold_up",
        "DROP FUNCTION {own}.end_who_holds_up(xid), {own}.end_who_lingers(),"
        " {own}.end_who_keeps_joining()",
        "UPDATE {own}.hub SET version = 1",
    ):
        owner.execute(sql.SQL(statement).format(own=own))
    started = start_hub_again(organiser.file, "Desk 1", organiser.places, utc_now)
    assert not started
    assert schema.identity(owner, organiser.event_id)[1] == schema.VERSION
    assert organiser.shares("Öztürk") == 0


def test_a_hub_that_is_stopped_is_left_stopped_when_the_window_opens(organiser: Organiser) -> None:
    organiser.hosting.stop()
    assert not start_hub_again(organiser.file, "Desk 1", organiser.places, utc_now)
    assert not organiser.hosting.is_running()
