"""Two files of one event become equal, whichever is merged into which, however often."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import HUB, packed, signed

from checkin_app.domain.ledger import EntryKind
from checkin_app.errors import EventFileMissing, EventFileUnwritable, OtherEvent, UsageError
from checkin_app.hub.sealing import DeskKey, sign
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event, open_event
from checkin_app.services.sharing.files.file_merging import (
    MergedFiles,
    merge_event_files,
    merged_sentence,
)
from checkin_app.storage.connections import log_of
from checkin_app.storage.event_file import EventFile


@pytest.fixture
def other_path(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample event for another desk."""
    return Path(shutil.copy(sample_path, tmp_path / "other.checkin"))


def check_in(path: Path, desk: str, *places: int) -> None:
    with open_event(path) as event_file:
        people = event_file.records()
        checking = CheckInDesk(event_file, desk, event_file.check_in_lists()[0])
        for place in places:
            checking.check_in(people[place].attendee.id)


def digest(path: Path) -> str:
    with open_event(path) as event_file:
        assert event_file.verify().differences == ()
        return event_file.sharing.fold_digest()


def merge(one: Path, other: Path) -> MergedFiles:
    return merge_event_files(one, other, "Desk", NOW)


def test_both_files_have_all_of_both(sample_path: Path, other_path: Path) -> None:
    check_in(sample_path, "Desk 1", 0, 1, 2)
    check_in(other_path, "Desk 2", 2, 3)
    told: list[tuple[int, int]] = []
    merged = merge_event_files(
        sample_path, other_path, "Desk", NOW, lambda done, total: told.append((done, total))
    )
    assert merged == MergedFiles(came=2, went=3, conflicts=1)
    assert told[-1] == (5, 5)
    assert digest(sample_path) == digest(other_path)
    assert merge(other_path, sample_path) == MergedFiles(came=0, went=0)
    with open_event(other_path) as event_file:
        assert len([r for r in event_file.records() if r.check_ins]) == 4
        assert event_file.inbox.open_conflicts() == 1


def test_scans_come_between_while_a_desk_takes_in_a_file(
    sample_path: Path, other_path: Path
) -> None:
    check_in(other_path, "Desk 2", 2, 3)
    scanned = False

    def scan_once(_done: int, _total: int) -> None:
        nonlocal scanned
        if not scanned:
            check_in(sample_path, "Desk 1", 0)
            scanned = True

    merge_event_files(sample_path, other_path, "Desk", NOW, scan_once)
    assert scanned
    merge(sample_path, other_path)
    with open_event(other_path) as event_file:
        assert len([r for r in event_file.records() if r.check_ins]) == 3


def test_three_files_become_equal_by_pairs(
    sample_path: Path, other_path: Path, tmp_path: Path
) -> None:
    third = Path(shutil.copy(sample_path, tmp_path / "third.checkin"))
    for place, path in enumerate((sample_path, other_path, third)):
        check_in(path, f"Desk {place}", place, 9)
    for one, other in (
        (sample_path, other_path),
        (third, other_path),
        (third, sample_path),
        (other_path, sample_path),
    ):
        merge(one, other)
    assert digest(sample_path) == digest(other_path) == digest(third)


def test_parcels_are_handed_on_as_they_were_signed(sample_path: Path, other_path: Path) -> None:
    key = DeskKey.new()
    with open_event(other_path) as event_file:
        event_id = event_file.sharing.event_id()
        parcels = [sign(one.parcel, key, event_id) for one in packed(event_file, 40, key.id)]
        with event_file.transaction("Desk 2", NOW) as transaction:
            transaction.take_in(parcels, hub=HUB, read_up_to=5)
    check_in(other_path, "Desk 2", 4)
    assert merge(sample_path, other_path) == MergedFiles(came=1, went=0)
    with open_event(sample_path) as event_file:
        assert sorted(event_file.sharing.unacknowledged(HUB, 100), key=str) == sorted(
            parcels, key=str
        )
        assert [entry.kind for entry in event_file.sharing.unshared(9)] == [EntryKind.CHECKED_IN]


