"""Who is let in: every answer of the rule at the door, and the remarks beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from checkin_app.domain.admission import Decision, NoteKind, Outcome, OutcomeKind, decide_admission
from checkin_app.domain.attendee import Attendee, AttendeeRecord, AttendeeStatus, CheckIn
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.services.wording import note_sentence

EVENT = Event("Assembly", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
OPENS = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
CLOSES = datetime(2024, 5, 6, 16, 0, tzinfo=UTC)
OPEN = OPENS + timedelta(minutes=10)
DESK = CheckInList("registration", "Registration desk", OPENS, CLOSES)
ANNA = AttendeeRecord(Attendee("1" * 32, "CODE", first_name="Anna", last_name="Nowak"))


def person(**fields: object) -> AttendeeRecord:
    return replace(ANNA, attendee=ANNA.attendee.with_changes(fields))


def already_in(record: AttendeeRecord, desk: CheckInList = DESK) -> AttendeeRecord:
    return replace(record, check_ins={desk.id: CheckIn(OPEN, "Desk 2", desk.id, "e" * 32)})


def decide(
    record: AttendeeRecord = ANNA,
    desk: CheckInList = DESK,
    present: int = 0,
    now: datetime = OPEN,
) -> Decision:
    return decide_admission(record, desk, EVENT, present, now)


def sentences(decision: Decision) -> list[str]:
    return [note_sentence(note, EVENT) for note in decision.notes]


def test_a_confirmed_person_is_admitted_without_a_remark() -> None:
    assert decide() == Decision(OutcomeKind.ADMITTED)


def test_what_the_desk_must_be_told_is_told() -> None:
    decision = decide(person(attention="Step-free access"))
    assert decision.kind is OutcomeKind.ADMITTED
    assert sentences(decision) == ["Step-free access"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (AttendeeStatus.CANCELLED, OutcomeKind.CANCELLED),
        (AttendeeStatus.PENDING, OutcomeKind.NOT_CONFIRMED),
        (AttendeeStatus.WAITING, OutcomeKind.NOT_CONFIRMED),
    ],
)
def test_only_confirmed_registrations_are_admitted(
    status: AttendeeStatus, answer: OutcomeKind
) -> None:
    assert decide(person(status=status)).kind is answer


def test_whoever_comes_early_is_let_in_with_the_opening_time() -> None:
    decision = decide(now=OPENS - timedelta(minutes=5))
    assert decision.kind is OutcomeKind.ADMITTED
    assert sentences(decision) == ["early: registration opens 12:30"]


def test_the_moments_of_opening_and_closing_are_neither_early_nor_late() -> None:
    assert decide(now=OPENS).notes == ()
    assert decide(now=CLOSES).notes == ()


def test_whoever_comes_late_is_let_in_with_the_closing_time() -> None:
    decision = decide(now=CLOSES + timedelta(seconds=1))
    assert decision.kind is OutcomeKind.ADMITTED
    assert sentences(decision) == ["late: registration closed 18:00"]


def test_another_day_is_practice() -> None:
    decision = decide(now=OPEN + timedelta(days=200))
    assert decision.kind is OutcomeKind.ADMITTED
    assert sentences(decision) == ["practice: the event is on 6 May 2024"]


def test_the_day_of_the_event_is_that_of_the_venue() -> None:
    always = CheckInList("x", "Always open")
    before_midnight_utc = datetime(2024, 5, 5, 22, 0, tzinfo=UTC)
    after_local_midnight = datetime(2024, 5, 6, 22, 0, tzinfo=UTC)
    assert decide(desk=always, now=before_midnight_utc).notes == ()
    assert [note.kind for note in decide(desk=always, now=after_local_midnight).notes] == [
        NoteKind.PRACTICE
    ]


@pytest.mark.parametrize(
    "now", [OPENS - timedelta(seconds=1), CLOSES + timedelta(seconds=1), OPEN + timedelta(days=1)]
)
def test_a_strict_list_answers_not_open_outside_its_window(now: datetime) -> None:
    assert decide(desk=replace(DESK, strict=True), now=now).kind is OutcomeKind.NOT_OPEN


def test_a_strict_list_admits_inside_its_window() -> None:
    assert decide(desk=replace(DESK, strict=True)).kind is OutcomeKind.ADMITTED


def test_the_last_place_is_given_and_the_next_person_hears_full() -> None:
    room = replace(DESK, capacity=30)
    assert decide(desk=room, present=29).kind is OutcomeKind.ADMITTED
    assert decide(desk=room, present=30).kind is OutcomeKind.FULL


def test_a_list_for_some_categories_sends_the_others_away() -> None:
    press = replace(DESK, categories=frozenset({"Press"}))
    assert decide(person(category="Press"), press).kind is OutcomeKind.ADMITTED
    assert decide(person(category="Speaker"), press).kind is OutcomeKind.NOT_ON_LIST


def test_the_second_answer_says_when_and_where_the_first_was_given() -> None:
    decision = decide(already_in(person(attention="Badge holder")))
    assert decision.kind is OutcomeKind.ALREADY_IN
    assert decision.earlier is not None
    assert (decision.earlier.at, decision.earlier.desk) == (OPEN, "Desk 2")
    assert sentences(decision) == ["Badge holder"]


def test_someone_who_is_in_already_does_not_hear_that_it_is_full_or_closed() -> None:
    room = replace(DESK, capacity=1, strict=True)
    late = CLOSES + timedelta(hours=1)
    assert decide(already_in(ANNA), room, present=1, now=late).kind is OutcomeKind.ALREADY_IN


def test_being_in_at_the_desk_does_not_count_at_another_door() -> None:
    door = CheckInList("room-1", "Room 1")
    assert decide(already_in(ANNA), door).kind is OutcomeKind.ADMITTED


def test_only_a_known_person_who_was_refused_can_be_let_in_anyway() -> None:
    refused = Outcome(OutcomeKind.CANCELLED, "CODE", "Registration desk", ANNA)
    assert refused.can_admit_anyway
    assert not replace(refused, kind=OutcomeKind.ADMITTED).can_admit_anyway
    assert not replace(refused, kind=OutcomeKind.UNKNOWN_CODE, record=None).can_admit_anyway
