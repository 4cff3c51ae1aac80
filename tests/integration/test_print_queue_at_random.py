"""Whatever happens to a printing desk, in whatever order, no badge is printed twice or lost."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from notebook_spooler import NotebookSpooler
from print_desk import DESK_ID, FIRST, SECOND, PlainBadges
from settable_clock import SettableClock

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause, PrintJob, PrintJobState
from checkin_app.domain.printers import PrinterTrouble, SpoolerKind
from checkin_app.printing.printer_setups import PrinterSetups
from checkin_app.printing.spooler import SpooledState
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings.device_settings import PrintingSettings
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

PEOPLE = 4
PRINTERS = st.sampled_from([FIRST, SECOND])
TROUBLES = st.sampled_from([None, PrinterTrouble.OFFLINE, PrinterTrouble.PAUSED])


class Died(BaseException):
    """The process is no more."""


class MortalSpooler(NotebookSpooler):
    """Whoever hands it a badge may die doing so.

    Attributes:
        dies: "before" or "after" it accepts the next badge.
    """

    dies = ""

    def submit(self, *arguments: Any) -> Any:
        dies, self.dies = self.dies, ""
        if dies == "before":
            raise Died
        spooled = super().submit(*arguments)
        if dies == "after":
            raise Died
        return spooled


class PrintingDesk(RuleBasedStateMachine):
    """A desk with two printers, the second a fallback for the first."""

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = Path(shutil.copy(self.template, self.folder / "event.checkin"))
        self.event_file = EventFile(path)
        people = self.event_file.attendees(AttendeeFilter())[:PEOPLE]
        self.names = {person.id: person.full_name for person in people}
        self.spooler = MortalSpooler(self.folder / "spool")
        self.clock = SettableClock()
        self.asked: Counter[str] = Counter()
        self.queue = self.new_queue()

    def teardown(self) -> None:
        self.come_to_an_end()
        self.queue.close()
        self.event_file.close()
        shutil.rmtree(self.folder)

    def new_queue(self) -> PrintQueue:
        return PrintQueue(
            self.event_file,
            DESK_ID,
            "Desk 1",
            {SpoolerKind.CUPS: self.spooler},
            PlainBadges(),
            PrinterSetups(self.folder / "setups.json"),
            PrintingSettings(printer=str(FIRST), fallback=str(SECOND)),
            self.clock,
            lock_folder=self.folder / "locks",
        )

    # What may happen

    @rule(place=st.integers(0, PEOPLE - 1))
    def print(self, place: int) -> None:
        person = list(self.names)[place]
        self.asked[self.names[person]] += 1
        self.queue.enqueue([person], PrintCause.ASKED)

    @rule(seconds=st.sampled_from([0.2, 1, 5, 15]), rounds=st.integers(1, 4))
    def work(self, seconds: float, rounds: int) -> None:
        for _ in range(rounds):
            try:
                self.queue.work()
            except Died:
                self.start_again()
            self.clock.forward(seconds)

    @rule()
    def start_again(self) -> None:
        self.queue.close()
        self.queue = self.new_queue()

    @rule(when=st.sampled_from(["before", "after"]))
    def die_while_sending(self, when: str) -> None:
        self.spooler.dies = when

    @rule(printer=PRINTERS)
    def badges_come_out(self, printer: Any) -> None:
        self.spooler.print_all(printer.address)

    @rule(printer=PRINTERS, trouble=TROUBLES)
    def printer_changes(self, printer: Any, trouble: PrinterTrouble | None) -> None:
        self.spooler.troubles.pop(printer.address, None)
        if trouble is not None:
            self.spooler.troubles[printer.address] = trouble

    @rule(printer=PRINTERS)
    def printer_refuses(self, printer: Any) -> None:
        self.spooler.refuses ^= {printer.address}

    @rule()
    def taking_back_becomes_possible_or_not(self) -> None:
        self.spooler.is_too_late = not self.spooler.is_too_late

    @rule(data=st.data(), state=st.sampled_from([SpooledState.CANCELLED, SpooledState.FAILED]))
    @precondition(lambda self: self.at_spooler())
    def spooler_ends_a_job(self, data: Any, state: SpooledState) -> None:
        entry = data.draw(st.sampled_from(self.at_spooler()))
        self.spooler.put(entry["number"], state)

    @rule(data=st.data(), what=st.sampled_from(["cancel", "hold", "release"]))
    @precondition(lambda self: self.queue.jobs())
    def somebody_decides(self, data: Any, what: str) -> None:
        getattr(self.queue, what)(self.any_job(data).id)

    @rule(data=st.data(), printer=PRINTERS)
    @precondition(lambda self: self.queue.jobs())
    def somebody_moves(self, data: Any, printer: Any) -> None:
        self.queue.move(self.any_job(data).id, printer)

    @rule(data=st.data())
    @precondition(lambda self: self.queue.jobs())
    def somebody_prints_again(self, data: Any) -> None:
        job = self.any_job(data)
        if job.state in (PrintJobState.DONE, PrintJobState.CANCELLED):
            self.asked[job.name] += 1
        self.queue.print_again(job.id, PrintCause.LOST)

    # What always holds

    @invariant()
    def no_more_badges_than_were_asked_for(self) -> None:
        if hasattr(self, "spooler"):
            printed = Counter(entry["content"] for entry in self.spooler.not_taken_back())
            assert printed <= self.asked

    def come_to_an_end(self) -> None:
        """Everything works again, and somebody sees to what failed: then all is printed."""
        self.spooler.troubles.clear()
        self.spooler.refuses.clear()
        self.spooler.dies = ""
        self.spooler.is_too_late = False
        for _ in range(200):
            self.queue.release_all()
            for job in self.queue.jobs():
                if job.state is PrintJobState.FAILED:
                    self.queue.print_again(job.id, PrintCause.ASKED)
            self.queue.work()
            self.clock.forward(2)
            self.spooler.print_all()
            if all(job.state.is_over for job in self.queue.jobs()):
                break
        done = Counter(job.name for job in self.queue.jobs() if job.state is PrintJobState.DONE)
        cancelled = Counter(
            job.name for job in self.queue.jobs() if job.state is PrintJobState.CANCELLED
        )
        assert done + cancelled == self.asked
        assert Counter(one["content"] for one in self.spooler.not_taken_back()) == done
        noted = {name: self.noted(person) for person, name in self.names.items()}
        assert noted == {name: done[name] for name in self.names.values()}
        assert self.event_file.verify().ok

    def noted(self, person: str) -> int:
        kinds = [entry.kind for entry in self.event_file.history(person)]
        return kinds.count(EntryKind.BADGE_PRINTED)

    def at_spooler(self) -> list[dict[str, str]]:
        live = (SpooledState.WAITING, SpooledState.PRINTING)
        return [entry for entry in self.spooler.accepted() if entry["state"] in live]

    def any_job(self, data: Any) -> PrintJob:
        return data.draw(st.sampled_from(self.queue.jobs()))  # type: ignore[no-any-return]


def test_badges_are_printed_once_whatever_happens(sample_path: Path) -> None:
    PrintingDesk.template = sample_path
    quiet = settings(
        max_examples=40,
        stateful_step_count=40,
    )
    run_state_machine_as_test(PrintingDesk, settings=quiet)
