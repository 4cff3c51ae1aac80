"""The inbox: what two desks decided apart, and what somebody says it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION as NOW

from checkin_app.domain.admission import NoteKind, OutcomeKind
from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.errors import UsageError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.mail.new_codes import replace_code
from checkin_app.services.privacy.person_data import person_data
from checkin_app.services.registrations import correct, walk_in
from checkin_app.services.sharing.inbox.conflicts import (
    inbox_conflicts,
    resolve,
    resolve_several,
    take_back,
    wait_again,
)
from checkin_app.services.sharing.inbox.doubles import (
    is_plainly_one,
    keep_apart,
    merge,
    merge_several,
    merged_doubles,
    part,
    possible_doubles,
)
from checkin_app.services.sharing.inbox.inbox import InboxCount, count_inbox, read_inbox
from checkin_app.services.wording import entry_sentence, note_sentence
from checkin_app.storage.event_file import EventFile

SOON, LATER, LAST = (NOW + timedelta(minutes=minutes) for minutes in (1, 2, 3))


@pytest.fixture
def first(sample_path: Path) -> Iterator[EventFile]:
    """The event at the first desk; it is copied before anything happens."""
    shutil.copy(sample_path, sample_path.with_name("second.checkin"))
    with EventFile(sample_path) as event_file:
        yield event_file


@pytest.fixture
def second(first: EventFile) -> Iterator[EventFile]:
    """The event at the second desk, which is apart."""
    with EventFile(first.path.with_name("second.checkin")) as event_file:
        yield event_file


def meet(*files: EventFile) -> None:
    """Everybody hears everything."""
    ledgers = [list(event_file.ledger()) for event_file in files]
    for event_file in files:
        for ledger in ledgers:
            with event_file.transaction("Desk 9", LAST) as transaction:
                transaction.take_in_unshared(ledger)
    records = [{one.attendee.id: one for one in event_file.records()} for event_file in files]
    assert all(one == records[0] for one in records)
    assert all(event_file.verify().ok for event_file in files)


def scan(event_file: EventFile, desk_name: str, code: str) -> None:
    desk = CheckInDesk(event_file, desk_name, event_file.check_in_lists()[0], lambda: NOW)
    desk.handle(Scan(code, ScanSource.KEYBOARD))


@pytest.fixture
def anna(first: EventFile, second: EventFile) -> Attendee:
    """Somebody whom both desks let in."""
    person = first.records()[0].attendee
    scan(first, "Desk 1", person.code)
    scan(second, "Desk 2", person.code)
    meet(first, second)
    return person


def record(event_file: EventFile, attendee: Attendee) -> AttendeeRecord:
    found = event_file.record(attendee.id)
    assert found is not None
    return found


def test_a_second_admission_waits_on_both_desks_with_all_that_is_known(
    first: EventFile, second: EventFile, anna: Attendee
) -> None:
    for event_file in (first, second):
        (waiting,) = inbox_conflicts(event_file)
        assert waiting.record.attendee == anna
        assert waiting.list_name == "Registration desk"
        assert {waiting.stands.desk, waiting.later.desk} == {"Desk 1", "Desk 2"}
        assert waiting.stands.payload["source"] == "keyboard"
        assert waiting.resolution is None
        assert event_file.inbox.open_conflicts() == 1


@pytest.mark.parametrize("found", list(ResolvedAs))
def test_whatever_it_was_the_person_counts_once(
    first: EventFile, second: EventFile, anna: Attendee, found: ResolvedAs
) -> None:
    (waiting,) = inbox_conflicts(first)
    resolve(first, "Desk 1", SOON, waiting.conflict.later, found, "  asked\nher ")
    meet(first, second)
    for event_file in (first, second):
        assert event_file.inbox.open_conflicts() == 0
        (settled,) = inbox_conflicts(event_file)
        assert (settled.conflict.resolved_as, settled.conflict.note) == (found, "asked her")
        assert settled.resolution is not None
        assert settled.resolution.desk == "Desk 1"
        list_id = settled.conflict.list_id
        assert sum(count.arrived for count in event_file.category_counts(list_id)) == 1
        assert record(event_file, anna).check_ins[list_id].entry_id == waiting.conflict.stands


def test_a_word_taken_back_waits_again(first: EventFile, anna: Attendee) -> None:
    before = inbox_conflicts(first)
    said = resolve(first, "Desk 1", SOON, before[0].conflict.later, ResolvedAs.MISTAKE)
    assert record(first, anna).later_check_ins == ()
    take_back(first, "Desk 1", LATER, said)
    (again,) = inbox_conflicts(first)
    assert again.conflict == before[0].conflict
    assert len(record(first, anna).later_check_ins) == 1


def test_two_desks_that_say_different_things_apart_come_to_the_later_word(
    first: EventFile, second: EventFile, anna: Attendee
) -> None:
    (waiting,) = inbox_conflicts(first)
    later = waiting.conflict.later
    resolve(first, "Desk 1", SOON, later, ResolvedAs.MISTAKE)
    resolve(second, "Desk 2", LATER, later, ResolvedAs.SAME_PERSON)
    resolve(second, "Desk 2", LATER, later, ResolvedAs.SAME_PERSON)
    meet(first, second)
    assert inbox_conflicts(first)[0].conflict.resolved_as is ResolvedAs.SAME_PERSON
    assert inbox_conflicts(first)[0].conflict == inbox_conflicts(second)[0].conflict
    wait_again(second, "Desk 2", LAST, inbox_conflicts(second)[0].conflict)
    meet(first, second)
    assert first.inbox.open_conflicts() == second.inbox.open_conflicts() == 1


def test_a_check_in_is_named_by_how_its_id_begins(first: EventFile, anna: Attendee) -> None:
    later = inbox_conflicts(first)[0].conflict.later
    with pytest.raises(UsageError, match="no such"):
        resolve(first, "Desk 1", SOON, "ffff", ResolvedAs.MISTAKE)
    with pytest.raises(UsageError, match="no such"):
        resolve(first, "Desk 1", SOON, "", ResolvedAs.MISTAKE)
    resolve(first, "Desk 1", SOON, later[:20], ResolvedAs.MISTAKE)
    assert first.inbox.open_conflicts() == 0


def new(event_file: EventFile, desk_name: str, at_minute: int = 0, **fields: str) -> Attendee:
    named = {"first_name": "Ελευθερία", "last_name": "Παπακωνσταντίνου", **fields}
    return walk_in(event_file, desk_name, NOW + timedelta(seconds=at_minute), named)


@pytest.fixture
def pair(first: EventFile, second: EventFile) -> tuple[Attendee, Attendee]:
    """Somebody whom both desks registered, the first desk first."""
    kept = new(first, "Desk 1", 1, organisation="Δήμος Αθηναίων")
    double = new(second, "Desk 2", 2, email="e@example.org", role="Observer")
    meet(first, second)
    return (kept, double) if kept.id < double.id else (double, kept)


def test_a_walk_in_of_two_desks_is_offered_once_and_never_merged_by_itself(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    for event_file in (first, second):
        (offered,) = possible_doubles(event_file)
        assert (offered.kept.attendee, offered.double.attendee) == pair
        assert {offered.kept_from.desk, offered.double_from.desk} == {"Desk 1", "Desk 2"}
        assert not offered.same_code
    assert merged_doubles(first) == ()


@pytest.mark.parametrize(
    ("one", "other", "is_offered"),
    [
        ({}, {}, True),
        ({"first_name": "ελευθερια", "last_name": "Παπακωνσταντινου"}, {}, True),
        ({"email": "E@Example.org"}, {"email": "e@example.org", "organisation": "B"}, True),
        ({"email": "a@example.org"}, {"email": "b@example.org"}, False),
        ({"organisation": "ACME"}, {"organisation": "Ácme"}, True),
        ({"organisation": "ACME"}, {"organisation": "Other"}, False),
        ({"first_name": "Maria"}, {}, False),
    ],
)
def test_only_what_nothing_speaks_against_is_offered(
    first: EventFile,
    second: EventFile,
    one: dict[str, str],
    other: dict[str, str],
    is_offered: bool,
) -> None:
    new(first, "Desk 1", 1, **one)
    new(second, "Desk 2", 2, **other)
    meet(first, second)
    assert len(possible_doubles(first)) == is_offered


def test_two_people_of_one_name_at_one_desk_are_two_people(first: EventFile) -> None:
    new(first, "Desk 1")
    new(first, "Desk 1")
    assert possible_doubles(first) == ()


def test_one_list_brought_in_at_two_desks_is_found_by_its_codes(first: EventFile) -> None:
    people = [Attendee("", code=f"C{n}", last_name=f"Name {n}") for n in range(3)]
    for number, changed in ((1, people), (2, [*people[:2], Attendee("", "C2", last_name="New")])):
        with first.transaction("Desk 1", NOW) as transaction:
            transaction.register_many(changed, {"import": f"import-{number}"})
    found = possible_doubles(first)
    assert sorted(one.kept.attendee.code for one in found) == ["C0", "C1", "C2"]
    assert all(one.same_code for one in found)


def test_what_one_list_at_two_desks_makes_of_everybody_is_merged_in_one_go(
    first: EventFile,
) -> None:
    people = [Attendee("", code=f"C{n}", last_name=f"Name {n}") for n in range(3)]
    for number, changed in ((1, people), (2, [*people[:2], Attendee("", "C2", last_name="New")])):
        with first.transaction("Desk 1", NOW) as transaction:
            transaction.register_many(changed, {"import": f"import-{number}"})
    before = count_inbox(first, InboxCount())
    assert (before.doubles, before.waiting, before.is_empty) == (3, 3, False)
    plain = tuple(filter(is_plainly_one, possible_doubles(first)))
    said = merge_several(first, "Desk 1", SOON, plain)
    contents = read_inbox(first)
    assert [one.kept.attendee.code for one in contents.doubles] == ["C2"]
    assert [one.kept.attendee.code for one in contents.merged] == ["C0", "C1"]
    after = count_inbox(first, before)
    assert (after.doubles, after.settled) == (1, 2)
    take_back(first, "Desk 1", LATER, said)
    assert count_inbox(first, after) == replace(before, people_mark=first.people_mark())
    assert first.verify().ok


def test_a_screen_that_still_shows_the_double_checks_in_the_one_who_stays(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    merge(first, "Desk 1", SOON, kept.id, double.id)
    desk = CheckInDesk(first, "Desk 1", first.check_in_lists()[0], lambda: LAST)
    assert desk.check_in(double.id).kind is OutcomeKind.ADMITTED
    again = desk.check_in(double.id)
    assert again.kind is OutcomeKind.ALREADY_IN
    assert again.attendee is not None
    assert again.attendee.id == kept.id


def test_the_desk_says_when_somebody_was_let_in_at_two_desks(
    first: EventFile, anna: Attendee
) -> None:
    desk = CheckInDesk(first, "Desk 1", first.check_in_lists()[0], lambda: SOON)
    notes = desk.check_in(anna.id).notes
    assert [note.kind for note in notes] == [NoteKind.IN_TWICE]
    assert note_sentence(notes[0], desk.event) == "let in at two desks: see the inbox"
    later = inbox_conflicts(first)[0].conflict.later
    resolve(first, "Desk 1", SOON, later, ResolvedAs.SAME_PERSON)
    assert desk.check_in(anna.id).notes == ()


def test_a_history_tells_what_was_said_in_the_inbox(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    take_back(first, "Desk 1", SOON, keep_apart(first, "Desk 1", SOON, kept.id, double.id))
    scan(first, "Desk 1", double.code)
    scan(first, "Desk 1", kept.code)
    merge(first, "Desk 1", SOON, kept.id, double.id)
    told = [entry_sentence(entry, {}) for entry in first.history(kept.id)]
    assert "Second check-in: the same person came by twice" in told
    assert "Merged with another record of the same person" in told
    assert "Found to be somebody else than a person of the same name" in told
    assert "May be registered twice after all" in told
    assert any(one.startswith("Filled in from another record: ") for one in told)


def test_merging_fills_what_is_empty_and_makes_one_person(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    scan(first, "Desk 1", kept.code)
    scan(second, "Desk 2", double.code)
    meet(first, second)
    merge(first, "Desk 1", SOON, double.id, kept.id)
    meet(first, second)
    for event_file in (first, second):
        merged = record(event_file, kept)
        texts = (merged.attendee.organisation, merged.attendee.email, merged.attendee.role)
        assert texts == ("Δήμος Αθηναίων", "e@example.org", "Observer")
        assert merged.open_conflicts == ()
        assert possible_doubles(event_file) == ()
        (shown,) = merged_doubles(event_file)
        assert (shown.kept.attendee.id, shown.double.attendee.id) == (kept.id, double.id)
        assert [line.attendee.id for line in event_file.search("papakonst")] == [kept.id]
    desk = CheckInDesk(second, "Desk 2", second.check_in_lists()[0], lambda: LAST)
    outcome = desk.handle(Scan(double.code, ScanSource.CAMERA))
    assert outcome.kind.value == "already_in"
    assert outcome.attendee is not None
    assert outcome.attendee.id == kept.id


def test_a_merging_taken_back_leaves_both_as_they_were(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    scan(first, "Desk 1", double.code)
    scan(first, "Desk 1", kept.code)
    before = [record(first, one) for one in pair]
    said = merge(first, "Desk 1", SOON, *(one.id for one in pair))
    take_back(first, "Desk 1", LATER, said)
    assert [record(first, one) for one in pair] == before
    assert len(possible_doubles(first)) == 1


def test_two_desks_that_merge_the_same_apart_are_taken_apart_by_one_word(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    before = [record(first, one) for one in pair]
    merge(first, "Desk 1", SOON, kept.id, double.id)
    merge(second, "Desk 2", LATER, kept.id, double.id)
    meet(first, second)
    assert len(merged_doubles(first)) == 1
    parted = part(second, "Desk 2", LAST, double.id)
    meet(first, second)
    assert parted == before[1]
    assert [record(first, one) for one in pair] == before


def test_a_check_in_taken_back_stays_so_when_the_records_are_taken_apart(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    scan(second, "Desk 2", double.code)
    merge(first, "Desk 1", LATER, kept.id, double.id)
    meet(first, second)
    (check_in,) = record(first, kept).check_ins.values()
    desk = CheckInDesk(first, "Desk 1", first.check_in_lists()[0], lambda: LAST)
    desk.undo(kept.id, check_in.entry_id)
    assert record(first, kept).check_ins == {}
    part(second, "Desk 2", LAST, double.id)
    meet(first, second)
    assert record(second, double).check_ins == {}


def test_what_is_changed_on_a_screen_that_still_shows_the_double_is_told_of_the_one_who_stays(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    merge(first, "Desk 1", SOON, kept.id, double.id)
    corrected = correct(first, "Desk 1", LATER, double.id, {"organisation": "EESC"})
    assert (corrected.attendee.id, corrected.attendee.organisation) == (kept.id, "EESC")
    replaced = replace_code(first, "Desk 1", LAST, double.id, "lost")
    assert find_current(first, replaced.attendee.code) == {kept.id}
    assert replaced.attendee.code not in (kept.code, double.code)


def test_who_was_seen_under_the_code_of_a_double_was_there_that_day(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    list_id = first.check_in_lists()[0].id
    scan(first, "Desk 1", kept.code)
    tomorrow = NOW + timedelta(days=1)
    scan(second, "Desk 2", double.code)
    desk = CheckInDesk(second, "Desk 2", second.check_in_lists()[0], lambda: tomorrow)
    desk.handle(Scan(double.code, ScanSource.KEYBOARD))
    merge(first, "Desk 1", LATER, kept.id, double.id)
    meet(first, second)
    assert set(first.people.seen_between(list_id, tomorrow, tomorrow + timedelta(days=1))) == {
        kept.id
    }


def test_a_lost_badge_lets_nobody_in_by_the_code_of_a_double_either(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    replace_code(first, "Desk 1", SOON, kept.id, "before anybody knew of the double")
    merge(first, "Desk 1", LATER, kept.id, double.id)
    assert find_current(first, double.code) == {kept.id}
    replace_code(first, "Desk 1", LAST, kept.id, "lost")
    meet(first, second)
    for event_file in (first, second):
        assert find_current(event_file, double.code) == find_current(event_file, kept.code) == set()
        assert {match.attendee_id for match in event_file.find_code(double.code)} == {kept.id}


def test_a_code_that_two_records_had_is_revoked_for_both(first: EventFile) -> None:
    people = [Attendee("", "T-1", last_name="Nowak") for _ in range(2)]
    with first.transaction("Desk 1", NOW) as transaction:
        kept, double = transaction.register_many(people)
    merge(first, "Desk 1", SOON, kept, double)
    replace_code(first, "Desk 1", LATER, kept, "photographed")
    assert find_current(first, "T-1") == set()
    assert first.verify().ok


def find_current(event_file: EventFile, code: str) -> set[str]:
    return {match.attendee_id for match in event_file.find_code(code) if match.current}


def test_who_came_stays_when_another_desk_takes_the_import_back(
    first: EventFile, second: EventFile
) -> None:
    with first.transaction("Desk 1", NOW) as transaction:
        came, stayed_away = transaction.register_many(
            [Attendee("", f"T-{n}", last_name="Lis") for n in range(2)]
        )
    meet(first, second)
    scan(second, "Desk 2", "T-0")
    for person in (came, stayed_away):
        (registered,) = first.history(person)
        with first.transaction("Desk 1", SOON) as transaction:
            transaction.append(EntryKind.UNDONE, person, payload={"undoes": registered.id})
    meet(first, second)
    for event_file in (first, second):
        assert event_file.record(stayed_away) is None
        found = event_file.record(came)
        assert found is not None
        (check_in,) = found.check_ins.values()
    desk = CheckInDesk(first, "Desk 1", first.check_in_lists()[0], lambda: LAST)
    assert desk.undo(came, check_in.entry_id).check_ins == {}


def test_who_is_kept_apart_is_offered_nowhere_until_that_is_taken_back(
    first: EventFile, second: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    said = keep_apart(first, "Desk 1", SOON, *(one.id for one in pair))
    meet(first, second)
    assert possible_doubles(first) == possible_doubles(second) == ()
    take_back(second, "Desk 2", LATER, said)
    meet(first, second)
    assert len(possible_doubles(first)) == 1


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_whatever_two_desks_say_apart_comes_to_one_clean_state(
    first: EventFile,
    second: EventFile,
    pair: tuple[Attendee, Attendee],
    order: tuple[int, ...],
) -> None:
    kept, double = pair
    said = [
        lambda: merge(first, "Desk 1", SOON, kept.id, double.id),
        lambda: merge(second, "Desk 2", LATER, kept.id, double.id),
        lambda: keep_apart(second, "Desk 2", LATER, kept.id, double.id),
        lambda: scan(first, "Desk 1", double.code),
    ]
    for number in order:
        try:
            said[number]()
        except UsageError:
            assert number == 1, "only who knows of the merging is refused"
    meet(first, second)
    shown = {one.attendee.id for one in first.records()}
    is_merged = bool(record(first, double).merged_into)
    assert kept.id in shown
    assert (double.id in shown) is not is_merged
    assert len(merged_doubles(first)) == is_merged


def test_nobody_is_merged_who_was_erased_or_merged_already(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    with pytest.raises(UsageError, match="one person already"):
        merge(first, "Desk 1", SOON, kept.id, kept.id)
    merge(first, "Desk 1", SOON, kept.id, double.id)
    with pytest.raises(UsageError, match="one person already"):
        merge(first, "Desk 1", SOON, kept.id, double.id)
    part(first, "Desk 1", SOON, double.id)
    with pytest.raises(UsageError, match="not merged"):
        part(first, "Desk 1", SOON, double.id)
    with first.transaction("Desk 1", LATER) as transaction:
        transaction.erase_person(double.id)
    with pytest.raises(UsageError, match="erased"):
        merge(first, "Desk 1", LAST, kept.id, double.id)
    assert possible_doubles(first) == ()


def test_who_was_erased_after_a_merging_is_not_taken_apart(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    merge(first, "Desk 1", SOON, kept.id, double.id)
    with first.transaction("Desk 1", LATER) as transaction:
        transaction.erase_person(kept.id)
    with pytest.raises(UsageError, match="erased"):
        part(first, "Desk 1", LAST, double.id)
    told = "".join(str(entry.payload) for entry in first.ledger())
    assert "Παπακων" not in told
    assert first.verify().ok


def test_all_data_of_a_person_are_those_of_both_records(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    printer = PrinterId(SpoolerKind.FOLDER, "badges")
    with first.transaction("Desk 1", SOON) as transaction:
        transaction.add_print_job("desk-1", double.id, printer, PrintCause.ASKED)
    merge(first, "Desk 1", SOON, kept.id, double.id)
    data = person_data(first, kept.id)
    assert {double.id, kept.id} == {entry.attendee_id for entry in data.history}
    assert [row["attendee"] for row in data.desk_rows["print_job"]] == [double.id]
    (job,) = first.print_jobs.of_desk("desk-1").open()
    assert job.job.name == kept.full_name


def test_the_ledger_still_tells_of_both_records(
    first: EventFile, pair: tuple[Attendee, Attendee]
) -> None:
    kept, double = pair
    merge(first, "Desk 1", SOON, kept.id, double.id)
    kinds = [entry.kind for entry in first.history(kept.id)]
    assert kinds.count(EntryKind.REGISTERED) == 2
    assert EntryKind.MERGED in kinds


def test_one_word_answers_all_who_came_twice_and_spares_what_another_desk_said(
    first: EventFile, second: EventFile
) -> None:
    people = [one.attendee for one in first.records() if one.is_expected][:150]
    for person in people:
        scan(first, "Desk 1", person.code)
        scan(second, "Desk 2", person.code)
    meet(first, second)
    seen = [one.conflict for one in inbox_conflicts(first)]
    assert len(seen) == len(people)
    resolve(second, "Desk 2", SOON, seen[0].later, ResolvedAs.PASSED_ON_BADGE, "asked him")
    meet(first, second)
    said = resolve_several(first, "Desk 1", LATER, seen, ResolvedAs.SAME_PERSON, "lunch break")
    meet(first, second)
    answers = {one.conflict.later: one.conflict for one in inbox_conflicts(second)}
    assert answers[seen[0].later].resolved_as is ResolvedAs.PASSED_ON_BADGE
    others = [answers[one.later] for one in seen[1:]]
    assert {(one.resolved_as, one.note) for one in others} == {
        (ResolvedAs.SAME_PERSON, "lunch break")
    }
    take_back(first, "Desk 1", LAST, said)
    meet(first, second)
    assert second.inbox.open_conflicts() == len(people) - 1
