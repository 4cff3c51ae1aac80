"""The stage on which histories are played: a PostgreSQL, hubs, laptops that have joined them.

What is not on trial costs nothing here: no disk is waited for, nobody gives way to a scan while a
desk takes in much, and a login takes one round of SHA-256, not the thousands that make a password
hard to guess.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from bad_network import BadNetwork, Weather
from history import History, PlayedHub
from history_checks import check_history, erased_codes
from history_laptop import Line, put_away
from hub_checks import LISTS, PEOPLE, check_parcels, readable_in
from postgres import PostgresServer, running_postgres
from psycopg import sql

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.schema import schema_name
from checkin_app.hub.sealing import DeskKey, new_event_key
from checkin_app.storage.event_file import EventFile

LAPTOPS_AT_FIRST, LAPTOPS = 3, 4
HUBS = 2
CROWD = 40
_ROOM_BYTES = 1 << 30
"""Containers often have 64 MB only; a PostgreSQL takes more before it holds anything."""


_SETTINGS = {
    "autovacuum_naptime": "10s",
    "full_page_writes": "off",
    "jit": "off",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}
_PAUSE, _WHERE = "_BREATH_S", "checkin_app.services.sharing."


class StageHub:
    """One hub, which is emptied before each history."""

    def __init__(
        self,
        postgres: PostgresServer,
        event_id: str,
        event_key: bytes,
        keys: Sequence[DeskKey],
        networks: Sequence[BadNetwork],
        stack: ExitStack,
    ) -> None:
        dsn = postgres.new_database()
        self._event_id, self._event_key = event_id, event_key
        self._schema = sql.Identifier(schema_name(event_id))
        owner = stack.enter_context(HubOwner(dsn, event_id))
        owner.found()
        code = owner.new_pairing(event_key, datetime.now(UTC) + timedelta(hours=12))
        database = dsn.rpartition("/")[2]
        pairing = Pairing(code, (Address(postgres.host, postgres.port),), database, NO_TLS)
        self._admin = stack.enter_context(psycopg.connect(dsn, autocommit=True))
        lines = []
        for key, network in zip(keys, networks, strict=True):
            access = replace(
                join(pairing, key),
                event_key=event_key,
                addresses=(Address("127.0.0.1", network.port),),
            )
            self._admin.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(access.role), _quick_verifier(access.password)
                )
            )
            lines.append(Line(access, network))
            stack.callback(lines[-1].hang_up)
        self.played = PlayedHub(lines, owner, self._holds, self._restore)

    def empty(self) -> None:
        """As before the first parcel."""
        self._run("DELETE FROM {0}.parcel; UPDATE {0}.numbering SET last = 0")
        for line in self.played.lines:
            line.begin_anew()

    def _holds(self) -> set[str]:
        rows = self._run("SELECT id FROM {0}.parcel WHERE octet_length(body) > 0").fetchall()
        return {id_.hex for (id_,) in rows}

    def _restore(self, lacking: int) -> None:
        self._run(
            "DELETE FROM {0}.parcel WHERE number >"
            f" (SELECT last - {lacking} FROM {{0}}.numbering);"
            f"UPDATE {{0}}.numbering SET last = greatest(0, last - {lacking})"
        )

    def check(self, erased: Sequence[str]) -> None:
        """Whether nobody can read what lies here, and nothing lies here of those who were erased.

        Raises:
            AssertionError: it is not so.
        """
        rows = self._run("SELECT number, id, desk, body FROM {0}.parcel ORDER BY number").fetchall()
        check_parcels(rows, erased, self._event_key, self._event_id)

    def check_other_tables(self) -> None:
        """Whether nothing can be read from what does not change with a history.

        Raises:
            AssertionError: something can.
        """
        for table in ("hub", "numbering", "desk", "pairing"):
            query = sql.SQL("SELECT t::text FROM {}.{} AS t")
            name = sql.Identifier(table)
            rows = self._admin.execute(query.format(self._schema, name)).fetchall()
            found = readable_in(row.encode() for (row,) in rows)
            assert not found, f"{table} says {found}"

    def _run(self, query: str) -> psycopg.Cursor[tuple[object, ...]]:
        return self._admin.execute(sql.SQL(query).format(self._schema))


class Stage:
    """Laptops that joined two hubs, one of which takes over from the other in some histories."""

    def __init__(self, postgres: PostgresServer, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        few, many = folder / "few.checkin", folder / "many.checkin"
        make_event(few)
        shutil.copy(few, many)
        with EventFile(many) as event_file:
            event_id = event_file.sharing.event_id()
            with event_file.transaction("organiser", datetime.now(UTC)) as transaction:
                transaction.register([Attendee("", last_name=f"Cluster {n}") for n in range(CROWD)])
        self._templates = (few, few, many)
        keys = [DeskKey.new() for _ in range(LAPTOPS)]
        self._networks = [
            stack.enter_context(BadNetwork(postgres.host, postgres.port)) for _ in keys
        ]
        event_key = new_event_key()
        self._hubs = [
            StageHub(postgres, event_id, event_key, keys, self._networks, stack)
            for _ in range(HUBS)
        ]

    def check(self, history: History) -> None:
        """What must hold once the history that was played last has healed.

        Raises:
            AssertionError: it does not.
        """
        check_history(history)
        codes = erased_codes(history.laptops[0].file, history.cast)
        self._hubs[history.hub].check(codes)

    def close(self) -> None:
        """The last look at the hubs.

        Raises:
            AssertionError: something can be read there.
        """
        for hub in self._hubs:
            hub.check_other_tables()

    @contextmanager
    def history(self, seed: int) -> Iterator[History]:
        """A history that begins: the laptops have joined, the hubs are empty."""
        for network in self._networks:
            network.lose_late()
            network.be(Weather.FAIR)
        for hub in self._hubs:
            hub.empty()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            history = History(seed, [hub.played for hub in self._hubs], Path(folder))
            template = random.Random(f"people {seed}").choice(self._templates)
            for _ in range(LAPTOPS_AT_FIRST):
                shutil.copy(template, history.add().path)
            history.begin()
            with put_away(history.laptops):
                yield history


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage that is gone when the block ends."""
    with ExitStack() as stack:
        place = tempfile.TemporaryDirectory(dir=_memory())
        folder = Path(stack.enter_context(place))
        folder.chmod(0o711)
        server = folder / "postgres"
        server.mkdir()
        postgres = stack.enter_context(running_postgres(server, settings=_SETTINGS))
        stack.enter_context(_no_pauses())
        played_on = Stage(postgres, folder, stack)
        yield played_on
        played_on.close()


