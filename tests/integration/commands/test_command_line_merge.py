"""``merge`` as people and programs use it."""

from __future__ import annotations

import shutil
from pathlib import Path

from command_line import answer, run

from checkin_app.services.event_files import open_event


def code(path: Path, place: int) -> str:
    with open_event(path) as event_file:
        return event_file.records()[place].attendee.code


def test_two_laptops_without_a_network_merge_their_files(sample_path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(sample_path, tmp_path / "other.checkin"))
    assert run("scan", sample_path, code(sample_path, 0), code(sample_path, 1)).returncode == 0
    assert run("scan", other, code(other, 1), "--desk", "Desk 2").returncode == 0
    told = answer("merge", sample_path, other)
    assert (told["came"], told["went"], told["conflicts"]) == (1, 2, 1)
    done = run("merge", sample_path, other)
    assert (done.returncode, done.stdout) == (
        0,
        "other.checkin has nothing that is not here, and lacks nothing.\n",
    )
    for path in (sample_path, other):
        assert answer("stats", path)["checked_in"] == 2
        assert answer("verify", path)["ok"]


def test_what_cannot_be_merged_is_said_in_one_line(sample_path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.checkin"
    assert run("new", foreign, "--sample").returncode == 0
    for other in (foreign, sample_path, tmp_path / "nowhere.checkin"):
        done = run("merge", sample_path, other)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
