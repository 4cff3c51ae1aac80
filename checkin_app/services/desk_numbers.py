"""The numbers beside the desk: arrived of expected, how fast, and who is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.sharing import SharingDesk
from checkin_app.services.attendance import expected_of
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.desk_counts import DeskCounts

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
        at_this_desk: how many of the arrived this desk let in; None where there is no other desk.
    """

    expected: int
    arrived: int
    per_minute: float
    by_category: tuple[CategoryProgress, ...]
    at_this_desk: int | None = None


class LiveDeskNumbers:
    """Counts for one desk again and again; what did not change since is not counted twice.

    For one thread.
    """

    def __init__(self, event_file: EventFile) -> None:
        self._file = event_file
        self._counts: DeskCounts | None = None
        self._joined: tuple[SharingDesk, ...] = ()
        self._told = 0

    def count(self, check_in_list: CheckInList, desk_name: str, now: datetime) -> DeskNumbers:
        """Count one check-in list as of ``now`` (UTC).

        Args:
            desk_name: what this desk is called.

        Raises:
            EventFileError: the event file cannot be read.
        """
        numbers = desk_numbers(self._file, check_in_list, now)
        self._counts = self._file.numbers.by_desk(check_in_list.id, self._counts)
        if (told := self._file.sharing.told_of_desks()) != self._told:
            self._told, self._joined = told, self._file.sharing.desks()
        return replace(numbers, at_this_desk=_at(desk_name, self._counts.by_desk, self._joined))


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


def _at(desk_name: str, by_desk: Mapping[str, int], joined: tuple[SharingDesk, ...]) -> int | None:
    if len(joined) < 2 and not by_desk.keys() - {desk_name}:
        return None
    own = [desk for desk in joined if desk.name == desk_name]
    if len(own) != 1:
        return by_desk.get(desk_name, 0)
    # Whoever gave this desk a better name at noon goes on counting from the morning's.
    of_others = {name for desk in joined if desk.id != own[0].id for name in desk.names}
    return sum(by_desk.get(name, 0) for name in {desk_name, *own[0].names} - of_others)