def _memory() -> Path | None:
    """A disk in memory, where there is one with room: what is on trial is not the disk."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES
    return memory if has_room else None


@contextmanager
def _no_pauses() -> Iterator[None]:
    sharing = [module for name, module in sys.modules.items() if name.startswith(_WHERE)]
    with ExitStack() as stack:
        for module in sharing:
            if hasattr(module, _PAUSE):
                stack.callback(setattr, module, _PAUSE, getattr(module, _PAUSE))
                setattr(module, _PAUSE, 0)
        yield


def _quick_verifier(password: str) -> str:
    """What PostgreSQL keeps of a password (RFC 5803), after one round."""
    salt = hashlib.sha256(password.encode()).digest()[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1)
    client, server = (
        hmac.digest(salted, name, "sha256") for name in (b"Client Key", b"Server Key")
    )
    kept = (base64.b64encode(part).decode() for part in (hashlib.sha256(client).digest(), server))
    return f"SCRAM-SHA-256$1:{base64.b64encode(salt).decode()}${':'.join(kept)}"


def make_event(path: Path) -> None:
    event = Event("ECCP Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
    lists = [CheckInList(str(number), name) for number, name in enumerate(LISTS)]
    people = [
        Attendee("", first_name=first, last_name=last, organisation="Cluster " + last)
        for first, last in PEOPLE
    ]
    now = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
    EventFile.create(path, event, lists, people, desk="organiser", now=now).close()
