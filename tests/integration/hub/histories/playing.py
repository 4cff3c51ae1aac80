"""Plays histories on a stage, heals, and checks.

python tests/integration/hub/histories/playing.py --seed 17            plays one, and tells it
python tests/integration/hub/histories/playing.py --histories 100000   as many, from seed 0 on
"""

from __future__ import annotations

import argparse
import gc
import random
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 3, 4)]

from history import History
from history_stage import Stage, stage

LENGTHS = (12, 40, 40, 150, 400)
"""Short histories have more beginnings, ends and tellings that one can follow; in long ones more
comes together."""
_TELL_EVERY_S = 30.0


class HistoryFailed(Exception):
    """Something does not hold after a history; the message tells it, and how to play it again."""


@dataclass
class Tally:
    """What was played.

    Attributes:
        operations: everything anybody did, also in vain, as to undo where nothing is to be undone.
        entries: what was recorded, by the people or by their laptops.
    """

    began_s: float
    histories: int = 0
    operations: int = 0
    entries: int = 0
    failures: int = 0

    def __str__(self) -> str:
        return (
            f"{self.histories} histories, {self.operations} operations,"
            f" {self.entries} entries recorded, {self.failures} failed,"
            f" {time.monotonic() - self.began_s:.0f} s"
        )

    def add(self, history: History) -> None:
        """One more was played."""
        self.histories += 1
        self.operations += len(history.steps)
        self.entries += len(history.told)


def play(played_on: Stage, seed: int, steps: int) -> History:
    """Play one history, heal, and check.

    Raises:
        HistoryFailed: something does not hold.
    """
    with played_on.history(seed) as history:
        try:
            history.play(steps)
            history.heal()
            played_on.check(history)
        except Exception as fault:
            raise HistoryFailed(f"{_told(history, steps)}\n{fault!r}") from fault
    return history


def play_many(seeds: range, steps: int) -> tuple[int, str]:
    """Play histories of some seeds, one after the other, until one fails.

    Returns:
        How many operations were played, and what failed; nothing when nothing did.
    """
    tally = Tally(time.monotonic())
    with stage() as played_on:
        for seed in seeds:
            try:
                tally.add(play(played_on, seed, steps))
            except HistoryFailed as failure:
                return tally.operations, str(failure)
    return tally.operations, ""


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


def _main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="play this one")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--steps", type=int, help="of each; left out, as the seed chooses")
    given = parser.parse_args()
    # Whoever stops it, by whatever means, wants nothing left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with stage() as played_on:
        # What is there now stays: to look through it again and again takes a tenth of the time.
        gc.freeze()
        if given.seed is not None:
            steps = given.steps or _length(given.seed)
            _say("\n".join(play(played_on, given.seed, steps).steps))
            return 0
        return _play_on(played_on, range(given.first, given.first + given.histories), given.steps)


def _length(seed: int) -> int:
    return random.Random(f"length {seed}").choice(LENGTHS)


def _play_on(played_on: Stage, seeds: range, steps: int | None) -> int:
    """A failure is told, and the next history played, until all are, or somebody stops it."""
    tally = Tally(time.monotonic())
    told_s = tally.began_s
    with suppress(KeyboardInterrupt):
        for seed in seeds:
            try:
                tally.add(play(played_on, seed, steps or _length(seed)))
            except HistoryFailed as failure:
                tally.failures += 1
                _say(str(failure))
            if time.monotonic() - told_s > _TELL_EVERY_S:
                _say(str(tally))
                told_s = time.monotonic()
    _say(str(tally))
    return min(tally.failures, 1)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main())
