"""Ticks of the paper list: who is meant, when they came, and that no slip means somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.hub_time import HubTime
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.tickets.short_codes import short_codes
from checkin_app.errors import UsageError
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.paper_list import (
    PaperTicks,
    TickKind,
    likely_arrival,
    write_paper_list,
)
from checkin_app.services.list_import.import_undo import undo_import
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


def test_a_tick_comes_in_the_ledger_after_all_that_was_known_when_it_was_entered(
    sample_event_file: EventFile, clock: SettableClock
) -> None:
    """Also by the time of the hub, of which the window's field may hold an older moment."""
    clock.now = HubTime.at(NOW + timedelta(days=40_000))
    desk_list = sample_event_file.check_in_lists()[0]
    desk = CheckInDesk(sample_event_file, "Desk", desk_list, clock)
    first, second = choose_attendees(sample_event_file)[:2]
    before = desk.check_in(first.id).check_in
    ticks = PaperTicks(sample_event_file, "Paper", desk_list, clock)
    came = HubTime.at(clock.now - timedelta(minutes=25))
    tick = ticks.enter(code_of(sample_event_file, second), came)
    assert before is not None
    assert tick.check_in is not None
    assert tick.check_in.at == came
    assert tick.check_in.entry_id > before.entry_id


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
    assert [person.last_name for person in tick.people] == ["Ægisson"]
    taken = ticks.enter_person(tick.people[0].id)
    assert taken.kind is TickKind.TAKEN
    assert ticks.enter_person(tick.people[0].id).kind is TickKind.ALREADY_IN


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


SAME_CODE = "652".zfill(32), "a34".zfill(32)
"""Ids that give the same code, so that the later of the two gets the next one."""


def test_codes_hold_when_somebody_vanishes_with_an_import(
    ticks: PaperTicks, sample_event_file: EventFile
) -> None:
    first, later = (Attendee(id_, last_name=id_[-3:]) for id_ in SAME_CODE)
    with sample_event_file.transaction("Organiser", NOW) as transaction:
        told = {"import": "i1", "file": "list.csv", "preset": "", "read": 1, "added": 1}
        transaction.append(EntryKind.LIST_IMPORTED, payload={**told, "changed": 0, "gone": 0})
        transaction.register_many([first], {"import": "i1"})
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.register([later])
    code_of_first, code = code_of(sample_event_file, first), code_of(sample_event_file, later)
    undo_import(sample_event_file, "Organiser", NOW)
    assert sample_event_file.record(first.id) is None
    assert ticks.enter(code_of_first).kind is TickKind.UNKNOWN
    tick = ticks.enter(code)
    assert tick.attendee is not None
    assert tick.attendee.id == later.id


def test_codes_hold_when_a_clock_was_wrong(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    first, later = (Attendee(id_, last_name=id_[-3:]) for id_ in SAME_CODE)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.register([first])
    code = code_of(sample_event_file, first)
    with sample_event_file.transaction("Desk 2", NOW - timedelta(days=300)) as transaction:
        transaction.register([later])
    tick = ticks.enter(code)
    assert tick.attendee is not None
    assert tick.attendee.id == first.id


def test_a_name_that_happens_to_be_the_code_of_somebody_else_is_asked_about(
    ticks: PaperTicks, sample_event_file: EventFile
) -> None:
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        (owner,) = transaction.register([Attendee("6".zfill(32), last_name="Nowak")])
        (named,) = transaction.register([Attendee("", last_name="Gmers")])
    assert code_of(sample_event_file, owner) == "GMERS"
    for typed in ("Gmers", "GMERS"):
        tick = ticks.enter(typed)
        assert (tick.kind, tick.people) == (TickKind.NAMES, (named, owner))
    assert ticks.enter_person(owner.id).attendee == owner


def test_a_slip_is_not_forgiven_by_the_search_for_names_and_tickets(
    ticks: PaperTicks, sample_event_file: EventFile
) -> None:
    person = Attendee("", code="52NT8", last_name="52nt7a", organisation="52NT8")
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.register([person])
    assert ticks.enter("52NT8").kind is TickKind.SLIP


def test_nobody_comes_in_the_future(ticks: PaperTicks, sample_event_file: EventFile) -> None:
    code = code_of(sample_event_file, choose_attendees(sample_event_file)[0])
    with pytest.raises(UsageError, match="ahead"):
        ticks.enter(code, NOW + timedelta(minutes=1))


def test_on_the_day_the_present_is_proposed_and_later_when_the_desk_opened(
    sample_event_file: EventFile,
) -> None:
    event, desk_list = sample_event_file.event(), sample_event_file.check_in_lists()[0]
    assert desk_list.opens_at is not None
    assert likely_arrival(event, desk_list, NOW) == NOW
    assert likely_arrival(event, desk_list, NOW + timedelta(days=2)) == desk_list.opens_at
    without = replace(desk_list, opens_at=None)
    nine = event.utc(event.starts_on, 9)
    assert likely_arrival(event, without, NOW + timedelta(days=2)) == nine
    before = NOW - timedelta(days=2)
    assert likely_arrival(event, desk_list, before) == before


def test_the_list_names_everybody_who_is_expected(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    expected = choose_attendees(sample_event_file)
    assert write_paper_list(sample_event_file, tmp_path / "paper.pdf") == len(expected)
    door = sample_event_file.check_in_lists()[1]
    assert write_paper_list(sample_event_file, tmp_path / "paper.pdf", door) > 0
