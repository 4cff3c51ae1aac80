"""A scanner types into a real window of a real X server while another widget has the focus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desk_on_screen import SETXKBMAP, XDOTOOL, DeskOnScreen

from checkin_app.scanning.scanner_test import TEST_CODE

CODE = "7XK3M9QRT2VWZ5ABCDEF"
TRIALS = 6

pytestmark = pytest.mark.skipif(XDOTOOL is None, reason="xdotool is not installed")

Steps = Callable[[DeskOnScreen], None]


@pytest.fixture
def at_desk(display: str, tmp_path: Path) -> Callable[..., None]:
    """Does steps at a desk; at another one when they fail because the keys came in fits."""

    def do(steps: Steps, *how: str) -> None:
        for trial in range(TRIALS):
            desk = DeskOnScreen(display, tmp_path / f"stamps-{trial}", *how)
            try:
                steps(desk)
                return
            except AssertionError:
                if trial + 1 == TRIALS or desk.had_keys_as_meant():
                    raise
            finally:
                desk.close()

    return do


@pytest.mark.parametrize(
    ("focus", "delay_ms", "ending"),
    [("button", 3, "Return"), ("table", 8, "Tab"), ("field", 12, "KP_Enter")],
)
def test_what_a_scanner_types_is_a_scan_and_nothing_else(at_desk, focus, delay_ms, ending):
    def scan_three_codes(desk: DeskOnScreen) -> None:
        for code in (CODE, CODE.lower() + "-Ab", CODE[::-1]):
            desk.scan(code, delay_ms, ending)
            assert desk.next() == {"scan": code}

    at_desk(scan_three_codes, focus)


def test_a_scan_between_typing_takes_nothing_of_it(at_desk):
    def scan_while_typing(desk: DeskOnScreen) -> None:
        desk.type("mar", 120)
        desk.scan(CODE, 3)
        desk.type("ta", 120)
        told = [desk.next() for _ in range(6)]
        typed = [line["field"] for line in told if "field" in line]
        assert typed == ["m", "ma", "mar", "mart", "marta"]
        assert [line["scan"] for line in told if "scan" in line] == [CODE]

    at_desk(scan_while_typing, "field")


# Of these delays xdotool makes some 20, 25 and 30 ms from key to key.
@pytest.mark.parametrize("delay_ms", [40, 50, 60])
@pytest.mark.parametrize("speed", ["fast", "slow"])
def test_even_keys_of_another_program_arrive_in_the_dialog(at_desk, delay_ms, speed):
    def write_a_title(desk: DeskOnScreen) -> None:
        desk.scan("final report", delay_ms)
        told = [desk.next() for _ in range(len("final report") + 1)]
        assert told[-2:] == [{"dialog": "final report"}, {"accepted": True}]

    at_desk(write_a_title, "dialog", speed)


def test_a_text_expander_writes_into_the_dialog(at_desk):
    def expand(desk: DeskOnScreen) -> None:
        desk.type("With kind regards", 2)
        told = [desk.next() for _ in range(len("With kind regards"))]
        assert told[-1] == {"dialog": "With kind regards"}

    at_desk(expand, "dialog")


def test_a_scan_while_a_dialog_is_open_is_heard_and_leaves_the_dialog_alone(at_desk):
    def scan_and_type(desk: DeskOnScreen) -> None:
        desk.scan(CODE, 3)
        assert desk.next() == {"scan": CODE}
        desk.type("k", 100)
        assert desk.next() == {"dialog": "k"}

    at_desk(scan_and_type, "dialog")


def test_a_slow_scanner_is_heard_where_the_desk_was_set_up_for_it(at_desk):
    def scan_slowly(desk: DeskOnScreen) -> None:
        desk.scan(CODE, 45)
        assert desk.next() == {"scan": CODE}

    at_desk(scan_slowly, "button", "slow")


def test_a_code_sent_twice_is_one_scan(at_desk):
    def scan_twice(desk: DeskOnScreen) -> None:
        desk.scan(CODE, 2)
        desk.scan(CODE, 2)
        desk.scan(CODE[::-1], 2)
        assert [desk.next(), desk.next()] == [{"scan": CODE}, {"scan": CODE[::-1]}]

    at_desk(scan_twice, "button")


@pytest.mark.skipif(SETXKBMAP is None, reason="setxkbmap is not installed")
@pytest.mark.parametrize(
    ("layout", "named"),
    [("fr", "French (AZERTY)"), ("be", "Belgian (AZERTY)"), ("de", "German (QWERTZ)")],
)
def test_the_keyboard_layout_of_a_real_computer_is_recognised(at_desk, layout, named):
    def scan_the_test_code(desk: DeskOnScreen) -> None:
        desk.set_layout(layout)
        desk.press_keys(TEST_CODE)
        assert desk.next() == {"layout": named, "understood": True}

    at_desk(scan_the_test_code, "button", "measure")
