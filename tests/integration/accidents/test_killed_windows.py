"""What a window that was killed had half-made, the next window removes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from command_line import start

_PATIENCE_S = 240
_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.mark.skipif(sys.platform == "win32", reason="a window would remember it for this user")
def test_the_next_window_removes_previews_of_one_that_was_killed(
    sample_path: Path, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    abandoned = temporary / "checkin-app-scratch-killed"
    (abandoned / "files").mkdir(parents=True)
    (abandoned / "in-use").touch()
    (abandoned / "files" / "page.pdf").write_text("Anna Nowak")
    own = dict.fromkeys(("HOME", *_XDG), str(tmp_path / "home"))
    window = start("open", sample_path, QT_QPA_PLATFORM="offscreen", TMPDIR=str(temporary), **own)
    try:
        end = time.monotonic() + _PATIENCE_S
        while abandoned.exists() and window.poll() is None and time.monotonic() < end:
            pass
        assert window.poll() is None
        assert not abandoned.exists()
    finally:
        window.kill()
        window.communicate()
