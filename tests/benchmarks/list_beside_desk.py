"""How long a desk's scans wait while another copy of the program imports a list."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import replace
from itertools import cycle
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path

from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_limit, percentile
from tests.benchmarks.list_import import import_into
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people, write_csv

_MOST_WAIT_S = 1.0
_REGISTERED = 2000
_BETWEEN_SCANS_S = 0.02
_PREFIX = "HERE"


def measure(folder: Path, attendees: int) -> list[Figure]:
    """Import lists of two sizes beside a desk that scans fifty times a second."""
    figures = []
    for count in (attendees // 20, attendees):
        waits = _waits_beside_import(folder, count)
        what = f"a scan beside the import of {count:,} rows"
        figures += [
            Figure(f"{what}, p50 of {len(waits):,}", percentile(waits, 50) * 1000, "ms"),
            Figure(f"{what}, p99", percentile(waits, 99), "s"),
            against_limit(f"{what}, slowest", max(waits), "s", _MOST_WAIT_S),
        ]
    return figures


def _waits_beside_import(folder: Path, count: int) -> list[float]:
    """Seconds that each scan took from before the import to its end."""
    path, list_path = folder / f"beside{count}.checkin", folder / f"beside{count}.csv"
    write_csv(list_path, count)
    here = [_PREFIX + person.code for person in people(_REGISTERED)]
    EventFile.create(
        path,
        EVENT,
        [CHECK_IN_LIST],
        (replace(one, code=code) for one, code in zip(people(_REGISTERED), here, strict=True)),
        desk="A",
        now=NOW,
    ).close()
    context = multiprocessing.get_context("spawn")
    is_over, receiver = context.Event(), context.SimpleQueue()
    desk = context.Process(target=_scan, args=(path, here, is_over, receiver))
    desk.start()
    assert receiver.get() == []
    with EventFile(path) as event_file:
        import_into(event_file, list_path)
    is_over.set()
    waits: list[float] = receiver.get()
    desk.join()
    return waits


def _scan(path: Path, codes: list[str], is_over: Event, answers: SimpleQueue[list[float]]) -> None:
    """Say that the desk is ready, scan until the import is over, tell how long scans took."""
    desk = CheckInDesk(EventFile(path), "Desk 2", CHECK_IN_LIST)
    waits: list[float] = []
    answers.put(waits)
    for code in cycle(codes):
        begin = time.perf_counter()
        desk.handle(Scan(code))
        waits.append(time.perf_counter() - begin)
        if is_over.wait(_BETWEEN_SCANS_S):
            break
    answers.put(waits)
