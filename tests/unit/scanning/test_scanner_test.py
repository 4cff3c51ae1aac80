"""One scan of the test code tells what to set right, and the desk understands the next."""

from __future__ import annotations

import pytest

from checkin_app.scanning.keyboard_layouts import CapsLock, Garbling, garblings
from checkin_app.scanning.keyboard_tables import NATIONAL_LAYOUTS, UNITED_STATES
from checkin_app.scanning.keystrokes import Ending, KeyboardReading
from checkin_app.scanning.scanner_test import (
    TEST_CODE,
    Heard,
    Speed,
    is_understood,
    judge_sent,
    judge_typed,
)
from checkin_app.scanning.serial_lines import LineEnd, SerialReading
from checkin_app.settings.device_settings import ScannerSettings

AS_MADE = ScannerSettings()
BY_NAME = {layout.name: layout for layout in NATIONAL_LAYOUTS}


def typed(text=TEST_CODE, ending=Ending.ENTER, slowest_gap_ms=3):
    return KeyboardReading(text, ending, len(text), slowest_gap_ms)


def test_a_scanner_as_it_should_be():
    findings = judge_typed(typed())
    assert findings.heard is Heard.TEST_CODE
    assert (findings.prefix, findings.suffix, findings.garblings) == ("", "", ())
    assert (findings.ending, findings.is_closed) == ("Enter", True)
    assert findings.speed is Speed.FAST
    assert findings.settings(AS_MADE) == AS_MADE


@pytest.mark.parametrize("garbling", garblings(), ids=lambda garbling: garbling.name)
def test_every_combination_of_keyboard_layouts_is_recognised_and_understood(garbling):
    reading = typed(garbling.garble(TEST_CODE))
    findings = judge_typed(reading)
    assert garbling in findings.garblings or reading.text == TEST_CODE
    assert is_understood(reading, findings.settings(AS_MADE))


@pytest.mark.parametrize("name", ["French (AZERTY)", "German (QWERTZ)", "Belgian (AZERTY)"])
def test_the_layout_of_the_computer_is_named(name):
    reading = typed(Garbling(UNITED_STATES, BY_NAME[name]).garble(TEST_CODE))
    findings = judge_typed(reading)
    assert findings.layouts[0] == name
    assert not findings.has_caps_lock


def test_caps_lock_is_told_from_a_layout():
    findings = judge_typed(typed(TEST_CODE.swapcase()))
    assert findings.has_caps_lock
    assert findings.layouts == ()


def test_caps_lock_and_a_layout_together_are_both_told():
    garbling = Garbling(UNITED_STATES, BY_NAME["German (QWERTZ)"], CapsLock.LETTERS)
    findings = judge_typed(typed(garbling.garble(TEST_CODE)))
    assert findings.has_caps_lock
    assert "German (QWERTZ)" in findings.layouts


def test_a_scanner_with_a_layout_of_its_own_is_named():
    garbling = Garbling(BY_NAME["French (AZERTY)"], UNITED_STATES)
    findings = judge_typed(typed(garbling.garble(TEST_CODE)))
    assert "French (AZERTY)" in findings.scanner_layouts
    assert findings.layouts == ()


@pytest.mark.parametrize(("prefix", "suffix"), [("]Q1", ""), ("", "%"), ("*", "/"), ("A", "")])
def test_what_the_scanner_adds_is_found_and_taken_off_from_then_on(prefix, suffix):
    reading = typed(prefix + TEST_CODE + suffix)
    findings = judge_typed(reading)
    assert (findings.prefix, findings.suffix) == (prefix, suffix)
    settings = findings.settings(AS_MADE)
    assert (settings.prefix, settings.suffix) == (prefix, suffix)
    assert is_understood(reading, settings)


def test_what_is_no_longer_added_is_forgotten():
    settings = judge_typed(typed()).settings(ScannerSettings(prefix="*", suffix="/"))
    assert settings == AS_MADE


def test_a_prefix_is_kept_as_the_computers_layout_writes_it():
    garbling = Garbling(UNITED_STATES, BY_NAME["French (AZERTY)"])
    reading = typed(garbling.garble("12" + TEST_CODE))
    findings = judge_typed(reading)
    assert findings.prefix == "&é"
    assert is_understood(reading, findings.settings(AS_MADE))


def test_a_scanner_without_ending_is_told():
    findings = judge_typed(typed(ending=Ending.SILENCE))
    assert not findings.is_closed


@pytest.mark.parametrize(
    ("gap_ms", "speed", "is_slow"),
    [(35, Speed.FAST, False), (36, Speed.SLOW, True), (65, Speed.SLOW, True)],
)
def test_the_speed_decides_how_patient_the_desk_must_be(gap_ms, speed, is_slow):
    reading = typed(slowest_gap_ms=gap_ms)
    findings = judge_typed(reading)
    assert findings.speed is speed
    assert findings.settings(AS_MADE).is_slow is is_slow
    assert is_understood(reading, findings.settings(AS_MADE))


def test_a_scanner_no_faster_than_a_person_cannot_be_set_up_for():
    reading = typed(slowest_gap_ms=120)
    findings = judge_typed(reading)
    assert findings.speed is Speed.TOO_SLOW
    assert not is_understood(reading, findings.settings(AS_MADE))


def test_a_fast_scanner_does_not_undo_the_patience_for_the_slow_one_beside_it():
    assert judge_typed(typed()).settings(ScannerSettings(is_slow=True)).is_slow


def test_a_code_sent_twice_in_one_go_is_noticed():
    findings = judge_typed(typed(2 * TEST_CODE, Ending.SILENCE))
    assert findings.is_sent_twice
    assert (findings.prefix, findings.suffix) == ("", "")
    assert judge_typed(typed(), is_sent_twice=True).is_sent_twice


@pytest.mark.parametrize("text", ["7XK3M9QRT2VWZ5ABCDEF", "1042", "https://example.org/ticket"])
def test_another_code_is_not_taken_for_the_test_code(text):
    assert judge_typed(typed(text)).heard is Heard.ANOTHER_CODE


def test_a_test_code_with_lost_characters_is_spoilt():
    assert judge_typed(typed(TEST_CODE[::2] + TEST_CODE[1::4])).heard is not Heard.TEST_CODE
    assert judge_typed(typed(TEST_CODE.replace("w", ""))).heard is Heard.SPOILT


def test_a_serial_scanner_has_no_speed():
    findings = judge_sent(SerialReading("]Q1" + TEST_CODE, LineEnd.LINE))
    assert findings.heard is Heard.TEST_CODE
    assert findings.prefix == "]Q1"
    assert findings.speed is Speed.NOT_TYPED
    assert is_understood(SerialReading(TEST_CODE, LineEnd.LINE), AS_MADE)
