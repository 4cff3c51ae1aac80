"""Somebody registered twice is one person in every table, whatever arrives in which order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

LIST = "registration"


def register(event_file: EventFile, minute: int, first_name: str = "", code: str = "") -> Attendee:
    with event_file.transaction("Desk 1", NOW + timedelta(minutes=minute)) as transaction:
        person = Attendee("", code, first_name=first_name, last_name="Kowalska-Żółć")
        return transaction.register([person])[0]


def append(
    event_file: EventFile, kind: EntryKind, attendee: Attendee, minute: int = 9, **payload: str
) -> Entry:
    at = NOW + timedelta(minutes=minute)
    with event_file.transaction(f"Desk {minute}", at) as transaction:
        list_id = LIST if kind is EntryKind.CHECKED_IN else ""
        return transaction.append(kind, attendee.id, list_id, payload)


@pytest.fixture
def kept(empty_event_file: EventFile) -> Attendee:
    """Who stays."""
    return register(empty_event_file, 1, first_name="Zofia", code="KEPT")


@pytest.fixture
def double(empty_event_file: EventFile, kept: Attendee) -> Attendee:
    """The same person, registered again."""
    return register(empty_event_file, 2, first_name="Sophie", code="DOUBLE")


def merge(event_file: EventFile, double: Attendee, kept: Attendee, minute: int = 10) -> Entry:
    return append(event_file, EntryKind.MERGED, double, minute, into=kept.id)


def test_a_double_is_in_no_list_search_or_count(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, double)
    merge(empty_event_file, double, kept)
    assert [person.id for person in empty_event_file.attendees(AttendeeFilter())] == [kept.id]
    assert [record.attendee.id for record in empty_event_file.records()] == [kept.id]
    assert empty_event_file.search("sophie") == ()
    (count,) = empty_event_file.category_counts(LIST)
    assert (count.registered, count.arrived) == (1, 1)
    (arrival,) = empty_event_file.latest_arrivals(LIST)
    assert arrival.listed.attendee.id == kept.id
    assert empty_event_file.verify().differences == ()


def test_the_code_of_a_double_means_the_one_who_stays(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    merge(empty_event_file, double, kept)
    (match,) = empty_event_file.find_code("DOUBLE")
    assert (match.attendee_id, match.current) == (kept.id, True)
    assert [line.attendee.id for line in empty_event_file.search("double")] == [kept.id]
    assert empty_event_file.imports.people().replaced_codes == {"DOUBLE": kept.id}


def test_one_list_brought_in_at_two_desks_has_one_code_for_both(
    empty_event_file: EventFile, kept: Attendee
) -> None:
    again = register(empty_event_file, 2, code="KEPT")
    assert len(empty_event_file.find_code("KEPT")) == 2
    merge(empty_event_file, again, kept)
    assert [match.attendee_id for match in empty_event_file.find_code("KEPT")] == [kept.id]
    assert empty_event_file.verify().ok


def test_taking_a_merging_back_leaves_no_trace_in_the_tables(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, double)
    before = empty_event_file.records()
    merged = merge(empty_event_file, double, kept)
    append(empty_event_file, EntryKind.UNDONE, double, 11, undoes=merged.id)
    assert empty_event_file.records() == before
    assert empty_event_file.find_code("DOUBLE")[0].attendee_id == double.id
    assert empty_event_file.verify().ok


def test_what_a_screen_still_says_of_the_double_is_said_of_the_one_who_stays(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    merge(empty_event_file, double, kept)
    changes = {"changes": {"role": "Speaker"}, "source": "desk"}
    with empty_event_file.transaction("Desk 1", NOW + timedelta(minutes=12)) as transaction:
        transaction.append(EntryKind.CHECKED_IN, double.id, LIST)
        transaction.append(EntryKind.AMENDED, double.id, payload=changes)
        record = transaction.record(kept.id)
    assert record is not None
    assert (record.attendee.role, list(record.check_ins)) == ("Speaker", [LIST])
    assert empty_event_file.record(kept.id) == record
    assert empty_event_file.verify().ok


def test_of_three_records_the_first_stays(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    third = register(empty_event_file, 3, first_name="Zosia", code="THIRD")
    merge(empty_event_file, third, double)
    merge(empty_event_file, double, kept, 11)
    append(empty_event_file, EntryKind.CHECKED_IN, third, 12)
    (record,) = empty_event_file.records()
    assert record.attendee.id == kept.id
    assert record.checked_in_at == NOW + timedelta(minutes=12)
    assert empty_event_file.find_code("THIRD")[0].attendee_id == kept.id
    assert empty_event_file.verify().ok


def test_erasing_a_person_erases_the_doubles(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    merge(empty_event_file, double, kept)
    with empty_event_file.transaction("Desk 1", NOW + timedelta(minutes=12)) as transaction:
        transaction.erase_person(kept.id)
    assert "Sophie" not in "".join(str(entry.payload) for entry in empty_event_file.ledger())
    assert empty_event_file.find_code("DOUBLE") == ()
    assert empty_event_file.verify().ok


def test_closing_the_event_erases_doubles_as_well(
    empty_event_file: EventFile, kept: Attendee, double: Attendee
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, double)
    append(empty_event_file, EntryKind.CHECKED_IN, kept, 8)
    merge(empty_event_file, double, kept)
    append(empty_event_file, EntryKind.CHECKED_IN, double, 20)
    with empty_event_file.transaction("Desk 1", NOW + timedelta(minutes=30)) as transaction:
        transaction.erase_everybody({})
    assert "Sophie" not in "".join(str(entry.payload) for entry in empty_event_file.ledger())
    assert empty_event_file.verify().differences == ()


def test_an_import_with_somebody_merged_keeps_that_person(empty_event_file: EventFile) -> None:
    origin = {"import": "0af3"}
    with empty_event_file.transaction("Desk 1", NOW) as transaction:
        transaction.append(
            EntryKind.LIST_IMPORTED, payload={"import": "0af3", "source": "list.csv", "read": 1}
        )
        (first,) = transaction.register_many([Attendee("", last_name="Kowalska")], origin)
    walk_in = register(empty_event_file, 2)
    merge(empty_event_file, walk_in, Attendee(first))
    (done,) = empty_event_file.imports.done()
    assert empty_event_file.imports.undoable(done).registrations == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attendee SET open_conflicts = 0",
        "UPDATE attendee SET resolved_conflicts = 4",
        "DELETE FROM merged",
        "INSERT INTO merged SELECT randomblob(16), id, 1 FROM attendee",
        "UPDATE merged SET holds = 0",
        "DELETE FROM code WHERE code = 'DOUBLE'",
        "UPDATE check_in SET attendee = 77",
    ],
)
def test_a_change_of_the_tables_is_found(
    empty_event_file: EventFile, kept: Attendee, double: Attendee, statement: str
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, kept, 8)
    merge(empty_event_file, double, kept)
    append(empty_event_file, EntryKind.CHECKED_IN, double, 20)
    assert empty_event_file.verify().ok
    with closing(apsw.Connection(str(empty_event_file.path))) as connection:
        connection.execute(statement)
    assert not empty_event_file.verify().ok


def test_a_second_admission_by_the_code_of_a_double_comes_to_light(
    empty_event_file: EventFile, kept: Attendee, double: Attendee, tmp_path: Path
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, kept, 8)
    with EventFile(Path(shutil.copy(empty_event_file.path, tmp_path / "other"))) as other:
        again = append(other, EntryKind.CHECKED_IN, double, 20)
    merge(empty_event_file, double, kept)
    with empty_event_file.transaction("Desk 1", NOW) as transaction:
        (conflict,) = transaction.take_in_unshared([again]).conflicts
        assert transaction.take_in_unshared([again]).conflicts == ()
    assert conflict.attendee_id == kept.id
    assert {conflict.stands_desk, conflict.later_desk} == {"Desk 8", "Desk 20"}


@pytest.fixture
def other(
    empty_event_file: EventFile, kept: Attendee, double: Attendee, tmp_path: Path
) -> Iterator[EventFile]:
    """Another desk that has both records, and is apart."""
    path = tmp_path / "other.checkin"
    parcels = list(packed(empty_event_file))
    with EventFile.create_from(path, parcels, desk="Desk 2", now=NOW) as other:
        yield other


def meet(one: EventFile, other: EventFile) -> None:
    ledgers = [list(event_file.ledger()) for event_file in (one, other)]
    for event_file in (one, other):
        for ledger in ledgers:
            with event_file.transaction("Desk 9", NOW, even_closed=True) as transaction:
                transaction.take_in_unshared(ledger)
        assert event_file.verify().differences == ()
    assert tables(one) == tables(other)


def test_nobody_is_lost_when_another_desk_takes_the_other_registration_back(
    empty_event_file: EventFile, other: EventFile, kept: Attendee, double: Attendee
) -> None:
    merge(empty_event_file, double, kept)
    registered = next(one for one in other.history(kept.id) if one.kind is EntryKind.REGISTERED)
    append(other, EntryKind.UNDONE, kept, 12, undoes=registered.id)
    meet(empty_event_file, other)
    for event_file in (empty_event_file, other):
        (record,) = event_file.records()
        assert record.attendee.id == double.id
        assert event_file.find_code("DOUBLE")[0].attendee_id == double.id
        assert event_file.inbox.merged() == ()


def test_who_was_merged_into_somebody_erased_apart_is_seen_and_can_be_erased(
    empty_event_file: EventFile, other: EventFile, kept: Attendee, double: Attendee
) -> None:
    append(empty_event_file, EntryKind.CHECKED_IN, double)
    merge(empty_event_file, double, kept)
    with other.transaction("Desk 2", NOW + timedelta(minutes=12)) as transaction:
        transaction.erase_person(kept.id)
    meet(empty_event_file, other)
    assert [line.attendee.id for line in other.search("sophie")] == [double.id]
    assert [bool(record.check_ins) for record in other.records()] == [False, True]
    with other.transaction("Desk 2", NOW + timedelta(minutes=13)) as transaction:
        transaction.erase_person(double.id)
    meet(empty_event_file, other)
    assert [record.attendee.id for record in other.records()] == [kept.id]
    assert "Sophie" not in "".join(str(entry.payload) for entry in other.ledger())


def test_closing_the_event_counts_once_who_was_merged_into_somebody_erased(
    empty_event_file: EventFile, other: EventFile, kept: Attendee, double: Attendee
) -> None:
    merge(empty_event_file, double, kept)
    with other.transaction("Desk 2", NOW + timedelta(minutes=12)) as transaction:
        transaction.erase_person(kept.id)
    meet(empty_event_file, other)
    with other.transaction("Desk 2", NOW + timedelta(minutes=14)) as transaction:
        transaction.erase_everybody({})
    assert other.verify().differences == ()
    assert len(other.records()) == 1
    meet(empty_event_file, other)


def history(event_file: EventFile) -> list[Entry]:
    """Everything that desks can decide apart about three records of one person."""
    people = [register(event_file, minute, code=f"C{minute}") for minute in range(1, 4)]
    first, second, third = people

    def say(kind: EntryKind, who: Attendee, minute: int, **payload: str) -> Entry:
        return append(event_file, kind, who, minute, **payload)

    admissions = [
        say(EntryKind.CHECKED_IN, who, minute)
        for minute, who in enumerate((second, first, third, second, first), 4)
    ]
    merged = say(EntryKind.MERGED, second, 10, into=first.id)
    say(EntryKind.MERGED, third, 11, into=second.id)
    say(EntryKind.MERGED, third, 12, into=first.id)
    say(EntryKind.NOT_DOUBLE, third, 13, of=second.id)
    say(EntryKind.UNDONE, second, 14, undoes=merged.id)
    say(EntryKind.MERGED, second, 15, into=first.id)
    say(EntryKind.CONFLICT_RESOLVED, first, 16, later=admissions[3].id, **{"as": "mistake"})
    found = {"as": ResolvedAs.PASSED_ON_BADGE.value}
    taken_back = say(EntryKind.CONFLICT_RESOLVED, second, 17, later=admissions[4].id, **found)
    say(EntryKind.UNDONE, first, 18, undoes=taken_back.id)
    say(EntryKind.UNDONE, first, 19, undoes=admissions[0].id)
    say(EntryKind.CODE_REPLACED, third, 20, code="NEWER")
    say(EntryKind.CHECKED_IN, third, 21)
    registered = next(e for e in event_file.ledger() if e.attendee_id == first.id)
    say(EntryKind.UNDONE, first, 22, undoes=registered.id)
    return [entry for entry in event_file.ledger() if entry.attendee_id]


def tables(event_file: EventFile) -> list[Sequence[object]]:
    """What the tables hold, without the numbers of rows."""
    statements = (
        "SELECT * FROM merged ORDER BY attendee",
        "SELECT id, checked_in_at, open_conflicts, resolved_conflicts FROM attendee ORDER BY id",
        "SELECT id, code.code, current FROM code JOIN attendee ON number = code.attendee"
        " ORDER BY 1, 2",
        "SELECT id, list, entry, standing FROM check_in JOIN attendee"
        " ON number = check_in.attendee ORDER BY 1, 2, 3",
    )
    with closing(apsw.Connection(str(event_file.path))) as connection:
        return [connection.execute(statement).fetchall() for statement in statements]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], EventFile]:
    folder = tmp_path_factory.mktemp("arrivals")

    def copy(path: Path) -> EventFile:
        return EventFile(Path(shutil.copy(path, folder / "copy.checkin")))

    return copy


@settings(max_examples=40)
@given(data=st.data())
def test_neither_order_nor_repetition_of_arrival_changes_the_tables(
    data: st.DataObject, empty_path: Path, fresh: Callable[[Path], EventFile]
) -> None:
    with fresh(empty_path) as told:
        entries = history(told)
        expected = tables(told)
        assert told.verify().differences == ()
    repeated = data.draw(st.lists(st.sampled_from(entries), max_size=4))
    arriving = list(data.draw(st.permutations([*entries, *repeated])))
    with fresh(empty_path) as other:
        while arriving:
            some = data.draw(st.integers(1, len(arriving)))
            with other.transaction("Desk 2", NOW) as transaction:
                transaction.take_in_unshared(arriving[:some])
            del arriving[:some]
        assert tables(other) == expected
        assert other.verify().differences == ()
