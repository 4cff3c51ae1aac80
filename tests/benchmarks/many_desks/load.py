"""Many desks at once: starts their processes, lets them scan, and puts together what they saw."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.many_desks.desk import Orders, Report

_SETTLES_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in MB: resident, and with shared pages divided among those who share."""

    resident: float
    proportional: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a load.

    Attributes:
        reports: one of each desk.
        memory: of each desk after the last scan.
        scanned_s: how long it lasted.
        settled_s: how long after the last scan every desk had everything; None if it had not.
    """

    reports: tuple[Report, ...]
    memory: tuple[Memory, ...]
    scanned_s: float
    settled_s: float | None

    @property
    def scans(self) -> int:
        """How many there were."""
        return sum(len(report.local) for report in self.reports)

    def local(self) -> list[float]:
        """All scans, until durable: milliseconds."""
        return [one for report in self.reports for one in report.local]

    def answered(self) -> list[float]:
        """All scans, until answered: milliseconds."""
        return [one for report in self.reports for one in report.answered]

    def arrivals(self) -> list[float]:
        """From durable at one desk until in the file of another, each of them: milliseconds."""
        durable = self._durable()
        return [
            (at - durable[key]) * 1000
            for report in self.reports
            for key, at in zip(report.came, report.came_at, strict=True)
            if key in durable
        ]

    def convergence(self) -> list[float]:
        """From durable at one desk until in the files of all others: milliseconds."""
        durable = self._durable()
        last: dict[int, float] = {}
        seen: dict[int, int] = dict.fromkeys(durable, 0)
        for report in self.reports:
            for key, at in zip(report.came, report.came_at, strict=True):
                if key in durable:
                    last[key] = max(last.get(key, 0.0), at)
                    seen[key] += 1
        whole = len(self.reports) - 1
        return [
            (last[key] - durable[key]) * 1000 if seen[key] == whole else float("inf")
            for key in durable
        ]

    def _durable(self) -> dict[int, float]:
        return {int(key): at for one in self.reports for key, at in one.durable.items()}


class Crew:
    """Desks that are open and wait to be told."""

    def __init__(self, orders: Sequence[Orders], folder: Path) -> None:
        self._orders = orders
        self.processes = []
        for number, one in enumerate(orders):
            path = folder / f"orders-{number}.json"
            one.write(path)
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.benchmarks.many_desks.desk", str(path)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )

    def wait_for(self, word: str) -> None:
        """Until every desk has said it."""
        for process in self.processes:
            assert process.stdout is not None
            said = process.stdout.readline().strip()
            assert said == word, f"a desk said {said!r} instead of {word!r}"

    def tell(self, word: str) -> None:
        """Tell it to every desk."""
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write(f"{word}\n")
            process.stdin.flush()

    def counts(self) -> list[int]:
        """How many entries of others each desk has."""
        self.tell("count")
        return [int(process.stdout.readline()) for process in self.processes if process.stdout]

    def memory(self) -> tuple[Memory, ...]:
        """Of each desk, now; empty where the system does not tell."""
        return tuple(filter(None, (memory_of(process.pid) for process in self.processes)))

    def reports(self) -> tuple[Report, ...]:
        """End all desks."""
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.close()
        for process in self.processes:
            assert process.wait(120) == 0
        return tuple(Report.read(Path(one.report)) for one in self._orders)


@contextmanager
def crew(orders: Sequence[Orders], folder: Path) -> Iterator[Crew]:
    """Desks that have opened their files and shared what they have; none outlives the block."""
    made = Crew(orders, folder)
    try:
        made.wait_for("ready")
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                pipe.close()


def scan_all(desks: Crew, *, shares: bool = True) -> Seen:
    """Let them scan, wait until they have shared it all, and end them."""
    before = desks.counts()
    begin = time.monotonic()
    desks.tell("scan")
    desks.wait_for("done")
    scanned = time.monotonic()
    settled = _settled_s(desks, before) if shares else None
    memory = desks.memory()
    return Seen(desks.reports(), memory, scanned - begin, settled)


def _settled_s(desks: Crew, before: list[int]) -> float | None:
    """Until nothing new came for a second."""
    begin = last_change = time.monotonic()
    had = before
    while time.monotonic() - begin < _SETTLES_WITHIN_S:
        has = desks.counts()
        if has != had:
            had, last_change = has, time.monotonic()
        elif time.monotonic() - last_change > 1.0:
            return last_change - begin
        time.sleep(0.1)
    return None


def memory_of(pid: int) -> Memory | None:
    """As Linux counts it."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    found = {line.split(":")[0]: line.split() for line in text.splitlines()[1:]}
    return Memory(int(found["Rss"][1]) / 1024, int(found["Pss"][1]) / 1024)
