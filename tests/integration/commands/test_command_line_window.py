"""What needs a screen, or a list, and is asked for without one, is refused in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command_line import run

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X and Wayland")
NOWHERE = {"QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": ""}


@linux_only
@pytest.mark.parametrize(
    ("display", "says"), [("", "no display here"), (":4999", "does not answer")]
)
def test_a_window_needs_a_display(sample_path: Path, display: str, says: str) -> None:
    done = run(sample_path, DISPLAY=display, **NOWHERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_options_that_contradict_each_other_are_refused(sample_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    listed = run("export", sample_path, out, "--list", "registration")
    named = run("new", tmp_path / "new.checkin", "--sample", "--name", "Assembly")
    assert (listed.returncode, named.returncode) == (2, 2)
    assert "attendance and no-shows only" in listed.stderr
    assert "leave out --name" in named.stderr
    assert not out.exists()
