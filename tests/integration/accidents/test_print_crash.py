"""Whenever a printing desk dies, no badge is printed twice, none is lost, each is noted once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from notebook_spooler import NotebookSpooler
from print_desk import DESK_ID, FIRST, SECOND, queue_of, work_until_empty
from settable_clock import SettableClock

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

TESTS = Path(__file__).parents[2]
MOST_STEPS = 60


def start(event: Path, folder: Path, dies_at: int = 0) -> subprocess.Popen[bytes]:
    places = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    return subprocess.Popen(
        [sys.executable, str(TESTS / "print_desk.py"), str(event), str(folder), str(dies_at)],
        env={**os.environ, "PYTHONPATH": places},
    )


def test_a_desk_that_dies_at_any_step_of_printing_goes_on_where_it_was(
    sample_path: Path, tmp_path: Path
) -> None:
    """Two badges are printed, one is cancelled at its spooler, one moved from there."""
    template = sample_path.read_bytes()
    for dies_at in range(1, MOST_STEPS):
        folder = tmp_path / f"step {dies_at}"
        folder.mkdir()
        event = folder / "event.checkin"
        event.write_bytes(template)
        people = with_four_badges_under_way(event, folder)
        status = start(event, folder, dies_at).wait()
        check_all_is_well(event, folder, people)
        if status == 0:
            assert dies_at > 20
            return
    pytest.fail("It never came to the end.")


def with_four_badges_under_way(event: Path, folder: Path) -> list[str]:
    """Two wait; one lies with its spooler and is to be cancelled, one to be moved."""
    spooler, clock = NotebookSpooler(folder / "spool"), SettableClock()
    with closing(EventFile(event)) as event_file:
        people = [one.id for one in event_file.attendees(AttendeeFilter())[:4]]
        queue = queue_of(event_file, folder, spooler, clock)
        cancelled, moved = queue.enqueue(people[:2], PrintCause.ARRIVAL)
        queue.work()
        queue.cancel(cancelled.id)
        queue.move(moved.id, SECOND)
        queue.enqueue(people[2:], PrintCause.ARRIVAL)
        queue.close()
    return people


def check_all_is_well(event: Path, folder: Path, people: list[str]) -> None:
    """After the next start everything is as it would be without the accident."""
    spooler, clock = NotebookSpooler(folder / "spool"), SettableClock()
    with closing(EventFile(event)) as event_file:
        queue = queue_of(event_file, folder, spooler, clock)
        work_until_empty(queue, spooler, clock)
        jobs = queue.jobs()
        queue.close()
        states = {job.attendee_id: job.state for job in jobs}
        assert states.pop(people[0]) is PrintJobState.CANCELLED
        assert set(states.values()) == {PrintJobState.DONE}
        assert [prints(event_file, person) for person in people] == [0, 1, 1, 1]
        assert event_file.verify().ok
    printed = spooler.not_taken_back()
    assert Counter(entry["address"] for entry in printed) == {
        SECOND.address: 1,
        FIRST.address: 2,
    }


def prints(event_file: EventFile, attendee_id: str) -> int:
    kinds = [entry.kind for entry in event_file.history(attendee_id)]
    return kinds.count(EntryKind.BADGE_PRINTED)


def test_a_desk_killed_at_any_moment_prints_each_badge_once(
    sample_path: Path, tmp_path: Path
) -> None:
    spooler, clock = NotebookSpooler(tmp_path / "spool"), SettableClock()
    with closing(EventFile(sample_path)) as event_file:
        people = [one.id for one in event_file.attendees(AttendeeFilter())[:40]]
        queue = queue_of(event_file, tmp_path, spooler, clock)
        queue.enqueue(people, PrintCause.ARRIVAL)
        queue.close()
    chance = random.Random(4)
    for _ in range(6):
        seen = len(spooler.accepted())
        process = start(sample_path, tmp_path)
        while len(spooler.accepted()) == seen and process.poll() is None:
            pass
        for _ in range(chance.randrange(200)):
            time.sleep(0)
        process.kill()
        process.wait()
    with closing(EventFile(sample_path)) as event_file:
        queue = queue_of(event_file, tmp_path, spooler, clock)
        work_until_empty(queue, spooler, clock)
        queue.close()
        assert [prints(event_file, person) for person in people] == [1] * len(people)
        assert event_file.verify().ok
    assert len(spooler.not_taken_back()) == len(people)


def test_two_processes_of_one_desk_print_each_badge_once(sample_path: Path, tmp_path: Path) -> None:
    spooler, clock = NotebookSpooler(tmp_path / "spool"), SettableClock()
    with closing(EventFile(sample_path)) as event_file:
        people = [one.id for one in event_file.attendees(AttendeeFilter())[:30]]
        queue = queue_of(event_file, tmp_path, spooler, clock)
        queue.enqueue(people, PrintCause.ARRIVAL)
        processes = [start(sample_path, tmp_path) for _ in range(2)]
        assert {process.wait() for process in processes} <= {0, 1}
        work_until_empty(queue, spooler, clock)
        assert [prints(event_file, person) for person in people] == [1] * len(people)
        assert not event_file.print_jobs.of_desk(DESK_ID).open()
        queue.close()
    assert len(spooler.not_taken_back()) == len(people)
