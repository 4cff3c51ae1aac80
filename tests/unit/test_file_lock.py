"""A file is held by one program, and free again however that program ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from checkin_app.file_lock import hold

_HOLDER = """
import sys
from checkin_app.file_lock import hold
file = open(sys.argv[1], "ab")
print(hold(file), flush=True)
sys.stdin.read()
"""


def test_a_file_is_held_by_one_handle_until_that_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("ab") as one, path.open("ab") as other:
        assert hold(one)
        assert not hold(other)
        one.close()
        assert hold(other)


def test_a_program_that_is_killed_gives_its_file_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        subprocess.Popen(
            [sys.executable, "-c", _HOLDER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as holder,
        path.open("ab") as file,
    ):
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"True"
        assert not hold(file)
        holder.kill()
        holder.wait()
        assert hold(file)
