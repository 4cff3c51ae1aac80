"""A congress: many desk processes at one hub, each with everybody in its file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, against_floor, against_limit, median, percentile
from tests.benchmarks.many_desks.accounting import HubUse, hub_use
from tests.benchmarks.many_desks.desk import Orders
from tests.benchmarks.many_desks.load import Seen, crew, scan_all
from tests.benchmarks.many_desks.others import OthersOrders, the_others
from tests.benchmarks.many_desks.stage import Stage, opened, stage
from tests.benchmarks.people import CHECK_IN_LIST

_CONVERGED_WITHIN_MS = 1000
_LOCAL_RATIO = 1.5
_OWN_PER_SECOND = 4.0
_ALONE_AT_MOST_S = 60.0


def measure(
    folder: Path, attendees: int, desks: int, per_second: float, seconds: float
) -> list[Figure]:
    """The same desks with the same scans, first without a hub, then with.

    Where there is a disk in memory their files lie there: each laptop has a disk of its own, and
    fifty that wait for the syncs of one would measure that disk. The hub's lies on the real one.
    """
    with stage(folder, attendees, _disk_in_memory(folder)) as scene:
        event_id = scene.found()
        orders = _orders(scene, desks, per_second, seconds)
        alone_orders = [
            replace(
                one, access=None, seconds=min(seconds, _ALONE_AT_MOST_S), name=f"{one.name} alone"
            )
            for one in orders
        ]
        with crew(alone_orders, scene.folder) as crowd:
            alone = scan_all(crowd, shares=False)
        orders = _orders(scene, desks, per_second, seconds)
        with crew(orders, scene.folder) as crowd:
            before, load_before = (
                hub_use(scene.dsn, event_id, scene.server.folder / "data"),
                _load(),
            )
            together = scan_all(crowd)
        used = hub_use(scene.dsn, event_id, scene.server.folder / "data").since(before)
    what = f"{desks} desks, {attendees:,} attendees, {per_second:g} scans/s, {seconds:g} s"
    print(f"\n{what}: load {load_before:.1f} before, {_load():.1f} after", flush=True)
    return [
        *_scans(what, together, alone),
        *_arrivals(what, together),
        *_desk_use(together, together.scans),
        *_hub_use(used, together.scans, together.scanned_s),
    ]


def measure_one(
    folder: Path, attendees: int, others: int, per_second: float, seconds: float
) -> list[Figure]:
    """What one laptop has of it: a desk process, the other desks only hand in.

    Its file lies on the disk, the hub in memory where there is such a disk: the hub is another
    laptop's, and a hundred syncs a second would be in the way of this one's.
    """
    with (
        TemporaryDirectory(dir=_disk_in_memory(folder)) as elsewhere,
        stage(Path(elsewhere), attendees, folder) as scene,
    ):
        event_id = scene.found()
        (own, *rest) = scene.desks(others + 1, copies=1)
        half = len(scene.codes) // 2
        with opened(own[0]) as event_file:
            people = [event_file.find_code(code)[0].attendee_id for code in scene.codes[half:]]
        orders = Orders(
            path=str(own[0]),
            name="Desk 1",
            report=str(scene.folder / "report.json"),
            access=own[1].document(),
            codes=list(scene.codes[:half]),
            per_second=_OWN_PER_SECOND,
            seconds=seconds,
        )
        alone_orders = replace(
            orders,
            access=None,
            codes=orders.codes[half // 2 :],
            seconds=min(seconds, _ALONE_AT_MOST_S),
        )
        with crew([alone_orders], scene.folder) as desk:
            alone = scan_all(desk, shares=False)
        around = OthersOrders(
            [access.document() for _, access in rest],
            people,
            CHECK_IN_LIST.id,
            per_second - _OWN_PER_SECOND,
            seconds,
            str(scene.folder / "others.json"),
        )
        load_before = _load()
        with crew([orders], scene.folder) as desk, the_others(around, scene.folder) as played:
            before = hub_use(scene.dsn, event_id, scene.server.folder / "data")
            together = scan_all(desk)
            used = hub_use(scene.dsn, event_id, scene.server.folder / "data").since(before)
    (report,) = together.reports
    came = [
        (at - played.put_at[key]) * 1000
        for key, at in zip(report.came, report.came_at, strict=True)
        if key in played.put_at
    ]
    what = f"one laptop of {others + 1}, {attendees:,} attendees, {per_second:g} scans/s"
    print(f"\n{what}: load {load_before:.1f} before, {_load():.1f} after", flush=True)
    return [
        *_scans(what, together, alone),
        Figure(
            f"handed in by others, in the file here, p50 of {len(came)}",
            percentile(came, 50),
            "ms",
        ),
        against_limit(
            "handed in by others, in the file here, p99",
            percentile(came, 99),
            "ms",
            _CONVERGED_WITHIN_MS,
        ),
        Figure("handed in by others a second", len(came) / together.scanned_s, "/s"),
        Figure("others handed in later than was due, p99", percentile(played.late_ms, 99), "ms"),
        *_desk_use(together, together.scans + len(came)),
        *_hub_use(used, together.scans + len(came), together.scanned_s),
    ]


def _orders(scene: Stage, desks: int, per_second: float, seconds: float) -> list[Orders]:
    return [
        Orders(
            path=str(path),
            name=f"Desk {number + 1}",
            report=str(scene.folder / f"report-{number}.json"),
            access=access.document(),
            codes=list(scene.codes[number::desks]),
            per_second=per_second / desks,
            seconds=seconds,
        )
        for number, (path, access) in enumerate(scene.desks(desks))
    ]


def _scans(what: str, together: Seen, alone: Seen) -> list[Figure]:
    local, local_alone = together.local(), alone.local()
    late = [one for report in together.reports for one in report.late]
    shared = sum(report.shared for report in together.reports)
    return [
        Figure(f"{what}: scans made", together.scans / together.scanned_s, "/s"),
        against_floor(
            f"a scan until durable, p50 of {len(local)}; floor: {len(local_alone)} without a hub",
            percentile(local, 50),
            percentile(local_alone, 50),
            "ms",
        ),
        against_floor(
            "a scan until durable, p99",
            percentile(local, 99),
            percentile(local_alone, 99),
            "ms",
            _LOCAL_RATIO,
        ),
        Figure("a scan with the hub’s word, p50", percentile(together.answered(), 50), "ms"),
        Figure("a scan with the hub’s word, p99", percentile(together.answered(), 99), "ms"),
        Figure("answered by the hub in time", 100 * shared / together.scans, "%"),
        Figure("a scan began later than it was due, p99", percentile(late, 99), "ms"),
    ]


def _arrivals(what: str, together: Seen) -> list[Figure]:
    arrivals, convergence = together.arrivals(), together.convergence()
    missing = sum(one == float("inf") for one in convergence)
    return [
        Figure("durable at one desk, in the file of another, p50", percentile(arrivals, 50), "ms"),
        Figure("durable at one desk, in the file of another, p99", percentile(arrivals, 99), "ms"),
        Figure("in the files of all, p50", percentile(convergence, 50), "ms"),
        against_limit(
            "in the files of all, p99", percentile(convergence, 99), "ms", _CONVERGED_WITHIN_MS
        ),
        Figure("in the files of all, slowest", max(convergence), "ms"),
        Figure("scans that did not reach every desk", missing, ""),
        Figure("after the last scan until nothing came any more", together.settled_s or -1, "s"),
    ]


def _desk_use(together: Seen, scans: int) -> list[Figure]:
    seconds = together.scanned_s
    processor = [100 * report.processor_s / seconds for report in together.reports]
    sent = sum(report.sent for report in together.reports)
    received = sum(report.received for report in together.reports)
    return [
        Figure("processor of a desk, median (100 is one core)", median(processor), "%"),
        Figure("processor of all desks", sum(processor), "%"),
        Figure("memory of a desk, resident, most", max(m.resident for m in together.memory), "MB"),
        Figure(
            "memory of a desk, its share, median",
            median([m.proportional for m in together.memory]),
            "MB",
        ),
        Figure("a desk sends", sent / len(together.reports) / seconds / 1000, "kB/s"),
        Figure("a desk receives", received / len(together.reports) / seconds / 1000, "kB/s"),
        Figure("bytes on the wire of a scan, all measured desks", (sent + received) / scans, "B"),
    ]


def _hub_use(used: HubUse, scans: int, seconds: float) -> list[Figure]:
    return [
        Figure("processor of the hub", 100 * used.processor_s / seconds, "%"),
        Figure("processor of the hub for a scan", 1000 * used.processor_s / scans, "ms"),
        Figure("transactions of the hub for a scan", used.commits / scans, ""),
        Figure("parcels for a scan", used.parcels / scans, ""),
        Figure("a parcel’s body", used.body_bytes / max(1, used.parcels), "B"),
        Figure("a parcel on the hub’s disk", used.disk_bytes / max(1, used.parcels), "B"),
        Figure("log of changes of the hub for a scan", used.wal_bytes / scans, "B"),
    ]


def _disk_in_memory(otherwise: Path) -> Path:
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else otherwise


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
