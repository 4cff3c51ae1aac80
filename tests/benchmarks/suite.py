"""The benchmarks by name, and how much of each is measured."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import (
    badges,
    camera_decoding,
    camera_path,
    dashboard,
    label,
    list_beside_desk,
    list_export,
    list_import,
    memory,
    scan,
    search,
    stalls,
    start,
)
from tests.benchmarks.figures import Figure
from tests.benchmarks.many_desks import crowd, joining, latency

_SCANS_PER_DESK_S = 2


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        events: attendees of events that are joined, and of those in which two desks share.
        desks, desks_s: how many desks scan at once, and for how long.
    """

    attendees: int
    many_attendees: int
    badges: tuple[int, ...]
    many_badges: int
    badges_held: int
    rounds: int
    pictures: int
    events: tuple[int, ...]
    desks: int
    desks_s: float


FULL = Scale(
    attendees=100_000,
    many_attendees=1_000_000,
    badges=(2000, 10_000),
    many_badges=100_000,
    badges_held=50_000,
    rounds=5,
    pictures=24,
    events=(10_000, 50_000, 100_000),
    desks=50,
    desks_s=60,
)
QUICK = Scale(
    attendees=10_000,
    many_attendees=100_000,
    badges=(500,),
    many_badges=5000,
    badges_held=5000,
    rounds=2,
    pictures=4,
    events=(1000, 10_000),
    desks=10,
    desks_s=10,
)


def _scan(folder: Path, scale: Scale) -> list[Figure]:
    return scan.measure(folder, scale.attendees)


def _label(folder: Path, scale: Scale) -> list[Figure]:
    return label.measure(folder, scale.attendees)


def _search(folder: Path, scale: Scale) -> list[Figure]:
    return search.measure(folder, scale.attendees, 16)


def _search_many(folder: Path, scale: Scale) -> list[Figure]:
    return search.measure(folder, scale.many_attendees, 150)


def _import(folder: Path, scale: Scale) -> list[Figure]:
    return list_import.measure(folder, scale.attendees, scale.rounds)


def _export(folder: Path, scale: Scale) -> list[Figure]:
    return list_export.measure(folder, scale.attendees, scale.rounds, in_own_process)


def _import_beside_desk(folder: Path, scale: Scale) -> list[Figure]:
    return list_beside_desk.measure(folder, scale.attendees)


def _badges(folder: Path, scale: Scale) -> list[Figure]:
    return [f for count in scale.badges for f in badges.measure(folder, count, scale.rounds)]


def _badges_many(folder: Path, scale: Scale) -> list[Figure]:
    return badges.measure_many(folder, max(scale.badges), scale.many_badges)


def _preview(folder: Path, scale: Scale) -> list[Figure]:
    return badges.measure_preview(folder, 2 * scale.rounds)


def _dashboard(folder: Path, scale: Scale) -> list[Figure]:
    return dashboard.measure(folder, scale.attendees, 4 * scale.rounds)


def _start(folder: Path, scale: Scale) -> list[Figure]:
    return start.measure(folder, 2 * scale.rounds)


def _memory(folder: Path, scale: Scale) -> list[Figure]:
    return memory.measure(folder, scale.attendees, scale.badges_held, in_own_process)


def _stalls(folder: Path, scale: Scale) -> list[Figure]:
    return stalls.measure(folder, scale.attendees, min(scale.badges))


def _camera_path(folder: Path, scale: Scale) -> list[Figure]:
    return camera_path.measure(folder, 40 * scale.rounds)


def _camera_decoding(folder: Path, scale: Scale) -> list[Figure]:
    return camera_decoding.measure(scale.pictures) + camera_decoding.measure_frames(
        20 * scale.pictures
    )


def _join(folder: Path, scale: Scale) -> list[Figure]:
    return joining.measure(folder, scale.events)


def _desk_to_desk(folder: Path, scale: Scale) -> list[Figure]:
    return [f for count in scale.events for f in latency.measure(folder, count, scale.desks_s)]


def _laptop_of_many(folder: Path, scale: Scale) -> list[Figure]:
    others, rate = scale.desks - 1, _SCANS_PER_DESK_S * scale.desks
    return crowd.measure_one(folder, scale.attendees, others, rate, scale.desks_s)


def _desks(folder: Path, scale: Scale) -> list[Figure]:
    rate = _SCANS_PER_DESK_S * scale.desks
    return crowd.measure(folder, scale.attendees, scale.desks, rate, scale.desks_s)


BENCHMARKS = {
    "scan": _scan,
    "label": _label,
    "camera-path": _camera_path,
    "search": _search,
    "search-many": _search_many,
    "import": _import,
    "import-beside-desk": _import_beside_desk,
    "export": _export,
    "badges": _badges,
    "badges-many": _badges_many,
    "preview": _preview,
    "dashboard": _dashboard,
    "start": _start,
    "memory": _memory,
    "stalls": _stalls,
    "camera-decoding": _camera_decoding,
    "join": _join,
    "desk-to-desk": _desk_to_desk,
    "laptop-of-many": _laptop_of_many,
    "desks": _desks,
}


def run(name: str, folder: Path, scale: Scale) -> list[Figure]:
    """Run one benchmark where no other has left anything behind."""
    return in_own_process(BENCHMARKS[name], folder, scale)


def in_own_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """What an importable function returns, called in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(function, *arguments).result()