def test_what_somebody_wrote_into_a_file_in_the_name_of_a_desk_comes_without_its_signature(
    sample_path: Path, other_path: Path
) -> None:
    check_in(other_path, "Desk 1", 4)
    with (
        open_event(other_path) as event_file,
        event_file.transaction("Desk 2", NOW) as transaction,
    ):
        transaction.take_in([signed([*event_file.ledger()][-1:])])
    assert merge(sample_path, other_path) == MergedFiles(came=1, went=0)
    with open_event(sample_path) as event_file:
        assert event_file.sharing.unacknowledged(HUB, 100) == ()
        assert EntryKind.CHECKED_IN in [one.kind for one in event_file.sharing.unshared(500)]


def test_an_erasure_and_a_closing_reach_the_other_file(sample_path: Path, other_path: Path) -> None:
    check_in(other_path, "Desk 2", 0, 5)
    with open_event(sample_path) as event_file:
        person = event_file.records()[0].attendee
        with event_file.transaction("Desk 1", NOW) as transaction:
            transaction.erase_person(person.id)
        event_file.erasures.finish()
    merge(other_path, sample_path)
    assert person.code.encode() not in other_path.read_bytes()
    with open_event(other_path) as event_file:
        with event_file.transaction("Desk 2", NOW) as transaction:
            transaction.erase_everybody({})
        event_file.erasures.finish()
    merged = merge(sample_path, other_path)
    assert merged.is_closed
    assert not merged.is_unfinished
    assert "no personal data" in merged_sentence(merged, "other.checkin")
    assert digest(sample_path) == digest(other_path)
    assert merge(sample_path, other_path).came == 0


def test_files_of_other_events_are_left_alone(sample_path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.checkin"
    create_event(foreign, "Assembly", date(2024, 5, 6), "Europe/Brussels").close()
    before = sample_path.read_bytes(), foreign.read_bytes()
    with pytest.raises(OtherEvent, match="“Assembly”"):
        merge(sample_path, foreign)
    assert (sample_path.read_bytes(), foreign.read_bytes()) == before


def test_a_file_is_not_merged_with_itself(sample_path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="same file"):
        merge(sample_path, sample_path.parent / "." / sample_path.name)
    with pytest.raises(EventFileMissing):
        merge(sample_path, tmp_path / "nowhere.checkin")


@pytest.fixture
def unwritable(other_path: Path) -> Path:
    """The other file where no log can be written beside it, as on a stick that is read-only."""
    check_in(other_path, "Desk 2", 7)
    log_of(other_path).mkdir()
    with pytest.raises(EventFileUnwritable):
        EventFile(other_path)
    return other_path


def test_from_a_file_that_may_only_be_read_the_first_takes_all(
    sample_path: Path, unwritable: Path
) -> None:
    check_in(sample_path, "Desk 1", 1)
    content = unwritable.read_bytes()
    merged = merge(sample_path, unwritable)
    assert merged == MergedFiles(came=1, went=None)
    assert "could not be written to" in merged_sentence(merged, "other.checkin")
    assert unwritable.read_bytes() == content
    with pytest.raises(EventFileUnwritable):
        merge(unwritable, sample_path)


@pytest.mark.parametrize(
    ("merged", "sentence"),
    [
        (MergedFiles(0, 0), "b has nothing that is not here, and lacks nothing."),
        (MergedFiles(1, 2), "1 entry came from b. 2 entries went to it. Both have the same now."),
        (
            MergedFiles(0, 2, conflicts=2),
            "0 entries came from b. 2 entries went to it. Both have the same now."
            " 2 second admissions wait in the inbox.",
        ),
        (
            MergedFiles(3, 0, conflicts=1),
            "3 entries came from b. 0 entries went to it. Both have the same now."
            " One second admission waits in the inbox.",
        ),
    ],
)
def test_what_came_of_it_is_said_in_words(merged: MergedFiles, sentence: str) -> None:
    assert merged_sentence(merged, "b") == sentence
