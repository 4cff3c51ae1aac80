"""The stage on which histories are played: a PostgreSQL, a hub, laptops that have joined it.

python tests/integration/hub/playing.py --seed 17            plays one history, and tells it
python tests/integration/hub/playing.py --histories 100000   plays as many, from seed 0 on
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from bad_network import BadNetwork
from histories import History, HistoryDesk, check
from postgres import PostgresServer, running_postgres
from psycopg import sql

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.hub.access import NO_TLS, Address, HubAccess
from checkin_app.hub.joining import join
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.pairing import Pairing
from checkin_app.hub.sealing import DeskKey, new_event_key
from checkin_app.storage.event_file import EventFile

DESKS = 3
STEPS = 24
PEOPLE = (
    ("Ελένη", "Παπαδοπούλου"),
    ("Zażółć", "Gęślą-Jaźń"),
    ("Imogen", "Featherstonehaugh"),
    ("Олена", "Ґудзь"),
    ("Siân", "Llŷr-Griffiths"),
)
LISTS = ("Registration desk", "World café, table 2")


class Stage:
    """A hub that is emptied before each history, and the accesses of the laptops that joined it.

    Attributes:
        postgres: the server of the hub.
    """

    def __init__(self, postgres: PostgresServer, folder: Path, exit_stack: ExitStack) -> None:
        self.postgres = postgres
        self._folder = folder
        self._template = folder / "template.checkin"
        _make_event(self._template)
        with EventFile(self._template) as event_file:
            self.event_id = event_file.sharing.event_id()
        self.dsn = postgres.new_database()
        self._networks = [
            exit_stack.enter_context(BadNetwork(postgres.host, postgres.port)) for _ in range(DESKS)
        ]
        with HubOwner(self.dsn, self.event_id) as owner:
            self.hub_id = owner.found()
            key, until = new_event_key(), datetime.now(UTC) + timedelta(hours=12)
            code = owner.new_pairing(key, until)
        here = (Address(postgres.host, postgres.port),)
        database = self.dsn.rsplit("/", 1)[-1]
        pairing = Pairing(code, here, database, NO_TLS)
        self._accesses = [self._joined(pairing, network) for network in self._networks]
        self._admin = psycopg.connect(self.dsn, autocommit=True)
        exit_stack.callback(self._admin.close)

    def _joined(self, pairing: Pairing, network: BadNetwork) -> HubAccess:
        access = join(pairing, DeskKey.new())
        return replace(access, addresses=(Address("127.0.0.1", network.port),))

    def empty(self) -> None:
        """As before the first parcel."""
        schema = sql.Identifier(f"checkin_{self.event_id}")
        self._admin.execute(
            sql.SQL("TRUNCATE {0}.parcel; UPDATE {0}.numbering SET last = 0").format(schema)
        )

    def on_the_hub(self) -> bytes:
        """All bytes that desks handed in."""
        schema = sql.Identifier(f"checkin_{self.event_id}")
        rows = self._admin.execute(sql.SQL("SELECT body FROM {}.parcel").format(schema))
        return b"".join(body for (body,) in rows)

    @contextmanager
    def history(self, seed: int) -> Iterator[History]:
        """A history that has not begun: every laptop has the same copy of the event."""
        self.empty()
        with tempfile.TemporaryDirectory(dir=self._folder) as folder, ExitStack() as desks:
            history = History(seed)
            for number, (access, network) in enumerate(
                zip(self._accesses, self._networks, strict=True), 1
            ):
                path = Path(folder) / f"{number}.checkin"
                shutil.copy(self._template, path)
                desk = HistoryDesk(f"Desk {number}", path, access, network, history.clock_error())
                desks.callback(desk.close)
                history.add(desk)
            yield history

    def play(self, seed: int, steps: int = STEPS) -> History:
        """Play one history, heal, and check.

        Raises:
            AssertionError: something does not hold; the message tells the history.
        """
        with self.history(seed) as history:
            history.play(steps)
            history.heal()
            check(history)
            readable = self.on_the_hub()
            for names in PEOPLE:
                assert not any(name.encode() in readable for name in names), "the hub can read"
            return history


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage that is gone when the block ends."""
    # Where it is there, memory: what is on trial is not the disk.
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        running_postgres() as postgres,
        ExitStack() as exit_stack,
    ):
        yield Stage(postgres, Path(folder), exit_stack)


def _make_event(path: Path) -> None:
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
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    with stage() as played_on:
        if given.seed is not None:
            _say("\n".join(played_on.play(given.seed, given.steps).steps))
            return 0
        began = time.monotonic()
        for seed in range(given.histories):
            played_on.play(seed, given.steps)
            if seed % 100 == 99:
                _say(f"{seed + 1} histories, {time.monotonic() - began:.0f} s")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main())
