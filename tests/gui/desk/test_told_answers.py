"""Each answer has its sound, and only who is let in is named aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin_app.domain.admission import Note, NoteKind, Outcome, OutcomeKind
from checkin_app.gui.desk.answers.told_answers import sound_of
from checkin_app.gui.devices.sounds import Sound
from checkin_app.gui.devices.voice import NameVoice
from checkin_app.settings.device_settings import SoundSettings

SOUNDS = {
    OutcomeKind.ADMITTED: Sound.IN,
    OutcomeKind.ALREADY_IN: Sound.ALREADY_IN,
    OutcomeKind.UNKNOWN_CODE: Sound.REFUSED,
    OutcomeKind.CANCELLED: Sound.REFUSED,
    OutcomeKind.REVOKED: Sound.REFUSED,
    OutcomeKind.NOT_CONFIRMED: Sound.ATTENTION,
    OutcomeKind.NOT_ON_LIST: Sound.REFUSED,
    OutcomeKind.NOT_OPEN: Sound.ATTENTION,
    OutcomeKind.FULL: Sound.REFUSED,
    OutcomeKind.AMBIGUOUS: Sound.ATTENTION,
}


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_every_answer_has_a_sound(kind):
    assert sound_of(Outcome(kind, "CODE", "Desk")) is SOUNDS[kind]


def test_somebody_let_in_with_a_remark_is_not_routine():
    notes = (Note(NoteKind.ATTENTION, "Wheelchair"),)
    assert sound_of(Outcome(OutcomeKind.ADMITTED, "CODE", "Desk", notes=notes)) is Sound.ATTENTION
    already = Outcome(OutcomeKind.ALREADY_IN, "CODE", "Desk", notes=notes)
    assert sound_of(already) is Sound.ALREADY_IN


@pytest.fixture
def told(desk_screen):
    """What is heard at a desk whose voice is Qt's silent one."""
    devices = desk_screen.window.devices
    heard = []
    devices.sounds.played.connect(heard.append)
    devices.voice = NameVoice(desk_screen.window.settings, engine_name="mock", parent=devices)
    devices.voice.speaking.connect(heard.append)
    own = desk_screen.window.settings.devices
    desk_screen.window.change_settings(
        sounds_on=True, devices=replace(own, sound=SoundSettings(speaks_names=True))
    )
    desk_screen.wait_until(lambda: devices.voice.engine is not None)
    return heard


def test_who_is_let_in_is_named_after_the_sound(desk_screen, told):
    person = desk_screen.people()[0]
    desk_screen.scan(person.code)
    desk_screen.wait_for_answer("Welcome", person.full_name)
    desk_screen.wait_until(lambda: told == [Sound.IN, person.full_name])


def test_who_is_already_in_or_unknown_is_not_named(desk_screen, told):
    person = desk_screen.people()[0]
    desk_screen.scan(person.code)
    desk_screen.wait_for_answer("Welcome", person.full_name)
    desk_screen.scan(person.code)
    desk_screen.wait_for_answer("Already in", person.full_name)
    desk_screen.scan("XYZ123XYZ123")
    desk_screen.wait_for_answer("Unknown code")
    other = desk_screen.people()[1]
    desk_screen.scan(other.code)
    desk_screen.wait_until(lambda: told[-1] == other.full_name)
    sounds = [one for one in told if isinstance(one, Sound)]
    assert sounds == [Sound.IN, Sound.ALREADY_IN, Sound.REFUSED, Sound.IN]
    # At each admission once, unless a newer answer broke it off.
    names = [one for one in told if not isinstance(one, Sound)]
    assert names in ([other.full_name], [person.full_name, other.full_name])
