"""A badge of somebody who was erased may still be shown at a door: its code is not written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from erased_data import found_in
from settable_clock import DURING_REGISTRATION as NOW
from settable_clock import SettableClock
from shared_parcels import packed, signed

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile

CODE = "anna.nowak@example.org"
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def event_file(empty_event_file: EventFile, tmp_path: Path) -> Iterator[EventFile]:
    """With one person on the list."""
    event, lists = empty_event_file.event(), empty_event_file.check_in_lists()
    began, path = NOW - timedelta(hours=2), tmp_path / "made.checkin"
    people = [Attendee("", CODE, first_name="Anna", last_name="Nowak")]
    with EventFile.create(path, event, lists, people, desk="Desk", now=began) as event_file:
        yield event_file


def scan(event_file: EventFile, minute: int, code: str = CODE) -> OutcomeKind:
    clock = SettableClock(NOW + timedelta(minutes=minute))
    desk = CheckInDesk(event_file, "Desk", event_file.check_in_lists()[0], clock)
    outcome = desk.handle(Scan(code))
    assert outcome.code == code
    return outcome.kind


def erase(event_file: EventFile, minute: int) -> None:
    (record,) = event_file.records()
    with event_file.transaction("Desk", NOW + timedelta(minutes=minute)) as transaction:
        transaction.erase_person(record.attendee.id)


def codes(event_file: EventFile) -> list[str]:
    refused = [entry for entry in event_file.ledger() if entry.kind is EntryKind.REFUSED]
    return [entry.payload["code"] for entry in refused if "code" in entry.payload]


def take_in(event_file: EventFile, entries: Sequence[Entry]) -> None:
    with event_file.transaction("Desk", LATER) as transaction:
        transaction.take_in([signed(entries)])
    event_file.erasures.finish()
    assert event_file.verify().differences == ()


def test_a_code_nobody_has_is_kept_as_long_as_nobody_was_erased(event_file: EventFile) -> None:
    assert scan(event_file, 1, "T-404") is OutcomeKind.UNKNOWN_CODE
    assert codes(event_file) == ["T-404"]


def test_after_an_erasure_no_code_that_nobody_has_is_kept(event_file: EventFile) -> None:
    erase(event_file, 1)
    event_file.erasures.finish()
    assert scan(event_file, 2) is OutcomeKind.UNKNOWN_CODE
    assert codes(event_file) == []
    event_file.close()
    assert found_in(event_file.path, [CODE]) == set()


def test_nor_is_one_that_a_desk_read_which_had_not_heard_of_it(
    event_file: EventFile, tmp_path: Path
) -> None:
    """It was brought the erasure with a list that never had the person, or the person's code."""
    path = tmp_path / "other.checkin"
    parcels = list(packed(event_file))
    with EventFile.create_from(path, parcels, desk="Desk 2", now=NOW) as other:
        before = list(other.ledger())
        erase(event_file, 1)
        with other.transaction("Desk 2", NOW) as transaction:
            (person,) = other.records()
            transaction.append(EntryKind.CODE_REPLACED, person.attendee.id, payload={"code": "X"})
        assert scan(other, 2, "T-404") is OutcomeKind.UNKNOWN_CODE
        read = [entry for entry in other.ledger() if entry not in before]
        take_in(other, list(event_file.ledger()))
        assert codes(other) == []
        take_in(event_file, read)
        assert codes(event_file) == []
        assert event_file.sharing.altered()


def test_nor_is_one_that_a_desk_read_before_the_erasure_of_somebody_it_never_knew(
    event_file: EventFile, tmp_path: Path
) -> None:
    path = tmp_path / "other.checkin"
    with EventFile.create_from(path, packed(event_file), desk="Desk 2", now=NOW) as other:
        with event_file.transaction("Desk", NOW) as transaction:
            (walk_in,) = transaction.register([Attendee("", "W-17", last_name="Late")])
        assert scan(other, 1, "W-17") is OutcomeKind.UNKNOWN_CODE
        with event_file.transaction("Desk", LATER) as transaction:
            transaction.erase_person(walk_in.id)
        take_in(other, list(event_file.ledger()))
        assert codes(other) == []
        other.close()
        assert found_in(path, ["W-17"]) == set()


def test_in_whatever_order_it_comes(event_file: EventFile, tmp_path: Path) -> None:
    """A third desk gets the list, the erasure and what was read after it in parcels of each."""
    listed = list(event_file.ledger())
    path = tmp_path / "read.checkin"
    with EventFile.create_from(path, packed(event_file), desk="Desk 2", now=NOW) as other:
        scan(other, 2, "T-404")
        read = [entry for entry in other.ledger() if entry not in listed]
    erase(event_file, 1)
    erased = [entry for entry in event_file.ledger() if entry.kind is EntryKind.ERASED]
    for number, order in enumerate(permutations((read, erased))):
        path = tmp_path / f"third-{number}.checkin"
        with EventFile.create_from(path, [signed(listed)], desk="Desk 3", now=NOW) as third:
            for entries in order:
                take_in(third, entries)
            assert codes(third) == []


def test_an_erased_double_counts_like_anybody(event_file: EventFile, tmp_path: Path) -> None:
    """Whoever is one person with another is counted once, as the other, who was not erased."""
    (kept,) = event_file.records()
    with event_file.transaction("Desk", NOW) as transaction:
        (double,) = transaction.register([Attendee("", "A-17", last_name="Nowak")])
    path = tmp_path / "other.checkin"
    with EventFile.create_from(path, packed(event_file), desk="Desk 2", now=NOW) as other:
        with event_file.transaction("Desk", LATER) as transaction:
            transaction.erase_person(double.id)
        with other.transaction("Desk 2", NOW) as transaction:
            merged = {"into": kept.attendee.id}
            transaction.append(EntryKind.MERGED, double.id, payload=merged)
        take_in(other, list(event_file.ledger()))
        assert [record.is_erased for record in other.records()] == [False]
        assert scan(other, 20, "A-17") is OutcomeKind.UNKNOWN_CODE
        assert codes(other) == []


def test_so_does_one_of_whom_nothing_else_has_come(event_file: EventFile, tmp_path: Path) -> None:
    path = tmp_path / "other.checkin"
    with EventFile.create_from(path, packed(event_file), desk="Desk 2", now=NOW) as other:
        with event_file.transaction("Desk", NOW) as transaction:
            (walk_in,) = transaction.register([Attendee("", "W-17", last_name="Late")])
        with event_file.transaction("Desk", LATER) as transaction:
            transaction.erase_person(walk_in.id)
        take_in(other, [one for one in event_file.ledger() if one.kind is EntryKind.ERASED])
        assert scan(other, 20, "W-17") is OutcomeKind.UNKNOWN_CODE
        assert codes(other) == []
