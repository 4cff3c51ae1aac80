"""Badges wait, are handed over, and are noted once they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from notebook_spooler import PRINTED_AT_ONCE, NotebookSpooler
from settable_clock import SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import JobTrouble, PrintCause, PrintJob, PrintJobState
from checkin_app.domain.printers import BadgeSheet, PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.errors import BadgeError, EventFileError, PrinterError, UsageError
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.printing.spooler import SpooledState
from checkin_app.services.desk_printing.badge_maker import MadeBadge
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

FIRST, SECOND = PrinterId(SpoolerKind.CUPS, "first"), PrinterId(SpoolerKind.CUPS, "second")


class PlainBadges:
    """Makes badges that only name the person.

    Attributes:
        impossible: ids of people whose badge cannot be made.
    """

    def __init__(self) -> None:
        self.impossible: set[str] = set()

    def make(self, attendee: Attendee, printer: PrinterId) -> MadeBadge:
        if attendee.id in self.impossible:
            raise BadgeError("No font has these letters.")
        return MadeBadge(BadgeSheet(attendee.full_name.encode(), 85, 54), ("last_name",))


class Desk:
    """A desk with two printers."""

    def __init__(self, event_file: EventFile, folder: Path, clock: SettableClock) -> None:
        self.event_file = event_file
        self.clock = clock
        self.spooler = NotebookSpooler(folder / "spool")
        self.badges = PlainBadges()
        self.setups = PrinterSetups(folder / "printer_setups.json")
        self.folder = folder
        self.queues: list[PrintQueue] = []
        self.queue = self.another_window()
        self.people = [one.id for one in event_file.attendees(AttendeeFilter())]

    def another_window(
        self, event_file: EventFile | None = None, desk_id: str = "desk-1", fallback: str = ""
    ) -> PrintQueue:
        queue = PrintQueue(
            event_file or self.event_file,
            desk_id,
            "Desk 1",
            {SpoolerKind.CUPS: self.spooler},
            self.badges,
            self.setups,
            PrintingSettings(printer=str(FIRST), fallback=fallback),
            self.clock,
            lock_folder=self.folder / "locks",
        )
        self.queues.append(queue)
        return queue

    def work(self, seconds: float = 0.0) -> None:
        """Rounds as the window makes them, for so long."""
        until = self.clock.now.timestamp() + seconds
        while True:
            pause_s = self.queue.work()
            if self.clock.now.timestamp() + pause_s > until:
                break
            self.clock.forward(pause_s)

    def job(self, job: PrintJob) -> PrintJob:
        (found,) = (one for one in self.queue.jobs() if one.id == job.id)
        return found

    def prints(self, attendee_id: str) -> list[dict[str, object]]:
        return [
            dict(entry.payload)
            for entry in self.event_file.history(attendee_id)
            if entry.kind is EntryKind.BADGE_PRINTED
        ]


@pytest.fixture
def desk(sample_event_file: EventFile, tmp_path: Path, clock: SettableClock) -> Iterator[Desk]:
    desk = Desk(sample_event_file, tmp_path, clock)
    yield desk
    for queue in desk.queues:
        queue.close()


def test_a_badge_is_handed_over_and_noted_when_it_came_out(desk: Desk) -> None:
    person = desk.people[0]
    (job,) = desk.queue.enqueue([person], PrintCause.ASKED)
    assert job.state is PrintJobState.WAITING
    assert job.name == "Kristina Sermuksnye-Alesiuniene"
    desk.work()
    assert desk.job(job).state is PrintJobState.PRINTING
    assert not desk.prints(person)
    desk.spooler.print_all()
    desk.work()
    assert desk.job(job).state is PrintJobState.DONE
    (printed,) = desk.prints(person)
    assert printed["fields"] == ["last_name"]
    assert "reason" not in printed
    assert desk.event_file.verify().ok


def test_a_reprint_says_why(desk: Desk) -> None:
    person = desk.people[0]
    desk.queue.enqueue([person], PrintCause.DAMAGED, PrinterId(SpoolerKind.CUPS, PRINTED_AT_ONCE))
    desk.work()
    assert desk.prints(person)[0]["reason"] == "damaged"


def test_badges_are_printed_in_the_order_asked_for_and_few_lie_with_the_spooler(
    desk: Desk,
) -> None:
    jobs = desk.queue.enqueue(desk.people[:8], PrintCause.ASKED)
    desk.work(2)
    assert len(desk.spooler.accepted()) == 3
    for _ in range(8):
        desk.spooler.print_all()
        desk.work(1)
    assert [desk.job(job).state for job in jobs] == [PrintJobState.DONE] * 8
    order = sorted((desk.job(job) for job in jobs), key=lambda job: job.id)
    assert [job.spooler_job for job in order] == [f"first-{n}" for n in range(1, 9)]


def test_without_a_printer_nothing_can_be_printed(desk: Desk) -> None:
    desk.queue.take_choice(PrintingSettings())
    with pytest.raises(UsageError, match="No printer is chosen"):
        desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)


def test_a_badge_that_cannot_be_made_does_not_keep_the_others_waiting(desk: Desk) -> None:
    desk.badges.impossible.add(desk.people[0])
    first, second = desk.queue.enqueue(desk.people[:2], PrintCause.ASKED)
    desk.work()
    assert desk.job(first).trouble is JobTrouble.NOT_COMPOSED
    assert desk.job(second).state is PrintJobState.PRINTING
    assert desk.queue.summary().failed == 1
    desk.queue.cancel(first.id)
    assert desk.queue.summary().failed == 0


def test_somebody_who_is_no_longer_on_the_list_gets_no_badge(desk: Desk) -> None:
    (job,) = desk.queue.enqueue(["0" * 32], PrintCause.ASKED)
    desk.work()
    assert desk.job(job).trouble is JobTrouble.PERSON_GONE


def test_a_printer_that_takes_nothing_is_tried_with_growing_pauses_then_the_job_fails(
    desk: Desk,
) -> None:
    desk.spooler.refuses.add("first")
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    assert desk.job(job).state is PrintJobState.WAITING
    desk.work(10)
    assert desk.job(job).trouble is JobTrouble.NOT_ACCEPTED
    assert desk.job(job).tries == 3


def test_while_a_printer_says_it_is_off_the_job_waits_however_often_it_is_refused(
    desk: Desk,
) -> None:
    desk.spooler.refuses.add("first")
    desk.spooler.troubles["first"] = PrinterTrouble.OFFLINE
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work(600)
    assert desk.job(job).state is PrintJobState.WAITING
    assert desk.job(job).trouble is PrinterTrouble.OFFLINE
    desk.spooler.refuses.clear()
    desk.spooler.troubles.clear()
    desk.work(3)
    assert desk.job(job).state is PrintJobState.PRINTING


def test_a_badge_stuck_at_an_offline_printer_is_taken_back_before_another_prints_it(
    desk: Desk,
) -> None:
    desk.queue = desk.another_window(fallback=str(SECOND))
    jobs = desk.queue.enqueue(desk.people[:5], PrintCause.ASKED)
    desk.work()
    desk.spooler.troubles["first"] = PrinterTrouble.OFFLINE
    desk.work(3)
    assert not desk.spooler.accepted("second")
    desk.work(10)
    assert not desk.spooler.not_taken_back("first")
    for _ in range(5):
        desk.spooler.print_all("second")
        desk.work(1)
    assert all(desk.job(job).state is PrintJobState.DONE for job in jobs)
    assert len(desk.spooler.not_taken_back()) == 5
    assert all(len(desk.prints(person)) == 1 for person in desk.people[:5])


def test_what_the_printer_already_prints_is_not_printed_by_the_fallback_as_well(
    desk: Desk,
) -> None:
    desk.queue = desk.another_window(fallback=str(SECOND))
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    desk.spooler.is_too_late = True
    desk.spooler.troubles["first"] = PrinterTrouble.JAM
    desk.work(60)
    assert not desk.spooler.accepted("second")
    assert desk.job(job).printer == FIRST


def test_what_was_cancelled_while_it_seemed_to_come_out_is_not_printed_by_the_fallback(
    desk: Desk,
) -> None:
    desk.queue = desk.another_window(fallback=str(SECOND))
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    desk.spooler.is_too_late = True
    desk.queue.cancel(job.id)
    desk.work(1)
    desk.spooler.is_too_late = False
    desk.spooler.troubles["first"] = PrinterTrouble.OUT_OF_PAPER
    desk.work(20)
    assert desk.job(job).state is PrintJobState.CANCELLED
    assert not desk.spooler.accepted("second")


def test_after_a_fallback_the_first_printer_is_tried_again_with_one_badge(desk: Desk) -> None:
    desk.queue = desk.another_window(fallback=str(SECOND))
    desk.spooler.troubles["first"] = PrinterTrouble.OUT_OF_PAPER
    for number in range(6):
        desk.queue.enqueue([desk.people[number]], PrintCause.ASKED)
        desk.work(6)
        desk.spooler.print_all("second")
    desk.work(120)
    desk.spooler.print_all("second")
    at_second = len(desk.spooler.not_taken_back("second"))
    assert at_second == 6
    # Refilled. The print system says so only when it prints the next.
    desk.queue.enqueue([desk.people[6]], PrintCause.ASKED)
    desk.work(1)
    assert len(desk.spooler.not_taken_back("first")) == 1
    desk.spooler.troubles.clear()
    desk.spooler.print_all("first")
    desk.work(1)
    desk.queue.enqueue([desk.people[7]], PrintCause.ASKED)
    desk.work(1)
    assert len(desk.spooler.not_taken_back("first")) == 2


def test_a_job_cancelled_at_the_printer_is_not_taken_for_printed(desk: Desk) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    desk.spooler.put("first-1", SpooledState.CANCELLED)
    desk.work(1)
    assert desk.job(job).trouble is JobTrouble.STOPPED_AT_PRINTER
    again = desk.queue.print_again(job.id, PrintCause.ASKED)
    assert again is not None
    assert again.id == job.id
    desk.work(1)
    assert desk.job(job).state is PrintJobState.PRINTING


def test_a_job_that_the_spooler_lost_is_not_printed_again_unasked(desk: Desk) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    desk.spooler.forget("first-1")
    desk.work(40)
    assert desk.job(job).trouble is JobTrouble.UNCERTAIN
    assert not desk.spooler.accepted()


def test_what_a_printer_without_memory_had_before_a_crash_keeps_no_other_badge_waiting(
    desk: Desk,
) -> None:
    jobs = desk.queue.enqueue(desk.people[:3], PrintCause.ASKED)
    desk.work()
    desk.queue.close()
    for number in (1, 2, 3):
        desk.spooler.forget(f"first-{number}")
    desk.spooler.remembers = False
    desk.queue = desk.another_window()
    (next_one,) = desk.queue.enqueue(desk.people[3:4], PrintCause.ASKED)
    desk.work(1)
    assert {desk.job(job).trouble for job in jobs} == {JobTrouble.UNCERTAIN}
    assert desk.job(next_one).state is PrintJobState.PRINTING


def test_of_a_badge_that_may_have_been_accepted_the_spooler_is_asked(desk: Desk) -> None:
    desk.spooler.breaks_off = True
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work(1)
    assert desk.job(job).state is PrintJobState.PRINTING
    assert len(desk.spooler.accepted()) == 1


def test_where_the_spooler_cannot_tell_somebody_is_asked_to_look(desk: Desk) -> None:
    desk.spooler.breaks_off = True
    desk.spooler.remembers = False
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work(1)
    assert desk.job(job).trouble is JobTrouble.UNCERTAIN
    desk.spooler.breaks_off = False
    desk.work(60)
    assert len(desk.spooler.accepted()) == 1
    desk.queue.print_again(job.id, PrintCause.ASKED)
    desk.work(1)
    assert desk.job(job).state is PrintJobState.PRINTING


def test_a_badge_cancelled_while_nobody_knew_whether_it_was_accepted_is_not_sent_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = PrinterId(SpoolerKind.CUPS, PRINTED_AT_ONCE)
    cancelled = left_sending(desk, at_once, monkeypatch)
    moved = left_sending(desk, at_once, monkeypatch)
    desk.queue.cancel(cancelled.id)
    desk.queue.move(moved.id, SECOND)
    desk.work(10)
    assert desk.job(cancelled).state is PrintJobState.CANCELLED
    assert desk.job(moved).printer == SECOND
    assert not desk.spooler.accepted(PRINTED_AT_ONCE)
    assert len(desk.spooler.accepted("second")) == 1


@pytest.mark.parametrize("forgets_at_once", [False, True])
def test_a_spooler_that_forgets_what_it_printed_is_not_believed_that_it_never_had_a_badge(
    desk: Desk, forgets_at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.queue.enqueue(desk.people[1:2], PrintCause.ASKED)
    desk.work()
    if forgets_at_once:
        desk.spooler.forget("first-1")
        desk.work(40)
    desk.spooler.print_all()
    desk.work(1)
    job = left_sending(desk, FIRST, monkeypatch)
    if not forgets_at_once:
        desk.spooler.forget("first-1")
    desk.work(10)
    assert desk.job(job).trouble is JobTrouble.UNCERTAIN
    assert not desk.spooler.accepted()


@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_badge_wanted_back_from_a_printer_that_is_gone_for_good_is_given_to_a_person_to_decide(
    desk: Desk, is_accepted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_accepted:
        (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
        desk.work()
    else:
        job = left_sending(desk, FIRST, monkeypatch)
    for question in ("find", "job"):
        monkeypatch.setattr(desk.spooler, question, nobody_answers)
    desk.work(3600)
    assert not desk.job(job).state.is_over
    desk.queue.move(job.id, SECOND)
    desk.work(40)
    assert desk.job(job).trouble is JobTrouble.UNCERTAIN
    desk.queue.move(job.id, SECOND)
    desk.work(1)
    assert len(desk.spooler.accepted("second")) == 1


def test_a_badge_in_a_printer_that_is_off_and_cannot_give_it_back_does_not_hang_there_for_ever(
    desk: Desk,
) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    desk.spooler.is_too_late = True
    desk.spooler.troubles["first"] = PrinterTrouble.OFFLINE
    desk.work(10)
    desk.queue.cancel(job.id)
    desk.work(40)
    assert desk.job(job).trouble is JobTrouble.UNCERTAIN


def left_sending(desk: Desk, printer: PrinterId, monkeypatch: pytest.MonkeyPatch) -> PrintJob:
    """A badge of which nobody knows whether the spooler took it; it did not."""

    def die(*_: object) -> None:
        raise Died

    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED, printer)
    with monkeypatch.context() as patch:
        patch.setattr(desk.spooler, "submit", die)
        with pytest.raises(Died):
            desk.queue.work()
    return job


class Died(BaseException):
    """The process is no more."""


def nobody_answers(*_: object) -> None:
    raise PrinterError("Nobody answers. Look at the printer.")


def test_jobs_are_cancelled_held_released_and_moved_wherever_they_are(desk: Desk) -> None:
    cancelled, held, moved, kept = desk.queue.enqueue(desk.people[:4], PrintCause.ASKED)
    desk.work()
    desk.queue.cancel(cancelled.id)
    desk.queue.hold(held.id)
    desk.queue.move(moved.id, SECOND)
    desk.queue.hold(kept.id)
    desk.work(1)
    assert desk.job(cancelled).state is PrintJobState.CANCELLED
    assert desk.job(held).state is PrintJobState.HELD
    assert desk.job(moved).printer == SECOND
    assert desk.job(kept).state is PrintJobState.HELD
    assert not desk.spooler.not_taken_back("first")
    assert len(desk.spooler.not_taken_back("second")) == 1
    desk.queue.release(kept.id)
    desk.queue.release_all()
    desk.work(1)
    assert len(desk.spooler.not_taken_back("first")) == 2


def test_of_a_badge_that_was_printed_another_is_printed_with_its_reason(desk: Desk) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ARRIVAL)
    desk.work()
    assert desk.queue.print_again(job.id, PrintCause.LOST) is not None
    desk.spooler.print_all()
    desk.work(1)
    again = desk.queue.print_again(job.id, PrintCause.LOST)
    assert again is not None
    assert again.id != job.id
    desk.work(1)
    desk.spooler.print_all()
    desk.work(1)
    assert [printed.get("reason") for printed in desk.prints(desk.people[0])] == [None, "lost"]


def test_labels_are_counted_down_as_badges_are_accepted(desk: Desk) -> None:
    desk.setups.keep(PrinterSetup(FIRST, title="Zebra", labels_left=22))
    jobs = desk.queue.enqueue(desk.people[:3], PrintCause.ASKED)
    desk.work()
    (printer,) = desk.queue.summary().printers
    assert (printer.title, printer.labels_left, printer.is_low) == ("Zebra", 19, True)
    desk.queue.cancel(jobs[2].id)
    desk.work(1)
    assert desk.setups.of(FIRST).labels_left == 20


def test_the_jobs_of_another_desk_in_a_copied_file_are_left_alone(
    desk: Desk, sample_path: Path, tmp_path: Path
) -> None:
    desk.queue.enqueue(desk.people[:2], PrintCause.ASKED)
    copied = tmp_path / "copied.checkin"
    with desk.event_file.transaction("Desk 1", desk.clock.now):
        copied.write_bytes(sample_path.read_bytes())
        wal = sample_path.with_name(f"{sample_path.name}-wal")
        copied.with_name(f"{copied.name}-wal").write_bytes(wal.read_bytes())
    with EventFile(copied) as elsewhere:
        desk.queue = desk.another_window(elsewhere, "desk-2")
        desk.work(10)
        assert not desk.queue.jobs()
        assert not desk.spooler.accepted()
        assert len(elsewhere.print_jobs.of_desk("desk-1").open()) == 2


def test_only_one_of_two_windows_of_a_desk_prints_and_the_other_goes_on_after_it(
    desk: Desk,
) -> None:
    other = desk.another_window()
    desk.queue.work()
    (job,) = other.enqueue(desk.people[:1], PrintCause.ASKED)
    other.work()
    assert not desk.spooler.accepted()
    desk.work()
    assert len(desk.spooler.accepted()) == 1
    other.cancel(job.id)
    desk.queue.close()
    other.work()
    assert other.jobs()[0].state is PrintJobState.CANCELLED


def test_a_badge_that_waited_since_yesterday_is_held_when_the_desk_opens(desk: Desk) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ARRIVAL)
    desk.clock.forward(13 * 3600)
    desk.work()
    assert desk.job(job).state is PrintJobState.HELD


def test_a_long_queue_is_held_released_and_moved_in_a_few_writes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.queue = desk.another_window(fallback=str(SECOND))
    desk.queue.enqueue([desk.people[n % 60] for n in range(1000)], PrintCause.ASKED)
    desk.queue.recover()
    writes = 0
    transaction = desk.event_file.transaction

    def counted(*arguments: Any) -> Any:
        nonlocal writes
        writes += 1
        return transaction(*arguments)

    monkeypatch.setattr(desk.event_file, "transaction", counted)
    desk.queue.hold_all()
    assert desk.queue.summary().held == 1000
    desk.queue.release_all()
    assert desk.queue.summary().waiting == 1000
    desk.spooler.troubles["first"] = PrinterTrouble.PAUSED
    desk.work(10)
    assert not desk.spooler.accepted("first")
    assert {job.printer for job in desk.queue.jobs(2000)} == {SECOND}
    assert writes < 30


def test_finished_jobs_are_forgotten_but_for_the_newest(desk: Desk) -> None:
    at_once = PrinterId(SpoolerKind.CUPS, PRINTED_AT_ONCE)
    desk.queue.enqueue([desk.people[n % 60] for n in range(520)], PrintCause.ASKED, at_once)
    for queued in desk.event_file.print_jobs.of_desk("desk-1").open():
        desk.queue.cancel(queued.job.id)
    desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    desk.work()
    assert len(desk.queue.jobs(1000)) == 501


def test_a_badge_that_failed_is_not_forgotten_before_somebody_saw_to_it(desk: Desk) -> None:
    (failed,) = desk.queue.enqueue(["0" * 32], PrintCause.ASKED)
    desk.work()
    at_once = PrinterId(SpoolerKind.CUPS, PRINTED_AT_ONCE)
    desk.queue.enqueue([desk.people[n % 60] for n in range(520)], PrintCause.ASKED, at_once)
    desk.work()
    desk.queue.close()
    desk.queue = desk.another_window()
    desk.work()
    assert desk.queue.summary().failed == 1
    desk.queue.cancel(failed.id)
    assert desk.queue.summary().failed == 0


def test_a_disk_that_fails_is_told_once_and_nothing_is_sent_twice(
    desk: Desk, sample_path: Path
) -> None:
    (job,) = desk.queue.enqueue(desk.people[:1], PrintCause.ASKED)
    away = sample_path.rename(sample_path.with_name("away"))
    with pytest.raises(EventFileError):
        desk.queue.work()
    assert desk.queue.work() == 5
    away.rename(sample_path)
    desk.work(1)
    assert desk.job(job).state is PrintJobState.PRINTING
    assert len(desk.spooler.accepted()) == 1
