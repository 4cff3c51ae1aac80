"""A bell wakes whoever waits for it, and may be rung at any time."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import closing

import pytest

from checkin_app.services.sharing.exchanging.bell import Bell

NO_TIME_S = 0.0


@pytest.fixture
def bell() -> Iterator[Bell]:
    with closing(Bell()) as bell:
        yield bell


def is_heard(bell: Bell) -> bool:
    return bool(select.select([bell], [], [], NO_TIME_S)[0])


def test_it_is_heard_from_when_it_rings_until_it_is_silenced(bell: Bell) -> None:
    assert not is_heard(bell)
    bell.ring()
    bell.ring()
    assert is_heard(bell)
    bell.silence()
    assert not is_heard(bell)
    bell.silence()


def test_it_may_ring_more_often_than_anybody_could_hear(bell: Bell) -> None:
    for _ in range(100_000):
        bell.ring()
    assert is_heard(bell)


def test_one_that_was_taken_down_may_be_rung_and_taken_down_again(bell: Bell) -> None:
    bell.close()
    bell.ring()
    bell.close()
    assert bell.fileno() < 0
