"""Runs of desks in processes of their own, at a PostgreSQL on a disk, all of which may be killed.

python tests/integration/hub/histories/desk_runs.py --seed 3      one run, and what happened
python tests/integration/hub/histories/desk_runs.py --runs 100    as many, from seed 0 on

Chosen by the seed is who does what when; how far each process is when it is killed is not, so a
run that fails may have to be played several times.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 3, 4)]

from bad_network import BadNetwork, Weather
from desk_outside import Desk
from founded_hub import FoundedHub
from full_disk import FullDisk, full_disk
from happenings import Cast, Happenings
from history_checks import check_disk, check_files, erased_codes
from history_stage import make_event
from hub_checks import check_parcels
from postgres import PostgresServer, running_postgres

from checkin_app.hub.access import Address
from checkin_app.storage.event_file import EventFile

DESKS = 3
ROUNDS = 12
_AT_ONCE = 4
_ANSWERS_WITHIN_S = 120.0
_HEALS_WITHIN_S = 240.0
_LARGEST_CLOCK_ERROR_S = 600


class RunFailed(Exception):
    """Something does not hold after a run; the message tells it, and how to repeat it."""


@dataclass
class Run:
    """What happens to some desks, chosen by a seed.

    Attributes:
        disk: the disk of the last desk, which may become full; None where none can be had.
        steps: what happened so far.
    """

    seed: int
    hub: FoundedHub
    desks: list[Desk]
    disk: FullDisk | None
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        happenings = Happenings(self._chance, None, None)  # type: ignore[arg-type]
        possible = [*happenings.at_desk(), *happenings.now_and_then()]
        self._weights = [often for often, do in possible]
        self._names = [do.__name__ for _, do in possible]
        self._accidents: list[tuple[int, Callable[[Desk], str]]] = [
            (6, self._kill_desk),
            (2, self._kill_postgres),
            (6, self._change_weather),
            (3, self._let_late_arrive),
            (2, self._fill_disk),
            (4, lambda _desk: "nothing goes wrong"),
        ]

    def play(self, rounds: int) -> None:
        """In each round all desks work at the same time, and something may go wrong."""
        for _ in range(rounds):
            for desk in self.desks:
                for _ in range(_AT_ONCE):
                    self._say_something(desk)
            ((_, accident),) = self._chance.choices(
                self._accidents, [often for often, _ in self._accidents]
            )
            desk = self._chance.choice(self.desks)
            self.steps.append(f"{desk.name}: {accident(desk)}")
            for desk in self.desks:
                desk.answers(self.steps)

    def heal(self) -> None:
        """All is well again; returns when all desks have the same and nothing waits."""
        self.steps.append("all is well again")
        if self.disk is not None:
            self.disk.free()
        for desk in self.desks:
            desk.network.be(Weather.FAIR)
            desk.network.let_late_arrive()
        self._forgive_hold_ups()
        until = time.monotonic() + _HEALS_WITHIN_S
        pause = random.Random()
        while True:
            states = [desk.ask({}) for desk in self.desks]
            is_healed = (
                all(state["is_shared"] and not state["unfinished"] for state in states)
                and not states[0]["altered"]
            )
            if is_healed and len({state["digest"] for state in states}) == 1:
                return
            assert time.monotonic() < until, f"the desks do not come to rest: {states}"
            time.sleep(pause.uniform(0.02, 0.1))

    def _forgive_hold_ups(self) -> None:
        """A machine that stands still for seconds makes any desk one that holds up the others. The
        hub would forget that after ten minutes, which is not on trial here.
        """
        import psycopg

        with psycopg.connect(self.hub.dsn) as connection:
            connection.execute(f'DELETE FROM "{self.hub.schema}".hold_up')

    def check(self) -> None:
        """What must hold once the desks have healed and ended.

        Raises:
            AssertionError: it does not.
        """
        with ExitStack() as stack:
            files = [stack.enter_context(EventFile(desk.path)) for desk in self.desks]
            check_files(files, self.seed)
            held = {entry.id for entry in files[0].ledger()}
            for desk in self.desks:
                lost = {what for id_, what in desk.told.items() if id_ not in held}
                assert not lost, f"of what {desk.name} acknowledged is lost: {lost}"
            told = [(desk.erased, desk.marks) for desk in self.desks]
            erased, marks = (list(chain.from_iterable(some)) for some in zip(*told, strict=True))
            codes = erased_codes(files[0], Cast(erased=erased, marks=marks))
        for desk in self.desks:
            check_disk(desk.path, codes)
        self._check_hub(codes)

    def _check_hub(self, erased: list[str]) -> None:
        import psycopg

        with psycopg.connect(self.hub.dsn) as connection:
            rows = connection.execute(
                f'SELECT number, id, desk, body FROM "{self.hub.schema}".parcel ORDER BY number'
            ).fetchall()
        check_parcels(rows, erased, self.hub.event_key, self.hub.event_id)

    def _say_something(self, desk: Desk) -> None:
        (what,) = self._chance.choices(self._names, self._weights)
        desk.say({"do": what, "seed": self._chance.randrange(10**9)})

    # What goes wrong

    def _kill_desk(self, desk: Desk) -> str:
        # Somewhere in what it was told to do.
        time.sleep(self._chance.uniform(0, 0.1))
        desk.kill(self.steps)
        desk.start()
        return "killed, and started again"

    def _kill_postgres(self, _desk: Desk) -> str:
        self.hub.server.kill()
        self.hub.server.start_again()
        return "PostgreSQL is killed, and started again"

    def _change_weather(self, desk: Desk) -> str:
        weather = self._chance.choice(list(Weather))
        desk.network.be(weather, slowest_s=0.05)
        return f"the network is {weather.name}"

    def _let_late_arrive(self, desk: Desk) -> str:
        return f"{desk.network.let_late_arrive()} late connections are heard"

    def _fill_disk(self, _desk: Desk) -> str:
        if self.disk is None:
            return "no disk becomes full here"
        if self.disk.is_full:
            self.disk.free()
            return f"there is room again on the disk of {self.desks[-1].name}"
        self.disk.fill()
        return f"the disk of {self.desks[-1].name} is full"


@contextmanager
def desks_at(server: PostgresServer, folder: Path, seed: int) -> Iterator[Run]:
    """Some desks that work, at a new hub on the server."""
    chance = random.Random(f"clocks {seed}")
    with ExitStack() as stack:
        make_event(folder / "0.checkin")
        with EventFile(folder / "0.checkin") as event_file:
            hub = FoundedHub(server, server.new_database(), event_file.sharing.event_id())
        stack.callback(hub.open_ones.close)
        desks: list[Desk] = []
        disk = stack.enter_context(full_disk(folder / "small", lambda: desks[-1]))
        for number in range(DESKS):
            is_last = number == DESKS - 1
            place = disk.folder if disk is not None and is_last else folder
            path = place / f"{number}.checkin"
            if number:
                shutil.copy(folder / "0.checkin", path)
            network = stack.enter_context(BadNetwork(server.host, server.port, seed))
            access = replace(hub.joined(), addresses=(Address("127.0.0.1", network.port),))
            given = {
                "name": f"Desk {number + 1}",
                "path": str(path),
                "access": access.document(),
                "clock_error_s": chance.uniform(-_LARGEST_CLOCK_ERROR_S, _LARGEST_CLOCK_ERROR_S),
                # The organiser's own login goes the same bad way.
                "owner": "" if number else hub.dsn.replace(f":{server.port}/", f":{network.port}/"),
            }
            desk = Desk(given, network)
            desks.append(desk)
            stack.callback(_end, desk)
            desk.start()
        yield Run(seed, hub, desks, disk)


def _end(desk: Desk) -> None:
    if desk.is_alive:
        desk.kill([])


def play_run(server: PostgresServer, seed: int, rounds: int = ROUNDS) -> Run:
    """Play one run, heal, and check.

    Raises:
        RunFailed: something does not hold.
    """
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        desks_at(server, Path(folder), seed) as run,
    ):
        try:
            run.play(rounds)
            run.heal()
            for desk in run.desks:
                desk.end()
            run.check()
        except Exception as fault:
            command = f"{sys.executable} {Path(__file__).resolve()} --seed {seed}"
            story = "\n".join(run.steps)
            raise RunFailed(
                f"The run of seed {seed} fails. Play it again:\n    {command} --rounds {rounds}\n"
                f"{story}\n{fault!r}"
            ) from fault
    return run


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="play this one")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with running_postgres(fsync=True) as server:
        if given.seed is not None:
            _say("\n".join(play_run(server, given.seed, given.rounds).steps))
            return 0
        failures = 0
        for seed in range(given.first, given.first + given.runs):
            began = time.monotonic()
            try:
                steps = len(play_run(server, seed, given.rounds).steps)
                _say(f"run {seed}: {steps} operations, {time.monotonic() - began:.1f} s")
            except RunFailed as failure:
                failures += 1
                _say(str(failure))
    return min(failures, 1)


def _say(line: str) -> None:
    with suppress(BrokenPipeError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main())
