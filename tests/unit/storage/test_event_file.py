"""An event file is made whole, opened, and refused untouched when it is not ours."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw
import pytest

from checkin_app.domain.scan import Scan
from checkin_app.errors import (
    EventFileError,
    EventFileExists,
    EventFileForeign,
    EventFileMissing,
    EventFileTooNew,
    EventFileUnwritable,
)
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event, create_sample_event
from checkin_app.services.sample_event import load_sample_event
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.schema import SCHEMA_VERSION


def folder_content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(path: Path, error: type[EventFileError]) -> str:
    """Open, expect the error, and see that nothing in the folder is another byte."""
    before = folder_content(path.parent)
    with pytest.raises(error) as refusal:
        EventFile(path)
    after = folder_content(path.parent)
    # A log that lay there was looked into, which leaves the index of that log.
    if f"{path.name}-wal" in before:
        after.pop(f"{path.name}-shm", None)
        before.pop(f"{path.name}-shm", None)
    assert after == before
    assert refusal.value.path == path
    return str(refusal.value)


def copy_with_log(path: Path, target: Path) -> Path:
    """What lies on the disk when the program is killed: the file and its log."""
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{target}{ending}")
    return target


def test_a_new_event_file_holds_what_it_was_given(tmp_path: Path) -> None:
    event_file = create_sample_event(tmp_path / "new.checkin")
    sample = load_sample_event()
    assert event_file.event() == sample.event
    assert event_file.check_in_lists() == sample.check_in_lists
    assert len(event_file.records()) == len(sample.attendees)
    assert event_file.verify().ok
    event_file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.checkin"]


def test_an_event_file_can_be_opened_again(sample_path: Path) -> None:
    first = EventFile(sample_path)
    codes = [record.attendee.code for record in first.records()]
    first.close()
    second = EventFile(sample_path)
    assert [record.attendee.code for record in second.records()] == codes
    second.close()


def test_every_new_file_has_codes_of_its_own(tmp_path: Path) -> None:
    codes: list[str] = []
    for name in ("one.checkin", "two.checkin"):
        event_file = create_sample_event(tmp_path / name)
        codes += [record.attendee.code for record in event_file.records()]
        event_file.close()
    assert len(set(codes)) == len(codes) == 300


@pytest.mark.parametrize("content", [b"", b"precious"])
def test_an_existing_file_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "there.checkin"
    path.write_bytes(content)
    with pytest.raises(EventFileExists, match=r"there\.checkin exists already"):
        create_event(path, "Assembly", date(2024, 5, 6), "Europe/Brussels")
    assert folder_content(tmp_path) == {"there.checkin": content}


def test_a_log_left_of_a_deleted_file_does_not_get_into_a_new_one(
    sample_path: Path, tmp_path: Path
) -> None:
    running = EventFile(sample_path)
    desk = CheckInDesk(running, "Desk 1", running.check_in_lists()[0])
    desk.handle(Scan(running.records()[0].attendee.code))
    left = copy_with_log(sample_path, tmp_path / "left.checkin")
    running.close()
    left.unlink()
    with pytest.raises(EventFileExists, match=r"left\.checkin-wal is left"):
        create_sample_event(left)
    assert not left.exists()


def test_a_file_in_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(EventFileUnwritable):
        create_sample_event(tmp_path / "missing" / "new.checkin")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "gone.checkin" in refused(tmp_path / "gone.checkin", EventFileMissing)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "folder.checkin"
    path.mkdir()
    refused(path, EventFileError)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"Name;Organisation\nAnna;EAPN\n" * 20, b"SQLite format 3\x00" * 2]
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.checkin"
    path.write_bytes(content)
    assert "not an event file" in refused(path, EventFileForeign)


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.checkin"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE bookmarks (address TEXT)")
    assert "another program" in refused(path, EventFileForeign)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_refused(sample_path: Path, kept: float) -> None:
    content = sample_path.read_bytes()
    sample_path.write_bytes(content[: int(len(content) * kept)])
    assert "damaged" in refused(sample_path, EventFileForeign)


@pytest.mark.parametrize("page", [0, 1, 2, 5, 9])
def test_a_file_with_a_damaged_page_is_refused(sample_path: Path, page: int) -> None:
    content = bytearray(sample_path.read_bytes())
    page_size = int.from_bytes(content[16:18], "big")
    start = page * page_size + (100 if page == 0 else 0)
    content[start : start + 200] = b"\xa5" * 200
    sample_path.write_bytes(content)
    assert "damaged" in refused(sample_path, EventFileForeign)


def test_a_file_of_a_newer_program_is_refused(sample_path: Path) -> None:
    with closing(apsw.Connection(str(sample_path))) as newer:
        newer.pragma("user_version", SCHEMA_VERSION + 1)
    assert "newer version" in refused(sample_path, EventFileTooNew)


def test_a_newer_program_is_noticed_also_when_only_the_log_tells(
    sample_path: Path, tmp_path: Path
) -> None:
    newer = apsw.Connection(str(sample_path))
    newer.pragma("user_version", SCHEMA_VERSION + 1)
    killed = copy_with_log(sample_path, tmp_path / "killed.checkin")
    newer.close()
    assert "newer version" in refused(killed, EventFileTooNew)


def test_a_damaged_file_keeps_its_log(sample_path: Path, tmp_path: Path) -> None:
    running = EventFile(sample_path)
    desk = CheckInDesk(running, "Desk 1", running.check_in_lists()[0])
    desk.handle(Scan(running.records()[0].attendee.code))
    killed = copy_with_log(sample_path, tmp_path / "killed.checkin")
    running.close()
    content = bytearray(killed.read_bytes())
    content[-3000:] = b"\xa5" * 3000
    killed.write_bytes(content)
    refused(killed, EventFileForeign)


def test_what_was_committed_before_a_kill_is_in_the_log_and_comes_back(
    sample_path: Path, tmp_path: Path
) -> None:
    running = EventFile(sample_path)
    person = running.records()[0].attendee
    CheckInDesk(running, "Desk 1", running.check_in_lists()[0]).handle(Scan(person.code))
    killed = EventFile(copy_with_log(sample_path, tmp_path / "killed.checkin"))
    running.close()
    record = killed.record(person.id)
    assert record is not None
    assert record.checked_in_at is not None
    assert killed.verify().ok
    killed.close()


def test_names_of_files_may_be_in_any_alphabet(tmp_path: Path) -> None:
    path = tmp_path / "Συνέλευση – ж 'quoted' 100% #1?.checkin"
    event_file = create_event(path, "Assembly", date(2024, 5, 6), "Europe/Brussels")
    assert event_file.event().name == "Assembly"
    event_file.close()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_closed_file_says_so_in_our_words(sample_path: Path) -> None:
    event_file = EventFile(sample_path)
    event_file.close()
    with pytest.raises(EventFileUnwritable, match="try again"):
        event_file.records()
