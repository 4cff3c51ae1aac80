"""Threads that write to one event file take turns."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkin_app.domain.ledger import EntryKind
from checkin_app.services.event_files import create_sample_event
from checkin_app.storage.turns import Turns

PATIENCE_S = 60.0


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []
    asked = [threading.Event() for _ in range(5)]

    def write(number: int) -> None:
        asked[number].set()
        with turns.turn(PATIENCE_S):
            order.append(number)

    with ThreadPoolExecutor(5) as pool, turns.turn(PATIENCE_S):
        for number in range(5):
            pool.submit(write, number)
            assert asked[number].wait(PATIENCE_S)
            while turns.waiting <= number:
                threading.Event().wait(0.001)
        assert order == []
    assert order == [0, 1, 2, 3, 4]


def test_whoever_has_the_turn_may_take_it_again() -> None:
    turns = Turns()
    with turns.turn(PATIENCE_S), turns.turn(PATIENCE_S):
        pass
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: _takes(turns)).result(PATIENCE_S)


def test_whoever_waits_too_long_is_told_and_holds_nobody_up() -> None:
    turns = Turns()

    def wait_in_vain() -> None:
        with pytest.raises(TimeoutError), turns.turn(0.01):
            pass

    with ThreadPoolExecutor(1) as pool, turns.turn(PATIENCE_S):
        pool.submit(wait_in_vain).result(PATIENCE_S)
    with turns.turn(0.01):
        pass


def test_a_scan_comes_in_between_writes_that_know_no_pause(tmp_path: Path) -> None:
    """With SQLite's own way of waiting it gave up after 20 seconds."""
    done = threading.Event()
    with create_sample_event(tmp_path / "busy.checkin") as event_file:
        people = [record.attendee.id for record in event_file.records()[:40]]

        def write_without_pause() -> None:
            while not done.is_set():
                with event_file.transaction("Desk 2", datetime.now(UTC)) as transaction:
                    for person in people:
                        transaction.append(EntryKind.BADGE_SPOILT, person)

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write_without_pause)
            try:
                for _ in range(20):
                    with event_file.transaction("Desk 1", datetime.now(UTC)) as transaction:
                        transaction.append(EntryKind.BADGE_SPOILT, people[0])
            finally:
                done.set()
            writing.result(PATIENCE_S)


def _takes(turns: Turns) -> bool:
    with turns.turn(PATIENCE_S):
        return True
