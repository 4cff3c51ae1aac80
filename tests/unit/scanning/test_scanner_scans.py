"""What a scanner adds to a code, or spoils in it, does not keep the person out."""

from __future__ import annotations

import pytest

from checkin_app.domain.scan import ScanSource
from checkin_app.scanning.keyboard_layouts import garblings
from checkin_app.scanning.keystrokes import Ending, KeyboardReading
from checkin_app.scanning.repeated_readings import RepeatedReadings
from checkin_app.scanning.scanner_scans import is_typing_after_all, keyboard_scan, serial_scan
from checkin_app.scanning.serial_lines import LineEnd, SerialReading
from checkin_app.settings.device_settings import ScannerSettings

CODE = "7XK3M9QRT2VWZ5ABCDEF"
AS_MADE = ScannerSettings()


def typed(text, ending=Ending.ENTER, slowest_gap_ms=3, slow_start=0):
    return KeyboardReading(text, ending, len(text), slowest_gap_ms, slow_start)


def readings_of(scan):
    return [scan.text, *(repair.text for repair in scan.repairs)]


@pytest.mark.parametrize(
    "sent",
    [
        "]Q1" + CODE,
        "]q1" + CODE.lower(),
        "\x02" + CODE + "\x03",
        "\x1d" + CODE,
        "]C1\x1d" + CODE,
        "A" + CODE,
        CODE + "%%",
        CODE + CODE,
        CODE.swapcase(),
    ],
)
def test_what_nobody_set_up_is_taken_off_as_a_guess(sent):
    for scan in (
        keyboard_scan(typed(sent), AS_MADE),
        serial_scan(SerialReading(sent, LineEnd.LINE), AS_MADE),
    ):
        assert scan.text == sent
        assert CODE in [text.upper() for text in readings_of(scan)]


@pytest.mark.parametrize("code", ["TKT-0042", "1042", "abcDEF123x"])
@pytest.mark.parametrize("frame", ["]Q1{}", "]d2\x1d{}", "\x02{}\x03"])
def test_codes_of_other_systems_are_freed_of_marks_as_well(code, frame):
    scan = serial_scan(SerialReading(frame.format(code), LineEnd.LINE), AS_MADE)
    assert code in readings_of(scan)


@pytest.mark.parametrize("garbling", garblings(), ids=lambda garbling: garbling.name)
def test_an_identifier_and_a_wrong_keyboard_layout_together_are_undone(garbling):
    sent = garbling.garble("]Q1" + CODE) or garbling.garble("Q1" + CODE)
    assert CODE in readings_of(keyboard_scan(typed(sent), AS_MADE))


def test_a_code_of_another_system_under_caps_lock_is_offered_in_the_other_case():
    assert "TkT-0042-abX" in readings_of(keyboard_scan(typed("tKt-0042-ABx"), AS_MADE))


def test_what_was_set_up_is_taken_off_at_once_and_the_original_stays_a_guess():
    scanner = ScannerSettings(prefix="A", suffix="%")
    scan = keyboard_scan(typed("A1042%"), scanner)
    assert scan.text == "1042"
    assert scan.repairs[0].text == "A1042%"
    assert serial_scan(SerialReading("A1042%", LineEnd.LINE), scanner).source is ScanSource.SERIAL


@pytest.mark.parametrize("sent", ["1042%", "A1042", "A%", "A"])
def test_what_was_set_up_is_taken_off_whole_or_not_at_all(sent):
    assert keyboard_scan(typed(sent), ScannerSettings(prefix="A", suffix="%")).text == sent


def test_a_key_typed_the_moment_before_is_taken_off_before_the_prefix():
    scan = keyboard_scan(typed("xA1042-77", slow_start=1), ScannerSettings(prefix="A"))
    assert "1042-77" in readings_of(scan)


def test_no_reading_is_offered_twice():
    texts = readings_of(keyboard_scan(typed("]Q1" + CODE + CODE), AS_MADE))
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    "text",
    [
        "With kind regards",
        "présentation",
        "Müller-Straße",
        "https://eccp.example/europe",
        "internationalisation",
        "Dr. Müller 12 b",
    ],
)
def test_a_text_expander_in_a_text_field_is_typing(text):
    reading = typed(text, Ending.SILENCE)
    assert is_typing_after_all(reading, keyboard_scan(reading, AS_MADE))


@pytest.mark.parametrize("text", ["report final", "badges"])
def test_even_keys_of_a_remote_desktop_with_enter_are_typing(text):
    reading = typed(text, Ending.ENTER, slowest_gap_ms=20)
    assert is_typing_after_all(reading, keyboard_scan(reading, AS_MADE))


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        "TKT-0042",
        "10420001",
        "7XK3 M9QRT 2VWZ5 ABCDE F",
        garblings()[0].garble(CODE),
        garblings()[0].garble("TKT-0042"),
    ],
)
def test_what_looks_like_a_code_is_a_scan_even_without_ending(text):
    reading = typed(text, Ending.SILENCE)
    assert not is_typing_after_all(reading, keyboard_scan(reading, AS_MADE))


def test_any_text_closed_by_enter_at_a_scanners_speed_is_a_scan():
    reading = typed("ABCDEF GHIJ")
    assert not is_typing_after_all(reading, keyboard_scan(reading, AS_MADE))


class TestRepeatedReadings:
    def test_the_same_code_within_a_second_is_one_scan(self):
        readings = RepeatedReadings()
        assert not readings.is_repeat(CODE, 5_000, 5_060)
        assert readings.is_repeat(CODE, 5_200, 5_260)

    def test_a_scanner_that_goes_on_reading_it_stays_one_scan(self):
        readings = RepeatedReadings()
        readings.is_repeat(CODE, 0, 60)
        assert all(readings.is_repeat(CODE, at, at + 60) for at in range(600, 9_000, 600))

    def test_a_second_scan_on_purpose_counts(self):
        readings = RepeatedReadings()
        readings.is_repeat(CODE, 0, 60)
        assert not readings.is_repeat(CODE, 1_060, 1_120)

    def test_another_code_in_between_ends_it(self):
        readings = RepeatedReadings()
        for code in (CODE, CODE[::-1], CODE):
            assert not readings.is_repeat(code, 0, 0)

    def test_a_slow_scanner_is_measured_from_end_to_beginning(self):
        readings = RepeatedReadings()
        readings.is_repeat(CODE, 0, 1_000)
        assert readings.is_repeat(CODE, 1_300, 2_300)
