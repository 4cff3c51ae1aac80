"""Founding a hub with a list of people, joining it with a new file, and what is waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.parcels import SealedParcel
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.sealing import unseal
from checkin_app.secrets_store.memberships import Memberships
from checkin_app.services.clock import utc_now
from checkin_app.services.sharing.exchanging.one_exchange import exchange_once
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock
from checkin_app.services.sharing.hubs.joining import join_event
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_limit
from tests.benchmarks.many_desks.stage import Stage, stage
from tests.benchmarks.people import CHECK_IN_LIST

_JOIN_WITHIN_S = 30
_BACKLOG = 10_000
_BACKLOG_WITHIN_S = 5


def measure(folder: Path, sizes: tuple[int, ...]) -> list[Figure]:
    """Events of several sizes, and a backlog at the largest."""
    figures: list[Figure] = []
    for attendees in sizes:
        with stage(folder, attendees) as scene:
            figures += _joining(scene, attendees)
            if attendees == max(sizes):
                figures += _backlog(scene, min(_BACKLOG, attendees // 2))
    return figures


def _joining(scene: Stage, attendees: int) -> list[Figure]:
    who = f"{attendees:,} attendees"
    founded, founded_cpu = _timed(scene.found)
    link = scene.pairing().link()
    desk = scene.folder / "joined.checkin"
    memberships = Memberships(scene.folder / "joined")
    joined, joined_cpu = _timed(join_event, link, desk, "Desk 2", memberships, utc_now)
    ((_, access),) = scene.desks(1)
    read, parcels = _read(access)
    unsealed, _ = _timed(_unseal_all, parcels, access)
    floor = _bare_copy(scene, parcels)
    on_hub = sum(len(parcel.body) for parcel in parcels)
    return [
        Figure(f"found a hub, hand in {who}", founded, "s"),
        Figure("of it processor time of the desk", founded_cpu, "s"),
        Figure(
            f"join with {who}, new file",
            joined,
            "s",
            floor,
            f"{_JOIN_WITHIN_S} s",
            joined < _JOIN_WITHIN_S,
        ),
        Figure("of it processor time of the desk", joined_cpu, "s"),
        Figure("reading all parcels from the hub", read, "s"),
        Figure("opening them and checking their signatures", unsealed, "s"),
        Figure(f"parcels of {who}, sealed", on_hub / 1e6, "MB"),
        Figure(f"event file of {who}", desk.stat().st_size / 1e6, "MB"),
        Figure(f"data of the hub with {who}", scene.server.size_bytes() / 1e6, "MB"),
    ]


def _read(access: HubAccess) -> tuple[float, list[SealedParcel]]:
    parcels: list[SealedParcel] = []
    with HubConnection.open(access) as hub:
        begin = time.perf_counter()
        while some := hub.after(parcels[-1].number if parcels else 0):
            parcels += some
        return time.perf_counter() - begin, parcels


def _unseal_all(parcels: list[SealedParcel], access: HubAccess) -> None:
    for parcel in parcels:
        unseal(parcel, access.event_key, access.event_id)


def _bare_copy(scene: Stage, parcels: list[SealedParcel]) -> float:
    """The least joining can be: the same bytes out of a table, and as rows into SQLite."""
    import apsw

    with psycopg.connect(scene.dsn, autocommit=True) as connection:
        table = sql.Identifier("bare_parcel")
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        connection.execute(sql.SQL("CREATE TABLE {} (body bytea)").format(table))
        with connection.cursor() as cursor:
            insert = sql.SQL("INSERT INTO {} VALUES (%s)").format(table)
            cursor.executemany(insert, [(parcel.body,) for parcel in parcels])
        begin = time.perf_counter()
        bodies = connection.execute(sql.SQL("SELECT body FROM {}").format(table)).fetchall()
        file = apsw.Connection(str(scene.folder / f"bare-{begin}.sqlite"))
        file.execute("PRAGMA journal_mode = WAL; CREATE TABLE parcel (body BLOB)").fetchall()
        with file:
            file.executemany("INSERT INTO parcel VALUES (?)", bodies)
        took = time.perf_counter() - begin
        file.close()
        return took


@dataclass(frozen=True, slots=True)
class _Desk:
    """A desk that shares when it is told to."""

    file: EventFile
    access: HubAccess
    name: str

    def share(self) -> None:
        exchange_once(self.file, self.access, self.name, SharedClock(laptop=utc_now))


def _backlog(scene: Stage, count: int) -> list[Figure]:
    """One desk that was away admits many, and comes back."""
    with _two_desks(scene) as (away, other):
        away.share()
        other.share()
        people = [
            match.attendee_id for code in scene.codes[:count] for match in away.file.find_code(code)
        ]
        for attendee_id in people:
            with away.file.transaction(away.name, utc_now()) as transaction:
                transaction.append(
                    EntryKind.CHECKED_IN, attendee_id, CHECK_IN_LIST.id, {"source": "keyboard"}
                )
        handed_in, handed_in_cpu = _timed(away.share)
        taken_in, taken_in_cpu = _timed(other.share)
        assert other.file.category_counts(CHECK_IN_LIST.id)
        assert sum(c.arrived for c in other.file.category_counts(CHECK_IN_LIST.id)) == count
        what = f"{count:,} check-ins made alone"
        return [
            against_limit(
                f"{what}: handed in, then taken in by another desk",
                handed_in + taken_in,
                "s",
                _BACKLOG_WITHIN_S,
            ),
            Figure("of it handed in", handed_in, "s"),
            Figure("of that processor time of the desk", handed_in_cpu, "s"),
            Figure("of it taken in by the other desk", taken_in, "s"),
            Figure("of that processor time of the desk", taken_in_cpu, "s"),
        ]


@contextmanager
def _two_desks(scene: Stage) -> Iterator[tuple[_Desk, _Desk]]:
    first, second = (
        _Desk(EventFile(path), access, f"Desk {number}")
        for number, (path, access) in enumerate(scene.desks(2), 3)
    )
    try:
        yield first, second
    finally:
        first.file.close()
        second.file.close()


def _timed(work: Callable[..., Any], *arguments: Any) -> tuple[float, float]:
    """How long it took, and how much of the processor, in seconds."""
    begin, cpu = time.perf_counter(), time.process_time()
    work(*arguments)
    return time.perf_counter() - begin, time.process_time() - cpu
