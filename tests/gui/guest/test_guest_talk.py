"""What is said to the guest follows the answers of the desk, and leaves by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin_app.domain.admission import Note, NoteKind, Outcome, OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeRecord, AttendeeStatus
from checkin_app.gui.guest.guest_message import GuestMood
from checkin_app.gui.guest.guest_talk import NAME_SHOWN_MS, QUESTION_SHOWN_MS, GuestTalk
from checkin_app.services.guest_words import guest_words
from checkin_app.services.sample_event import load_sample_event

SAMPLE = load_sample_event()
EVENT = SAMPLE.event
ZUZANNA = Attendee(
    "a" * 32, first_name="Zuzanna", last_name="Nowak", country="Poland", organisation="Klaster"
)


def outcome(kind=OutcomeKind.ADMITTED, attendee=ZUZANNA, **more) -> Outcome:
    return Outcome(kind, "CODE", "Registration desk", AttendeeRecord(attendee), **more)


@pytest.fixture
def talk(qtbot):
    now = EVENT.utc(EVENT.starts_on, 12, 40)
    talk = GuestTalk(EVENT, SAMPLE.check_in_lists[0], lambda: now)
    yield talk
    talk.stop()


def test_before_the_first_guest_the_event_is_named(talk):
    assert talk.message.mood is GuestMood.IDLE
    assert talk.message.name == EVENT.name
    assert talk.message.headline == "Welcome"
    assert talk.next_language.isActive()


def test_greetings_change_their_language_until_all_had_their_turn(talk):
    greetings = []
    talk.changed.connect(lambda message: greetings.append(message.headline))
    for _ in range(15):
        talk.next_language.timeout.emit()
    assert greetings[0] == "Bienvenue"
    assert len(set(greetings)) == 15
    assert greetings[-1] == "Welcome"


def test_who_is_let_in_is_welcomed_in_the_guests_language(talk):
    talk.show_outcome(outcome())
    assert talk.message.headline == "Witamy"
    assert talk.message.name == "Zuzanna Nowak"
    assert talk.message.way.title == "Welcome"
    assert "13:00" in talk.message.way.when
    assert not talk.next_language.isActive()


def test_what_the_desk_must_know_is_not_shown_to_the_guest(talk):
    secret = replace(ZUZANNA, attention="Owes 200 euro")
    talk.show_outcome(outcome(attendee=secret, notes=(Note(NoteKind.ATTENTION, "Owes 200 euro"),)))
    assert "200" not in talk.message.full_text


@pytest.mark.parametrize("kind", [kind for kind in OutcomeKind if kind is not OutcomeKind.ADMITTED])
def test_who_is_not_let_in_reads_where_to_ask_and_nothing_else(talk, kind):
    person = replace(ZUZANNA, status=AttendeeStatus.CANCELLED)
    talk.show_outcome(outcome(kind, person))
    message = talk.message
    assert message.mood is GuestMood.ASK_DESK
    assert message.full_text == guest_words("en").speak_to_desk


def test_a_name_leaves_by_itself(talk):
    talk.show_outcome(outcome())
    assert talk.over.interval() == QUESTION_SHOWN_MS
    assert talk.over.isActive()
    talk.over.timeout.emit()
    assert talk.message.mood is GuestMood.IDLE
    assert "Zuzanna" not in talk.message.full_text
    talk.asks_if_correct = False
    talk.show_outcome(outcome())
    assert talk.over.interval() == NAME_SHOWN_MS


def test_yes_is_thanked_for_and_the_way_stays(qtbot, talk):
    talk.show_outcome(outcome())
    with qtbot.waitSignal(talk.confirmed) as confirmed:
        talk.take_yes()
    assert confirmed.args == [ZUZANNA.id]
    assert talk.message.headline == "Dziękujemy"
    assert talk.message.way is not None
    assert talk.message.name == ""


def test_no_tells_the_desk_and_sends_the_guest_there(qtbot, talk):
    talk.show_outcome(outcome())
    with qtbot.waitSignal(talk.correction_asked) as asked:
        talk.take_no()
    assert asked.args == [ZUZANNA.id]
    assert talk.message.detail == guest_words("pl").speak_to_desk


def test_a_second_touch_does_nothing_more(qtbot, talk):
    talk.show_outcome(outcome())
    talk.take_no()
    with qtbot.assertNotEmitted(talk.confirmed), qtbot.assertNotEmitted(talk.correction_asked):
        talk.take_yes()
        talk.take_no()


def test_the_corrected_name_is_shown_to_whom_it_belongs(talk):
    corrected = replace(ZUZANNA, last_name="Nowák")
    talk.show_outcome(outcome())
    talk.take_no()
    talk.be_idle()
    talk.take_corrected(AttendeeRecord(corrected))
    assert talk.message.name == "Zuzanna Nowák"


def test_a_correction_of_somebody_else_is_not_shown(talk):
    talk.show_outcome(outcome())
    talk.take_no()
    talk.show_outcome(outcome(OutcomeKind.UNKNOWN_CODE))
    talk.take_corrected(AttendeeRecord(ZUZANNA))
    assert talk.message.mood is GuestMood.ASK_DESK
