"""The numbers beside the desk: arrived of expected, how fast, and who is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.services.attendance import expected_of
from checkin_app.storage.event_file import EventFile

_RATE_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CategoryProgress:
    """How many of a category are expected, and how many of them have come."""

    category: str
    arrived: int
    expected: int


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """The counters of one check-in list.

    Attributes:
        expected: confirmed registrations that the newest list has and who are meant for this
            check-in list, and others who came all the same.
        per_minute: arrivals a minute over the last five minutes.
    """

    expected: int
    arrived: int
    per_minute: float
    by_category: tuple[CategoryProgress, ...]


def desk_numbers(event_file: EventFile, check_in_list: CheckInList, now: datetime) -> DeskNumbers:
    """Count one check-in list as of ``now`` (UTC)."""
    progress: dict[str, CategoryProgress] = {}
    for count in event_file.category_counts(check_in_list.id):
        before = progress.get(count.category, CategoryProgress(count.category, 0, 0))
        progress[count.category] = CategoryProgress(
            count.category,
            before.arrived + count.arrived,
            before.expected + expected_of(count, check_in_list),
        )
    recent = event_file.arrivals_by_minute(check_in_list.id, since=now - _RATE_WINDOW)
    minutes = _RATE_WINDOW.total_seconds() / 60
    return DeskNumbers(
        expected=sum(p.expected for p in progress.values()),
        arrived=sum(p.arrived for p in progress.values()),
        per_minute=sum(count for minute, count in recent if minute <= now) / minutes,
        by_category=tuple(
            sorted(
                (p for p in progress.values() if p.expected),
                key=lambda p: (-p.expected, p.category),
            )
        ),
    )
