"""The hub's time on a laptop whose own clock cannot be trusted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from checkin_app.domain.hub_time import HubTime
from checkin_app.services.sharing.exchanging.shared_clock import SharedClock, elapsed_s

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


class Laptop:
    """A laptop whose clock somebody sets."""

    def __init__(self) -> None:
        self.now = NOON
        self.up_s = 100.0

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.up_s += seconds

    def clock(self, error: timedelta | None = None) -> SharedClock:
        return SharedClock(error, lambda: self.now, lambda: self.up_s)


def test_before_the_hub_was_asked_the_laptop_is_believed() -> None:
    assert Laptop().clock()() == NOON


def test_what_was_measured_earlier_still_corrects_after_a_restart() -> None:
    assert Laptop().clock(TEN_MINUTES)() == NOON - TEN_MINUTES


def test_the_hub_sets_a_clock_that_is_fast() -> None:
    laptop = Laptop()
    clock = laptop.clock()
    clock.set_by(TEN_MINUTES)
    laptop.wait(5)
    assert clock() == NOON - TEN_MINUTES + timedelta(seconds=5)
    assert clock.error == TEN_MINUTES


def test_putting_the_laptop_right_in_the_middle_changes_nothing() -> None:
    laptop = Laptop()
    clock = laptop.clock()
    clock.set_by(TEN_MINUTES)
    laptop.now -= TEN_MINUTES
    laptop.wait(1)
    assert clock() == NOON - TEN_MINUTES + timedelta(seconds=1)


def test_it_ticks_in_milliseconds_as_the_ledger_does() -> None:
    laptop = Laptop()
    clock = laptop.clock()
    clock.set_by(timedelta(microseconds=1_234_567))
    assert clock().microsecond % 1000 == 0


def test_time_goes_on_by_itself() -> None:
    before = elapsed_s()
    assert elapsed_s() >= before


def test_it_says_whether_the_hub_vouches_for_the_time() -> None:
    laptop = Laptop()
    clock = laptop.clock(TEN_MINUTES)
    assert not isinstance(clock(), HubTime)
    clock.set_by(TEN_MINUTES)
    assert isinstance(clock(), HubTime)
