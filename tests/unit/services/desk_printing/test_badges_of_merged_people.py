"""Badges that wait at a printer for somebody who was registered twice, and merged since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from notebook_spooler import NotebookSpooler
from print_desk import queue_of
from settable_clock import SettableClock

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause, PrintJob, PrintJobState
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.inbox.doubles import merge
from checkin_app.storage.event_file import EventFile


@dataclass
class Desk:
    """A desk with a printer, and one person who was registered twice.

    Attributes:
        kept, double: ids of the record that stays once they are merged, and of the other one.
    """

    file: EventFile
    queue: PrintQueue
    spooler: NotebookSpooler
    clock: SettableClock
    kept: str
    double: str

    def merge(self) -> None:
        merge(self.file, "Desk 1", self.clock.now, self.kept, self.double)

    def work(self) -> None:
        """Until all that may be printed has come out."""
        for _ in range(5):
            self.clock.forward(self.queue.work())
            self.spooler.print_all()

    def waits(self, attendee_id: str, cause: PrintCause = PrintCause.ARRIVAL) -> PrintJob:
        (job,) = self.queue.enqueue([attendee_id], cause)
        return job

    def state(self, job: PrintJob) -> PrintJobState:
        found = self.queue.job(job.id)
        assert found is not None
        return found.state

    def printed_for(self) -> list[str]:
        """Whose entries tell of a badge."""
        return [e.attendee_id for e in self.file.ledger() if e.kind is EntryKind.BADGE_PRINTED]


@pytest.fixture
def desk(empty_event_file: EventFile, tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    spooler = NotebookSpooler(tmp_path / "spool")
    queue = queue_of(empty_event_file, tmp_path, spooler, clock)
    kept, double = (
        walk_in(empty_event_file, "Desk 1", clock.now, {"first_name": first, "last_name": "Kim"}).id
        for first in ("Eva", "Ewa")
    )
    yield Desk(empty_event_file, queue, spooler, clock, kept, double)
    queue.close()


@pytest.mark.parametrize("cause", list(PrintCause))
def test_a_badge_that_waits_for_the_double_comes_out_as_the_one_who_stays(
    desk: Desk, cause: PrintCause
) -> None:
    job = desk.waits(desk.double, cause)
    desk.merge()
    desk.work()
    assert desk.state(job) is PrintJobState.DONE
    assert desk.printed_for() == [desk.kept]
    found = desk.queue.job(job.id)
    assert found is not None
    assert (found.attendee_id, found.name) == (desk.kept, "Eva Kim")
    assert desk.file.verify().ok


def test_a_person_who_has_a_badge_gets_no_second_one_on_arrival(desk: Desk) -> None:
    desk.waits(desk.kept)
    desk.work()
    job = desk.waits(desk.double)
    desk.merge()
    desk.work()
    assert desk.state(job) is PrintJobState.CANCELLED
    assert desk.printed_for() == [desk.kept]


def test_of_two_that_wait_for_one_person_one_comes_out(desk: Desk) -> None:
    one, other = desk.waits(desk.double), desk.waits(desk.kept)
    desk.merge()
    desk.work()
    assert (desk.state(one), desk.state(other)) == (PrintJobState.CANCELLED, PrintJobState.DONE)
    assert desk.printed_for() == [desk.kept]


def test_a_badge_that_spoilt_is_no_reason_not_to_print(desk: Desk) -> None:
    desk.waits(desk.kept)
    desk.work()
    with desk.file.transaction("Desk 1", desk.clock.now) as transaction:
        transaction.append(EntryKind.BADGE_SPOILT, desk.kept)
    job = desk.waits(desk.double)
    desk.merge()
    desk.work()
    assert desk.state(job) is PrintJobState.DONE


def test_a_badge_somebody_asks_for_by_hand_is_printed_even_so(desk: Desk) -> None:
    desk.waits(desk.kept)
    desk.work()
    job = desk.waits(desk.double, PrintCause.ASKED)
    desk.merge()
    desk.work()
    assert desk.state(job) is PrintJobState.DONE
    assert desk.printed_for() == [desk.kept] * 2


def test_taken_apart_again_each_gets_the_badge_that_waits_for_it(desk: Desk) -> None:
    job = desk.waits(desk.double)
    desk.merge()
    with desk.file.transaction("Desk 1", desk.clock.now) as transaction:
        (merged,) = (e.id for e in desk.file.history(desk.double) if e.kind is EntryKind.MERGED)
        transaction.append(EntryKind.UNDONE, desk.double, payload={"undoes": merged})
    desk.work()
    assert desk.state(job) is PrintJobState.DONE
    assert desk.printed_for() == [desk.double]


def test_the_badges_behind_one_that_is_not_printed_go_on(desk: Desk) -> None:
    desk.waits(desk.kept)
    desk.work()
    desk.waits(desk.double)
    other = walk_in(desk.file, "Desk 1", desk.clock.now, {"last_name": "Lis"}).id
    job = desk.waits(other)
    desk.merge()
    desk.queue.work()
    assert desk.state(job) is PrintJobState.PRINTING
    assert not any(
        one.attendee_id == desk.double and not one.state.is_over for one in desk.queue.jobs()
    )
