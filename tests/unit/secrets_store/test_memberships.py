"""What a laptop needs to share is in a file that its user alone can read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checkin_app.errors import CheckinError
from checkin_app.secrets_store.memberships import Memberships, memberships_folder

EVENT, OTHER = "01" * 16, "02" * 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "when needed"


def test_what_was_written_is_read_and_the_latest_counts(folder: Path) -> None:
    memberships = Memberships(folder)
    assert memberships.read(EVENT) is None
    memberships.write(EVENT, {"key": "first"})
    memberships.write(EVENT, {"key": "Šecond"})
    memberships.write(OTHER, {"key": "other"})
    assert Memberships(folder).read(EVENT) == {"key": "Šecond"}


def test_a_laptop_that_shares_nothing_has_nothing(folder: Path) -> None:
    memberships = Memberships(folder)
    assert memberships.is_empty
    memberships.write(EVENT, {})
    assert not memberships.is_empty
    memberships.forget(EVENT)
    memberships.forget(EVENT)
    assert memberships.is_empty
    assert memberships.read(EVENT) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other users out of the profile")
def test_nobody_else_can_read_it(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    memberships = Memberships(folder)
    memberships.write(EVENT, {"key": "first"})
    memberships.write(EVENT, {"key": "second"})
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("content", ["", "{", "[]", "7", "\udcff"])
def test_a_damaged_file_says_what_to_do(folder: Path, content: str) -> None:
    memberships = Memberships(folder)
    memberships.write(EVENT, {})
    next(folder.iterdir()).write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(CheckinError, match="new pairing"):
        memberships.read(EVENT)


def test_only_an_event_has_a_file(folder: Path) -> None:
    for text in ("", "../../etc/passwd", EVENT.upper() + "A"):
        with pytest.raises(ValueError, match="32"):
            Memberships(folder).write(text, {})


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    with pytest.raises(CheckinError, match="in the way"):
        Memberships(tmp_path / "in the way").write(EVENT, {})


def test_the_users_own_folder_is_of_this_program() -> None:
    assert "checkin-app" in str(memberships_folder())
