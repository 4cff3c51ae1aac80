"""What a person types reaches the widgets, what a scanner types does not."""

from __future__ import annotations

import string
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.tickets.codes import LONGEST_CODE
from checkin_app.scanning.keystrokes import (
    Ending,
    KeyboardReading,
    KeyKind,
    Keystroke,
    KeystrokeSorter,
    ScannerSpeed,
    Typed,
)

CODE = "7XK3M9QRT2VWZ5ABCDEF"


@dataclass
class Keyboard:
    """Presses keys on a sorter and writes down what comes of them."""

    sorter: KeystrokeSorter[str] = field(default_factory=KeystrokeSorter)
    now_ms: int = 1_000
    typed: list[str] = field(default_factory=list)
    readings: list[KeyboardReading] = field(default_factory=list)

    def press(self, key, gap_ms, kind=KeyKind.CHARACTER, ending=Ending.ENTER, is_repeat=False):
        self.wait(gap_ms)
        text = key if kind in (KeyKind.CHARACTER, KeyKind.CONTROL) else ""
        self._note(
            self.sorter.press(Keystroke(kind, self.now_ms, key, text, ending, is_repeat=is_repeat))
        )

    def type(self, text, gap_ms):
        for character in text:
            self.press(character, gap_ms)

    def end(self, ending=Ending.ENTER, gap_ms=3):
        self.press(ending.value, gap_ms, KeyKind.ENDING, ending)

    def other(self, key, gap_ms=200):
        self.press(key, gap_ms, KeyKind.OTHER)

    def wait(self, ms):
        """Time passes as the caller would notice it."""
        wait_ms = self.sorter.wait_ms
        if wait_ms is not None and ms > wait_ms:
            self._note(self.sorter.silence())
        self.now_ms += ms

    def be_silent(self):
        self.wait(1_000)

    def _note(self, decisions):
        for decision in decisions:
            match decision:
                case Typed(key=key):
                    self.typed.append(key)
                case KeyboardReading():
                    self.readings.append(decision)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("gap_ms", [0, 1, 3, 12, 20, 30])
@pytest.mark.parametrize("ending", [Ending.ENTER, Ending.TAB])
def test_a_code_at_scanner_speed_is_a_scan_and_reaches_no_widget(keyboard, gap_ms, ending):
    keyboard.type(CODE, gap_ms)
    keyboard.end(ending, gap_ms)
    assert [(r.text, r.ending) for r in keyboard.readings] == [(CODE, ending)]
    assert keyboard.typed == []


def test_a_scanner_without_ending_is_understood_by_its_silence(keyboard):
    keyboard.type(CODE, 3)
    assert keyboard.readings == []
    keyboard.be_silent()
    assert keyboard.readings == [KeyboardReading(CODE, Ending.SILENCE, 20, 3)]


def test_a_scanner_may_pause_in_the_middle(keyboard):
    keyboard.type(CODE[:10], 3)
    keyboard.type(CODE[10:11], 70)
    keyboard.type(CODE[11:], 3)
    keyboard.end(gap_ms=70)
    assert [r.text for r in keyboard.readings] == [CODE]
    assert keyboard.readings[0].slowest_gap_ms == 70


def test_typing_is_given_back_key_by_key(keyboard):
    keyboard.type("Nögel", 90)
    assert keyboard.typed == list("Nöge")
    keyboard.be_silent()
    assert keyboard.typed == list("Nögel")
    assert keyboard.readings == []


@pytest.mark.parametrize("rolled", ["ab", "the", "them", "x"])
def test_fingers_rolling_over_a_few_keys_are_typing(keyboard, rolled):
    keyboard.type("a", 120)
    keyboard.type(rolled, 8)
    keyboard.type("z", 120)
    keyboard.be_silent()
    assert keyboard.typed == ["a", *rolled, "z"]


def test_a_few_rolled_keys_and_enter_are_typing_in_order(keyboard):
    keyboard.type("the", 8)
    keyboard.end(gap_ms=8)
    assert keyboard.typed == ["t", "h", "e", "Enter"]


def test_a_short_code_with_enter_is_a_scan(keyboard):
    keyboard.type("1042", 4)
    keyboard.end(gap_ms=4)
    assert [r.text for r in keyboard.readings] == ["1042"]


