"""Ticks of the paper list: who is meant, when they came, and that no slip means somebody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.short_codes import short_codes
from checkin_app.errors import UsageError
from checkin_app.services.badge_choice import choose_attendees
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.paper_list import PaperTicks, TickKind, write_paper_list
from checkin_app.services.registrations import walk_in
from checkin_app.services.wording import entry_sentence
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION


@pytest.fixture
def ticks(sample_event_file: EventFile, clock: SettableClock) -> PaperTicks:
    desk_list = sample_event_file.check_in_lists()[0]
    return PaperTicks(sample_event_file, "Paper", desk_list, clock)


def code_of(event_file: EventFile, person: Attendee) -> str:
    return short_codes(event_file.people.ids_by_registration())[person.id]


def test_a_tick_checks_in_at_the_time_given_and_says_that_it_was_on_paper(
    ticks: PaperTicks, sample_event_file: EventFile
) -> None:
    person = choose_attendees(sample_event_file)[3]
    came = NOW - timedelta(minutes=25)
    tick = ticks.enter(code_of(sample_event_file, person).lower(), came)
    assert (tick.kind, tick.attendee) == (TickKind.TAKEN, person)
    record = sample_event_file.record(person.id)
    assert record is not None
    assert record.checked_in_at == came
    entry = sample_event_file.history(person.id)[-1]
    assert (entry.kind, entry.payload["paper"]) == (EntryKind.CHECKED_IN, True)
    assert entry_sentence(entry, {}) == "Checked in from the paper list: registration"
    assert sample_event_file.verify().ok


def test_who_is_in_already_stays_in_since_then(
    ticks: PaperTicks, desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    person = choose_attendees(sample_event_file)[0]
    desk.check_in(person.id)
    entries = len(sample_event_file.history(person.id))
    tick = ticks.enter(code_of(sample_event_file, person), NOW - timedelta(hours=1))
    assert tick.kind is TickKind.ALREADY_IN
    assert tick.check_in is not None
    assert tick.check_in.at == NOW
    assert len(sample_event_file.history(person.id)) == entries


def test_a_slip_enters_nobody_and_says_so(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    code = code_of(sample_event_file, choose_attendees(sample_event_file)[0])
    slip = code[1] + code[0] + code[2:] if code[0] != code[1] else "2" + code[1:]
    assert ticks.enter(slip).kind is TickKind.SLIP
    nobody = next(
        code
        for code in short_codes(f"nobody {number}" for number in range(20)).values()
        if ticks.understand(code).kind is not TickKind.TAKEN
    )
    assert ticks.enter(nobody).kind is TickKind.UNKNOWN
    assert ticks.enter("zzzz qqqq").kind is TickKind.UNKNOWN
    assert ticks.enter("  ").kind is TickKind.UNKNOWN
    assert not any(record.check_ins for record in sample_event_file.records())


def test_a_name_offers_the_people_it_may_mean(
    ticks: PaperTicks, sample_event_file: EventFile
) -> None:
    tick = ticks.enter("aegisson")
    assert tick.kind is TickKind.NAMES
    assert [listed.attendee.last_name for listed in tick.people] == ["Ægisson"]
    taken = ticks.enter_person(tick.people[0].attendee.id)
    assert taken.kind is TickKind.TAKEN
    assert ticks.enter_person(tick.people[0].attendee.id).kind is TickKind.ALREADY_IN


def test_a_tick_can_be_taken_back_once(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    person = choose_attendees(sample_event_file)[0]
    tick = ticks.enter(code_of(sample_event_file, person))
    ticks.take_back(tick)
    record = sample_event_file.record(person.id)
    assert record is not None
    assert not record.check_ins
    with pytest.raises(UsageError, match="already"):
        ticks.take_back(tick)
    with pytest.raises(UsageError, match="nobody"):
        ticks.take_back(ticks.enter("nobody at all"))


def test_codes_hold_when_people_are_added(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    person = choose_attendees(sample_event_file)[0]
    code = code_of(sample_event_file, person)
    added = walk_in(sample_event_file, "Desk 1", NOW, {"last_name": "Nowak"})
    assert ticks.enter(code).attendee == person
    assert ticks.enter(code_of(sample_event_file, added)).attendee == added


def test_nobody_comes_in_the_future(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    code = code_of(sample_event_file, choose_attendees(sample_event_file)[0])
    with pytest.raises(UsageError, match="ahead"):
        ticks.enter(code, NOW + timedelta(minutes=1))


def test_the_list_names_everybody_who_is_expected(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    expected = choose_attendees(sample_event_file)
    assert write_paper_list(sample_event_file, tmp_path / "paper.pdf") == len(expected)
    door = sample_event_file.check_in_lists()[1]
    assert write_paper_list(sample_event_file, tmp_path / "paper.pdf", door) > 0
