"""What the state line says, and when it asks for a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checkin_app.domain.sharing import BorrowedName, SharingKind, SharingState
from checkin_app.services.sample_event import load_sample_event
from checkin_app.services.sharing.sharing_wording import borrowed_words, state_line, what_to_do

EVENT = load_sample_event().event
SHARED = SharingState(SharingKind.SHARED, desks=4)


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (SharingState(), ""),
        (SHARED, "Shared with 4 desks, 0 waiting"),
        (replace(SHARED, desks=1, waiting=2), "Shared with 1 desk, 2 waiting"),
        (replace(SHARED, desks=0), "Shared, no other desk yet"),
        (replace(SHARED, desks=0, waiting=4), "No other desk yet, 4 waiting"),
        (
            SharingState(
                SharingKind.ON_OUR_OWN,
                waiting=37,
                since=datetime(2024, 5, 6, 10, 41, 59, tzinfo=UTC),
            ),
            "On our own since 12:41, 37 waiting",
        ),
        (SharingState(SharingKind.WITHDRAWN, waiting=3), "No longer shared, 3 waiting"),
    ],
)
def test_the_state_line_says_how_the_desk_stands_to_the_others(
    state: SharingState, line: str
) -> None:
    assert state_line(state, EVENT) == line


def test_nothing_is_asked_of_anybody_while_all_is_well_or_the_network_is_gone() -> None:
    assert what_to_do(SHARED) == ""
    assert what_to_do(SharingState(SharingKind.ON_OUR_OWN, waiting=5)) == ""


def test_a_clock_off_by_more_than_a_minute_is_said() -> None:
    fast = replace(SHARED, clock_error=timedelta(minutes=9, seconds=40))
    assert "10 min fast" in what_to_do(fast)
    assert "2 min slow" in what_to_do(replace(SHARED, clock_error=timedelta(seconds=-100)))
    assert what_to_do(replace(SHARED, clock_error=timedelta(seconds=59))) == ""


def test_a_parcel_that_was_changed_or_never_came_is_said() -> None:
    assert "was not taken in" in what_to_do(replace(SHARED, refused=1))
    assert "has not arrived" in what_to_do(replace(SHARED, missing=1))


def test_entries_under_the_name_of_another_desk_are_said() -> None:
    assert "handed in by another desk" in what_to_do(replace(SHARED, borrowed=2))
    borrowed = (BorrowedName("Door", "ab" * 16, 2), BorrowedName("Room", "ab" * 16, 1))
    words = "2 entries under the name of Door, 1 entry under the name of Room"
    assert borrowed_words(borrowed) == words
    assert borrowed_words(()) == ""
