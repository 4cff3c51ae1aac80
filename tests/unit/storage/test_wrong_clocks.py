"""A laptop whose clock is years ahead, among desks that know the hub's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.hub_time import HubTime
from checkin_app.domain.ledger import Entry, EntryKind, clock_of, from_milliseconds
from checkin_app.domain.tally import Counted
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.imports.bulk_writes import NewEntry
from checkin_app.storage.sharing.fold_digest import table_digests

LIST = "registration"
YEARS = timedelta(days=75 * 365)


def at_hub(minute: float) -> datetime:
    return HubTime.at(NOW + timedelta(minutes=minute))


def copy_of(event_file: EventFile, path: Path) -> EventFile:
    return EventFile.create_from(path, list(packed(event_file)), desk="Desk", now=NOW)


def years_ahead(minute: float) -> datetime:
    return NOW + YEARS + timedelta(minutes=minute)


def append(
    event_file: EventFile, now: datetime, kind: EntryKind, who: Attendee, **payload: object
) -> Entry:
    with event_file.transaction("Desk", now) as transaction:
        list_id = LIST if kind is EntryKind.CHECKED_IN else ""
        return transaction.append(kind, who.id, list_id, payload)


def correct(event_file: EventFile, now: datetime, who: Attendee, role: str) -> Entry:
    changes = {"role": role}
    return append(event_file, now, EntryKind.AMENDED, who, changes=changes, source="desk")


def said_at(entry: Entry) -> datetime:
    """The time in an entry's id, by which all is put in order."""
    return from_milliseconds(clock_of(entry.id) >> 16)


def give(source: EventFile, target: EventFile, now: datetime) -> None:
    with target.transaction("Desk", now, even_closed=True) as transaction:
        transaction.take_in_unshared(list(source.ledger()))
    assert target.verify().differences == ()


def record(event_file: EventFile, who: Attendee) -> AttendeeRecord:
    found = event_file.record(who.id)
    assert found is not None
    return found


@pytest.fixture
def event_file(empty_event_file: EventFile, tmp_path: Path) -> Iterator[EventFile]:
    """Made in the morning of the event."""
    event, lists = empty_event_file.event(), empty_event_file.check_in_lists()
    began = NOW - timedelta(hours=2)
    path = tmp_path / "right.checkin"
    with EventFile.create(path, event, lists, [], desk="Desk", now=began) as event_file:
        yield event_file


@pytest.fixture
def people(event_file: EventFile) -> list[Attendee]:
    """On the list since an hour."""
    with event_file.transaction("Desk", NOW - timedelta(hours=1)) as transaction:
        names = ("Anna", "Boris", "Chloé")
        return list(transaction.register([Attendee("", last_name=name) for name in names]))


@pytest.fixture
def wrong(event_file: EventFile, people: list[Attendee], tmp_path: Path) -> Iterator[EventFile]:
    """The file of the laptop whose clock is years ahead, which let Anna in."""
    with copy_of(event_file, tmp_path / "wrong") as wrong:
        append(wrong, years_ahead(0), EntryKind.CHECKED_IN, people[0])
        correct(wrong, years_ahead(1), people[0], "Speaker")
        yield wrong


def test_it_does_not_pull_along_who_knows_the_time_of_the_hub(
    event_file: EventFile, people: list[Attendee], wrong: EventFile
) -> None:
    give(wrong, event_file, at_hub(0))
    entry = append(event_file, at_hub(5), EntryKind.CHECKED_IN, people[1])
    assert said_at(entry) == NOW + timedelta(minutes=5)
    assert entry.at == NOW + timedelta(minutes=5)


def test_the_laptop_itself_is_right_again_once_it_has_heard_the_hub(
    people: list[Attendee], wrong: EventFile
) -> None:
    entry = append(wrong, at_hub(5), EntryKind.CHECKED_IN, people[1])
    assert said_at(entry) == NOW + timedelta(minutes=5)


def test_it_is_followed_where_nobody_knows_the_time(
    event_file: EventFile, people: list[Attendee], wrong: EventFile
) -> None:
    give(wrong, event_file, NOW)
    entry = append(event_file, NOW, EntryKind.CHECKED_IN, people[1])
    assert entry.id > max(known.id for known in wrong.ledger())


def test_an_event_that_began_ahead_of_the_hub_is_followed_as_a_whole(
    event_file: EventFile, people: list[Attendee]
) -> None:
    behind = HubTime.at(NOW - YEARS / 3)
    entry = append(event_file, behind, EntryKind.CHECKED_IN, people[0])
    assert entry.id == max(known.id for known in event_file.ledger())


def test_of_two_admissions_apart_the_earlier_stands_after_it_came(
    event_file: EventFile, people: list[Attendee], wrong: EventFile, tmp_path: Path
) -> None:
    give(wrong, event_file, at_hub(0))
    with copy_of(event_file, tmp_path / "third") as third:
        first = append(third, at_hub(6), EntryKind.CHECKED_IN, people[1])
        for _ in range(3):
            correct(third, at_hub(7), people[2], "Guest")
        later = append(event_file, at_hub(8), EntryKind.CHECKED_IN, people[1])
        give(third, event_file, at_hub(9))
    found = record(event_file, people[1])
    assert found.check_ins[LIST].entry_id == first.id
    assert [conflict.later for conflict in found.open_conflicts] == [later.id]


def test_what_is_said_of_somebody_after_it_holds_all_the_same(
    event_file: EventFile, people: list[Attendee], wrong: EventFile
) -> None:
    give(wrong, event_file, at_hub(0))
    correct(event_file, at_hub(5), people[0], "Guest")
    assert record(event_file, people[0]).attendee.role == "Guest"
    with event_file.transaction("Desk", at_hub(6)) as transaction:
        new = [
            NewEntry(EntryKind.AMENDED, people[0].id, {"changes": {"role": role}})
            for role in ("Host", "Chair")
        ]
        assert list(transaction.append_many(new)) == [2]
    assert record(event_file, people[0]).attendee.role == "Chair"
    assert event_file.verify().ok


