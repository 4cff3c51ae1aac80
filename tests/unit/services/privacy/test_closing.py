"""Closing an event: the end pack first, then nobody's data are left, and a record says so."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from busy_day import NOW, OWN_WORDS, busy_day
from erased_data import found_in, tell_tales
from python_calamine import CalamineWorkbook

from checkin_app.errors import Cancelled, CheckinError, EventClosed, UsageError
from checkin_app.services.attendance import event_numbers
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import open_event
from checkin_app.services.privacy.closing import close_event, save_record
from checkin_app.services.privacy.end_pack import (
    MANIFEST,
    PACK_FILES,
    RECORD_JSON,
    RECORD_TEXT,
    write_end_pack,
)
from checkin_app.storage.event_file import EventFile

LATER = NOW + timedelta(days=30)


@pytest.fixture
def busy_file(sample_event_file: EventFile) -> EventFile:
    busy_day(sample_event_file)
    return sample_event_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pack" / "of the meeting"


def is_untouched(event_file: EventFile) -> bool:
    return (
        event_file.erasures.closing() is None
        and not event_file.erasures.is_unfinished()
        and not any(record.is_erased for record in event_file.records())
    )


def test_the_pack_is_written_and_everybody_erased(busy_file: EventFile, folder: Path) -> None:
    records = busy_file.records()
    numbers = event_numbers(busy_file)
    closed = close_event(busy_file, "Office", LATER, folder)
    assert (closed.erased, closed.folder, closed.was_resumed) == (151, folder, False)
    wanted = {*PACK_FILES, MANIFEST, RECORD_TEXT, RECORD_JSON}
    assert {one.name for one in folder.iterdir()} == wanted
    table = CalamineWorkbook.from_path(folder / "attendance.xlsx").get_sheet_by_index(0).to_python()
    assert records[0].attendee.last_name in {cell for row in table for cell in row}
    assert event_numbers(busy_file) == numbers
    assert busy_file.verify().ok
    assert all(record.is_erased for record in busy_file.records())


def test_the_record_names_no_person_and_says_what_was_done(
    busy_file: EventFile, folder: Path
) -> None:
    tales = tell_tales(busy_file.records())
    close_event(busy_file, "Office", LATER, folder)
    text = (folder / RECORD_TEXT).read_text(encoding="utf-8")
    record = json.loads((folder / RECORD_JSON).read_bytes())
    kept = json.dumps(record)
    assert {tale for tale in tales if f" {tale} " in text or f" {tale} " in kept} <= {"Brussels"}
    assert "5 June 2024, 12:40 (Europe/Brussels)" in text
    assert "personal data of 151 people" in text
    assert (record["desk"], record["erased"], record["registered"]) == ("Office", 151, 151)
    assert set(record["pack"]) == set(PACK_FILES)


def test_the_numbers_by_country_are_in_the_pack_only(busy_file: EventFile, folder: Path) -> None:
    close_event(busy_file, "Office", LATER, folder)
    numbers = json.loads((folder / "numbers.json").read_bytes())
    assert sum(one["registered"] for one in numbers["countries"].values()) > 100
    assert numbers["registered"] == 151
    assert all(not record.attendee.country for record in busy_file.records())


def test_an_event_is_closed_once(busy_file: EventFile, folder: Path, tmp_path: Path) -> None:
    close_event(busy_file, "Office", LATER, folder)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    for again in (folder, tmp_path / "elsewhere"):
        with pytest.raises(EventClosed, match="5 June 2024 already"):
            close_event(busy_file, "Office", LATER, again)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    assert not (tmp_path / "elsewhere").exists()


def test_without_the_pack_nothing_is_erased(busy_file: EventFile, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("not a folder")
    with pytest.raises(CheckinError, match="Nothing was erased"):
        close_event(busy_file, "Office", LATER, in_the_way)
    with pytest.raises(CheckinError):
        close_event(busy_file, "Office", LATER, in_the_way / "below it")
    assert is_untouched(busy_file)


@pytest.mark.parametrize("name", ["attendance.xlsx", "no-shows.pdf"])
def test_a_file_that_cannot_be_read_back_keeps_the_event_open(
    busy_file: EventFile, folder: Path, name: str
) -> None:
    def damage(done: int, total: int) -> None:
        """As a failing stick would: what was written is not what is there."""
        if done == total - total // len(PACK_FILES):
            content = (folder / name).read_bytes()
            (folder / name).write_bytes(content[: len(content) // 2])

    with pytest.raises(CheckinError, match="could not be read back"):
        write_end_pack(busy_file, folder, damage)
    assert list(folder.iterdir()) == []
    assert is_untouched(busy_file)


@pytest.mark.parametrize("name", ["numbers.json", "attendance.xlsx", RECORD_JSON])
def test_nothing_strange_is_replaced(busy_file: EventFile, folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    (folder / name).write_text("of another event")
    with pytest.raises(UsageError, match="empty folder"):
        close_event(busy_file, "Office", LATER, folder)
    assert (folder / name).read_text() == "of another event"
    assert is_untouched(busy_file)


def test_two_events_do_not_share_a_folder(
    busy_file: EventFile, empty_event_file: EventFile, folder: Path
) -> None:
    close_event(busy_file, "Office", LATER, folder)
    with pytest.raises(UsageError, match="empty folder"):
        close_event(empty_event_file, "Office", LATER, folder)
    assert is_untouched(empty_event_file)


def test_an_event_of_nobody_is_closed_as_well(empty_event_file: EventFile, folder: Path) -> None:
    assert close_event(empty_event_file, "Office", LATER, folder).erased == 0
    assert empty_event_file.verify().ok


@pytest.mark.parametrize("asked", [1, 3, 6])
def test_stopped_in_time_nothing_is_erased(busy_file: EventFile, folder: Path, asked: int) -> None:
    answers = iter([False] * asked)
    with pytest.raises(Cancelled, match="Nothing was erased"):
        close_event(busy_file, "Office", LATER, folder, cancelled=lambda: next(answers, True))
    assert is_untouched(busy_file)
    assert list(folder.iterdir()) == []
    assert close_event(busy_file, "Office", LATER, folder).erased == 151


def test_somebody_who_comes_while_the_pack_is_written_keeps_the_event_open(
    busy_file: EventFile, folder: Path
) -> None:
    with closing(EventFile(busy_file.path)) as other:
        desk = CheckInDesk(other, "Desk 2", other.check_in_lists()[0], lambda: NOW)
        late = iter([record.attendee.id for record in other.records()][100:101])

        def let_in(_done: int, _total: int) -> None:
            for attendee_id in late:
                desk.check_in(attendee_id)

        with pytest.raises(CheckinError, match="close the event again"):
            close_event(busy_file, "Office", LATER, folder, let_in)
    assert is_untouched(busy_file)
    close_event(busy_file, "Office", LATER, folder)
    table = CalamineWorkbook.from_path(folder / "attendance.xlsx").get_sheet_by_index(0).to_python()
    assert sum(any(hasattr(cell, "hour") for cell in row) for row in table) >= 41


def test_a_closing_that_was_cut_short_is_finished_when_the_file_is_opened(
    busy_file: EventFile, folder: Path
) -> None:
    tales = tell_tales(busy_file.records()) - {"bring"} | set(OWN_WORDS)
    cut_short(busy_file, folder)
    with closing(open_event(busy_file.path)) as opened:
        assert not opened.erasures.is_unfinished()
        frame = [opened.event().name, opened.event().venue, opened.event().city]
        titles = [session.title for session in opened.event().sessions]
        lists = [one.name for one in opened.check_in_lists()]
        kept = [*frame, *titles, *lists, *opened.categories(), *PACK_FILES]
        assert found_in(busy_file.path, tales, kept) == set()
        assert close_event(opened, "Office", LATER, folder).was_resumed
    assert (folder / RECORD_TEXT).exists()


def test_what_a_killed_closing_left_half_made_in_the_folder_goes(
    busy_file: EventFile, folder: Path
) -> None:
    folder.mkdir(parents=True)
    left, other = folder / ".attendance.xlsx.0a1b2c3d.part", folder / ".notes.txt.0a1b2c3d.part"
    for one in (left, other):
        one.write_text("Anna Nowak")
    close_event(busy_file, "Office", LATER, folder)
    assert not left.exists()
    assert other.exists()


def test_closing_again_writes_the_record_that_is_missing(
    busy_file: EventFile, folder: Path
) -> None:
    cut_short(busy_file, folder)
    with closing(EventFile(busy_file.path)) as again:
        closed = close_event(again, "Office", LATER, folder)
        assert (closed.was_resumed, closed.erased) == (True, 151)
        assert not again.erasures.is_unfinished()
        with pytest.raises(EventClosed):
            close_event(again, "Office", LATER, folder)


def test_where_the_record_cannot_be_written_it_is_said_that_the_data_are_erased(
    busy_file: EventFile, folder: Path, tmp_path: Path
) -> None:
    cut_short(busy_file, folder)
    (folder / RECORD_TEXT).mkdir()
    with closing(EventFile(busy_file.path)) as again:
        with pytest.raises(CheckinError, match="data are erased, but the record"):
            close_event(again, "Office", LATER, folder)
        (folder / RECORD_TEXT).rmdir()
        assert close_event(again, "Office", LATER, folder).was_resumed
        assert save_record(again, tmp_path / "once more") == tmp_path / "once more"
    first, second = (one / RECORD_TEXT for one in (folder, tmp_path / "once more"))
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


def test_an_event_that_is_open_has_no_record(busy_file: EventFile, folder: Path) -> None:
    with pytest.raises(UsageError, match="not closed"):
        save_record(busy_file, folder)
    assert not folder.exists()


def cut_short(event_file: EventFile, folder: Path) -> None:
    """As if the program had been killed right after the erasure was stored."""
    close_event(event_file, "Office", LATER, folder)
    (folder / RECORD_JSON).unlink()
    (folder / RECORD_TEXT).unlink()
    with event_file.erasures._reading() as connection:
        connection.execute("INSERT INTO unfinished_erasure VALUES (1)")
    event_file.close()
