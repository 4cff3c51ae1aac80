"""Some seconds of what ``make soak`` does for an hour: all devices at once, every badge printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pseudo_terminals import open_pair

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="pseudo-terminals and /proc are Linux's")
def test_no_scan_is_lost_and_no_badge_printed_twice_with_all_devices_at_once(
    tmp_path: Path,
) -> None:
    for end in open_pair():
        os.close(end)
    # A machine that stalls shows the camera nothing of a ticket; it is held up again then.
    how = ("--scans", "48", "--again", "8", "--folder", tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.soak", *how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "48 scans" in ran.stdout
    for device, share in (("keyboard", 21), ("serial", 21), ("camera", 6)):
        assert f"'{device}': {share}" in ran.stdout
    assert "at the printer 48" in ran.stdout
