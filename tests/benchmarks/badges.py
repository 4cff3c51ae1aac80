"""A badge PDF: against the least a bare ReportLab canvas needs, and against what others use."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_elements import Picture
from checkin_app.domain.badges.badge_face import Box
from checkin_app.domain.badges.badge_layout import BadgeLayout, Part
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.gui.badges.sheets.page_picture import picture_of
from checkin_app.services.bulk_badges.badge_printing import BadgeJob, run_badge_job
from checkin_app.services.bulk_badges.proof_readers import readers_for
from tests.benchmarks.badge_floor import (
    bare_badges,
    logo_png,
    symbol_by_zxing,
    symbols_by_tables,
)
from tests.benchmarks.badge_peers import PEERS, missing
from tests.benchmarks.figures import Figure, against_floor, against_limit, median
from tests.benchmarks.people import EVENT, people

_MOST_BYTES = 450
_LEAST_READ_A_CORE = 300
_MOST_PREVIEW_MS = 100
_PREVIEW_PX = 900
_PATIENCE_S = 30.0


def measure(folder: Path, badges: int, rounds: int) -> list[Figure]:
    """Prints the same people bare and by the program in turn, then by others."""
    attendees = attendees_to_print(badges)
    by_tables = symbols_by_tables()
    bare, tabled, plain, read = [], [], [], []
    print_badges(folder / "warm.pdf", attendees[:200], proof=False)
    file = folder / "bare.pdf"
    for _ in range(rounds):
        bare.append(_seconds(lambda: bare_badges(file, attendees, symbol_by_zxing)))
        tabled.append(_seconds(lambda: bare_badges(file, attendees, by_tables)))
        plain.append(_seconds(lambda: print_badges(folder / "ours.pdf", attendees, proof=False)))
        read.append(_seconds(lambda: print_badges(folder / "ours.pdf", attendees, proof=True)))
    ours = median(plain)
    faster = min(median(bare), median(tabled))
    what = f"{badges:,} badges"
    figures = [
        against_floor(f"{what}, checked; bare ReportLab, codes by tables", ours, faster, "s", 2),
        against_floor(f"{what}, checked; bare ReportLab, codes by zxing", ours, median(bare), "s"),
        against_floor(f"{what}, checked and proof-read", median(read), faster, "s"),
        _proof_rate(what, badges, median(read) - ours),
        against_limit(
            f"{what}: size of one",
            (folder / "ours.pdf").stat().st_size / badges,
            "bytes",
            _MOST_BYTES,
        ),
    ]
    return figures + [_against_peer(name, folder, attendees, ours) for name in _installed()]


def measure_many(folder: Path, badges: int, many: int) -> list[Figure]:
    """Whether a run ten times as long takes ten times as long, by the processor's clock."""
    print_badges(folder / "warm.pdf", attendees_to_print(200), proof=False)
    file, few, more = folder / "b.pdf", attendees_to_print(badges), attendees_to_print(many)
    few_s = _seconds(lambda: print_badges(file, few, proof=False), time.process_time)
    many_s = _seconds(lambda: print_badges(file, more, proof=False), time.process_time)
    what = f"{many:,} badges; {badges:,} times {many // badges}"
    return [against_floor(what, many_s, few_s * many / badges, "s", 1.15)]


def measure_preview(folder: Path, rounds: int) -> list[Figure]:
    """From a changed layout to the picture of the first sheet."""
    attendees = attendees_to_print(CARD_ON_A4.slots)
    layout = layout_with_logo()
    took = []
    for number in range(rounds + 1):
        plan = BadgePlan(replace(layout, title=f"changed {number}"), CARD_ON_A4, EVENT)
        job = BadgeJob(folder / "page.pdf", attendees, plan, proof=False)
        took.append(_seconds(lambda job=job: _draw(job)))
    return [
        against_limit("first sheet of a preview", median(took[1:]) * 1000, "ms", _MOST_PREVIEW_MS)
    ]


def attendees_to_print(badges: int) -> tuple[Attendee, ...]:
    """People with the ids that a badge job asks for."""
    return tuple(replace(p, id=f"{n:032x}") for n, p in enumerate(people(badges)))


def layout_with_logo() -> BadgeLayout:
    """The layout that organisers find first, with a logo in its head."""
    layout = built_in_layout()
    logo = Part(Picture(Box(59, 4, 21, 7), "logo.png"))
    designs = tuple(replace(one, front=(*one.front, logo)) for one in layout.designs)
    return replace(layout, designs=designs, pictures={**layout.pictures, "logo.png": logo_png()})


def print_badges(file: Path, attendees: tuple[Attendee, ...], *, proof: bool) -> None:
    """The program's own way: fitted, looked at for misprints, drawn."""
    plan = BadgePlan(layout_with_logo(), CARD_ON_A4, EVENT)
    report = run_badge_job(BadgeJob(file, attendees, plan, proof=proof))
    assert report.badges == len(attendees)
    assert not report.misread


def _draw(job: BadgeJob) -> None:
    run_badge_job(job)
    picture_of(job.file, 0, _PREVIEW_PX)


def _proof_rate(what: str, badges: int, seconds: float) -> Figure:
    """The readers are started with the run, so what is left is the reading."""
    cores = readers_for(badges) + 1
    rate = badges / seconds / cores
    aim = f"{_LEAST_READ_A_CORE} a second"
    name = f"{what}: read back each second by each of {cores} processes"
    return Figure(name, rate, "badges", aim=aim, met=rate >= _LEAST_READ_A_CORE)


def _installed() -> list[str]:
    absent = missing()
    for name in absent:
        print(f" ({name} is not installed: see tests/benchmarks/badge_peers.py)", end="")
    return [name for name in PEERS if name not in absent]


def _against_peer(
    name: str, folder: Path, attendees: tuple[Attendee, ...], ours_s: float
) -> Figure:
    """A slow peer prints fewer badges, and its time is taken for as many."""
    few = attendees[:200]
    few_s = _seconds(lambda: PEERS[name](folder / f"{name}.pdf", few))
    if few_s * len(attendees) / len(few) < _PATIENCE_S:
        peer_s = _seconds(lambda: PEERS[name](folder / f"{name}.pdf", attendees))
        return against_floor(f"{len(attendees):,} badges; {name}", ours_s, peer_s, "s")
    peer_s = few_s * len(attendees) / len(few)
    what = f"{len(attendees):,} badges; {name} (from {len(few)})"
    return against_floor(what, ours_s, peer_s, "s")


def _seconds(work: Callable[[], None], clock: Callable[[], float] = time.perf_counter) -> float:
    begin = clock()
    work()
    return clock() - begin
