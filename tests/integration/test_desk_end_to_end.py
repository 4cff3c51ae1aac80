"""The whole program in a real window of a real X server, with a scanner typing at it.

What was checked in is read back from the event file, not from the screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.services.event_files import open_event
from checkin_app.storage.event_file import EventFile

XDOTOOL = shutil.which("xdotool")
REPOSITORY = Path(__file__).parents[2]
PATIENCE_S = 60

pytestmark = pytest.mark.skipif(XDOTOOL is None, reason="xdotool is not installed")


class Program:
    """The running program and keys typed at its window."""

    def __init__(self, display: str, event: Path, home: Path) -> None:
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LOGGING_RULES": "qt.multimedia*=false",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "PYTHONPATH": str(REPOSITORY),
        }
        self._log = home / "stderr.txt"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "checkin_app", "open", str(event)],
                env=self._environment,
                stderr=log,
                cwd=REPOSITORY,
            )
        self.focus()

    def focus(self) -> None:
        """Wait for the window and give it the keyboard, as a window manager would."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", "Desk 1", check=False)
        if self._process.poll() is not None:
            pytest.skip(f"the window system cannot be used: {self._log.read_text()[-300:]}")
        self._xdotool("windowfocus", "--sync", found.split()[-1])

    def scan(self, code: str, delay_ms: int = 4) -> None:
        """Code and Enter without a pause, as a scanner does."""
        delay = ["--delay", str(delay_ms)]
        self._xdotool("type", *delay, "--args", "1", code, "key", *delay, "Return")

    def type(self, text: str) -> None:
        """As a person does."""
        self._xdotool("type", "--delay", "120", "--", text)

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "150", *keys)

    def close(self) -> int:
        self._process.terminate()
        return self._process.wait(timeout=PATIENCE_S)

    def _xdotool(self, *arguments: str, check: bool = True) -> str:
        ended = subprocess.run(
            [XDOTOOL, *arguments],
            env=self._environment,
            check=check,
            timeout=PATIENCE_S,
            capture_output=True,
            text=True,
        )
        return ended.stdout


@pytest.fixture
def event_file(sample_event_file: EventFile, sample_path: Path) -> EventFile:
    """A second pair of eyes on the file that the program works on."""
    return sample_event_file


@pytest.fixture
def program(display, event_file, sample_path, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    program = Program(display, sample_path, home)
    yield program
    program.close()


def wait_for(holds, what: str) -> None:
    """Looks again until another process has done it."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, f"not seen in time: {what}"
        time.sleep(0.02)


def is_in(event_file: EventFile, attendee_id: str) -> bool:
    return bool(event_file.record(attendee_id).check_ins)


def test_a_morning_at_the_desk(program, event_file, sample_path):
    records = event_file.records()
    confirmed = [r.attendee for r in records if r.attendee.status is AttendeeStatus.CONFIRMED]
    cancelled = next(r.attendee for r in records if r.attendee.status is AttendeeStatus.CANCELLED)

    for person in confirmed[:5]:
        program.scan(person.code)
    wait_for(lambda: all(is_in(event_file, p.id) for p in confirmed[:5]), "five scans")

    program.press("ctrl+z")
    wait_for(lambda: not is_in(event_file, confirmed[4].id), "the undo of the last one")

    program.scan(cancelled.code)
    program.press("ctrl+Return", "1")
    wait_for(lambda: is_in(event_file, cancelled.id), "a cancelled person let in anyway")
    (check_in,) = event_file.record(cancelled.id).check_ins.values()
    assert check_in.forced_reason
    assert check_in.desk == "Desk 1"

    program.type("kincso")
    kincso = next(r.attendee for r in records if r.attendee.first_name == "Kíncső")
    program.press("Return")
    wait_for(lambda: is_in(event_file, kincso.id), "a person found by typing")

    program.press("ctrl+n")
    program.type("Zuzanna")
    program.press("Tab")
    program.type("Wisniewska")
    program.press("Return")
    wait_for(
        lambda: any(
            r.attendee.full_name == "Zuzanna Wisniewska" and r.check_ins
            for r in event_file.records()
        ),
        "a walk-in",
    )

    program.press("ctrl+2")
    program.scan(confirmed[6].code)
    wait_for(lambda: is_in(event_file, confirmed[6].id), "a scan on another screen")

    reader = open_event(sample_path)
    assert reader.verify().ok
    reader.close()
