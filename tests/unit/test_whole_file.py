"""A file appears whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from checkin_app.errors import CheckinError, UsageError
from checkin_app.whole_file import whole_file


def test_the_file_appears_when_the_work_is_done(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with whole_file(path) as unfinished:
        unfinished.write_text("content", encoding="utf-8")
        assert unfinished.parent == tmp_path
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "content"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bug")])
def test_an_interruption_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old", encoding="utf-8")

    def write_half() -> None:
        with whole_file(path) as unfinished:
            unfinished.write_text("half", encoding="utf-8")
            raise error

    with pytest.raises(type(error)):
        write_half()
    assert path.read_text(encoding="utf-8") == "old"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "Close it in other programs"),
        (errno.EROFS, "choose another folder"),
        (errno.EIO, "Check the disk"),
    ],
)
def test_what_the_disk_says_becomes_advice(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(CheckinError, match=words), whole_file(tmp_path / "list.csv"):
        raise OSError(number, "as the system says it")


def test_a_folder_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.mkdir()
    with pytest.raises(CheckinError), whole_file(path) as unfinished:
        unfinished.write_text("content", encoding="utf-8")
    assert path.is_dir()
    assert [*tmp_path.iterdir()] == [path]


def test_an_event_file_is_never_overwritten(tmp_path: Path, sample_path: Path) -> None:
    before = sample_path.read_bytes()
    with (
        pytest.raises(UsageError, match="never overwritten"),
        whole_file(sample_path) as unfinished,
    ):
        unfinished.write_text("a list", encoding="utf-8")
    assert sample_path.read_bytes() == before
