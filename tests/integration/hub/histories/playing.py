"""The stage on which histories are played: a PostgreSQL, hubs, laptops that have joined them.

python tests/integration/hub/histories/playing.py --seed 17               plays one history, and tells it
python tests/integration/hub/histories/playing.py --histories 100000      plays as many, from seed 0 on
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 4)]

import psycopg
from bad_network import BadNetwork, Weather
from happenings import READABLE
from history import History, PlayedHub
from history_checks import check_history, erased_codes
from history_laptop import Line, put_away
from postgres import PostgresServer, running_postgres
from psycopg import sql

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.parcels import SealedParcel, parcel_document
from checkin_app.domain.programme import Event
from checkin_app.hub.access import NO_TLS, Address
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.schema import schema_name
from checkin_app.hub.sealing import DeskKey, new_event_key, unseal
from checkin_app.storage.event_file import EventFile

LAPTOPS_AT_FIRST, LAPTOPS = 3, 4
HUBS = 2
STEPS = 12
PEOPLE = (
    ("Ελένη", "Παπαδοπούλου"),
    ("Zażółć", "Gęślą-Jaźń"),
    ("Imogen", "Featherstonehaugh"),
    ("Олена", "Ґудзь"),
    ("Siân", "Llŷr-Griffiths"),
)
LISTS = ("Registration desk", "World café, table 2")
NEVER_READABLE = tuple(
    text.encode()
    for text in (*(name for names in PEOPLE for name in names), *LISTS, *READABLE, "Cluster")
)


class HistoryFailed(Exception):
    """Something does not hold after a history; the message tells it, and how to play it again."""


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
        lines = []
        for key, network in zip(keys, networks, strict=True):
            access = replace(
                join(pairing, key),
                event_key=event_key,
                addresses=(Address("127.0.0.1", network.port),),
            )
            lines.append(Line(access, network))
            stack.callback(lines[-1].hang_up)
        self.played = PlayedHub(lines, owner, self._holds, self._restore)
        self._admin = stack.enter_context(psycopg.connect(dsn, autocommit=True))

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
        numbers = [number for number, *_ in rows]
        assert numbers == list(range(1, len(rows) + 1)), f"the numbers have gaps: {numbers}"
        bodies = b"".join(body for *_, body in rows)
        for text in NEVER_READABLE:
            assert text not in bodies, f"the hub can read {text.decode()}"
        if not erased:
            return
        for number, id_, desk, body in rows:
            if body:
                sealed = SealedParcel(id_.hex, desk.hex, body, number)
                document = parcel_document(unseal(sealed, self._event_key, self._event_id).parcel)
                for code in erased:
                    assert code.encode() not in document, f"{code} is still on the hub"

    def check_other_tables(self) -> None:
        """Whether nothing can be read from what does not change with a history.

        Raises:
            AssertionError: something can.
        """
        for table in ("hub", "numbering", "desk", "pairing"):
            query = sql.SQL("SELECT t::text FROM {}.{} AS t")
            name = sql.Identifier(table)
            rows = self._admin.execute(query.format(self._schema, name)).fetchall()
            text = "".join(row for (row,) in rows).encode()
            assert not any(never in text for never in NEVER_READABLE), f"{table} is readable"

    def _run(self, query: str) -> psycopg.Cursor[tuple[object, ...]]:
        return self._admin.execute(sql.SQL(query).format(self._schema))


class Stage:
    """Laptops that joined two hubs, one of which takes over from the other in some histories."""

    def __init__(self, postgres: PostgresServer, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._template = folder / "template.checkin"
        make_event(self._template)
        with EventFile(self._template) as event_file:
            event_id = event_file.sharing.event_id()
        keys = [DeskKey.new() for _ in range(LAPTOPS)]
        self._networks = [
            stack.enter_context(BadNetwork(postgres.host, postgres.port)) for _ in keys
        ]
        event_key = new_event_key()
        self._hubs = [
            StageHub(postgres, event_id, event_key, keys, self._networks, stack)
            for _ in range(HUBS)
        ]

    def play(self, seed: int, steps: int = STEPS) -> History:
        """Play one history, heal, and check.

        Raises:
            HistoryFailed: something does not hold.
        """
        with self._history(seed) as history:
            try:
                history.play(steps)
                history.heal()
                check_history(history)
                self._hubs[history.hub].check(erased_codes(history))
            except Exception as fault:
                raise HistoryFailed(_told(history, steps)) from fault
        return history

    def close(self) -> None:
        """The last look at the hubs.

        Raises:
            AssertionError: something can be read there.
        """
        for hub in self._hubs:
            hub.check_other_tables()

    @contextmanager
    def _history(self, seed: int) -> Iterator[History]:
        for network in self._networks:
            network.be(Weather.FAIR)
        for hub in self._hubs:
            hub.empty()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            history = History(seed, [hub.played for hub in self._hubs], Path(folder))
            for _ in range(LAPTOPS_AT_FIRST):
                shutil.copy(self._template, history.add().path)
            history.begin()
            with put_away(history.laptops):
                yield history


def _told(history: History, steps: int) -> str:
    here = Path(__file__).resolve()
    program = here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here
    return "\n".join(
        (
            f"The history of seed {history.seed} fails. Play it again:",
            f"    {sys.executable} {program} --seed {history.seed} --steps {steps}",
            *history.steps,
        )
    )


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage that is gone when the block ends."""
    # Where it is there, memory: what is on trial is not the disk.
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        running_postgres(settings={"synchronous_commit": "off"}) as postgres,
        ExitStack() as stack,
    ):
        played_on = Stage(postgres, Path(folder), stack)
        yield played_on
        played_on.close()


def play_many(seeds: range, steps: int) -> tuple[int, str]:
    """Play histories of some seeds, one after the other, until one fails.

    Returns:
        How many operations were played, and what failed; nothing when nothing did.
    """
    operations = 0
    with stage() as played_on:
        for seed in seeds:
            try:
                operations += len(played_on.play(seed, steps).steps)
            except HistoryFailed as failure:
                return operations, f"{failure}\n{failure.__cause__!r}"
    return operations, ""


def make_event(path: Path) -> None:
    event = Event("ECCP Meeting", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
    lists = [CheckInList(str(number), name) for number, name in enumerate(LISTS)]
    people = [
        Attendee("", first_name=first, last_name=last, organisation="Cluster " + last)
        for first, last in PEOPLE
    ]
    now = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
    EventFile.create(path, event, lists, people, desk="organiser", now=now).close()


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="play this one")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    with stage() as played_on:
        if given.seed is not None:
            _say("\n".join(played_on.play(given.seed, given.steps).steps))
            return 0
        return _play_on(played_on, range(given.first, given.first + given.histories), given.steps)


def _play_on(played_on: Stage, seeds: range, steps: int) -> int:
    """A failure is told, and the next history played."""
    began, operations, failures = time.monotonic(), 0, 0
    for played, seed in enumerate(seeds, 1):
        try:
            operations += len(played_on.play(seed, steps).steps)
        except HistoryFailed as failure:
            failures += 1
            _say(f"{failure}\n{failure.__cause__!r}")
        if played % 100 == 0:
            seconds = time.monotonic() - began
            _say(f"{played} histories, {operations} operations, {failures} failed, {seconds:.0f} s")
    return min(failures, 1)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main())
