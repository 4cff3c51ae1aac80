"""A scanner types into a real window of a real X server while another widget has the focus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from checkin_app.scanning.scanner_test import TEST_CODE

CODE = "7XK3M9QRT2VWZ5ABCDEF"
XDOTOOL = shutil.which("xdotool")
SETXKBMAP = shutil.which("setxkbmap")

pytestmark = pytest.mark.skipif(XDOTOOL is None, reason="xdotool is not installed")

DESK = textwrap.dedent(
    """
    import json, sys
    from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QTableWidget
    from PySide6.QtWidgets import QVBoxLayout, QWidget
    from checkin_app.gui.devices.keyboard_scanner import KeyboardScanner
    from checkin_app.settings.device_settings import ScannerSettings

    def tell(**what):
        print(json.dumps(what), flush=True)

    application = QApplication([])
    window = QWidget()
    layout = QVBoxLayout(window)
    widgets = {"field": QLineEdit(), "button": QPushButton("Print"), "table": QTableWidget(3, 3)}
    for widget in widgets.values():
        layout.addWidget(widget)
    widgets["button"].clicked.connect(lambda: tell(clicked=True))
    widgets["field"].textChanged.connect(lambda text: tell(field=text))
    dialog = QDialog(window)
    in_dialog, ok = QLineEdit(dialog), QPushButton("OK", dialog)
    in_dialog.textChanged.connect(lambda text: tell(dialog=text))
    ok.setDefault(True)
    ok.clicked.connect(lambda: tell(accepted=True))
    scanner = KeyboardScanner()
    scanner.take_settings(ScannerSettings(is_slow="slow" in sys.argv))
    def measure(reading):
        from checkin_app.scanning.scanner_test import is_understood, judge_typed
        findings = judge_typed(reading)
        understood = is_understood(reading, findings.settings(ScannerSettings()))
        tell(layout="".join(findings.layouts[:1]), understood=understood)

    if "measure" in sys.argv:
        scanner.reading_measured.connect(measure)
    else:
        scanner.scanned.connect(lambda scan: tell(scan=scan.text))
    scanner.start()
    window.show()
    if sys.argv[1] == "dialog":
        dialog.open()
        in_dialog.setFocus()
        tell(window=int(dialog.winId()))
    else:
        widgets[sys.argv[1]].setFocus()
        tell(window=int(window.winId()))
    application.exec()
    """
)


class DeskOnScreen:
    """The desk's process: what it tells, line by line, and keys typed at it."""

    def __init__(self, display: str, *how: str) -> None:
        repository = Path(__file__).parents[2]
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(repository),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-c", DESK, *how],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._xdotool("windowfocus", "--sync", str(self.next()["window"]))

    def next(self) -> dict[str, object]:
        line = self._process.stdout.readline()
        if not line:
            pytest.skip(f"the window system cannot be used: {self._process.stderr.read()[-300:]}")
        return json.loads(line)

    def type(self, text: str, delay_ms: int) -> None:
        """Types as a person does."""
        self._xdotool("type", "--delay", str(delay_ms), "--", text)

    def scan(self, code: str, delay_ms: int, ending: str = "Return") -> None:
        """Types code and ending without a pause, as a scanner does."""
        delay = ["--delay", str(delay_ms)]
        self._xdotool("type", *delay, "--args", "1", code, "key", *delay, ending)

    def set_layout(self, layout: str) -> None:
        """Gives the computer another keyboard layout."""
        subprocess.run([SETXKBMAP, layout], env=self._environment, check=True, timeout=60)

    def press_keys(self, code: str) -> None:
        """Presses the keys that write a code on a United States keyboard, and Enter."""
        keys = []
        for character in code:
            shift = ["keydown", "Shift_L"] if character.isupper() else []
            release = ["keyup", "Shift_L"] if character.isupper() else []
            keys += [*shift, "key", "--delay", "2", str(_KEYS[character.lower()]), *release]
        self._xdotool(*keys, "key", "36")

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate()

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run([XDOTOOL, *arguments], env=self._environment, check=True, timeout=60)


