"""Whatever goes wrong, a command answers with one calm line and the exit status 2."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import COMMAND, answer, answers, environment, run

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")


def assert_one_calm_line(done: subprocess.CompletedProcess[str], says: str = "") -> None:
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.startswith("checkin-app: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def damaged(event: Path, statement: str) -> None:
    connection = sqlite3.connect(event)
    connection.executescript(statement)
    connection.close()


def test_a_folder_is_no_file_to_write_to(sample_path: Path) -> None:
    assert_one_calm_line(run("badges", sample_path, "-o", "."), "name a file")
    assert_one_calm_line(run("export", sample_path, "."), "name a file")


def test_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    assert_one_calm_line(run("new", tmp_path / ("x" * 300), "--sample"), "shorter name")


@posix_only
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bad\xff.checkin"
    assert_one_calm_line(run("new", name, "--sample"), "cannot be read here")


@posix_only
def test_a_terminal_without_letters_beyond_ascii(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("new", os.fsencode(tmp_path) + "/é.checkin".encode(), "--sample", **plain)
    assert_one_calm_line(done, "UTF-8")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = run("new", tmp_path / "nodir" / "x.checkin", "--sample")
    assert_one_calm_line(done, "There is no folder")


@posix_only
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "ro"
    folder.mkdir(mode=0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    done = run("new", folder / "x.checkin", "--sample")
    assert_one_calm_line(done, "cannot be written to the folder")


def shell(line: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'"$0" "$@" {line}', *COMMAND, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, env=environment(), encoding="utf-8", check=False
    )


@posix_only
def test_streams_that_are_closed_or_full(sample_path: Path) -> None:
    assert_one_calm_line(shell("<&-", "scan", sample_path, "-"), "standard input")
    assert_one_calm_line(shell(">&-", "stats", sample_path), "nowhere to write")
    silent = shell("2>&-", "scan", sample_path, "@missing.png")
    assert (silent.returncode, silent.stdout) == (2, "")
    if Path("/dev/full").exists():
        assert_one_calm_line(shell(">/dev/full", "stats", sample_path), "disk full")


@pytest.fixture
def jane(sample_path: Path) -> str:
    (first, *_) = answer("find", sample_path, "a")["results"]
    return str(first["code"])


def test_a_damaged_event_is_named_as_such(sample_path: Path, tmp_path: Path, jane: str) -> None:
    damaged(
        sample_path,
        "DROP TRIGGER IF EXISTS entry_stays; UPDATE entry SET payload = '{' WHERE attendee NOTNULL",
    )
    assert_one_calm_line(run("scan", sample_path, jane), "damaged")
    assert_one_calm_line(run("find", sample_path, "a"), "damaged")
    assert_one_calm_line(run("export", sample_path, tmp_path / "x.csv", "--what", "ledger"), "dam")
    assert not (tmp_path / "x.csv").exists()


def test_an_unknown_kind_of_entry_is_named_as_damage(sample_path: Path, tmp_path: Path) -> None:
    damaged(sample_path, "UPDATE entry SET kind = 'sung'")
    done = run("export", sample_path, tmp_path / "ledger.csv", "--what", "ledger")
    assert_one_calm_line(done, "damaged")


def test_what_nobody_expected_is_logged_by_place_and_said_calmly(
    sample_path: Path, tmp_path: Path
) -> None:
    damaged(sample_path, "DROP TABLE code")
    home = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    assert_one_calm_line(run("scan", sample_path, "SECRET-CODE", **home), "did not expect")
    (log,) = tmp_path.rglob("faults.log")
    assert "checkin_app/storage/" in log.read_text("utf-8")
    assert "SECRET-CODE" not in log.read_text("utf-8")


def test_a_missing_picture_stops_before_anybody_is_checked_in(sample_path: Path, jane: str) -> None:
    assert_one_calm_line(run("scan", sample_path, jane, "@missing.png"))
    assert answer("stats", sample_path)["checked_in"] == 0


def test_a_blank_line_is_no_code(sample_path: Path) -> None:
    assert answers("scan", sample_path, "-", given=b"\n  \n\r\n") == []


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_search_names_at_least_one(sample_path: Path, limit: str) -> None:
    assert_one_calm_line(run("find", sample_path, "a", f"--limit={limit}"), "from 1")


def test_ctrl_c_while_the_program_is_still_being_loaded() -> None:
    pressed = """
import sys

class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == "checkin_app.cli.parser":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
from checkin_app.__main__ import main
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", pressed],
        capture_output=True,
        text=True,
        cwd=Path(COMMAND[1]).parent,
        env=environment(),
        check=False,
    )
    assert_one_calm_line(done, "Stopped")
