"""When people come: the window, the curve that is assumed, the steps of the chart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.arrival_pace import (
    Window,
    arrival_series,
    everybody_in_at,
    expected_share,
    registration_window,
)
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event, Session

DAY = date(2024, 5, 6)
OPENS = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
STARTS = OPENS + timedelta(minutes=30)
CLOSES = OPENS + timedelta(hours=5)
EVENT = Event(
    "Assembly",
    "Europe/Brussels",
    DAY,
    DAY,
    sessions=(
        Session("registration", "Registration", OPENS, STARTS),
        Session("welcome", "Welcome", STARTS, STARTS + timedelta(hours=1)),
    ),
)
WINDOW = Window(OPENS, STARTS)


def minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def test_people_are_to_come_until_the_programme_goes_on():
    desk = CheckInList("desk", "Registration", OPENS, CLOSES)
    assert registration_window(EVENT, desk) == WINDOW


def test_a_list_that_closes_before_the_next_session_sets_the_end_itself():
    early = OPENS + timedelta(minutes=10)
    assert registration_window(EVENT, CheckInList("a", "A", OPENS, early)) == Window(OPENS, early)


@pytest.mark.parametrize(
    "check_in_list",
    [CheckInList("a", "A"), CheckInList("a", "A", STARTS + timedelta(hours=9))],
)
def test_a_list_without_opening_or_end_has_no_window(check_in_list):
    assert registration_window(EVENT, check_in_list) is None


def test_the_curve_begins_with_nobody_ends_with_everybody_and_is_steepest_at_two_thirds():
    minutes = [OPENS + timedelta(minutes=n) for n in range(31)]
    shares = [expected_share(WINDOW, moment) for moment in minutes]
    assert (shares[0], shares[-1]) == (0, 1)
    rates = [after - before for before, after in pairwise(shares)]
    assert all(rate >= 0 for rate in rates)
    assert rates.index(max(rates)) in (19, 20)
    assert expected_share(WINDOW, OPENS - timedelta(hours=1)) == 0
    assert expected_share(WINDOW, CLOSES) == 1


def test_the_expected_steps_add_up_to_all_who_are_expected():
    series = arrival_series(EVENT, WINDOW, {}, 147, OPENS)
    assert len(series.counts) == len(series.expected) == 30
    assert sum(series.expected) == pytest.approx(147)


@given(
    st.dictionaries(st.integers(-3000, 3000), st.integers(1, 50), max_size=40),
    st.sampled_from([WINDOW, Window(OPENS, CLOSES), None]),
)
def test_every_arrival_is_in_a_step_or_counted_before_or_after(offsets, window):
    minutes = {minute(OPENS) + offset: count for offset, count in offsets.items()}
    series = arrival_series(EVENT, window, minutes, 100, STARTS)
    assert sum(series.counts) + series.earlier + series.later == sum(minutes.values())
    assert 1 <= len(series.counts) <= 100
    assert 60 % series.step_minutes == 0


def test_one_late_guest_does_not_squeeze_the_chart():
    late = {minute(OPENS) + 5: 40, minute(CLOSES): 1}
    series = arrival_series(EVENT, WINDOW, late, 41, CLOSES)
    assert series.step_minutes == 1
    assert series.starts_at == OPENS
    assert series.ends_at == STARTS
    assert series.later == 1


def test_those_who_come_a_little_early_or_late_are_in_the_chart():
    series = arrival_series(
        EVENT, WINDOW, {minute(OPENS) - 12: 1, minute(STARTS) + 9: 2}, 10, STARTS
    )
    assert series.starts_at == OPENS - timedelta(minutes=12)
    assert series.ends_at == STARTS + timedelta(minutes=10)
    assert (series.earlier, series.later) == (0, 0)


def test_trying_out_on_another_day_shows_that_day_and_expects_nothing():
    tried = OPENS - timedelta(days=30)
    series = arrival_series(EVENT, WINDOW, {minute(tried): 3}, 147, tried)
    assert series.expected == ()
    assert series.starts_at == tried
    assert series.counts[0] == 3
    assert series.ends_at - series.starts_at == timedelta(minutes=30)


def test_the_pace_tells_when_the_last_will_come():
    assert everybody_in_at(20, 4.0, OPENS) == OPENS + timedelta(minutes=5)
    assert everybody_in_at(20, 0.1, OPENS) is None
    assert everybody_in_at(0, 4.0, OPENS) is None