@pytest.fixture
def start_desk(display):
    desks = []

    def start(*how: str) -> DeskOnScreen:
        desks.append(DeskOnScreen(display, *how))
        return desks[-1]

    yield start
    for desk in desks:
        desk.close()


@pytest.mark.parametrize(
    ("focus", "delay_ms", "ending"),
    [("button", 3, "Return"), ("table", 8, "Tab"), ("field", 12, "KP_Enter")],
)
def test_what_a_scanner_types_is_a_scan_and_nothing_else(start_desk, focus, delay_ms, ending):
    desk = start_desk(focus)
    for code in (CODE, CODE.lower() + "-Ab", CODE[::-1]):
        desk.scan(code, delay_ms, ending)
        assert desk.next() == {"scan": code}


def test_a_scan_between_typing_takes_nothing_of_it(start_desk):
    desk = start_desk("field")
    desk.type("mar", 120)
    desk.scan(CODE, 3)
    desk.type("ta", 120)
    told = [desk.next() for _ in range(6)]
    assert [line["field"] for line in told if "field" in line] == [
        "m",
        "ma",
        "mar",
        "mart",
        "marta",
    ]
    assert [line["scan"] for line in told if "scan" in line] == [CODE]


# Of these delays xdotool makes some 20, 25 and 30 ms from key to key.
@pytest.mark.parametrize("delay_ms", [40, 50, 60])
@pytest.mark.parametrize("speed", ["fast", "slow"])
def test_even_keys_of_another_program_arrive_in_the_dialog(start_desk, delay_ms, speed):
    desk = start_desk("dialog", speed)
    desk.scan("final report", delay_ms)
    told = [desk.next() for _ in range(len("final report") + 1)]
    assert told[-2:] == [{"dialog": "final report"}, {"accepted": True}]


def test_a_text_expander_writes_into_the_dialog(start_desk):
    desk = start_desk("dialog")
    desk.type("With kind regards", 2)
    told = [desk.next() for _ in range(len("With kind regards"))]
    assert told[-1] == {"dialog": "With kind regards"}


def test_a_scan_while_a_dialog_is_open_is_heard_and_leaves_the_dialog_alone(start_desk):
    desk = start_desk("dialog")
    desk.scan(CODE, 3)
    assert desk.next() == {"scan": CODE}
    desk.type("k", 100)
    assert desk.next() == {"dialog": "k"}


def test_a_slow_scanner_is_heard_where_the_desk_was_set_up_for_it(start_desk):
    desk = start_desk("button", "slow")
    desk.scan(CODE, 45)
    assert desk.next() == {"scan": CODE}


def test_a_code_sent_twice_is_one_scan(start_desk):
    desk = start_desk("button")
    desk.scan(CODE, 2)
    desk.scan(CODE, 2)
    desk.scan(CODE[::-1], 2)
    assert [desk.next(), desk.next()] == [{"scan": CODE}, {"scan": CODE[::-1]}]


# Where a scanner set to United States presses the keys of these characters (X11 key codes).
_ROWS = {10: "1234567890-=", 24: "qwertyuiop[]", 38: "asdfghjkl;'", 52: "zxcvbnm,./"}
_KEYS = {char: first + place for first, row in _ROWS.items() for place, char in enumerate(row)}


@pytest.mark.skipif(SETXKBMAP is None, reason="setxkbmap is not installed")
@pytest.mark.parametrize(
    ("layout", "named"),
    [("fr", "French (AZERTY)"), ("be", "Belgian (AZERTY)"), ("de", "German (QWERTZ)")],
)
def test_the_keyboard_layout_of_a_real_computer_is_recognised(start_desk, layout, named):
    desk = start_desk("button", "measure")
    desk.set_layout(layout)
    desk.press_keys(TEST_CODE)
    assert desk.next() == {"layout": named, "understood": True}
