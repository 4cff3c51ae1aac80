"""A process that stays and does one call after the other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from checkin_app.errors import Cancelled, CheckinError, UsageError
from checkin_app.gui.background.process_work import WorkerFailed, WorkProcess


class Tally:
    """What the calls of these tests share."""

    def __init__(self) -> None:
        self.count = 0


def add(
    tally: Tally,
    number: int,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[int, int]:
    """The sum so far, and who keeps it."""
    tally.count += number
    progress(tally.count, 100)
    return tally.count, os.getpid()


def stop_when_asked(
    tally: Tally, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> None:
    """Work until somebody cancels."""
    while not cancelled():
        progress(tally.count, 100)
    raise Cancelled("Stopped.")


def refuse(
    tally: Tally, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> None:
    """Fail for a reason that people can act on."""
    raise UsageError("Choose another one.")


def fail(tally: Tally, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
    """Fail for a reason of our own making."""
    raise ZeroDivisionError


def die(tally: Tally, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
    """Vanish, as when the memory is full."""
    os.kill(os.getpid(), signal.SIGTERM)


def hear(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    """Nobody cancels."""
    return False


@pytest.fixture
def worker() -> Iterator[WorkProcess]:
    """Not started yet."""
    worker = WorkProcess(Tally)
    yield worker
    worker.end()


def test_calls_share_what_lives_in_the_process(worker: WorkProcess) -> None:
    heard: list[int] = []
    first = worker.run(add, (3,), lambda done, _total: heard.append(done), never)
    second = worker.run(add, (4,), lambda done, _total: heard.append(done), never)
    assert (first[0], second[0]) == (3, 7)
    assert first[1] == second[1] != os.getpid()
    assert heard == [3, 7]


def test_a_call_that_is_stopped_or_refused_leaves_the_process_as_it_was(
    worker: WorkProcess,
) -> None:
    _, process = worker.run(add, (3,), hear, never)
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        worker.run(stop_when_asked, (), hear, lambda: next(asked, True))
    with pytest.raises(CheckinError, match="another one"):
        worker.run(refuse, (), hear, never)
    assert worker.run(add, (4,), hear, never) == (7, process)


def test_after_a_mistake_the_next_call_begins_anew(worker: WorkProcess) -> None:
    worker.run(add, (3,), hear, never)
    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        worker.run(fail, (), hear, never)
    assert worker.run(add, (4,), hear, never)[0] == 4


def test_a_process_that_died_is_said_and_replaced(worker: WorkProcess) -> None:
    worker.run(add, (3,), hear, never)
    with pytest.raises(CheckinError, match="Try again"):
        worker.run(die, (), hear, never)
    assert worker.run(add, (4,), hear, never)[0] == 4


def test_the_end_lets_the_process_go(worker: WorkProcess) -> None:
    worker.run(add, (3,), hear, never)
    worker.end()
    worker.end()
    assert worker.run(add, (4,), hear, never)[0] == 4
