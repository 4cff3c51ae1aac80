"""Who is let in gets a badge from the desk's printer, in the same moment."""

from __future__ import annotations

import pytest
from settable_clock import SettableClock

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause, PrintJobState
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.registrations import walk_in
from checkin_app.services.wording import next_step
from checkin_app.settings.device_settings import PrintingSettings, PrintOnArrival
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.jobs.print_jobs import QueuedJob
from checkin_app.storage.people.attendee_filter import AttendeeFilter

PRINTER = PrinterId(SpoolerKind.FOLDER, "badges")


def printing(
    desk: CheckInDesk,
    when: PrintOnArrival = PrintOnArrival.UNLESS_PRINTED,
    categories: tuple[str, ...] = (),
) -> CheckInDesk:
    choice = PrintingSettings(printer=str(PRINTER), when=when, categories=categories)
    return desk.with_printing(ArrivalPrinting.chosen("desk-1", choice))


def waiting(event_file: EventFile) -> tuple[QueuedJob, ...]:
    return event_file.print_jobs.of_desk("desk-1").open()


@pytest.fixture
def person(sample_event_file: EventFile) -> Attendee:
    confirmed = AttendeeFilter(statuses=frozenset({AttendeeStatus.CONFIRMED}))
    return next(one for one in sample_event_file.attendees(confirmed) if one.category)


def test_a_scan_lets_the_badge_wait_for_the_printer(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee
) -> None:
    outcome = printing(desk).handle(Scan(person.code))
    assert outcome.kind is OutcomeKind.ADMITTED
    assert next_step(outcome, desk.event) == "The badge comes out of the printer."
    (queued,) = waiting(sample_event_file)
    assert queued.job.attendee_id == person.id
    assert queued.job.printer == PRINTER
    assert queued.job.cause is PrintCause.ARRIVAL


def test_who_is_already_in_gets_no_other_badge(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee
) -> None:
    at_desk = printing(desk, PrintOnArrival.ALWAYS)
    at_desk.handle(Scan(person.code))
    again = at_desk.handle(Scan(person.code))
    assert again.kind is OutcomeKind.ALREADY_IN
    assert not again.is_printing
    assert not at_desk.handle(Scan("NOBODY")).is_printing
    assert len(waiting(sample_event_file)) == 1


def test_a_desk_without_printing_prints_nothing(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee
) -> None:
    assert not printing(desk, PrintOnArrival.NEVER).handle(Scan(person.code)).is_printing
    assert not waiting(sample_event_file)


def test_a_badge_that_waits_for_the_printer_or_was_printed_is_not_printed_again(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee, clock: SettableClock
) -> None:
    at_desk = printing(desk)
    assert at_desk.handle(Scan(person.code)).is_printing
    assert not at_desk.admit_anyway(person.id, "came back").is_printing
    (queued,) = waiting(sample_event_file)
    with sample_event_file.transaction("Desk 1", clock()) as transaction:
        transaction.change_print_job(queued, state=PrintJobState.DONE)
        transaction.append(EntryKind.BADGE_PRINTED, person.id)
    assert not at_desk.admit_anyway(person.id, "came back").is_printing
    assert printing(desk, PrintOnArrival.ALWAYS).admit_anyway(person.id, "again").is_printing


def test_a_spoilt_badge_is_printed_on_arrival(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee, clock: SettableClock
) -> None:
    with sample_event_file.transaction("Desk 1", clock()) as transaction:
        transaction.append(EntryKind.BADGE_PRINTED, person.id)
        transaction.append(EntryKind.BADGE_SPOILT, person.id)
    assert printing(desk).check_in(person.id).is_printing


def test_only_the_chosen_categories_are_printed(desk: CheckInDesk, person: Attendee) -> None:
    assert not printing(desk, categories=("Nobody",)).check_in(person.id).is_printing
    others = printing(desk, categories=(person.category,))
    assert others.admit_anyway(person.id, "again").is_printing


def test_a_walk_in_gets_a_badge(
    desk: CheckInDesk, sample_event_file: EventFile, clock: SettableClock
) -> None:
    attendee = walk_in(sample_event_file, "Desk 1", clock(), {"last_name": "Zawadzka"})
    assert printing(desk).check_in(attendee.id).is_printing


def test_at_another_check_in_list_the_desk_prints_as_before(desk: CheckInDesk) -> None:
    at_desk = printing(desk)
    assert at_desk.with_list(desk.check_in_list).printing == at_desk.printing


def test_a_check_in_taken_back_at_once_prints_no_badge(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee
) -> None:
    at_desk = printing(desk)
    outcome = at_desk.check_in(person.id)
    assert outcome.check_in is not None
    at_desk.undo(person.id, outcome.check_in.entry_id)
    assert not waiting(sample_event_file)
    assert at_desk.check_in(person.id).is_printing


def test_a_check_in_taken_back_prints_no_badge_that_was_on_hold_either(
    desk: CheckInDesk, sample_event_file: EventFile, person: Attendee, clock: SettableClock
) -> None:
    at_desk = printing(desk)
    outcome = at_desk.check_in(person.id)
    assert outcome.check_in is not None
    (queued,) = waiting(sample_event_file)
    with sample_event_file.transaction("Desk 1", clock()) as transaction:
        transaction.change_print_job(queued, state=PrintJobState.HELD)
    at_desk.undo(person.id, outcome.check_in.entry_id)
    assert not waiting(sample_event_file)
