"""A desk's connection to its hub: parcels there and back, news, and the hub's clock.

Every call is one statement that commits by itself, so a laptop that vanishes holds nobody up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import psycopg
from psycopg import errors, sql

from checkin_app.domain.parcels import SealedParcel
from checkin_app.errors import HubRefused, HubUnreachable
from checkin_app.hub import schema
from checkin_app.hub.access import Address, HubAccess
from checkin_app.hub.reaching import log_in
from checkin_app.hub.replies import told_plainly
from checkin_app.hub.silence import PatientConnection
from checkin_app.hub.statements import AFTER, AGAIN, AT, DESKS, HEAR, LISTEN, NUMBERS, PUT, SESSION

BYTES_A_CALL = 256 << 10
"""Two seconds on a bad Wi-Fi of 1 Mbit/s: well below the longest silence."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _laptop_clock() -> datetime:
    return datetime.now(UTC)


class HubConnection:
    """One desk at its hub. Make it with ``open``, close it after use; one thread at a time.

    After a ``HubUnreachable`` the connection is closed, and another has to be opened.

    Attributes:
        hub_id: which hub this is, 32 hexadecimal digits.
        address: where it was found.
        last_seen: the highest number of a parcel that came by here, and the mark of that parcel.
    """

    def __init__(
        self, connection: PatientConnection, event_id: str, hub_id: str, address: Address
    ) -> None:
        self.hub_id = hub_id
        self.address = address
        self.last_seen = (0, "")
        self._connection = connection
        self._own_pid = connection.info.backend_pid
        names = {
            "schema": sql.Identifier(schema.schema_name(event_id)),
            "channel": sql.Identifier(schema.channel_name(event_id)),
        }
        self._put, self._numbers, self._after, self._again, self._at = (
            sql.SQL(query).format(**names).as_string() for query in (PUT, NUMBERS, AFTER, AGAIN, AT)
        )
        self._hear, self._desks, self._listen = (
            sql.SQL(query).format(**names).as_string() for query in (HEAR, DESKS, LISTEN)
        )

    @classmethod
    def open(cls, access: HubAccess, timeout_s: float = 3.0) -> HubConnection:
        """Logs in at the first of the hub's addresses that answers, and listens for news.

        Args:
            timeout_s: how long to wait for an answer, as ``reaching.log_in`` does.

        Raises:
            HubUnreachable: no address answered within ``timeout_s``.
            HubRefused: the desk was withdrawn, another hub sits there, it does not prove who it
                is, or it works with another version of this program.
        """
        address, connection = log_in(
            access.addresses,
            access.database,
            access.role,
            access.password,
            access.tls,
            timeout_s,
        )
        try:
            with told_plainly():
                hub_id, version = schema.identity(connection, access.event_id)
                _require_same(hub_id, access.hub_id)
                schema.require_version(version)
                opened = cls(connection, access.event_id, hub_id, address)
                opened._settle()
        except BaseException:
            connection.close()
            raise
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; no matter if it is gone already."""
        self._connection.close()

    def put(self, parcels: Sequence[SealedParcel]) -> Mapping[str, int]:
        """Hands parcels to the hub; each one's number by its id. One that is there keeps its own.

        Many parcels go in several steps; when the connection breaks between two, handing them all
        over again does no harm.

        Raises:
            HubUnreachable: it is not known which parcels arrived.
            HubRefused: this desk may not share any more.
        """
        numbers: dict[str, int] = {}
        remaining = iter(parcels)
        while some := _some(remaining):
            numbers |= self._put_some(some)
        return numbers

    def after(self, number: int, limit: int = 200) -> tuple[SealedParcel, ...]:
        """The parcels that follow ``number``, in their order; none when there are none.

        At most ``limit`` and some ``BYTES_A_CALL``, so that a slow line gets on. A parcel whose
        body was erased comes with an empty one.

        Raises:
            HubUnreachable: the connection is gone.
            HubRefused: this desk may not share any more.
        """
        return self._read(self._after, number, limit)

    def again(self, numbers: Sequence[int], limit: int = 200) -> tuple[SealedParcel, ...]:
        """The first of the parcels with these numbers, as many as ``after`` gives at once.

        Raises:
            HubUnreachable: the connection is gone.
            HubRefused: this desk may not share any more.
        """
        return self._read(self._again, list(numbers), limit)

    def _read(self, query: str, which: int | list[int], limit: int) -> tuple[SealedParcel, ...]:
        with self._asking() as cursor:
            rows = cursor.execute(query, (which, limit, BYTES_A_CALL)).fetchall()
        self._see((place, _mark(id_, at)) for place, id_, _, _, at in rows)
        return tuple(
            SealedParcel(id_.hex, desk.hex, body, place) for place, id_, desk, body, _ in rows
        )

    def mark_at(self, number: int) -> str:
        """What tells the parcel of this number from any other; nothing where the hub has none.

        A hub that was restored from an older copy gives numbers a second time, perhaps to the same
        parcels, but at another time. A desk that finds another mark than the one it saw has to
        read, and to offer, everything again.

        Raises:
            HubUnreachable: the connection is gone.
            HubRefused: this desk may not share any more.
        """
        with self._asking() as cursor:
            row = cursor.execute(self._at, (number,)).fetchone()
        return "" if row is None else _mark(*row)

    def clock_error(self, laptop: Callable[[], datetime] = _laptop_clock) -> timedelta:
        """By how much this laptop's clock is ahead of the hub's, half the round trip taken out.

        Args:
            laptop: gives the laptop's time (UTC).

        Raises:
            HubUnreachable: the connection is gone.
        """
        with self._asking() as cursor:
            asked_at = laptop()
            row = cursor.execute("SELECT clock_timestamp()").fetchone()
            answered_at = laptop()
        assert row is not None
        hub_time: datetime = row[0]
        return asked_at + (answered_at - asked_at) / 2 - hub_time

    def heard(self) -> Mapping[str, datetime]:
        """When the hub last heard of each desk that may share (UTC), by the desk's id.

        To ask is to be heard of: call it every few seconds. It also finds out whether the
        connection still works, which an idle one does not show.

        Raises:
            HubUnreachable: the connection is gone.
            HubRefused: this desk may not share any more.
        """
        with self._asking() as cursor:
            rows = cursor.execute(self._hear).fetchall()
        return {desk.hex: heard_at.astimezone(UTC) for desk, heard_at in rows}

    def desks(self) -> frozenset[str]:
        """The ids of the desks that joined this hub and may share.

        Raises:
            HubUnreachable: the connection is gone.
            HubRefused: this desk may not share any more.
        """
        with self._asking() as cursor:
            return frozenset(desk.hex for (desk,) in cursor.execute(self._desks).fetchall())

    def fileno(self) -> int:
        """For ``select``: readable when there may be news.

        Raises:
            HubUnreachable: the connection is gone.
        """
        with self._told_plainly():
            return self._connection.fileno()

    def has_news(self) -> bool:
        """Whether another desk put parcels here since the last call. Never waits.

        Only a wake-up: a hub that cannot notify says False for ever, and ``after`` finds what is
        there all the same.

        Raises:
            HubUnreachable: the connection is gone.
        """
        with self._told_plainly():
            arrived = list(self._connection.notifies(timeout=0))
        return any(news.pid != self._own_pid for news in arrived)

    def _settle(self) -> None:
        self._connection.execute(SESSION)
        with suppress(errors.FeatureNotSupported, errors.SyntaxError):  # not PostgreSQL itself
            self._connection.execute(self._listen)
        self._connection.execute(self._hear)

    def _put_some(self, parcels: Sequence[SealedParcel]) -> dict[str, int]:
        ids = [UUID(parcel.id) for parcel in parcels]
        desks = [UUID(parcel.desk) for parcel in parcels]
        bodies = [parcel.body for parcel in parcels]
        with self._asking() as cursor:
            rows = cursor.execute(self._put, (ids, desks, bodies)).fetchall()
            added = {id_ for id_, _, _ in rows}
            if known := [id_ for id_ in ids if id_ not in added]:
                rows += cursor.execute(self._numbers, (known,)).fetchall()
        self._see((number, _mark(id_, at)) for id_, number, at in rows)
        return {id_.hex: number for id_, number, _ in rows}

    def _see(self, marks: Iterable[tuple[int, str]]) -> None:
        self.last_seen = max((self.last_seen, *marks))

    @contextmanager
    def _asking(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        with self._told_plainly(), self._connection.cursor(binary=True) as cursor:
            yield cursor

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            with told_plainly():
                yield
        except HubUnreachable:
            self._connection.close()
            raise


def _mark(id_: UUID, at: datetime) -> str:
    """The id and the moment of arrival in microseconds, in hexadecimal digits."""
    return f"{id_.hex}{(at - _EPOCH) // timedelta(microseconds=1):016x}"


def _some(parcels: Iterator[SealedParcel]) -> list[SealedParcel]:
    """The next parcels that fit one call, at least one while there are any."""
    some: list[SealedParcel] = []
    size = 0
    for parcel in parcels:
        some.append(parcel)
        size += len(parcel.body)
        if size >= BYTES_A_CALL:
            break
    return some


def _require_same(found: str, expected: str) -> None:
    if found != expected:
        raise HubRefused(
            "At this address is another hub of this event than the one this laptop joined. Ask at "
            "the laptop with the hub for a new pairing."
        )
