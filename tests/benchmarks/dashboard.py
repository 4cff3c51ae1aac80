"""A refresh of the dashboard: what a few scans changed is counted, and what changed is drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.gui.dashboard.chart_drawing import ChartDrawer, ChartWish
from checkin_app.reports.charts.palette import PAPER
from checkin_app.reports.dashboard_cards import Cards, cards_of
from checkin_app.reports.dashboard_layout import board_places, card_at, unit_of
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.dashboard import LiveCount
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from tests.benchmarks.figures import Figure, against_limit, median
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_BOARD = (1160.0, 700.0)
_GAP = 12.0
_DESKS = 8
_PER_MINUTE = 1200
_SCANS = 5
"""Between two refreshes; more than the largest hall lets in within a second."""

Result = TypeVar("Result")
Wishes = list[tuple[str, ChartWish]]


def measure(folder: Path, attendees: int, rounds: int) -> list[Figure]:
    """With half of the people in, let some more in and refresh, again and again."""
    event_file = _half_full(folder / "dashboard.checkin", attendees)
    now = NOW + timedelta(minutes=attendees / 2 / _PER_MINUTE)
    desk = CheckInDesk(event_file, "Desk 1", CHECK_IN_LIST, lambda: now)
    coming = iter([person.code for person in islice(people(attendees), attendees // 2, None)])
    live, drawer = LiveCount(event_file), ChartDrawer()
    first, all_counted = _timed(live.count, CHECK_IN_LIST, now)
    wishes = _wishes(cards_of(first))
    drawer.draw(wishes)
    _, all_drawn = _timed(drawer.draw, wishes)
    counted, drawn, shown = [], [], dict(wishes)
    for _ in range(rounds):
        for code in islice(coming, _SCANS):
            desk.handle(Scan(code))
        dashboard, took = _timed(live.count, CHECK_IN_LIST, now)
        counted.append(took)
        changed = [
            (card, wish) for card, wish in _wishes(cards_of(dashboard)) if wish != shown[card]
        ]
        shown.update(changed)
        _, took = _timed(drawer.draw, changed)
        drawn.append(took)
    event_file.close()
    who = f"dashboard, {attendees:,} attendees"
    refresh = median([one + other for one, other in zip(counted, drawn, strict=True)])
    return [
        Figure(f"{who}: everything counted", all_counted, "ms"),
        Figure(f"{who}: counted after {_SCANS} scans", median(counted), "ms"),
        Figure(f"{who}: all eight charts drawn", all_drawn, "ms"),
        Figure(f"{who}: the charts that changed", median(drawn), "ms"),
        against_limit(f"{who}: a refresh", refresh, "ms", 60),
    ]


def _half_full(path: Path, attendees: int) -> EventFile:
    event_file = EventFile.create(
        path, EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW
    )
    ids = [person.id for person in event_file.attendees(AttendeeFilter())]
    for begin in range(0, attendees // 2, _PER_MINUTE):
        now = NOW + timedelta(minutes=begin / _PER_MINUTE)
        desk_name = f"Desk {begin // _PER_MINUTE % _DESKS + 1}"
        with event_file.transaction(desk_name, now) as transaction:
            for attendee_id in ids[begin : min(begin + _PER_MINUTE, attendees // 2)]:
                transaction.append(EntryKind.CHECKED_IN, attendee_id, CHECK_IN_LIST.id)
    return event_file


def _wishes(cards: Cards) -> Wishes:
    return [
        (
            place.card,
            ChartWish(
                card_at(cards, place),
                round(place.width),
                round(place.height),
                unit_of(*_BOARD),
                PAPER,
                1.0,
            ),
        )
        for place in board_places(*_BOARD, _GAP)
    ]


def _timed(work: Callable[..., Result], *arguments: Any) -> tuple[Result, float]:
    begin = time.perf_counter()
    result = work(*arguments)
    return result, (time.perf_counter() - begin) * 1000