def test_what_is_described_after_it_holds_all_the_same(
    event_file: EventFile, wrong: EventFile
) -> None:
    with wrong.transaction("Desk", years_ahead(2)) as transaction:
        transaction.keep_layout("plain", {"version": 1})
    give(wrong, event_file, at_hub(0))
    with event_file.transaction("Desk", at_hub(5)) as transaction:
        transaction.keep_layout("plain", {"version": 2})
    assert event_file.kept_layouts() == {"plain": {"version": 2}}
    assert event_file.verify().ok


def test_what_is_said_of_records_that_are_merged_comes_after_what_is_known_of_both(
    event_file: EventFile, people: list[Attendee], wrong: EventFile
) -> None:
    kept, double, _ = people
    correct(wrong, years_ahead(2), double, "Speaker")
    give(wrong, event_file, at_hub(0))
    merged = append(event_file, at_hub(5), EntryKind.MERGED, double, into=kept.id)
    entry = append(event_file, at_hub(6), EntryKind.CODE_REPLACED, kept, code="NEWER")
    assert max(one.id for one in wrong.ledger()) < merged.id < entry.id
    assert {one.id for one in people[1:]} - {r.attendee.id for r in event_file.records()} == {
        double.id
    }
    # Whose badge is lost may have lost the one with the double's code as well.
    (match,) = event_file.find_code(double.code)
    assert not match.current


def test_what_is_written_behind_it_is_shared_and_counted(
    event_file: EventFile, people: list[Attendee], wrong: EventFile
) -> None:
    parcels = [*packed(wrong)]
    with event_file.transaction("Desk", at_hub(0)) as transaction:
        transaction.take_in(parcels)
    assert event_file.sharing.unshared(10) == ()
    counts = event_file.numbers.count_all(Counted(LIST))
    entry = append(event_file, at_hub(5), EntryKind.CHECKED_IN, people[1])
    assert [one.id for one in event_file.sharing.unshared(10)] == [entry.id]
    brought = event_file.numbers.count_on(counts)
    assert brought.tally == event_file.numbers.count_all(Counted(LIST)).tally
    assert event_file.verify().ok


def test_an_import_behind_it_can_be_taken_back(event_file: EventFile, wrong: EventFile) -> None:
    for file, now in ((wrong, years_ahead(2)), (event_file, at_hub(5))):
        if file is event_file:
            give(wrong, event_file, at_hub(0))
        with file.transaction("Desk", now) as transaction:
            origin = {"import": f"{now.year}"}
            transaction.append(
                EntryKind.LIST_IMPORTED, payload={**origin, "source": "list.csv", "read": 1}
            )
            transaction.register_many([Attendee("", last_name=f"Of {now.year}")], origin)
    newest, older = event_file.imports.done()
    assert (newest.id, older.id) == (f"{NOW.year}", f"{years_ahead(0).year}")
    with event_file.transaction("Desk", at_hub(6)) as transaction:
        transaction.undo_import(newest, lambda done, total: None)
    names = {one.attendee.last_name for one in event_file.records()}
    assert f"Of {NOW.year}" not in names
    assert f"Of {years_ahead(0).year}" in names
    assert event_file.verify().ok


def _tables(event_file: EventFile) -> dict[str, str]:
    assert event_file.verify().differences == ()
    with closing(apsw.Connection(str(event_file.path))) as connection:
        return table_digests(connection)


@settings(max_examples=40)
@given(seed=st.integers(0, 100_000))
def test_whatever_it_does_the_others_decide_by_the_time_of_the_hub(
    seed: int, event_file: EventFile, people: list[Attendee], tmp_path: Path
) -> None:
    """Nobody the wrong laptop touched can be told; of all others the earliest stands by true
    time, the latest correction holds, and all files are equal.
    """
    chance = Random(seed)
    for leftover in tmp_path.glob("[0-9].checkin*"):
        leftover.unlink()
    with ExitStack() as stack:
        files = [
            stack.enter_context(copy_of(event_file, tmp_path / f"{number}.checkin"))
            for number in range(3)
        ]
        wrong = files[0]
        touched: set[str] = set()
        let_in: dict[str, float] = {}
        roles: dict[str, str] = {}
        for minute in range(1, chance.randint(5, 30)):
            file, who = chance.choice(files), chance.choice(people)
            clock: Callable[[float], datetime] = years_ahead if file is wrong else at_hub
            if chance.random() < 0.3:
                one, other = chance.sample(files, 2)
                for source, target in ((one, other), (other, one)):
                    give(source, target, NOW if target is wrong else at_hub(minute))
            elif chance.random() < 0.5:
                append(file, clock(minute), EntryKind.CHECKED_IN, who)
                let_in.setdefault(who.id, minute)
                touched |= {who.id} if file is wrong else set()
            else:
                correct(file, clock(minute), who, f"Role {minute}")
                roles[who.id] = f"Role {minute}"
                touched |= {who.id} if file is wrong else set()
        for source in (*files, *files):
            for target in files:
                if source is not target:
                    give(source, target, NOW if target is wrong else at_hub(60))
        assert _tables(files[0]) == _tables(files[1]) == _tables(files[2])
        for id_ in {one.id for one in people} - touched:
            found = files[1].record(id_)
            assert found is not None
            if id_ in let_in:
                assert found.check_ins[LIST].at == NOW + timedelta(minutes=let_in[id_])
            assert found.attendee.role == roles.get(id_, "")
