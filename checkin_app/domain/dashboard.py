"""The numbers of one check-in list at one moment, as the dashboard and its report show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.arrival_pace import (
    ArrivalSeries,
    Window,
    arrival_series,
    everybody_in_at,
    expected_share,
)
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.print_jobs import REPRINT_CAUSES
from checkin_app.domain.programme import Event
from checkin_app.domain.tally import GroupCount, Tally


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one category, organisation or country are expected, and have come.

    Attributes:
        name: empty for those who have none.
        others: how many smaller ones are added up here; 0 for a single one.
    """

    name: str
    arrived: int
    expected: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class DeskShare:
    """What one desk does: people let in, and how many of them within the last minute."""

    desk: str
    arrived: int
    last_minute: int = 0


@dataclass(frozen=True, slots=True)
class BadgeNumbers:
    """Badges of the whole event.

    Attributes:
        people: who has one.
        prints: how often one was printed.
        spoilt: jammed, misprinted or lost before they were handed out.
        reprints: reason ("lost", "damaged", "wrong data") → how often, the most frequent first.
    """

    people: int = 0
    prints: int = 0
    spoilt: int = 0
    reprints: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Recent:
    """What happened lately.

    Attributes:
        per_minute: arrivals a minute, over ``arrival_pace.PACE_OVER``.
        desks: desk → arrivals within the last minute.
    """

    per_minute: float
    desks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One check-in list as of one moment.

    Attributes:
        check_in_list: None for the event as a whole: who came to any list.
        as_of: when it was counted (UTC).
        registered: everybody in the file, whatever the status.
        expected: confirmed, still on the newest registration list and meant for this check-in
            list; and all others who came.
        gone: missing from the newest registration list, and not here.
        categories, organisations, countries: the largest first.
        series: the arrivals over time.
        window: when people are to come; None when that is not known.
        per_minute: the pace of the last minutes.
        desks: by name.
        refusals: outcome → refused scans, the most frequent first.
    """

    event: Event
    check_in_list: CheckInList | None
    as_of: datetime
    registered: int
    expected: int
    arrived: int
    walk_ins: int
    gone: int
    tickets_sent: int
    categories: tuple[Share, ...]
    organisations: tuple[Share, ...]
    countries: tuple[Share, ...]
    series: ArrivalSeries
    window: Window | None
    per_minute: float
    desks: tuple[DeskShare, ...]
    refusals: tuple[tuple[str, int], ...]
    badges: BadgeNumbers

    @property
    def places(self) -> int:
        """How many can come: those expected, or as many as there are places for."""
        capacity = self.check_in_list.capacity if self.check_in_list else None
        return self.expected if capacity is None else min(capacity, self.expected)

    @property
    def missing(self) -> int:
        """Expected and not here: a no-show, if it stays so."""
        return max(0, self.expected - self.arrived)

    @property
    def is_over(self) -> bool:
        """Whether the last day of the event is gone."""
        return self.event.local(self.as_of).date() > self.event.ends_on

    @property
    def everybody_in_at(self) -> datetime | None:
        """When the last will come if it goes on like this (UTC); None when nobody can say."""
        return everybody_in_at(max(0, self.places - self.arrived), self.per_minute, self.as_of)

    @property
    def expected_by_now(self) -> int | None:
        """How many should be here by the assumption of ``arrival_pace``; None outside its day."""
        if self.window is None or not self.series.expected:
            return None
        return round(self.places * expected_share(self.window, self.as_of))


def dashboard_of(
    event: Event,
    check_in_list: CheckInList | None,
    tally: Tally,
    recent: Recent,
    as_of: datetime,
    window: Window | None = None,
) -> Dashboard:
    """The dashboard of running sums.

    Args:
        window: when people are to come, if it is known.
    """
    capacity = check_in_list.capacity if check_in_list else None
    places = tally.expected if capacity is None else min(capacity, tally.expected)
    return Dashboard(
        event=event,
        check_in_list=check_in_list,
        as_of=as_of,
        registered=tally.registered,
        expected=tally.expected,
        arrived=tally.arrived,
        walk_ins=tally.walk_ins,
        gone=tally.gone,
        tickets_sent=tally.tickets_sent,
        categories=_shares(tally.groups["category"]),
        organisations=_shares(tally.groups["organisation"]),
        countries=_shares(tally.groups["country"]),
        series=arrival_series(event, window, tally.minutes, places, as_of),
        window=window,
        per_minute=recent.per_minute,
        desks=tuple(
            DeskShare(desk, arrived, recent.desks.get(desk, 0))
            for desk, arrived in sorted(tally.desks.items(), key=_by_name)
            if arrived
        ),
        refusals=tuple(_most_first(tally.refusals)),
        badges=BadgeNumbers(
            people=tally.badges,
            prints=sum(tally.prints.values()),
            spoilt=tally.spoilt,
            reprints=tuple(
                (reason, count)
                for reason, count in _most_first(tally.prints)
                if reason in REPRINT_CAUSES
            ),
        ),
    )


def top(shares: tuple[Share, ...], most: int) -> tuple[Share, ...]:
    """At most so many lines: when there are more, the smallest are added up in the last one."""
    if len(shares) <= most:
        return shares
    kept, rest = shares[: most - 1], shares[most - 1 :]
    others = Share(
        "", sum(one.arrived for one in rest), sum(one.expected for one in rest), len(rest)
    )
    return (*kept, others)


def _shares(groups: Mapping[str, GroupCount]) -> tuple[Share, ...]:
    shares = [
        Share(name, one.arrived, one.expected) for name, one in groups.items() if one.expected
    ]
    return tuple(sorted(shares, key=lambda one: (-one.expected, not one.name, one.name)))


def _by_name(desk: tuple[str, int]) -> list[str | int]:
    """Desk 2 before desk 10: on a screen that changes, nobody wants lines to change places."""
    parts = re.split(r"([0-9]+)", desk[0].casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _most_first(counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    there = ((name, count) for name, count in counts.items() if count > 0)
    return sorted(there, key=lambda one: (-one[1], one[0]))
