"""An event's hub on a real server, and desks that join it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg
from postgres import PostgresServer

from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.parcels import Parcel, SealedParcel
from checkin_app.errors import HubUnreachable
from checkin_app.hub.access import NO_TLS, Address, HubAccess, Tls
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.schema import schema_name
from checkin_app.hub.sealing import DeskKey, new_event_key, seal, sign

GUEST = "Aurélie Vandenbroucke"
ANY_TIME_S = 60.0
"""So long a test waits for a hub that is there: how quick the machine is, is not on trial."""


@dataclass
class FoundedHub:
    """A hub with its organiser.

    Attributes:
        dsn: the organiser's login.
        schema: where the event lies in the database.
    """

    server: PostgresServer
    dsn: str
    event_id: str = field(default_factory=lambda: new_id())
    event_key: bytes = field(default_factory=new_event_key)
    open_ones: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.owner = self.open_ones.enter_context(HubOwner(self.dsn, self.event_id))
        self.hub_id = self.owner.found()
        self.schema = schema_name(self.event_id)

    @property
    def database(self) -> str:
        return self.dsn.rpartition("/")[2]

    def pairing(self, tls: Tls = NO_TLS, valid: timedelta = timedelta(hours=1)) -> Pairing:
        """A new one, at the server's only address."""
        code = self.owner.new_pairing(self.event_key, datetime.now(UTC) + valid)
        return Pairing(code, (Address(self.server.host, self.server.port),), self.database, tls)

    def joined(self) -> HubAccess:
        """A new desk's access."""
        return join(self.pairing(), DeskKey.new(), ANY_TIME_S)

    def parcels(self) -> set[str]:
        """Ids of all parcels that are there."""
        with psycopg.connect(self.dsn) as connection:
            rows = connection.execute(f'SELECT id FROM "{self.schema}".parcel').fetchall()
        return {id_.hex for (id_,) in rows}

    def body(self, parcel_id: str) -> bytes:
        """What the hub holds of a parcel, sealed; empty once it was blanked."""
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(
                f'SELECT body FROM "{self.schema}".parcel WHERE id = %s', (parcel_id,)
            ).fetchone()
        assert row is not None
        return bytes(row[0])

    def forget_last_parcels(self, count: int) -> None:
        """Be as a backup had it that was made before the last parcels came."""
        with psycopg.connect(self.dsn) as connection:
            numbering, parcel = f'"{self.schema}".numbering', f'"{self.schema}".parcel'
            connection.execute(f"UPDATE {numbering} SET last = last - %s", (count,))
            connection.execute(
                f"DELETE FROM {parcel} WHERE number > (SELECT last FROM {numbering})"
            )

    def desk(self, access: HubAccess | None = None) -> HubConnection:
        """An open connection of a desk, a new one unless told whose."""
        return self.open_ones.enter_context(opened(access or self.joined()))

    def psql(self, access: HubAccess) -> psycopg.Connection:
        """A desk that speaks SQL by itself, with the login it was given."""
        connection = psycopg.connect(
            host=self.server.host,
            port=self.server.port,
            dbname=access.database,
            user=access.role,
            password=access.password,
            autocommit=True,
        )
        return self.open_ones.enter_context(connection)


@contextmanager
def founded_hub(server: PostgresServer, dsn: str | None = None) -> Iterator[FoundedHub]:
    """A hub beside those of other events, unless told in which database."""
    hub = FoundedHub(server, dsn or server.dsn)
    with hub.open_ones:
        yield hub


def opened(access: HubAccess) -> HubConnection:
    """A desk's connection to a hub that is there, or says no."""
    return HubConnection.open(access, ANY_TIME_S)


def handed_in(desk: HubConnection, access: HubAccess, parcels: Sequence[SealedParcel]) -> list[int]:
    """The numbers of parcels that are put one by one, by a desk that goes on until all are there.

    On a machine that stands still for seconds, the hub takes any desk for one that holds up the
    others, and ends its connection.
    """
    given: dict[str, int] = {}
    with ExitStack() as stack:
        while len(given) < len(parcels):
            try:
                given |= desk.put([parcels[len(given)]])
            except HubUnreachable:
                desk = stack.enter_context(opened(access))
    return list(given.values())


def new_id() -> str:
    """An id as entries and parcels have."""
    return entry_id(next_clock(0, datetime.now(UTC)), secrets.randbits(58))


def registered(name: str = GUEST) -> Entry:
    """Somebody on the list."""
    now = datetime.now(UTC).replace(microsecond=0)
    return Entry(
        new_id(), EntryKind.REGISTERED, now, "Desk 1", new_id(), payload={"last_name": name}
    )


def sealed(access: HubAccess, sequence: int = 1, *entries: Entry) -> SealedParcel:
    """A parcel of the desk, as it hands it to the hub."""
    parcel = Parcel(new_id(), access.desk_key.id, sequence, entries or (registered(),))
    signed = sign(parcel, access.desk_key, access.event_id)
    return seal(signed, access.event_key, access.event_id)
