"""What is in which parcel, and which hub has it, is known whatever happens in between."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import DESK, HUB, OTHER_DESK, OTHER_HUB, packed, signed

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.parcels import SignedParcel
from checkin_app.domain.sharing import BorrowedName, Conflict
from checkin_app.errors import EventFileExists, HubError
from checkin_app.services.sharing.exchanging.borrowed_count import BorrowedCount
from checkin_app.storage.event_file import EventFile


def append(event_file: EventFile, desk: str = "Desk 1") -> None:
    with event_file.transaction(desk, NOW) as transaction:
        transaction.append(EntryKind.REFUSED, payload={"code": "ABC"})


def keep(event_file: EventFile, *parcels: SignedParcel) -> None:
    with event_file.transaction("Desk 1", NOW) as transaction:
        for one in parcels:
            transaction.keep_parcel(one)


def share_everything(event_file: EventFile) -> list[SignedParcel]:
    parcels = list(packed(event_file, 50))
    keep(event_file, *parcels)
    return parcels


def joined(sample: EventFile, path: Path) -> EventFile:
    """Another laptop that has all of the sample event."""
    return EventFile.create_from(path, packed(sample), desk="Desk 2", now=NOW)


def test_everything_is_unshared_until_it_is_in_a_parcel(sample_event_file: EventFile) -> None:
    entries = tuple(sample_event_file.ledger())
    sharing = sample_event_file.sharing
    assert sharing.event_id() == entries[0].id
    assert sharing.unshared(1000) == entries
    assert sharing.unshared(7) == entries[:7]
    assert sharing.waiting(HUB) == len(entries)
    share_everything(sample_event_file)
    assert sharing.unshared(1000) == ()
    assert sharing.waiting(HUB) == len(entries)
    append(sample_event_file)
    (new,) = sharing.unshared(1000)
    assert new.kind is EntryKind.REFUSED
    assert sharing.waiting(HUB) == len(entries) + 1


def test_parcels_wait_for_each_hub_until_it_has_them(sample_event_file: EventFile) -> None:
    sharing = sample_event_file.sharing
    parcels = share_everything(sample_event_file)
    assert sharing.unacknowledged(HUB, 100) == tuple(parcels)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.acknowledge(HUB, {parcels[1].parcel.id: 9, "ee" * 16: 10})
    assert sharing.unacknowledged(HUB, 2) == (parcels[0], parcels[2])
    assert sharing.unacknowledged(OTHER_HUB, 100) == tuple(parcels)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.acknowledge(HUB, [one.parcel.id for one in parcels])
    assert sharing.unacknowledged(HUB, 100) == ()
    assert sharing.waiting(HUB) == 0
    assert sharing.read_up_to(HUB) == 0


def test_of_what_a_hub_gave_the_highest_number_is_remembered(sample_event_file: EventFile) -> None:
    assert sample_event_file.sharing.last_seen(HUB) == (0, "")
    for number, mark in ((5, "ee" * 16), (3, "dd" * 16)):
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.note_seen(HUB, number, mark)
    assert sample_event_file.sharing.last_seen(HUB) == (5, "ee" * 16)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.forget_hub(HUB)
    assert sample_event_file.sharing.last_seen(HUB) == (0, "")


def test_a_released_parcel_leaves_its_entries_unshared(sample_event_file: EventFile) -> None:
    sharing = sample_event_file.sharing
    parcels = share_everything(sample_event_file)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.release_parcel(parcels[1].parcel.id)
        transaction.release_parcel("ee" * 16)
    assert sharing.unshared(1000) == parcels[1].parcel.entries
    assert parcels[1] not in sharing.unacknowledged(HUB, 100)
    assert sharing.missing() == 0
    again = signed(parcels[1].parcel.entries, len(parcels) + 1)
    keep(sample_event_file, again, parcels[1])
    assert sharing.unshared(1000) == ()
    assert sharing.unacknowledged(HUB, 100)[-1] == again


def test_a_new_file_has_what_others_shared(sample_event_file: EventFile, tmp_path: Path) -> None:
    parcels = list(packed(sample_event_file, 40))
    path = tmp_path / "joined.checkin"
    with EventFile.create_from(
        path, reversed(parcels), desk="Desk 2", now=NOW, hub=HUB, read_up_to=12
    ) as made:
        assert list(made.ledger()) == list(sample_event_file.ledger())
        assert made.event() == sample_event_file.event()
        assert made.check_in_lists() == sample_event_file.check_in_lists()
        assert made.records() == sample_event_file.records()
        assert made.verify().ok
        assert made.sharing.event_id() == sample_event_file.sharing.event_id()
        assert made.sharing.read_up_to(HUB) == 12
        assert made.sharing.waiting(HUB) == 0
        assert made.sharing.unshared(10) == ()
        assert made.sharing.unacknowledged(OTHER_HUB, 100) == tuple(reversed(parcels))
    with pytest.raises(EventFileExists):
        EventFile.create_from(path, parcels, desk="Desk 2", now=NOW)


def test_nothing_older_than_the_event_makes_a_new_file_one_of_another_event(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    event_id = sample_event_file.sharing.event_id()
    first = next(sample_event_file.ledger())
    older = replace(first, id="00" + first.id[2:])
    parcels = [*packed(sample_event_file), signed([older], 9, OTHER_DESK)]
    path = tmp_path / "joined.checkin"
    with EventFile.create_from(path, parcels, desk="Desk 2", now=NOW, event_id=event_id) as made:
        assert made.sharing.event_id() == event_id


def test_without_a_described_event_no_file_is_made(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    last = list(packed(sample_event_file, 40))[-1]
    for parcels in ([], [last]):
        with pytest.raises(HubError, match="Wait a moment"):
            EventFile.create_from(tmp_path / "new.checkin", parcels, desk="Desk 2", now=NOW)
    assert not (tmp_path / "new.checkin").exists()


def test_no_file_is_made_of_an_event_whose_beginning_has_not_come_yet(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.describe_event(replace(sample_event_file.event(), venue="Hall 2"))
    parcels = list(packed(sample_event_file, 40))
    path, event_id = tmp_path / "new.checkin", sample_event_file.sharing.event_id()
    with pytest.raises(HubError, match="Wait a moment"):
        EventFile.create_from(path, parcels[1:], desk="Desk 2", now=NOW, event_id=event_id)
    assert not path.exists()
    with EventFile.create_from(path, parcels, desk="Desk 2", now=NOW, event_id=event_id) as made:
        assert made.sharing.event_id() == event_id


def test_parcels_that_a_hub_held_blanked_are_told_to_the_next_hub(
    sample_event_file: EventFile,
) -> None:
    blanked = ("5" * 32, "d" * 32)
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.note_blanked([blanked])
    assert sample_event_file.sharing.released() == (blanked,)


def test_what_others_recorded_comes_in_once(sample_event_file: EventFile, tmp_path: Path) -> None:
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        person = sample_event_file.records()[0].attendee
        with other.transaction("Desk 2", NOW) as transaction:
            entry = transaction.append(EntryKind.CHECKED_IN, person.id, "registration")
            transaction.append(EntryKind.AMENDED, person.id, payload={"changes": {"role": "Guest"}})
        parcel = signed(other.sharing.unshared(10), 1, OTHER_DESK)
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            taken = transaction.take_in([parcel], hub=HUB, read_up_to=3)
            again = transaction.take_in([parcel, parcel], hub=HUB, read_up_to=2)
        assert (taken.new_entries, again.new_entries) == (2, 0)
        assert taken.attendees == {person.id}
        assert not taken.described
        assert sample_event_file.record(person.id) == other.record(person.id)
        assert sample_event_file.history(person.id)[-2] == entry
        assert sample_event_file.sharing.read_up_to(HUB) == 3
        sharing = sample_event_file.sharing
        assert tuple(sharing.parcels(sharing.contents().parcels)) == (parcel,)
        assert sample_event_file.verify().ok


def test_own_entries_are_later_than_all_that_came_in(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        with other.transaction("Desk 2", NOW + timedelta(days=900)) as transaction:
            ahead = transaction.append(EntryKind.REFUSED, payload={"code": "A"})
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.take_in([signed([ahead])])
            assert transaction.append(EntryKind.REFUSED, payload={}).id > ahead.id


def test_a_second_admission_comes_to_light_in_either_order(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    person = sample_event_file.records()[0].attendee
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        for file, desk in ((sample_event_file, "Desk 1"), (other, "Desk 2")):
            with file.transaction(desk, NOW) as transaction:
                transaction.append(EntryKind.CHECKED_IN, person.id, "registration")
        ours, theirs = sample_event_file.history(person.id)[-1], other.history(person.id)[-1]
        found: list[Conflict] = []
        for file, entry in ((sample_event_file, theirs), (other, ours)):
            with file.transaction("Desk", NOW) as transaction:
                found += transaction.take_in([signed([entry])]).conflicts
                assert transaction.take_in([signed([entry])]).conflicts == ()
        first, later = sorted((ours, theirs), key=lambda entry: entry.id)
        assert [(one.stands, one.later) for one in found] == [(first.id, later.id)] * 2


def test_descriptions_and_what_is_kept_travel(sample_event_file: EventFile, tmp_path: Path) -> None:
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.keep_layout("mine", {"toml": "x"})
            transaction.keep_mail_text("hello", {"subject": "Hi"})
        (kept, text) = other.sharing.unshared(10)
        with other.transaction("Desk 2", NOW) as transaction:
            transaction.keep_layout("mine", None)
        removed = other.sharing.unshared(10)[-1]
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            assert transaction.take_in([signed([removed])]).described
            assert transaction.take_in([signed([kept, text])]).described
        assert sample_event_file.kept_layouts() == {}
        assert sample_event_file.verify().ok


def test_gaps_in_a_desks_numbers_are_missing(sample_event_file: EventFile, tmp_path: Path) -> None:
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        for _ in range(4):
            append(other)
        entries = other.sharing.unshared(10)
        sharing = sample_event_file.sharing
        parcels = [signed([e], place, OTHER_DESK) for place, e in enumerate(entries, 1)]
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.take_in([parcels[0], parcels[3]])
        assert (sharing.missing(), sharing.next_sequence(OTHER_DESK)) == (2, 5)
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.take_in(parcels)
        assert (sharing.missing(), sharing.next_sequence(DESK)) == (0, 1)


def test_a_parcel_that_was_blanked_before_it_came_is_not_missing(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        for _ in range(4):
            append(other)
        entries = other.sharing.unshared(10)
        sharing = sample_event_file.sharing
        parcels = [signed([e], place, OTHER_DESK) for place, e in enumerate(entries, 1)]
        blanked = [(one.parcel.id, OTHER_DESK) for one in parcels[:3]]
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.take_in([parcels[1], parcels[3]])
            for _ in range(2):
                transaction.note_blanked(blanked[:2])
        assert sharing.missing() == 1
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.note_blanked(blanked)
        assert sharing.missing() == 0
        with sample_event_file.transaction("Desk 1", NOW) as transaction:
            transaction.take_in(parcels[:1])
        assert sharing.missing() == 0


def test_desks_are_known_by_what_they_declared(sample_event_file: EventFile) -> None:
    with sample_event_file.transaction("Desk 1", NOW) as transaction:
        for name in ("Door", "Entrance", "Door"):
            joining = transaction.append(
                EntryKind.DESK_JOINED, payload={"desk": DESK, "name": name}
            )
        transaction.keep_parcel(signed([joining], 1, DESK))
        other = {"desk": OTHER_DESK, "name": "Room"}
        transaction.append(EntryKind.DESK_JOINED, payload=other)
        transaction.append(EntryKind.DESK_WITHDRAWN, payload={"desk": OTHER_DESK})
    door, room = sample_event_file.sharing.desks()
    assert (door.id, door.names, door.is_withdrawn) == (DESK, ("Entrance", "Door"), False)
    assert door.joined_at == NOW
    assert door.heard_at is not None
    assert (room.name, room.is_withdrawn, room.heard_at) == ("Room", True, None)


def test_entries_under_a_name_that_another_desk_has_are_noticed(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    sharing = sample_event_file.sharing
    with closing(joined(sample_event_file, tmp_path / "other.checkin")) as other:
        with sample_event_file.transaction("Door", NOW) as transaction:
            door = {"desk": DESK, "name": "Door"}
            transaction.append(EntryKind.DESK_JOINED, payload=door)
        keep(sample_event_file, signed(sharing.unshared(1000), 1, DESK))
        with other.transaction("Room", NOW) as transaction:
            room = {"desk": OTHER_DESK, "name": "Room"}
            transaction.append(EntryKind.DESK_JOINED, payload=room)
        for desk in ("Door", "Door", "Nobody"):
            append(other, desk)
        parcel = signed(other.sharing.unshared(10), 1, OTHER_DESK)
        with sample_event_file.transaction("Door", NOW) as transaction:
            transaction.take_in([parcel])
        assert sharing.borrowed_names() == (BorrowedName("Door", OTHER_DESK, 2),)
        assert sharing.borrowed_names(sharing.last_parcel()) == ()
        counted = BorrowedCount(sharing)
        assert [counted.now(), counted.now()] == [2, 2]
        # Its owner had handed them in as well.
        keep(sample_event_file, signed(parcel.parcel.entries[1:], 2, DESK))
        assert sharing.borrowed_names() == ()
        assert counted.now() == 0
