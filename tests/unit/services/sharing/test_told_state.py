"""The state line is told when it reads differently, and that a scan waits for a slow hub."""

from __future__ import annotations

import threading

import pytest

from checkin_app.domain.sharing import SharingKind, SharingState
from checkin_app.services.sharing.exchanging.told_state import ToldState

SHARED = SharingState(SharingKind.SHARED, desks=2)


def test_what_reads_as_before_is_not_told_again() -> None:
    told: list[SharingState] = []
    state = ToldState(SharingState(), told.append)
    state.tell(SHARED)
    state.tell(SharingState(SharingKind.SHARED, desks=2))
    assert told == [SHARED]
    assert state.now == SHARED


def test_a_late_hub_lets_one_entry_wait_and_the_next_count_takes_that_back() -> None:
    told: list[int] = []
    state = ToldState(SHARED, lambda now: told.append(now.waiting))
    state.tell_late()
    state.tell_late()
    state.tell(SHARED)
    assert told == [1, 0]


def test_what_waits_on_our_own_is_counted_and_not_guessed() -> None:
    apart = SharingState(SharingKind.ON_OUR_OWN, waiting=7)
    told: list[SharingState] = []
    state = ToldState(apart, told.append)
    state.tell_late()
    assert (state.now, told) == (apart, [])


def test_whoever_waits_for_the_first_word_hears_it() -> None:
    told = ToldState(SharingState(SharingKind.ON_OUR_OWN), lambda _state: None)
    waiting = threading.Thread(target=told.wait_for_first, args=(3_600.0,))
    waiting.start()
    told.tell(SharingState(SharingKind.ON_OUR_OWN))
    waiting.join(60.0)
    assert not waiting.is_alive()


@pytest.mark.parametrize(
    "then",
    [SharingState(SharingKind.SHARED), SharingState(SharingKind.ON_OUR_OWN, waiting=1)],
    ids=["all is handed in", "the hub is gone"],
)
def test_whoever_waits_until_all_is_handed_in_hears_of_it_or_that_the_hub_is_gone(
    then: SharingState,
) -> None:
    told = ToldState(SharingState(SharingKind.SHARED), lambda _state: None)
    told.tell_late()
    waiting = threading.Thread(target=told.wait_until_settled, args=(3_600.0,))
    waiting.start()
    told.tell(then)
    waiting.join(60.0)
    assert not waiting.is_alive()
