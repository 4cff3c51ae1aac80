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
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.event_files import open_event
from checkin_app.storage.event_file import EventFile

XDOTOOL = shutil.which("xdotool")
REPOSITORY = Path(__file__).parents[2]
PATIENCE_S = 240
TRY_AGAIN_AFTER_S = 15

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


def comes(holds, within_s: float) -> bool:
    """Looks again until another process has done it."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def do_until(act, holds, what: str, program: Program) -> None:
    """Does as a person would: when nothing comes of it, Esc, and once more.

    A machine that stalls makes typing of a scan, or brings keys before what they are meant for.
    """
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, f"not seen in time: {what}"
        act()
        if not comes(holds, TRY_AGAIN_AFTER_S):
            program.press("Escape", "Escape")


def is_in(event_file: EventFile, attendee_id: str) -> bool:
    return bool(event_file.record(attendee_id).check_ins)


def count_of(event_file: EventFile, attendee_id: str, kind: EntryKind) -> int:
    return [entry.kind for entry in event_file.history(attendee_id)].count(kind)


def test_a_morning_at_the_desk(program, event_file, sample_path):
    records = event_file.records()
    confirmed = [r.attendee for r in records if r.attendee.status is AttendeeStatus.CONFIRMED]
    cancelled = next(r.attendee for r in records if r.attendee.status is AttendeeStatus.CANCELLED)
    first_five = confirmed[:5]

    def do(act, holds, what: str) -> None:
        do_until(act, holds, what, program)

    def scan_who_is_missing() -> None:
        for person in first_five:
            if not is_in(event_file, person.id):
                program.scan(person.code)

    do(
        scan_who_is_missing,
        lambda: all(is_in(event_file, person.id) for person in first_five),
        "five scans",
    )

    last = max(first_five, key=lambda person: event_file.record(person.id).checked_in_at)
    do(
        lambda: program.press("ctrl+z"),
        lambda: not is_in(event_file, last.id),
        "the undo of the last one",
    )

    def let_in_anyway() -> None:
        refusals = count_of(event_file, cancelled.id, EntryKind.REFUSED)
        program.scan(cancelled.code)
        comes(
            lambda: count_of(event_file, cancelled.id, EntryKind.REFUSED) > refusals,
            TRY_AGAIN_AFTER_S,
        )
        program.press("ctrl+Return", "1")

    do(let_in_anyway, lambda: is_in(event_file, cancelled.id), "a cancelled person let in anyway")
    (check_in,) = event_file.record(cancelled.id).check_ins.values()
    assert check_in.forced_reason
    assert check_in.desk == "Desk 1"

    def find_by_typing() -> None:
        program.type("kincso")
        program.press("Return")

    kincso = next(r.attendee for r in records if r.attendee.first_name == "Kíncső")
    do(find_by_typing, lambda: is_in(event_file, kincso.id), "a person found by typing")

    def take_a_walk_in() -> None:
        program.press("ctrl+n")
        program.type("Zuzanna")
        program.press("Tab")
        program.type("Wisniewska")
        program.press("Return")

    def is_taken() -> bool:
        return any(
            r.attendee.full_name == "Zuzanna Wisniewska" and r.check_ins
            for r in event_file.records()
        )

    do(take_a_walk_in, is_taken, "a walk-in")

    program.press("ctrl+2")
    do(
        lambda: program.scan(confirmed[6].code),
        lambda: is_in(event_file, confirmed[6].id),
        "a scan on another screen",
    )

    reader = open_event(sample_path)
    assert reader.verify().ok
    reader.close()
