"""One list brought in at two desks that were apart raises no questions when they meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from settable_clock import SettableClock
from shared_parcels import packed
from taken_lists import reading_of

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.scan import Scan
from checkin_app.errors import UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.list_import.import_undo import imports, undo_import
from checkin_app.services.list_import.registration_lists import apply_import, plan_import
from checkin_app.services.list_merge.decisions import UNDECIDED
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.files.file_merging import merge_event_files, merged_sentence
from checkin_app.services.sharing.files.meeting_lists import MeetingLists, merge_as_desk
from checkin_app.services.sharing.inbox.doubles import merge, merged_doubles, part, possible_doubles
from checkin_app.storage.event_file import EventFile

COLUMNS = "Code,First name,Last name,Organisation,Email"
PEOPLE = [f"T-{n},Anna,Nowak {n},ACME,a{n}@x.org" for n in range(4)]
WITHOUT_CODES = [row.partition(",")[2] for row in (COLUMNS, *PEOPLE)]
LATER = NOW + timedelta(minutes=30)
Desks = tuple[EventFile, EventFile]


@pytest.fixture
def event_file(empty_event_file: EventFile, tmp_path: Path) -> Iterator[EventFile]:
    """An event that was made in the morning."""
    event, lists = empty_event_file.event(), empty_event_file.check_in_lists()
    began = NOW - timedelta(hours=2)
    path = tmp_path / "made.checkin"
    with EventFile.create(path, event, lists, [], desk="Desk", now=began) as event_file:
        yield event_file


@pytest.fixture
def desks(event_file: EventFile, tmp_path: Path) -> Iterator[Desks]:
    """Two laptops with a file of the event each, apart."""
    with ExitStack() as stack:
        yield _copies(event_file, tmp_path, stack)


def _copies(event_file: EventFile, folder: Path, stack: ExitStack) -> Desks:
    parcels = list(packed(event_file))
    one, other = (
        stack.enter_context(
            EventFile.create_from(folder / f"{name}.checkin", parcels, desk=name, now=NOW)
        )
        for name in ("one", "other")
    )
    return one, other


def take(event_file: EventFile, desk: str, *lines: str, minute: int = 0) -> str:
    reading = reading_of(*lines)
    plan = plan_import(event_file, reading, UNDECIDED)
    now = NOW + timedelta(minutes=minute)
    return apply_import(event_file, desk, now, plan, reading).import_id


def meet(one: EventFile, other: EventFile) -> None:
    merge_event_files(one.path, other.path, "Desk 9", LATER)
    for event_file in (one, other):
        assert event_file.verify().differences == ()
    assert one.sharing.fold_digest() == other.sharing.fold_digest()


def scan(event_file: EventFile, code: str, desk: str = "Desk", minute: int = 5) -> OutcomeKind:
    clock = SettableClock(NOW + timedelta(minutes=minute))
    return (
        CheckInDesk(event_file, desk, event_file.check_in_lists()[0], clock).handle(Scan(code)).kind
    )


def names(event_file: EventFile) -> list[str]:
    return sorted(record.attendee.full_name for record in event_file.records())


@pytest.mark.parametrize("lines", [(COLUMNS, *PEOPLE), WITHOUT_CODES])
@pytest.mark.parametrize("other_desk", ["Desk 2", "Desk 1"])
def test_everybody_of_it_is_there_once_and_nothing_is_asked(
    desks: Desks, lines: Sequence[str], other_desk: str
) -> None:
    one, other = desks
    take(one, "Desk 1", *lines)
    take(other, other_desk, *lines)
    codes = [record.attendee.code for file in desks for record in file.records()]
    meet(one, other)
    assert names(one) == [f"Anna Nowak {n}" for n in range(4)]
    assert possible_doubles(one) == ()
    assert all(scan(one, code) is not OutcomeKind.UNKNOWN_CODE for code in codes)
    assert len([r for r in one.records() if r.check_ins]) == 4


def test_it_is_told_of(desks: Desks) -> None:
    one, other = desks
    for number, file in enumerate(desks, 1):
        take(file, f"Desk {number}", COLUMNS, *PEOPLE)
    merged = merge_event_files(one.path, other.path, "Desk 9", LATER)
    assert merged.merged == 4
    assert "4 people whom both had from a list were merged." in merged_sentence(merged, "b")
    assert merge_event_files(one.path, other.path, "Desk 9", LATER).merged == 0


def test_in_the_inbox_what_somebody_said_stands_before_it(desks: Desks) -> None:
    one, other = desks
    for number, file in enumerate(desks, 1):
        take(file, f"Desk {number}", COLUMNS, *PEOPLE)
        walk_in(file, f"Desk {number}", NOW, {"first_name": "Zoe", "last_name": "Żak"})
    meet(one, other)
    (asked,) = possible_doubles(one)
    merge(one, "Desk 1", LATER, asked.kept.attendee.id, asked.double.attendee.id)
    first_names = [double.double.attendee.first_name for double in merged_doubles(one)]
    assert first_names == ["Zoe", "Anna", "Anna", "Anna", "Anna"]


def test_a_newer_list_fills_what_the_older_did_not_say(desks: Desks) -> None:
    one, other = desks
    take(one, "Desk 1", COLUMNS, "T-1,Anna,Nowak,,")
    take(other, "Desk 2", COLUMNS, "T-1,Anna,Nowak,ACME,a@x.org", "T-2,Jan,Lis,ACME,j@x.org")
    meet(one, other)
    assert names(one) == ["Anna Nowak", "Jan Lis"]
    anna = next(r.attendee for r in one.records() if r.attendee.first_name == "Anna")
    assert (anna.organisation, anna.email) == ("ACME", "a@x.org")


def test_whoever_was_let_in_at_both_desks_waits_in_the_inbox(desks: Desks) -> None:
    one, other = desks
    for number, file in enumerate(desks, 1):
        take(file, f"Desk {number}", COLUMNS, *PEOPLE)
        assert scan(file, "T-1", f"Desk {number}", number) is OutcomeKind.ADMITTED
    merged = merge_event_files(one.path, other.path, "Desk 9", LATER)
    assert merged.conflicts == 1
    (record,) = (r for r in map(one.record, one.inbox.people_in_conflict()) if r)
    assert record.open_conflicts[0].stands_desk == "Desk 1"


def test_a_badge_is_read_though_two_records_have_its_code(desks: Desks) -> None:
    """The desks have met, and nobody has merged anything yet."""
    one, other = desks
    for number, file in enumerate(desks, 1):
        take(file, f"Desk {number}", COLUMNS, *PEOPLE)
    with one.transaction("Desk", LATER) as transaction:
        transaction.take_in_unshared(list(other.ledger()))
    assert len(one.find_code("T-1")) == 2
    assert scan(one, "T-1") is OutcomeKind.ADMITTED
    assert scan(one, "T-1") is OutcomeKind.ALREADY_IN


def test_one_code_of_two_people_is_asked_about(desks: Desks) -> None:
    one, other = desks
    take(one, "Desk 1", COLUMNS, "T-1,Anna,Nowak,ACME,")
    take(other, "Desk 2", COLUMNS, "T-1,Jan,Lis,ACME,")
    meet(one, other)
    assert scan(one, "T-1") is OutcomeKind.AMBIGUOUS
    assert len(possible_doubles(one)) == 1


def test_namesakes_of_one_list_are_left_to_people(desks: Desks) -> None:
    one, other = desks
    rows = ("First name,Last name,Organisation,Ticket", "Anna,Nowak,ACME,1", "Anna,Nowak,ACME,2")
    for number, file in enumerate(desks, 1):
        with file.transaction(f"Desk {number}", NOW) as transaction:
            origin = {"import": f"{number}" * 4}
            transaction.append(EntryKind.LIST_IMPORTED, payload={**origin, "source": rows[0]})
            people = [
                Attendee("", first_name="Anna", last_name="Nowak", organisation="ACME")
                for _ in rows[1:]
            ]
            transaction.register_many(people, origin)
    meet(one, other)
    assert len(names(one)) == 4
    assert merged_doubles(one) == ()


def test_namesakes_of_other_employers_or_addresses_are_two_people(desks: Desks) -> None:
    one, other = desks
    take(one, "Desk 1", COLUMNS, ",Anna,Nowak,ACME,", ",Jan,Lis,EESC,j@x.org", ",Ola,Olsen,,")
    take(other, "Desk 2", COLUMNS, ",Anna,Nowak,EAPN,", ",Jan,Lis,EESC,l@x.org", ",Ola,Olsen,,")
    meet(one, other)
    assert merged_doubles(one) == ()


def test_whom_somebody_took_apart_stays_apart(desks: Desks) -> None:
    one, other = desks
    for number, file in enumerate(desks, 1):
        take(file, f"Desk {number}", COLUMNS, *PEOPLE)
    meet(one, other)
    first, *_rest = merged_doubles(one)
    part(one, "Desk 1", LATER, first.double.attendee.id)
    meet(one, other)
    assert len(names(one)) == 5
    with pytest.raises(UsageError):
        part(one, "Desk 1", LATER, first.double.attendee.id)


def test_either_import_can_be_taken_back_and_then_nobody_is_left(desks: Desks) -> None:
    one, other = desks
    taken = [
        take(file, f"Desk {number}", COLUMNS, *PEOPLE[:-1], f"T-9,Only,{number},ACME,")
        for number, file in enumerate(desks, 1)
    ]
    meet(one, other)
    assert len(names(one)) == 5
    assert scan(one, "T-1") is OutcomeKind.ADMITTED
    undo_import(one, "Desk 1", LATER, taken[0])
    assert one.verify().differences == ()
    assert names(one) == ["Anna Nowak 0", "Anna Nowak 1", "Anna Nowak 2", "Only 2"]
    assert scan(one, "T-1", minute=31) is OutcomeKind.ALREADY_IN
    undo_import(one, "Desk 1", LATER + timedelta(minutes=1), taken[1])
    meet(one, other)
    assert names(other) == ["Anna Nowak 1"]
    assert all(done.is_undone for done in imports(other))


def join(event_file: EventFile, *desks: str) -> None:
    with event_file.transaction("Desk", NOW) as transaction:
        for number, desk in enumerate(desks, 1):
            payload = {"desk": f"d{number}" * 16, "name": desk}
            transaction.append(EntryKind.DESK_JOINED, payload=payload)


@pytest.mark.parametrize(("later_desk", "does_it"), [("Desk 2", 2), ("Organiser", 1)])
def test_of_all_desks_one_does_it(desks: Desks, later_desk: str, does_it: int) -> None:
    """The one that imported later; the one that joined first where that was no desk."""
    one, other = desks
    take(one, "Desk 1", COLUMNS, *PEOPLE)
    take(other, later_desk, COLUMNS, *PEOPLE, minute=1)
    join(one, "Desk 1", "Desk 2", "Desk 3")
    with one.transaction("Desk", LATER) as transaction:
        transaction.take_in_unshared(list(other.ledger()))
    assert merge_as_desk(one, "d9" * 16, LATER) == ()
    for number in {1, 2, 3} - {does_it}:
        assert merge_as_desk(one, f"d{number}" * 16, LATER) == ()
    assert len(merge_as_desk(one, f"d{does_it}" * 16, LATER)) == 4


def test_a_shared_event_is_looked_through_after_news_and_not_all_the_time(desks: Desks) -> None:
    one, other = desks
    take(one, "Desk 1", COLUMNS, *PEOPLE)
    join(one, "Desk 1")
    seconds = [0.0]
    lists = MeetingLists(one, "d1" * 16, lambda: LATER, lambda: seconds[0])
    assert lists.merge(are_news=False) == ()
    take(other, "Desk 1", COLUMNS, *PEOPLE, minute=1)
    with one.transaction("Desk", LATER) as transaction:
        transaction.take_in_unshared(list(other.ledger()))
    seconds[0] = 1.0
    assert lists.merge(are_news=True) == ()
    seconds[0] = 6.0
    assert len(lists.merge(are_news=False)) == 4
    seconds[0] = 12.0
    assert lists.merge(are_news=True) == ()


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """A list, and what of it the other desk was given: few names, so that some are namesakes."""
    people = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("Anna", "Jan")),
                st.sampled_from(("Nowak", "Lis", "Żak")),
                st.sampled_from(("ACME", "EESC", "")),
                st.booleans(),
            ),
            min_size=1,
            max_size=8,
        )
    )
    listed = [
        f"{f'T-{n}' if has_code else ''},{first},{last},{employer},"
        for n, (first, last, employer, has_code) in enumerate(people)
    ]
    return listed, [row for row in listed if draw(st.booleans())]


@settings(max_examples=50)
@given(lists=rows(), scans=st.lists(st.tuples(st.booleans(), st.integers(0, 7)), max_size=6))
def test_whoever_has_a_code_is_one_person_and_nobody_is_lost(
    lists: tuple[list[str], list[str]],
    scans: list[tuple[bool, int]],
    event_file: EventFile,
    tmp_path: Path,
) -> None:
    for leftover in tmp_path.glob("o*.checkin*"):
        leftover.unlink()
    with ExitStack() as stack:
        one, other = _copies(event_file, tmp_path, stack)
        for number, (file, listed) in enumerate(zip((one, other), lists, strict=True), 1):
            if listed:
                take(file, f"Desk {number}", COLUMNS, *listed)
        let_in: Counter[str] = Counter()
        for minute, (is_first, person) in enumerate(scans, 1):
            code = f"T-{person}"
            file = one if is_first else other
            if scan(file, code, file.path.name, minute) is OutcomeKind.ADMITTED:
                let_in[code] += 1
        before = {record.attendee.full_name for file in (one, other) for record in file.records()}
        meet(one, other)
        records = one.records()
        assert {record.attendee.full_name for record in records} == before
        codes = Counter(record.attendee.code for record in records)
        assert set(codes.values()) <= {1}
        for code, times in let_in.items():
            (match,) = one.find_code(code)
            record = one.record(match.attendee_id)
            assert record is not None
            assert len(record.check_ins) == 1
            assert len(record.open_conflicts) == times - 1
