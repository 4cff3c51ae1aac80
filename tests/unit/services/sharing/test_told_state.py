"""The state line is told when it reads differently, and that a scan waits for a slow hub."""

from __future__ import annotations

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
