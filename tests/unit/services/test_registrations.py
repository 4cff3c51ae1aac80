"""Walk-ins, corrections, a person's history, the numbers and the lists that leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.badges.badge_prints import BadgePrint
from checkin_app.domain.ledger import EntryKind
from checkin_app.errors import UsageError
from checkin_app.services.attendance import event_numbers
from checkin_app.services.bulk_badges.badge_choice import Wanted, choose_attendees
from checkin_app.services.bulk_badges.badge_records import record_prints
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.desk_numbers import desk_numbers
from checkin_app.services.registrations import correct, history, possible_doubles, walk_in
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION


def test_a_walk_in_gets_a_code_is_found_and_let_in(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    fields = {"first_name": " Żaneta ", "last_name": "Nowák\u200b", "organisation": "EAPN"}
    person = walk_in(sample_event_file, "Desk 1", NOW, fields)
    assert (person.full_name, person.walk_in, len(person.code)) == ("Żaneta Nowák", True, 20)
    assert desk.check_in(person.id).kind is OutcomeKind.ADMITTED
    assert sample_event_file.search("zaneta nowak")[0].attendee == person
    assert event_numbers(sample_event_file).walk_ins == 1


@pytest.mark.parametrize("fields", [{}, {"organisation": "EAPN"}, {"last_name": " \u200b"}])
def test_a_walk_in_needs_a_name(sample_event_file: EventFile, fields: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="name"):
        walk_in(sample_event_file, "Desk 1", NOW, fields)
    with pytest.raises(UsageError, match="no field"):
        walk_in(sample_event_file, "Desk 1", NOW, {"last_name": "Nowak", "code": "MINE"})
    assert len(sample_event_file.records()) == 150


def test_somebody_who_is_on_the_list_already_is_suggested(sample_event_file: EventFile) -> None:
    found = possible_doubles(sample_event_file, "Gudmundur", "Aegisson", "unknown")
    assert [line.attendee.last_name for line in found] == ["Ægisson"]
    assert possible_doubles(sample_event_file, "", "", "") == ()


def test_people_of_that_name_are_suggested_before_an_employer_of_it(
    empty_event_file: EventFile,
) -> None:
    for first, last, organisation in (
        ("Aaron", "Abel", "Annuario Papier"),
        ("Anna", "Papenbrock", "EAPN"),
    ):
        fields = {"first_name": first, "last_name": last, "organisation": organisation}
        walk_in(empty_event_file, "Desk 1", NOW, fields)
    found = possible_doubles(empty_event_file, "Ann", "Pap")
    assert [line.attendee.last_name for line in found] == ["Papenbrock", "Abel"]


def test_a_correction_is_stored_found_and_told_in_the_history(
    sample_event_file: EventFile,
) -> None:
    person = sample_event_file.records()[0].attendee
    corrected = correct(
        sample_event_file, "Desk 1", NOW, person.id, {"last_name": "Žižek", "role": person.role}
    )
    assert corrected.attendee.last_name == "Žižek"
    assert corrected.desk_fields == {"last_name"}
    assert sample_event_file.search("zizek")
    entries = len(history(sample_event_file, person.id))
    assert correct(sample_event_file, "Desk 1", NOW, person.id, {"last_name": "Žižek"}) == corrected
    assert len(history(sample_event_file, person.id)) == entries
    with pytest.raises(UsageError, match="name must remain"):
        correct(sample_event_file, "Desk 1", NOW, person.id, {"first_name": "", "last_name": ""})
    assert sample_event_file.verify().ok


def test_the_history_tells_what_was_taken_back_newest_first(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    person = sample_event_file.records()[0].attendee
    admitted = desk.check_in(person.id)
    assert admitted.check_in is not None
    desk.undo(person.id, admitted.check_in.entry_id)
    lines = history(sample_event_file, person.id)
    assert [(line.entry.kind, line.undone) for line in lines] == [
        (EntryKind.UNDONE, False),
        (EntryKind.CHECKED_IN, True),
        (EntryKind.REGISTERED, False),
    ]


def test_the_counters_follow_every_arrival_and_undo(
    desk: CheckInDesk, sample_event_file: EventFile, clock: SettableClock
) -> None:
    people = choose_attendees(sample_event_file)
    for person in people[:10]:
        admitted = desk.check_in(person.id)
        clock.forward(30)
    assert admitted.check_in is not None
    before = desk_numbers(sample_event_file, desk.check_in_list, clock.now)
    assert (before.arrived, before.expected) == (10, len(people))
    assert before.per_minute == 2
    assert sum(progress.arrived for progress in before.by_category) == 10
    desk.undo(people[9].id, admitted.check_in.entry_id)
    assert desk_numbers(sample_event_file, desk.check_in_list, clock.now).arrived == 9
    # The clock of another desk was ahead.
    long_ago = clock.now - timedelta(hours=1)
    assert desk_numbers(sample_event_file, desk.check_in_list, long_ago).per_minute == 0
    later = clock.now + timedelta(hours=1)
    assert desk_numbers(sample_event_file, desk.check_in_list, later).per_minute == 0
    numbers = event_numbers(sample_event_file)
    assert (numbers.checked_in, numbers.no_shows) == (9, len(people) - 9)
    assert sum(count for _, count in numbers.arrivals) == 9


def test_badges_are_for_those_who_have_none_yet(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    expected = choose_attendees(sample_event_file)
    desk.check_in(expected[0].id)
    assert [p.id for p in choose_attendees(sample_event_file, Wanted.ARRIVED)] == [expected[0].id]
    record_prints(sample_event_file, "Desk 1", NOW, map(BadgePrint, expected[:2]))
    unprinted = choose_attendees(sample_event_file, Wanted.UNPRINTED)
    assert [p.id for p in unprinted] == [p.id for p in expected[2:]]
    assert len(choose_attendees(sample_event_file, Wanted.ALL)) == 149
