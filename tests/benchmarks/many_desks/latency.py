"""From a scan at one desk to the file, and to the screen, of another."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from checkin_app.hub.access import HubAccess
from tests.benchmarks.figures import Figure, against_floor, percentile
from tests.benchmarks.many_desks.desk import Orders, Report
from tests.benchmarks.many_desks.floor import bare_floor
from tests.benchmarks.many_desks.load import crew, scan_all
from tests.benchmarks.many_desks.stage import Stage, stage

_WITHIN_MS = 50
_PARCEL_BYTES = 300
_PER_SECOND = 10.0
"""More than a person scans, for a p99 of a minute is to be more than its two slowest."""


def measure(folder: Path, attendees: int, seconds: float) -> list[Figure]:
    """Two desks on one computer, one of which scans; then the same with a window as the other.

    The floor runs before and after.
    """
    with stage(folder, attendees) as scene:
        scene.found()
        before = bare_floor(scene.dsn, _PARCEL_BYTES)
        first = scene.desks(2)
        orders = [_orders(scene, *first[0], 1, seconds), _orders(scene, *first[1], 2, seconds)]
        with crew(orders, scene.folder) as desks:
            seen = scan_all(desks)
        arrivals, answered = seen.arrivals(), seen.answered()
        shown = _shown_after(scene, seconds, sum(len(one.durable) for one in seen.reports))
        floor = before.and_then(bare_floor(scene.dsn, _PARCEL_BYTES))
    what = f"loopback, {attendees:,} attendees"
    return [
        Figure(
            f"bare insert and notify: until durable, p99 of {len(floor.durable)}",
            percentile(floor.durable, 99),
            "ms",
        ),
        against_floor(
            f"scan durable to the other desk’s file, {what}, p50 of {len(arrivals)}",
            percentile(arrivals, 50),
            percentile(floor.there, 50),
            "ms",
        ),
        _within(
            f"scan durable to the other desk’s file, {what}, p99",
            percentile(arrivals, 99),
            percentile(floor.there, 99),
        ),
        Figure(
            f"a scan with the hub’s word, p50 of {len(answered)}", percentile(answered, 50), "ms"
        ),
        Figure("a scan with the hub’s word, p99", percentile(answered, 99), "ms"),
        Figure(
            f"scan durable to the other desk’s numbers, p50 of {len(shown)}",
            percentile(shown, 50),
            "ms",
        ),
        _within("scan durable to the other desk’s numbers, p99", percentile(shown, 99), None),
    ]


def _within(what: str, ours: float, floor: float | None) -> Figure:
    return Figure(what, ours, "ms", floor, f"{_WITHIN_MS} ms", ours < _WITHIN_MS)


def _orders(
    scene: Stage, path: Path, access: HubAccess, number: int, seconds: float, first: int = 0
) -> Orders:
    """The first desk scans, the others only take in."""
    return Orders(
        path=str(path),
        name=f"Desk {number}",
        report=str(scene.folder / f"latency-{number}.json"),
        access=access.document(),
        codes=list(scene.codes[first:]) if number in (1, 3) else [],
        per_second=_PER_SECOND if number in (1, 3) else 0.0,
        seconds=seconds,
    )


def _shown_after(scene: Stage, seconds: float, there: int) -> list[float]:
    """Until the numbers beside the other desk's window count the scan: milliseconds.

    Args:
        there: how many people came before.
    """
    scanning, watching = scene.desks(2)
    report = scene.folder / "window.json"
    arguments = [str(watching[0]), json.dumps(watching[1].document()), str(report)]
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.many_desks.window", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert window.stdout is not None
        assert window.stdin is not None
        assert window.stdout.readline().strip() == "ready"
        half = len(scene.codes) // 2
        with crew([_orders(scene, *scanning, 3, seconds, half)], scene.folder) as desks:
            (seen,) = scan_all(desks).reports
        time.sleep(1)
        window.stdin.close()
        assert window.wait(60) == 0
    finally:
        window.kill()
        window.wait()
        for pipe in (window.stdin, window.stdout):
            assert pipe is not None
            pipe.close()
    return _until_counted(seen, json.loads(report.read_text()), there)


def _until_counted(seen: Report, counts: list[tuple[float, int]], there: int) -> list[float]:
    """The n-th scan is on the screen as soon as that shows so many arrivals more, or later ones."""
    shown = []
    for place, at in enumerate(sorted(seen.durable.values()), there + 1):
        when = next((moment for moment, arrived in counts if arrived >= place), float("inf"))
        shown.append((when - at) * 1000)
    return shown
