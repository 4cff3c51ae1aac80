"""The desk on a real event file: every answer, undo, and whatever may be scanned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.admission import NoteKind, Outcome, OutcomeKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Repair, Scan
from checkin_app.domain.tickets.codes import CodeKind
from checkin_app.errors import UsageError
from checkin_app.scanning.keyboard_layouts import repairs
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.wording import headline, message, next_step
from checkin_app.storage.event_file import EventFile


def register(event_file: EventFile, **fields: object) -> Attendee:
    person = Attendee("", first_name="Test", last_name="Person").with_changes(fields)
    with event_file.transaction("Organiser", DURING_REGISTRATION) as transaction:
        (stored,) = transaction.register([person])
    return stored


@pytest.fixture
def anna(sample_event_file: EventFile) -> Attendee:
    """Somebody confirmed, without an attention text."""
    return register(sample_event_file, first_name="Anna", last_name="Nowak")


def scan(desk: CheckInDesk, text: str) -> Outcome:
    return desk.handle(Scan(text))


def test_the_first_scan_admits_and_the_second_names_the_first_desk(
    desk: CheckInDesk, anna: Attendee, clock: SettableClock, sample_event_file: EventFile
) -> None:
    first = scan(desk, anna.code)
    assert first.kind is OutcomeKind.ADMITTED
    assert first.record is not None
    assert first.record.checked_in_at == DURING_REGISTRATION
    clock.forward(120)
    other = CheckInDesk(sample_event_file, "Desk 2", desk.check_in_list, clock)
    second = scan(other, anna.code)
    assert second.kind is OutcomeKind.ALREADY_IN
    assert next_step(second, desk.event) == "Checked in at 12:40, Desk 1. Let in again?"
    assert message(second, desk.event).startswith("Already in: Anna Nowak. Checked in at 12:40")


@pytest.mark.parametrize("typed", ["{code}", " {code}\t", "{lower}", "{grouped}"])
def test_a_code_is_known_however_it_is_typed(desk: CheckInDesk, anna: Attendee, typed: str) -> None:
    code = anna.code
    text = typed.format(code=code, lower=code.lower(), grouped=f"{code[:10]}-{code[10:]}")
    assert scan(desk, text).kind is OutcomeKind.ADMITTED


def test_a_garbled_reading_is_repaired_and_says_so(desk: CheckInDesk, anna: Attendee) -> None:
    outcome = desk.handle(Scan("àà&é", repairs=(Repair(anna.code, "French (AZERTY)"),)))
    assert outcome.kind is OutcomeKind.ADMITTED
    assert outcome.code == anna.code
    assert [(n.kind, n.text) for n in outcome.notes] == [(NoteKind.REPAIRED, "French (AZERTY)")]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("cancelled", OutcomeKind.CANCELLED),
        ("pending", OutcomeKind.NOT_CONFIRMED),
        ("waiting", OutcomeKind.NOT_CONFIRMED),
    ],
)
def test_a_registration_that_does_not_stand_is_refused_and_recorded(
    desk: CheckInDesk, sample_event_file: EventFile, status: str, answer: OutcomeKind
) -> None:
    person = register(sample_event_file, status=status)
    assert scan(desk, person.code).kind is answer
    last = sample_event_file.history(person.id)[-1]
    assert (last.kind, last.payload["outcome"]) == (EntryKind.REFUSED, answer.value)
    record = sample_event_file.record(person.id)
    assert record is not None
    assert record.check_ins == {}


def test_an_old_code_is_revoked_and_the_new_one_admits(
    desk: CheckInDesk, anna: Attendee, sample_event_file: EventFile
) -> None:
    with sample_event_file.transaction("Organiser", DURING_REGISTRATION) as transaction:
        transaction.append(EntryKind.CODE_REPLACED, anna.id, payload={"code": "NEW-TICKET-1"})
    old = scan(desk, anna.code)
    assert old.kind is OutcomeKind.REVOKED
    assert old.can_admit_anyway
    assert scan(desk, "NEW-TICKET-1").kind is OutcomeKind.ADMITTED
    assert scan(desk, anna.code).kind is OutcomeKind.REVOKED


def test_a_code_of_two_people_asks_for_the_name(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    twins = [register(sample_event_file, code="SHARED", first_name=name) for name in ("Ada", "Ida")]
    outcome = scan(desk, "SHARED")
    assert outcome.kind is OutcomeKind.AMBIGUOUS
    assert {person.id for person in outcome.candidates} == {person.id for person in twins}
    assert outcome.record is None
    assert desk.check_in(twins[0].id).kind is OutcomeKind.ADMITTED


def test_a_code_that_was_somebodys_and_is_anothers_means_the_present_holder(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    former = register(sample_event_file, code="PASSED-ON")
    with sample_event_file.transaction("Organiser", DURING_REGISTRATION) as transaction:
        transaction.append(EntryKind.CODE_REPLACED, former.id, payload={"code": "OTHER"})
    present = register(sample_event_file, code="PASSED-ON", first_name="Present")
    outcome = scan(desk, "PASSED-ON")
    assert outcome.kind is OutcomeKind.ADMITTED
    assert outcome.attendee == present


def test_a_strict_list_says_when_it_opens(desk: CheckInDesk, anna: Attendee) -> None:
    opens = DURING_REGISTRATION + timedelta(hours=1)
    door = desk.with_list(CheckInList("door", "Room 1", opens_at=opens, strict=True))
    outcome = scan(door, anna.code)
    assert outcome.kind is OutcomeKind.NOT_OPEN
    assert next_step(outcome, desk.event).startswith("Room 1 opens at 13:40.")


def test_a_full_room_refuses_until_somebody_is_taken_back(
    desk: CheckInDesk, anna: Attendee, sample_event_file: EventFile
) -> None:
    door = desk.with_list(CheckInList("door", "Room 1", capacity=1))
    other = register(sample_event_file, first_name="Other")
    admitted = scan(door, other.code)
    assert scan(door, anna.code).kind is OutcomeKind.FULL
    assert admitted.check_in is not None
    door.undo(other.id, admitted.check_in.entry_id)
    assert scan(door, anna.code).kind is OutcomeKind.ADMITTED


def test_a_list_of_some_categories_refuses_the_others(desk: CheckInDesk, anna: Attendee) -> None:
    press = desk.with_list(CheckInList("press", "Press", categories=frozenset({"Press"})))
    assert scan(press, anna.code).kind is OutcomeKind.NOT_ON_LIST


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", CodeKind.NOTHING),
        ("https://example.org", CodeKind.WEB_LINK),
        ("7J3M4Q8ZK1XW5V9T2R6P", CodeKind.OTHER_TICKET),
        ("hello, desk", CodeKind.TEXT),
    ],
)
def test_an_unknown_code_says_what_was_held_up(
    desk: CheckInDesk, text: str, kind: CodeKind
) -> None:
    outcome = scan(desk, text)
    assert (outcome.kind, outcome.looks_like) == (OutcomeKind.UNKNOWN_CODE, kind)
    assert not outcome.can_admit_anyway


def test_a_pairing_that_is_scanned_as_a_ticket_is_written_down_nowhere(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    link = "CHECKIN://JOIN/8EXYJJD6E95HP0M7"
    assert scan(desk, link).kind is OutcomeKind.UNKNOWN_CODE
    assert "8EXYJJD6" not in " ".join(str(entry.payload) for entry in sample_event_file.ledger())


def test_an_unknown_garbled_code_is_shown_as_it_most_likely_was(desk: CheckInDesk) -> None:
    likely = Repair("7J3M4Q8ZK1XW5V9T2R6P", "French (AZERTY)")
    outcome = desk.handle(Scan("garbled, as it came", repairs=(likely,)))
    assert outcome.looks_like is CodeKind.OTHER_TICKET
    assert outcome.code == likely.text


def test_a_contact_card_is_not_taken_for_a_garbled_ticket(desk: CheckInDesk) -> None:
    outcome = desk.handle(Scan("BEGIN:VCARD", repairs=repairs("BEGIN:VCARD")))
    assert outcome.looks_like is CodeKind.CONTACT_CARD
    assert (outcome.code, outcome.notes) == ("BEGIN:VCARD", ())


def test_early_and_practice_are_said_beside_the_welcome(
    desk: CheckInDesk, anna: Attendee, clock: SettableClock, sample_event_file: EventFile
) -> None:
    clock.now = DURING_REGISTRATION - timedelta(hours=1)
    assert "(early: registration opens 12:30)" in message(scan(desk, anna.code), desk.event)
    clock.now = DURING_REGISTRATION + timedelta(days=900)
    other = register(sample_event_file, first_name="Other")
    outcome = scan(desk, other.code)
    assert "(practice: the event is on 6 May 2024)" in message(outcome, desk.event)


def test_undo_takes_a_check_in_back_once(
    desk: CheckInDesk, anna: Attendee, sample_event_file: EventFile
) -> None:
    admitted = scan(desk, anna.code)
    assert admitted.check_in is not None
    entry_id = admitted.check_in.entry_id
    assert desk.undo(anna.id, entry_id).check_ins == {}
    with pytest.raises(UsageError, match="taken back already"):
        desk.undo(anna.id, entry_id)
    assert scan(desk, anna.code).kind is OutcomeKind.ADMITTED
    kinds = [entry.kind for entry in sample_event_file.history(anna.id)]
    assert kinds == [
        EntryKind.REGISTERED,
        EntryKind.CHECKED_IN,
        EntryKind.UNDONE,
        EntryKind.CHECKED_IN,
    ]
    assert sample_event_file.verify().ok


def test_letting_in_anyway_needs_a_reason_and_keeps_it(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    person = register(sample_event_file, status="waiting")
    for nothing in ("", "   ", "\t\u200b"):
        with pytest.raises(UsageError, match="reason"):
            desk.admit_anyway(person.id, nothing)
    outcome = desk.admit_anyway(person.id, " speaker's guest ")
    assert outcome.kind is OutcomeKind.ADMITTED
    assert outcome.check_in is not None
    assert outcome.check_in.forced_reason == "speaker's guest"
    record = sample_event_file.record(person.id)
    assert record is not None
    assert record.check_ins["registration"].forced_reason == "speaker's guest"


def test_letting_in_again_keeps_the_first_check_in(desk: CheckInDesk, anna: Attendee) -> None:
    first = scan(desk, anna.code)
    again = desk.admit_anyway(anna.id, "went out for a call")
    assert again.record is not None
    assert again.record.check_ins["registration"] == first.check_in
    assert again.record.later_check_ins == (again.check_in,)
    assert again.check_in is not None
    undone = desk.undo(anna.id, again.check_in.entry_id)
    assert undone.check_ins["registration"] == first.check_in


def test_somebody_who_is_not_there_cannot_be_checked_in(desk: CheckInDesk) -> None:
    with pytest.raises(UsageError, match="no longer on the list"):
        desk.check_in("0" * 32)


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_every_answer_has_a_headline_and_a_next_step(
    desk: CheckInDesk, sample_event_file: EventFile, kind: OutcomeKind
) -> None:
    person = register(sample_event_file, status="pending")
    outcome = Outcome(kind, "CODE", "Room 1", sample_event_file.record(person.id))
    if kind is OutcomeKind.ALREADY_IN:
        outcome = replace(outcome, check_in=desk.admit_anyway(person.id, "guest").check_in)
    assert headline(outcome)
    assert next_step(outcome, desk.event).endswith((".", "?"))


hostile = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
    st.sampled_from(
        [
            "'; DROP TABLE entry; --",
            "<script>alert(1)</script><b>x</b>",
            "😀👩‍👩‍👧‍👦\u202eevil\u202c",
            "\x00\x1b[2J\x07\r\n",
            "9" * 10_000,
            "\udcff" * 10_000,
            "{{7*7}}${7*7}%s%n{0}",
            '"*" NEAR(a b) AND OR NOT',
        ]
    ),
)


@settings(max_examples=150)
@given(text=hostile, repaired=hostile)
def test_whatever_is_scanned_is_answered(desk: CheckInDesk, text: str, repaired: str) -> None:
    outcome = desk.handle(Scan(text, repairs=(Repair(repaired, "French (AZERTY)"),)))
    assert outcome.kind is OutcomeKind.UNKNOWN_CODE
    assert len(outcome.code) <= 1000
    message(outcome, desk.event).encode("utf-8")


def test_after_everything_hostile_the_file_is_whole(
    desk: CheckInDesk, sample_event_file: EventFile
) -> None:
    for text in ("'; DROP TABLE entry; --", "\udcff\x00", "a" * 10_000, "\u202e😀"):
        scan(desk, text)
        sample_event_file.search(text)
    person = register(sample_event_file, last_name="Robert'); DROP TABLE attendee;--")
    desk.admit_anyway(person.id, "<b>\udcff\x00 bold</b>")
    codes = [
        entry.payload["code"] for entry in sample_event_file.ledger() if "code" in entry.payload
    ]
    assert codes == ["'; DROP TABLE entry; --", "\ufffd\x00", "a" * 1000, "\u202e😀"]
    assert sample_event_file.verify().ok
