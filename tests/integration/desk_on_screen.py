"""A desk in a real window of a real X server, and keys typed at it by xdotool."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import textwrap
import threading
from itertools import pairwise
from pathlib import Path

import pytest

XDOTOOL = shutil.which("xdotool")
SETXKBMAP = shutil.which("setxkbmap")
PATIENCE_S = 60
SCAN_MS, SLOW_SCAN_MS = (0, 32), (0, 62)
"""From key to key within one scan, at a usual and at a slow scanner, with room to the limits."""

# Where a scanner set to United States presses the keys of these characters (X11 key codes).
_ROWS = {10: "1234567890-=", 24: "qwertyuiop[]", 38: "asdfghjkl;'", 52: "zxcvbnm,./"}
_KEYS = {char: first + place for first, row in _ROWS.items() for place, char in enumerate(row)}

DESK = textwrap.dedent(
    """
    import json, os, sys
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QTableWidget
    from PySide6.QtWidgets import QVBoxLayout, QWidget
    from checkin_app.gui.devices.key_events import MODIFIER_KEYS
    from checkin_app.gui.devices.keyboard_scanner import KeyboardScanner
    from checkin_app.settings.device_settings import ScannerSettings

    def tell(**what):
        print(json.dumps(what), flush=True)

    class Stamps(QObject):
        def eventFilter(self, watched, event):
            is_press = event.type() == QEvent.Type.KeyPress and isinstance(watched, QWindow)
            if is_press and event.spontaneous() and event.key() not in MODIFIER_KEYS:
                print(event.timestamp(), file=written, flush=True)
            return False

    application = QApplication([])
    written, stamps = open(os.environ["STAMPS"], "w"), Stamps()
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
    application.installEventFilter(stamps)
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
    """The desk's process: what it tells, line by line, and keys typed at it.

    Args:
        stamps: where the desk notes when the window system says that each key was pressed.
    """

    def __init__(self, display: str, stamps: Path, *how: str) -> None:
        repository = Path(__file__).parents[2]
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(repository),
            "STAMPS": str(stamps),
        }
        self._stamps = stamps
        self._meant: list[tuple[int, tuple[int, int]]] = []
        self._scan_ms = SLOW_SCAN_MS if "slow" in how else SCAN_MS
        self._process = subprocess.Popen(
            [sys.executable, "-c", DESK, *how],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()
        self._xdotool("windowfocus", "--sync", str(self.next()["window"]))

    def next(self) -> dict[str, object]:
        try:
            line = self._told.get(timeout=PATIENCE_S)
        except queue.Empty:
            raise AssertionError("The desk tells nothing.") from None
        if not line:
            pytest.skip(f"the window system cannot be used: {self._process.stderr.read()[-300:]}")
        return json.loads(line)

    def type(self, text: str, delay_ms: int) -> None:
        """Types as a person does."""
        self._meant.append((len(text), (delay_ms // 2, sys.maxsize)))
        self._xdotool("type", "--delay", str(delay_ms), "--", text)

    def scan(self, code: str, delay_ms: int, ending: str = "Return") -> None:
        """Types code and ending without a pause, as a scanner does."""
        self._meant.append((len(code) + 1, self._scan_ms))
        delay = ["--delay", str(delay_ms)]
        self._xdotool("type", *delay, "--args", "1", code, "key", *delay, ending)

    def set_layout(self, layout: str) -> None:
        """Gives the computer another keyboard layout."""
        subprocess.run([SETXKBMAP, layout], env=self._environment, check=True, timeout=PATIENCE_S)

    def press_keys(self, code: str) -> None:
        """Presses the keys that write a code on a United States keyboard, and Enter."""
        self._meant.append((len(code) + 1, self._scan_ms))
        keys = []
        for character in code:
            shift = ["keydown", "Shift_L"] if character.isupper() else []
            release = ["keyup", "Shift_L"] if character.isupper() else []
            keys += [*shift, "key", "--delay", "2", str(_KEYS[character.lower()]), *release]
        self._xdotool(*keys, "key", "36")

    def had_keys_as_meant(self) -> bool:
        """Whether the keys came at the speed at which they were to be typed.

        On a machine that stalls they do not: a scan has a gap as no scanner makes it, or what a
        person typed comes all at once.
        """
        times = [int(line) for line in self._stamps.read_text().split()]
        came: list[list[int]] = []
        for count, _ in self._meant:
            came.append(times[:count])
            times = times[count:]
        return (
            all(len(part) == count for part, (count, _) in zip(came, self._meant, strict=True))
            and all(
                shortest <= later - earlier <= longest
                for part, (_, (shortest, longest)) in zip(came, self._meant, strict=True)
                for earlier, later in pairwise(part)
            )
            # A scan behind another is one of the same trigger, when it follows at once.
            and all(after[0] - before[-1] < 900 for before, after in pairwise(came))
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._listening.join()
        self._process.stdout.close()
        self._process.stderr.close()

    def _listen(self) -> None:
        for line in self._process.stdout:
            self._told.put(line)
        self._told.put("")

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run([XDOTOOL, *arguments], env=self._environment, check=True, timeout=PATIENCE_S)
