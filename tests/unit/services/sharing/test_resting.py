"""How long news of others wait after a round of sharing."""

from __future__ import annotations

import pytest

from checkin_app.services.sharing.exchanging.resting import Resting
from checkin_app.services.sharing.exchanging.shared import Shared


def test_while_little_comes_the_rest_is_three_times_as_long_as_the_round() -> None:
    assert _rests(every_s=0.1, parcels=1, round_s=0.003) == pytest.approx(0.009)


def test_when_much_comes_the_rest_is_long_enough_for_many_to_come_together() -> None:
    assert _rests(every_s=0.02, parcels=1, round_s=0.003) == 0.2
    assert _rests(every_s=0.5, parcels=25, round_s=0.003) == 0.2


def test_after_much_that_came_once_the_rests_are_short_again_within_seconds() -> None:
    resting = Resting()
    assert resting.after_round(0.0, 0.01, 200) == 0.2
    assert resting.after_round(10.0, 10.01, 1) == pytest.approx(0.03)


def test_a_slow_round_is_rested_from_longer_but_not_for_ever() -> None:
    assert _rests(every_s=1.0, parcels=40, round_s=0.1) == pytest.approx(0.3)
    assert _rests(every_s=9.0, parcels=0, round_s=5.0) == 0.4


def test_news_are_counted_in_parcels_so_a_long_list_is_not_taken_for_a_crowd() -> None:
    assert Shared(came={"a": 7, "b": 7, "c": 9}).parcels == 2


def _rests(*, every_s: float, parcels: int, round_s: float) -> float:
    """The rest after many such rounds."""
    resting, rest_s = Resting(), 0.0
    for number in range(1000):
        ended_s = number * every_s
        rest_s = resting.after_round(ended_s - round_s, ended_s, parcels)
    return rest_s
