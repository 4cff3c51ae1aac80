"""Codes in degraded pictures: how many are read, and how fast, beside zbar and OpenCV.

The pictures are others than those the looks of ``FrameSearch`` were chosen by. A camera gives
thirty frames a second, and the program looks at each in another way; the others look at every
frame alike. So ours is what is read when a picture stands still for ``FRAMES``, less than half a
second, and what the first frame alone gives is told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from PIL import Image, ImageDraw

from checkin_app.scanning.frame_search import FrameSearch, Luma
from tests.benchmarks.camera_peers import READS, Reader, readers
from tests.benchmarks.figures import Figure, against_limit, median, percentile
from tests.degraded_classes import CLASSES, Degraded, pictures
from tests.degraded_pictures import FULL_HD, HD, Pose, Size, noisy, posed, room
from tests.ticket_pictures import Held, badge, phone, ticket

FRAMES = 12
_FIRST_PICTURE = 1000
_A_FRAME_MS = 33.3
_THINGS = (ticket, badge, phone)

_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


@dataclass(slots=True)
class _Score:
    """What one reader made of one set of pictures."""

    read: int = 0
    misread: int = 0
    took_ms: list[float] = field(default_factory=list)


def measure(pictures_each: int) -> list[Figure]:
    """Decode rates of every set, then the time of a frame of each reader."""
    peers = readers()
    if not peers:
        print(" (nobody to compare with: see tests/benchmarks/camera_peers.py)", end="")
    figures: list[Figure] = []
    took_ms: dict[str, list[float]] = {name: [] for name in ("ours", *peers)}
    for name in CLASSES:
        first, ours, scores = _compared(name, pictures_each, peers)
        figures.append(_rate(name, pictures_each, first, ours, scores))
        took_ms["ours"] += ours.took_ms
        for peer, score in scores.items():
            took_ms[peer] += score.took_ms
    return figures + [
        figure for name in peers for figure in _times(name, took_ms["ours"], took_ms[name])
    ]


def measure_frames(frames: int) -> list[Figure]:
    """From a frame to its codes, at two resolutions, with and without a code."""
    figures = []
    for size in (HD, FULL_HD):
        for what, made in (("with a code", _with_code), ("without a code", _without_code)):
            took = list(_frame_times(list(made(size, min(24, frames))), frames))
            name = f"a frame of {size[0]}x{size[1]} {what}"
            figures.append(against_limit(f"{name}, p50", median(took), "ms", _A_FRAME_MS))
            figures.append(Figure(f"{name}, p99", percentile(took, 99), "ms"))
    return figures


def _compared(
    name: str, count: int, peers: dict[str, Reader]
) -> tuple[int, _Score, dict[str, _Score]]:
    """How many the first frame gives, what ours makes of all frames, and what the peers do."""
    first, ours = 0, _Score()
    scores: dict[str, _Score] = {}
    for degraded in pictures(name, count, first=_FIRST_PICTURE):
        frames = _by_frames(degraded, ours)
        first += frames == 1
        for peer, reader in peers.items():
            if degraded.held.format in READS[peer]:
                _by_peer(degraded, reader, scores.setdefault(peer, _Score()))
    return first, ours, scores


def _by_frames(degraded: Degraded, score: _Score) -> int:
    """After how many frames the code was read; 0 for never."""
    search, luma = FrameSearch(), _luma(degraded.frame)
    for number in range(1, FRAMES + 1):
        codes, took_ms = _timed(search.find, luma)
        texts = {code.text for code in codes}
        score.took_ms.append(took_ms)
        if texts:
            score.read += degraded.held.text in texts
            score.misread += bool(texts - {degraded.held.text})
            return number
    return 0


def _by_peer(degraded: Degraded, reader: Reader, score: _Score) -> None:
    read, took_ms = _timed(reader, degraded.frame)
    texts = {text for text in read if text}
    score.took_ms.append(took_ms)
    score.read += degraded.held.text in texts
    score.misread += bool(texts - {degraded.held.text})


def _rate(name: str, count: int, first: int, ours: _Score, scores: dict[str, _Score]) -> Figure:
    told = [f"first frame {first}", *(f"{peer} {score.read}" for peer, score in scores.items())]
    told += [
        f"{who} misread {score.misread}"
        for who, score in {"ours": ours, **scores}.items()
        if score.misread
    ]
    what = f"read of {count} {name} ({', '.join(told)})"
    if not scores:
        return Figure(what, ours.read, "pictures")
    best = max(score.read for score in scores.values())
    return Figure(what, ours.read, "pictures", best, "1x", ours.read >= best)


def _times(peer: str, ours_ms: list[float], peer_ms: list[float]) -> list[Figure]:
    what = f"a frame of all these; {peer}"
    return [
        Figure(f"{what}, median", median(ours_ms), "ms", median(peer_ms)),
        Figure(f"{what}, p95", percentile(ours_ms, 95), "ms", percentile(peer_ms, 95)),
    ]


def _frame_times(frames: list[Image.Image], count: int) -> Iterator[float]:
    """One search over the frames, again and again; its first round warms up."""
    search = FrameSearch()
    lumas = [_luma(frame) for frame in frames]
    for luma in islice(lumas, 10):
        search.find(luma)
    for number in range(count):
        yield _timed(search.find, lumas[number % len(lumas)])[1]


def _with_code(size: Size, count: int) -> Iterator[Image.Image]:
    for number in range(count):
        held = _THINGS[number % len(_THINGS)]()
        yield _in_hand(held, size, number)


def _without_code(size: Size, count: int) -> Iterator[Image.Image]:
    for number in range(count):
        held = _THINGS[number % len(_THINGS)]()
        picture = held.picture.copy()
        ImageDraw.Draw(picture).rectangle(held.code, fill=230)
        yield _in_hand(Held(picture, "", "", held.code, held.modules), size, number)


def _in_hand(held: Held, size: Size, number: int) -> Image.Image:
    module_px = size[0] / HD[0] * (3 + number % 6)
    pose = Pose(module_px, 0.4 + number % 5 / 20, turn=number - 10, tilt_x=3 * (number % 7) - 10)
    return noisy(posed(held, pose, room(size, number)), 3, number)


def _luma(frame: Image.Image) -> Luma:
    return Luma(frame.tobytes(), frame.width, frame.height, frame.width)


def _timed(work: Callable[[_Given], _Result], given: _Given) -> tuple[_Result, float]:
    begin = time.perf_counter()
    result = work(given)
    return result, (time.perf_counter() - begin) * 1000
