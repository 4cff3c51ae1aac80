"""Work goes away to its lane and its answer comes home to the main thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from checkin_app.errors import Cancelled, CheckinError
from checkin_app.gui.background.process_work import WorkerFailed
from checkin_app.gui.background.tasks import Lane, Tasks


class Receiver(QObject):
    """Keeps what comes home, and the thread it came to."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[BaseException] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()

    def take(self, answer: object) -> None:
        self.threads.add(threading.current_thread())
        self.answers.append(answer)

    def refuse(self, error: BaseException) -> None:
        self.threads.add(threading.current_thread())
        self.errors.append(error)

    def progress(self, done: int, total: int) -> None:
        self.threads.add(threading.current_thread())
        self.steps.append((done, total))


@pytest.fixture
def tasks(qapp):
    tasks = Tasks()
    yield tasks
    tasks.stop()


@pytest.fixture
def receiver():
    return Receiver()


def count_to(total, progress, cancelled):
    for done in range(1, total + 1):
        if cancelled():
            raise Cancelled("Stopped.")
        progress(done, total)
    return total


def count_until_stopped(progress, cancelled):
    progress(0, 1)
    while not cancelled():
        pass
    raise Cancelled("Stopped.")


def fail_for_people(progress, cancelled):
    raise CheckinError("The disk is full.")


def fail_by_mistake(progress, cancelled):
    raise KeyError("secret")


def die(progress, cancelled):
    import os

    os._exit(7)


def test_answers_come_home_in_the_order_of_their_lane(qtbot, tasks, receiver):
    for number in range(200):
        tasks.run(Lane.DESK, lambda number=number: number, receiver.take)
    qtbot.waitUntil(lambda: receiver.answers == list(range(200)))
    assert receiver.threads == {threading.main_thread()}


def test_a_lane_does_not_wait_for_another(qtbot, tasks, receiver):
    gate = threading.Event()
    tasks.run(Lane.WORK, gate.wait)
    tasks.run(Lane.DESK, lambda: "checked in", receiver.take)
    qtbot.waitUntil(lambda: receiver.answers == ["checked in"])
    gate.set()


def test_an_error_goes_to_who_asked(qtbot, tasks, receiver):
    tasks.run(Lane.SEARCH, lambda: 1 // 0, receiver.take, receiver.refuse)
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert isinstance(receiver.errors[0], ZeroDivisionError)


def test_an_error_nobody_takes_is_told_to_all(qtbot, tasks):
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run(Lane.SEARCH, lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_the_newest_search_replaces_those_that_wait(qtbot, tasks, receiver):
    gate, asked = threading.Event(), []

    def search(text):
        asked.append(text)
        return text

    tasks.run(Lane.SEARCH, gate.wait)
    for text in ("n", "no", "nog", "noge"):
        tasks.run_newest(Lane.SEARCH, lambda text=text: search(text), receiver.take)
    gate.set()
    qtbot.waitUntil(lambda: receiver.answers == ["noge"])
    assert asked == ["noge"]


def test_a_screen_that_was_closed_gets_no_answer(qtbot, tasks, receiver):
    gate, closed = threading.Event(), Receiver()
    tasks.run(Lane.WORK, gate.wait, closed.take)
    answers = closed.answers
    with qtbot.waitSignal(closed.destroyed):
        closed.deleteLater()
    gate.set()
    tasks.run(Lane.WORK, lambda: "next", receiver.take)
    qtbot.waitUntil(lambda: receiver.answers == ["next"])
    assert answers == []


def test_a_spawned_process_tells_its_progress_and_its_answer(qtbot, tasks, receiver):
    tasks.run_in_process(count_to, (3,), receiver.take, receiver.refuse, receiver.progress)
    qtbot.waitUntil(lambda: receiver.answers == [3])
    assert receiver.steps == [(1, 3), (2, 3), (3, 3)]
    assert receiver.threads == {threading.main_thread()}


def test_a_spawned_process_can_be_stopped(qtbot, tasks, receiver):
    job = tasks.run_in_process(
        count_until_stopped, (), receiver.take, receiver.refuse, receiver.progress
    )
    qtbot.waitUntil(lambda: receiver.steps == [(0, 1)])
    job.cancel()
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert isinstance(receiver.errors[0], Cancelled)


@pytest.mark.parametrize(
    ("function", "kind", "message"),
    [
        (fail_for_people, CheckinError, "The disk is full."),
        (fail_by_mistake, WorkerFailed, "KeyError"),
        (die, CheckinError, "Try again"),
    ],
)
def test_what_fails_in_a_process_is_told(qtbot, tasks, receiver, function, kind, message):
    tasks.run_in_process(function, (), receiver.take, receiver.refuse)
    qtbot.waitUntil(lambda: len(receiver.errors) == 1)
    assert type(receiver.errors[0]) is kind
    assert message in str(receiver.errors[0])


def test_check_ins_asked_for_are_made_before_the_window_closes(tasks):
    made = []
    for number in range(20):
        tasks.run(Lane.DESK, lambda number=number: made.append(number))
    tasks.stop()
    assert made == list(range(20))


def test_a_worker_has_work_done_in_another_lane_until_the_lanes_end(qtbot, tasks) -> None:
    in_search = tasks.caller(Lane.SEARCH)
    answers: list[str] = []
    tasks.run(
        Lane.PRINT, lambda: in_search(lambda: threading.current_thread().name), answers.append
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0].startswith("search")
    tasks.stop()
    with pytest.raises(Cancelled):
        in_search(lambda: "too late")
