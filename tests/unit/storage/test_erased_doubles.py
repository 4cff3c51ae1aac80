"""Somebody is erased at one desk while another, apart, merges that record into one that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from erased_data import found_in
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed, signed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.event_file import EventFile

LATER = NOW + timedelta(minutes=10)
FIRM = "Klaster Brzęczyszczykiewicz"


@pytest.fixture
def people(empty_event_file: EventFile) -> tuple[Attendee, Attendee]:
    """One registered twice, the second time with what the first lacks."""
    with empty_event_file.transaction("Desk", NOW - timedelta(hours=1)) as transaction:
        (kept,) = transaction.register([Attendee("", "KEPT", last_name="Nowak")])
    with empty_event_file.transaction("Desk", NOW - timedelta(minutes=50)) as transaction:
        second = Attendee("", "DOUBLE", last_name="Nowak", organisation=FIRM)
        (double,) = transaction.register([second])
    return kept, double


@pytest.fixture
def other(
    empty_event_file: EventFile, people: tuple[Attendee, Attendee], tmp_path: Path
) -> Iterator[EventFile]:
    """The file of another desk, which has both."""
    path = tmp_path / "other.checkin"
    parcels = list(packed(empty_event_file))
    with EventFile.create_from(path, parcels, desk="Desk 2", now=NOW) as event_file:
        yield event_file


def merge(event_file: EventFile, kept: Attendee, double: Attendee) -> list[Entry]:
    with event_file.transaction("Desk 2", NOW) as transaction:
        merged = {"into": kept.id, "knowing": transaction.newest_about(double.id)}
        given = {"changes": {"organisation": FIRM}, "source": "double", "double": double.id}
        entries = [
            transaction.append(EntryKind.MERGED, double.id, payload=merged),
            transaction.append(EntryKind.AMENDED, kept.id, payload=given),
        ]
    (record,) = event_file.records()
    assert record.attendee.organisation == FIRM
    return entries


def take_in(event_file: EventFile, entries: Sequence[Entry]) -> None:
    with event_file.transaction("Desk", LATER) as transaction:
        transaction.take_in([signed(entries)])
    event_file.erasures.finish()
    assert event_file.verify().differences == ()


def test_in_whatever_order_both_hear_of_it_nothing_is_left_of_the_one_who_was_erased(
    empty_event_file: EventFile, other: EventFile, people: tuple[Attendee, Attendee]
) -> None:
    kept, double = people
    merge(other, kept, double)
    with empty_event_file.transaction("Desk", LATER) as transaction:
        transaction.erase_person(double.id)
    erased, merged = list(empty_event_file.ledger()), list(other.ledger())
    take_in(other, erased)
    take_in(empty_event_file, merged)
    assert other.sharing.fold_digest() == empty_event_file.sharing.fold_digest()
    for event_file in (other, empty_event_file):
        (record,) = event_file.records()
        assert (record.attendee.id, record.attendee.organisation) == (kept.id, "")
        assert event_file.search("brzeczyszczykiewicz") == ()
        assert event_file.sharing.altered()
        event_file.close()
        assert found_in(event_file.path, [FIRM]) == set()


def test_a_third_desk_may_hear_of_both_at_once(
    empty_event_file: EventFile, other: EventFile, people: tuple[Attendee, Attendee], tmp_path: Path
) -> None:
    listed = list(other.ledger())
    entries = merge(other, *people)
    with empty_event_file.transaction("Desk", LATER) as transaction:
        transaction.erase_person(people[1].id)
    erased = [one for one in empty_event_file.ledger() if one.kind is EntryKind.ERASED]
    path = tmp_path / "third.checkin"
    with EventFile.create_from(path, [signed(listed)], desk="Desk 3", now=NOW) as third:
        take_in(third, [*entries, *erased])
    assert found_in(path, [FIRM]) == set()


def test_who_was_taken_apart_from_another_leaves_nothing_there_when_erased(
    other: EventFile, people: tuple[Attendee, Attendee]
) -> None:
    kept, double = people
    entries = merge(other, kept, double)
    with other.transaction("Desk 2", LATER) as transaction:
        for entry in entries:
            undone = {"undoes": entry.id}
            transaction.append(EntryKind.UNDONE, entry.attendee_id, payload=undone)
        transaction.erase_person(double.id)
    other.erasures.finish()
    assert [record.is_erased for record in other.records()] == [False, True]
    assert other.verify().differences == ()
    other.close()
    assert found_in(other.path, [FIRM]) == set()


def test_what_is_said_to_come_from_nobody_is_taken_in_as_it_is(
    empty_event_file: EventFile, other: EventFile, people: tuple[Attendee, Attendee]
) -> None:
    given = {"changes": {"organisation": FIRM}, "source": "double", "double": "nobody"}
    with empty_event_file.transaction("Desk", LATER) as transaction:
        transaction.append(EntryKind.AMENDED, people[0].id, payload=given)
    take_in(other, list(empty_event_file.ledger()))
    record = other.record(people[0].id)
    assert record is not None
    assert record.attendee.organisation == FIRM