def test_enter_and_tab_of_a_person_pass_at_once(keyboard):
    keyboard.end(Ending.ENTER, 300)
    keyboard.end(Ending.TAB, 300)
    assert keyboard.typed == ["Enter", "Tab"]


def test_a_shortcut_passes_at_once(keyboard):
    keyboard.other("Ctrl+N")
    keyboard.press("\x1d", 100, KeyKind.CONTROL)
    assert keyboard.typed == ["Ctrl+N", "\x1d"]


def test_a_shortcut_right_after_typing_comes_after_it(keyboard):
    keyboard.type("a", 200)
    keyboard.other("F1", 10)
    assert keyboard.typed == ["a", "F1"]


def test_a_key_held_down_is_typing_however_fast_it_repeats(keyboard):
    keyboard.type("x", 500)
    for _ in range(40):
        keyboard.press("x", 10, is_repeat=True)
    assert keyboard.typed == ["x"] * 41
    assert keyboard.readings == []


def test_a_repeat_of_a_busy_computer_inside_a_scan_is_no_character(keyboard):
    keyboard.type(CODE[:8], 3)
    keyboard.press(CODE[7], 3, is_repeat=True)
    keyboard.type(CODE[8:], 3)
    keyboard.end()
    keyboard.press("Enter", 30, KeyKind.ENDING, is_repeat=True)
    assert [r.text for r in keyboard.readings] == [CODE]
    assert keyboard.typed == []


def test_a_code_of_one_repeated_character_is_a_scan(keyboard):
    keyboard.type("00000000", 5)
    keyboard.end()
    assert [r.text for r in keyboard.readings] == ["00000000"]


def test_typing_before_a_scan_stays_typing(keyboard):
    keyboard.type("mar", 110)
    keyboard.press(CODE[0], 60)
    keyboard.type(CODE[1:], 3)
    keyboard.end()
    assert keyboard.typed == ["m", "a", "r"]
    assert [r.text for r in keyboard.readings] == [CODE]


def test_a_key_typed_the_moment_before_a_scan_is_marked_as_set_apart(keyboard):
    keyboard.type("a", 500)
    keyboard.press(CODE[0], 25)
    keyboard.type(CODE[1:], 3)
    keyboard.end()
    (reading,) = keyboard.readings
    assert reading.text == "a" + CODE
    assert reading.text[reading.slow_start :] == CODE


def test_an_even_scanner_has_no_slow_start(keyboard):
    keyboard.type(CODE, 12)
    keyboard.end()
    assert keyboard.readings[0].slow_start == 0


def test_typing_right_after_a_scan_stays_typing(keyboard):
    keyboard.type(CODE, 3)
    keyboard.end()
    keyboard.type("ma", 100)
    keyboard.be_silent()
    assert keyboard.typed == ["m", "a"]


def test_two_scans_follow_each_other(keyboard):
    for code in (CODE, CODE[::-1]):
        keyboard.type(code, 3)
        keyboard.end()
    assert [r.text for r in keyboard.readings] == [CODE, CODE[::-1]]


def test_a_second_ending_key_belongs_to_the_scan(keyboard):
    keyboard.type(CODE, 3)
    keyboard.end(Ending.TAB)
    keyboard.end(Ending.ENTER)
    assert len(keyboard.readings) == 1
    assert keyboard.typed == []
    keyboard.end(Ending.ENTER, 400)
    assert keyboard.typed == ["Enter"]


def test_control_characters_inside_a_scan_are_kept(keyboard):
    keyboard.type("010405", 3)
    keyboard.press("\x1d", 3, KeyKind.CONTROL)
    keyboard.type("21", 3)
    keyboard.end()
    assert [r.text for r in keyboard.readings] == ["010405\x1d21"]


def test_a_dead_key_does_not_cut_a_scan(keyboard):
    keyboard.type(CODE[:8], 3)
    keyboard.other("dead circumflex", 3)
    keyboard.type(CODE[8:], 3)
    keyboard.sorter.compose("ê")
    keyboard.end()
    assert [r.text for r in keyboard.readings] == [CODE + "ê"]
    assert keyboard.typed == ["dead circumflex"]


def test_an_endless_scan_is_cut_and_its_end_does_not_leak(keyboard):
    keyboard.type("A" * 10_000, 1)
    keyboard.end(gap_ms=1)
    (reading,) = keyboard.readings
    assert reading.text == "A" * LONGEST_CODE
    assert reading.characters == 10_000
    assert keyboard.typed == []


