"""A copy of an event file that is in use has all that was acknowledged until then."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest
from settable_clock import DURING_REGISTRATION as NOW

from checkin_app.errors import CheckinError, EventFileMissing, UsageError
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.files.file_copying import copy_to_stick
from checkin_app.storage.event_file import EventFile


def test_a_copy_has_what_still_lies_in_the_log_of_a_file_in_use(
    sample_path: Path, tmp_path: Path
) -> None:
    copy, copied_badly = tmp_path / "stick" / "copy.checkin", tmp_path / "badly.checkin"
    copy.parent.mkdir()
    with EventFile(sample_path) as event_file:
        guest = walk_in(event_file, "Desk 1", NOW, {"last_name": "Ægisson"})
        copy_to_stick(sample_path, copy)
        shutil.copyfile(sample_path, copied_badly)
        ledger = [entry.id for entry in event_file.ledger()]
    assert [one.name for one in copy.parent.iterdir()] == ["copy.checkin"]
    with EventFile(copy) as other:
        assert [entry.id for entry in other.ledger()] == ledger
        assert other.record(guest.id) is not None
        assert other.verify().ok
    with EventFile(copied_badly) as other:
        assert other.record(guest.id) is None


def test_scans_go_on_while_it_is_copied(sample_path: Path, tmp_path: Path) -> None:
    with EventFile(sample_path) as event_file:
        with event_file.transaction("Desk 1", NOW):
            copy_to_stick(sample_path, tmp_path / "copy.checkin")
        walk_in(event_file, "Desk 1", NOW, {"last_name": "Ægisson"})


def test_it_can_be_read_where_nothing_can_be_written(sample_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.checkin"
    copy_to_stick(sample_path, copy)
    with apsw.Connection(f"file:{copy}?mode=ro&immutable=1", flags=apsw.SQLITE_OPEN_URI
                         | apsw.SQLITE_OPEN_READONLY) as connection:  # fmt: skip
        assert connection.pragma("journal_mode") == "delete"


def test_no_event_file_is_overwritten_and_nothing_half_is_left(
    sample_path: Path, tmp_path: Path
) -> None:
    shutil.copyfile(sample_path, tmp_path / "other.checkin")
    with pytest.raises(UsageError, match="is an event file and is never overwritten"):
        copy_to_stick(sample_path, tmp_path / "other.checkin")
    with pytest.raises(UsageError, match="is the file that is open"):
        copy_to_stick(sample_path, sample_path)
    with pytest.raises(CheckinError, match="is the disk still plugged in"):
        copy_to_stick(sample_path, tmp_path / "pulled out" / "copy.checkin")
    with pytest.raises(EventFileMissing):
        copy_to_stick(tmp_path / "gone.checkin", tmp_path / "copy.checkin")
    assert list(tmp_path.glob("*copy*")) == []
