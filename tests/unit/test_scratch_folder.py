"""Files on their way, which may name people, do not outlive the program that made them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from checkin_app.errors import CheckinError
from checkin_app.scratch_folder import ScratchFolder, remove_abandoned

_HOLDS_A_FOLDER = """
import sys
from checkin_app.scratch_folder import ScratchFolder
folder = ScratchFolder()
(folder.path / "parts").mkdir()
(folder.path / "parts" / "sheet.xml").write_text("Anna Nowak")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def another_program(temporary: Path) -> tuple[subprocess.Popen[str], Path]:
    """One that has a folder with a name in it, and waits."""
    names = ("TMPDIR", "TEMP", "TMP")
    program = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_A_FOLDER],
        env={**os.environ, **dict.fromkeys(names, str(temporary))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    return program, Path(program.stdout.readline().strip())


def kill(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate()


def test_a_folder_is_gone_after_its_block(temporary: Path) -> None:
    with ScratchFolder() as folder:
        assert folder.path.parent.parent == temporary
        assert [*folder.path.iterdir()] == []
        (folder.path / "page.pdf").write_text("Anna Nowak")
    assert [*temporary.iterdir()] == []


def test_a_folder_is_gone_with_whoever_had_it(temporary: Path) -> None:
    folder = ScratchFolder()
    (folder.path / "page.pdf").write_text("Anna Nowak")
    del folder
    assert [*temporary.iterdir()] == []


def test_a_folder_is_gone_when_its_program_ends(temporary: Path) -> None:
    program, folder = another_program(temporary)
    assert (folder / "parts" / "sheet.xml").exists()
    program.communicate("")
    assert program.returncode == 0
    assert [*temporary.iterdir()] == []


def test_what_a_killed_program_left_is_removed_by_the_next_that_needs_a_folder(
    temporary: Path,
) -> None:
    program, left = another_program(temporary)
    kill(program)
    assert (left / "parts" / "sheet.xml").exists()
    with ScratchFolder() as own:
        assert [*temporary.iterdir()] == [own.path.parent]


def test_what_a_living_program_has_stays(temporary: Path) -> None:
    program, folder = another_program(temporary)
    with ScratchFolder() as own:
        remove_abandoned()
        assert {*temporary.iterdir()} == {own.path.parent, folder.parent}
        assert (folder / "parts" / "sheet.xml").exists()
    kill(program)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_nothing_behind_a_link_is_removed(temporary: Path) -> None:
    program, left = another_program(temporary)
    kill(program)
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "in-use").touch()
    (elsewhere / "mine.txt").write_text("keep")
    (left / "linked").symlink_to(elsewhere, target_is_directory=True)
    (temporary / "checkin-app-scratch-link").symlink_to(elsewhere, target_is_directory=True)
    remove_abandoned()
    assert (elsewhere / "mine.txt").read_text() == "keep"
    assert not left.parent.exists()


def test_where_no_folder_can_be_made_it_is_said(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    with pytest.raises(CheckinError, match="temporary files"):
        ScratchFolder()
