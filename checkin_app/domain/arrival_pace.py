"""When people come: the registration window, how many are expected by when, and the pace.

How many will have come by a moment is an assumption, not a figure of the event. It is the sum of
a Beta(3, 2) distribution over the registration window: few come as it opens, most when two thirds
of it are over, and the last as the programme begins. No data stand behind the shape but what
every registration desk sees; whoever reads the curve must be told so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import from_milliseconds
from checkin_app.domain.programme import Event

PACE_OVER = timedelta(minutes=5)
"""The arrivals of how long make the pace."""

_SLOWEST_PER_MINUTE = 0.2
"""Below this nobody can say when the last will come."""
_BIN_MINUTES = ((90, 1), (240, 5), (720, 15))
_COARSEST_BIN = 60
_LEAST_SPAN = timedelta(minutes=30)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time (UTC)."""

    opens_at: datetime
    closes_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.closes_at - self.opens_at


@dataclass(frozen=True, slots=True)
class ArrivalSeries:
    """Arrivals in equal steps of time, as a chart shows them.

    Attributes:
        starts_at: when the first step begins (UTC).
        step_minutes: how long a step is.
        counts: arrivals in each step.
        expected: how many were to be expected in each step; empty when nothing is assumed.
        earlier, later: arrivals outside the steps.
    """

    starts_at: datetime
    step_minutes: int
    counts: tuple[int, ...]
    expected: tuple[float, ...] = ()
    earlier: int = 0
    later: int = 0

    @property
    def ends_at(self) -> datetime:
        """When the last step is over (UTC)."""
        return self.starts_at + len(self.counts) * self.step_minutes * _MINUTE


def registration_window(event: Event, check_in_list: CheckInList) -> Window | None:
    """When people are to come: from the opening of the list until the programme goes on.

    That is the next beginning of a session, or the closing of the list if it comes first. None
    for a list that is always open, or opens with nothing to end it.
    """
    if check_in_list.opens_at is None:
        return None
    opens_at = check_in_list.opens_at
    ends = [session.starts_at for session in event.sessions]
    if check_in_list.closes_at is not None:
        ends.append(check_in_list.closes_at)
    closes_at = min((end for end in ends if end > opens_at), default=None)
    return None if closes_at is None else Window(opens_at, closes_at)


def expected_share(window: Window, moment: datetime) -> float:
    """Which part of those expected will have come by a moment, by the assumption above."""
    part = (moment - window.opens_at) / window.length
    part = min(1.0, max(0.0, part))
    return part**3 * (4 - 3 * part)


def everybody_in_at(missing: int, per_minute: float, now: datetime) -> datetime | None:
    """When the last will come if it goes on like this; None when nobody can say."""
    if missing <= 0 or per_minute < _SLOWEST_PER_MINUTE:
        return None
    return now + timedelta(minutes=missing / per_minute)


def arrival_series(
    event: Event,
    window: Window | None,
    minutes: Mapping[int, int],
    expected: int,
    now: datetime,
) -> ArrivalSeries:
    """The arrivals of the day that is looked at, in steps that a chart can show.

    That is the day of the latest arrival, or of the window while nobody has come. On the day of
    the window the steps cover it, and what came up to its length before and after; else, as
    when the desk is being tried out, they cover the arrivals of that day.

    Args:
        minutes: minute since 1970 (UTC) → arrivals.
        expected: how many are expected in all.
    """
    came = {_moment(minute): count for minute, count in minutes.items() if count > 0}
    span, is_expected = _span(event, window, came, now)
    step = _step_minutes(span)
    starts_at = _floor(span.opens_at, step)
    steps = max(1, -(-(span.closes_at - starts_at) // (step * _MINUTE)))
    counts = [0] * steps
    earlier = later = 0
    for moment, count in came.items():
        place = (moment - starts_at) // (step * _MINUTE)
        if place < 0:
            earlier += count
        elif place >= steps:
            later += count
        else:
            counts[place] += count
    curve: tuple[float, ...] = ()
    if window is not None and is_expected:
        curve = _curve(window, starts_at, step, steps, expected)
    return ArrivalSeries(starts_at, step, tuple(counts), curve, earlier, later)


def _span(
    event: Event, window: Window | None, came: Mapping[datetime, int], now: datetime
) -> tuple[Window, bool]:
    """What the steps cover, and whether the window belongs to it."""
    latest = max(came, default=None)
    if window is not None and (
        latest is None or event.local(latest).date() == event.local(window.opens_at).date()
    ):
        near = [
            moment
            for moment in came
            if window.opens_at - window.length <= moment < window.closes_at + window.length
        ]
        return Window(
            min([window.opens_at, *near]), max([window.closes_at, *(m + _MINUTE for m in near)])
        ), True
    if latest is None:
        return Window(now - _LEAST_SPAN, now), False
    day = event.local(latest).date()
    first = min(moment for moment in came if event.local(moment).date() == day)
    return Window(first, max(latest + _MINUTE, first + _LEAST_SPAN)), False


def _curve(
    window: Window, starts_at: datetime, step: int, steps: int, expected: int
) -> tuple[float, ...]:
    edges = [starts_at + place * step * _MINUTE for place in range(steps + 1)]
    shares = [expected_share(window, edge) for edge in edges]
    return tuple(expected * (after - before) for before, after in pairwise(shares))


def _step_minutes(span: Window) -> int:
    minutes = span.length / _MINUTE
    return next((step for longest, step in _BIN_MINUTES if minutes <= longest), _COARSEST_BIN)


def _floor(moment: datetime, step: int) -> datetime:
    """The beginning of the step that a moment lies in, counted from midnight (UTC)."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) // (step * _MINUTE) * step * _MINUTE


def _moment(minute: int) -> datetime:
    return from_milliseconds(minute * 60_000)
