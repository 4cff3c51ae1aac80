"""Entry ids carry a clock that never goes back, whatever the laptop's clock says."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.ledger import (
    clock_of,
    entry_id,
    from_milliseconds,
    milliseconds,
    next_clock,
)

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
clocks = st.integers(0, (1 << 64) - 1)
randoms = st.integers(0, (1 << 58) - 1)


@given(clocks, randoms)
def test_an_id_is_a_uuid_of_version_7_and_holds_its_clock(clock: int, random_bits: int) -> None:
    id_ = entry_id(clock, random_bits)
    parsed = uuid.UUID(hex=id_)
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert clock_of(id_) == clock


@given(clocks, clocks, randoms, randoms)
def test_ids_sort_as_their_clocks_do(one: int, other: int, low: int, high: int) -> None:
    if one != other:
        assert (entry_id(one, low) < entry_id(other, high)) == (one < other)


@given(st.lists(moments, min_size=1, max_size=20))
def test_a_clock_set_back_never_goes_behind_what_was_seen(shown: list[datetime]) -> None:
    last = 0
    for now in shown:
        following = next_clock(last, now)
        assert following > last
        assert following >= milliseconds(now) << 16
        last = following


def test_many_entries_of_one_millisecond_stay_in_order() -> None:
    clock = next_clock(0, NOON)
    for _ in range(70_000):
        clock = next_clock(clock, NOON)
    assert next_clock(clock, NOON + timedelta(seconds=5)) > clock


@given(moments)
def test_moments_are_kept_to_the_millisecond(moment: datetime) -> None:
    assert abs(from_milliseconds(milliseconds(moment)) - moment) <= timedelta(milliseconds=0.5)
