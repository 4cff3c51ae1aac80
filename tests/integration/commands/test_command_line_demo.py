"""``demo`` replaces what a demonstration made, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from command_line import answer, run


def test_a_demonstration_leaves_a_real_event_alone(sample_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    real = Path(shutil.move(sample_path, folder / "eccp-meeting.checkin"))
    content = real.read_bytes()
    refused = run("demo", folder)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "was not made by a demonstration" in refused.stderr
    assert [path.name for path in folder.iterdir()] == [real.name]
    assert real.read_bytes() == content


def test_a_second_demonstration_replaces_the_first(tmp_path: Path) -> None:
    first = answer("demo", tmp_path)
    assert answer("demo", tmp_path) == first
    assert first["ok"]
