"""The print queue of a desk, with a real print system and its printers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from paper import until
from print_system import LabelPrinter, PrintSystem, running_print_system, why_not

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId, PrinterTrouble, SpoolerKind
from checkin_app.printing.cups.cups_spooler import CupsSpooler
from checkin_app.printing.printer_setups import PrinterSetup, PrinterSetups
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles, BadgeOnDemand
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings.device_settings import PrintingSettings, PrintOnArrival
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter


class Died(BaseException):
    """The process is no more."""


@dataclass
class Desk:
    """A desk with its label printer, and another for when that one stops."""

    event_file: EventFile
    folder: Path
    spooler: Any
    choice: PrintingSettings
    opened: list[PrintQueue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.setups = PrinterSetups(self.folder / "setups.json")
        for printer in (self.choice.printer, self.choice.fallback):
            id_ = PrinterId.from_text(printer)
            assert id_ is not None
            self.setups.keep(PrinterSetup(id_, stock="85x54 on A4"))
        self.people = self.event_file.attendees(AttendeeFilter())
        self.start()

    def start(self) -> None:
        """The program starts, after an end or for the first time."""
        for queue in self.opened:
            queue.close()
        files = BadgeFiles(self.folder / "stock", self.folder / "offsets", self.folder / "fonts")
        badges = BadgeOnDemand(self.event_file, self.setups, self.choice, files)
        self.queue = PrintQueue(
            self.event_file,
            "desk-1",
            "Desk 1",
            {SpoolerKind.CUPS: self.spooler},
            badges,
            self.setups,
            self.choice,
            lock_folder=self.folder / "locks",
        )
        self.opened.append(self.queue)

    def work_until(self, is_so: Callable[[], object]) -> None:
        def work() -> object:
            self.queue.work()
            return is_so()

        until(work)

    def all_done(self) -> bool:
        return all(job.state is PrintJobState.DONE for job in self.queue.jobs())

    def noted(self, attendee_id: str) -> int:
        kinds = [entry.kind for entry in self.event_file.history(attendee_id)]
        return kinds.count(EntryKind.BADGE_PRINTED)


@pytest.fixture
def other_printer(print_system: PrintSystem) -> Iterator[LabelPrinter]:
    printer = LabelPrinter(print_system)
    yield printer
    printer.remove()


@pytest.fixture
def desk(
    print_system: PrintSystem,
    label_printer: LabelPrinter,
    other_printer: LabelPrinter,
    sample_event_file: EventFile,
    tmp_path: Path,
) -> Iterator[Desk]:
    choice = PrintingSettings(
        printer=f"cups:{label_printer.queue}",
        fallback=f"cups:{other_printer.queue}",
        when=PrintOnArrival.UNLESS_PRINTED,
    )
    desk = Desk(sample_event_file, tmp_path, CupsSpooler(print_system.server), choice)
    yield desk
    for queue in desk.opened:
        queue.close()


def test_who_is_let_in_has_a_badge_of_the_right_size_that_can_be_scanned(
    desk: Desk, label_printer: LabelPrinter
) -> None:
    registration = desk.event_file.check_in_lists()[0]
    printing = ArrivalPrinting.chosen("desk-1", desk.choice)
    at_desk = CheckInDesk(desk.event_file, "Desk 1", registration, printing=printing)
    person = desk.people[0]
    outcome = at_desk.admit_anyway(person.id, "The day does not matter here")
    assert outcome.kind is OutcomeKind.ADMITTED
    assert outcome.is_printing
    desk.work_until(desk.all_done)
    (badge,) = label_printer.received()
    assert (round(badge.width_mm), round(badge.height_mm)) == (85, 54)
    assert person.code in badge.codes
    assert desk.noted(person.id) == 1


def test_badges_stuck_at_a_printer_that_is_off_come_out_of_the_other_and_only_there(
    desk: Desk, label_printer: LabelPrinter, other_printer: LabelPrinter
) -> None:
    label_printer.turn_off()
    people = [person.id for person in desk.people[:4]]
    desk.queue.enqueue(people, PrintCause.ASKED)
    desk.work_until(desk.all_done)
    assert len(other_printer.received()) == 4
    label_printer.turn_on()
    desk.queue.release_all()
    desk.queue.enqueue([desk.people[4].id], PrintCause.ASKED)
    desk.work_until(desk.all_done)
    assert len(label_printer.received()) == 1
    assert len(other_printer.received()) == 4
    assert [desk.noted(person) for person in people] == [1] * 4


def test_without_a_fallback_badges_wait_for_paper(desk: Desk, label_printer: LabelPrinter) -> None:
    desk.queue.take_choice(PrintingSettings(printer=desk.choice.printer))
    label_printer.stop_with("media-empty", "media-needed")
    desk.queue.enqueue([person.id for person in desk.people[:3]], PrintCause.ASKED)

    def is_out_of_paper() -> bool:
        (printer,) = desk.queue.summary().printers
        return printer.trouble is PrinterTrouble.OUT_OF_PAPER

    desk.work_until(is_out_of_paper)
    label_printer.go_on()
    desk.work_until(desk.all_done)
    assert len(label_printer.received()) == 3


def test_a_desk_that_died_when_the_badge_was_accepted_asks_and_prints_it_once(
    desk: Desk, print_system: PrintSystem, label_printer: LabelPrinter
) -> None:
    class DiesAfterwards(CupsSpooler):
        def submit(self, *arguments: Any) -> Any:
            super().submit(*arguments)
            raise Died

    mortal = DiesAfterwards(print_system.server)
    lasting, desk.spooler = desk.spooler, mortal
    desk.start()
    desk.queue.enqueue([desk.people[0].id], PrintCause.ASKED)
    with pytest.raises(Died):
        desk.queue.work()
    desk.spooler = lasting
    desk.start()
    desk.work_until(desk.all_done)
    assert len(label_printer.received()) == 1
    assert desk.noted(desk.people[0].id) == 1


def test_while_the_print_system_is_down_badges_wait_and_none_is_printed_twice(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    if reason := why_not():
        pytest.skip(reason)
    with running_print_system() as system:
        printer = LabelPrinter(system)
        choice = PrintingSettings(printer=f"cups:{printer.queue}", fallback="cups:none")
        desk = Desk(sample_event_file, tmp_path, CupsSpooler(system.server), choice)
        people = [person.id for person in desk.people[:2]]
        printer.stop_with("media-empty")
        desk.queue.enqueue(people[:1], PrintCause.ASKED)
        desk.work_until(lambda: desk.queue.summary().printing)
        system.stop_server()
        desk.queue.enqueue(people[1:], PrintCause.ASKED)
        desk.work_until(lambda: desk.queue.summary().printers[0].trouble is PrinterTrouble.OFFLINE)
        printer.go_on()
        system.start_server()
        desk.work_until(desk.all_done)
        assert [desk.noted(person) for person in people] == [1, 1]
        assert len(printer.received()) == 2
        desk.queue.close()