def test_keys_that_waited_behind_a_busy_window_are_judged_by_their_own_time(keyboard):
    """No silence was reported in between: the times on the keys tell all the same."""
    sorter = KeystrokeSorter[str]()
    decided = []
    for place, character in enumerate("typed slowly"):
        decided += sorter.press(Keystroke(KeyKind.CHARACTER, place * 90, character, character))
    decided += sorter.silence()
    assert decided == [Typed(character) for character in "typed slowly"]


def test_a_clock_that_jumps_back_loses_nothing(keyboard):
    keyboard.type("ab", 5)
    keyboard.now_ms = 3
    keyboard.type("c", 0)
    keyboard.be_silent()
    assert keyboard.typed == ["a", "b", "c"]


def test_a_slow_scanner_is_understood_with_its_own_speed():
    keyboard = Keyboard(KeystrokeSorter(ScannerSpeed(hold_ms=60, pause_ms=120)))
    keyboard.type(CODE, 50)
    keyboard.end(gap_ms=50)
    assert [r.text for r in keyboard.readings] == [CODE]


GAPS = st.one_of(st.integers(0, 15), st.integers(16, 120), st.just(400))
PRESSES = st.tuples(st.sampled_from(KeyKind), GAPS, st.booleans() | st.just(False))
BURSTS = st.tuples(st.integers(1, 30), st.integers(0, 20)).map(
    lambda burst: [(KeyKind.CHARACTER, burst[1], False)] * burst[0]
)
STREAMS = st.lists(st.lists(PRESSES, max_size=6) | BURSTS, max_size=12).map(
    lambda parts: [press for part in parts for press in part]
)


@given(STREAMS, st.booleans())
def test_every_key_is_typed_once_in_order_or_part_of_one_scan(stream, is_silence_noticed):
    keyboard = Keyboard()
    keys = [chr(0x4E00 + place) for place in range(len(stream))]
    for key, (kind, gap_ms, is_repeat) in zip(keys, stream, strict=True):
        if not is_silence_noticed:
            keyboard.now_ms += gap_ms
            gap_ms = 0
        keyboard.press(key, gap_ms, kind, is_repeat=is_repeat)
    keyboard.be_silent()

    scanned = [key for reading in keyboard.readings for key in reading.text]
    assert keyboard.typed == sorted(keyboard.typed)
    assert scanned == sorted(scanned)
    assert len(set(keyboard.typed) | set(scanned)) == len(keyboard.typed) + len(scanned)
    for key, (kind, _, is_repeat) in zip(keys, stream, strict=True):
        if kind is KeyKind.OTHER and not is_repeat:
            assert key in keyboard.typed
        if kind in (KeyKind.CHARACTER, KeyKind.CONTROL) and not is_repeat:
            assert key in keyboard.typed or key in scanned
    swallowed = set(keys) - set(keyboard.typed) - set(scanned)
    if not any(reading.ending is Ending.ENTER for reading in keyboard.readings):
        assert all(stream[keys.index(key)][2] for key in swallowed)


@given(
    st.text(string.ascii_letters + string.digits, min_size=6, max_size=40),
    st.lists(st.integers(0, 35), min_size=40, max_size=40),
    st.sampled_from(Ending),
)
def test_any_code_at_any_scanner_rhythm_is_read(code, gaps_ms, ending):
    keyboard = Keyboard()
    for character, gap_ms in zip(code, gaps_ms, strict=False):
        keyboard.press(character, gap_ms)
    if ending is Ending.SILENCE:
        keyboard.be_silent()
    else:
        keyboard.end(ending)
    assert [(r.text, r.ending) for r in keyboard.readings] == [(code, ending)]
    assert keyboard.typed == []


@given(st.text(min_size=1, max_size=30), st.lists(st.integers(36, 500), min_size=30, max_size=30))
def test_whatever_a_person_types_comes_back_unchanged(text, gaps_ms):
    keyboard = Keyboard()
    for character, gap_ms in zip(text, gaps_ms, strict=False):
        keyboard.press(character, gap_ms)
    keyboard.be_silent()
    assert keyboard.typed == list(text)
    assert keyboard.readings == []
