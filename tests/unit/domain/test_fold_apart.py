"""Desks that did not know of each other: what their entries add up to once they meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.erasure import blanked, surviving_payload
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.sharing import ResolvedAs

ANNA, DOUBLE, OTHER = "a" * 32, "b" * 32, "c" * 32
START = datetime(2024, 5, 6, 10, 30, tzinfo=UTC)
LIST = "registration"


def entry(
    minute: int, kind: EntryKind, who: str = ANNA, desk: str = "Desk 1", **payload: Any
) -> Entry:
    at = START + timedelta(minutes=minute)
    list_id = LIST if kind in (EntryKind.CHECKED_IN, EntryKind.CONFLICT_RESOLVED) else ""
    return Entry(entry_id(next_clock(0, at), minute), kind, at, desk, who, list_id, payload)


def resolved(minute: int, later: Entry, found: str, **payload: Any) -> Entry:
    kind = EntryKind.CONFLICT_RESOLVED
    return entry(minute, kind, later=later.id, **{"as": found}, **payload)


def undone(minute: int, what: Entry) -> Entry:
    return entry(minute, EntryKind.UNDONE, what.attendee_id, undoes=what.id)


REGISTERED = entry(0, EntryKind.REGISTERED, attendee={"code": "ANNA", "last_name": "Nowak"})
FIRST = entry(10, EntryKind.CHECKED_IN)
SECOND = entry(11, EntryKind.CHECKED_IN, desk="Desk 2")
ANYWAY = entry(12, EntryKind.CHECKED_IN, desk="Desk 3", reason="lost her badge")
DOUBLE_REGISTERED = entry(
    1, EntryKind.REGISTERED, DOUBLE, attendee={"code": "DOUBLE", "first_name": "A."}
)
DOUBLE_IN = entry(9, EntryKind.CHECKED_IN, DOUBLE, desk="Desk 2")
MERGED = entry(20, EntryKind.MERGED, DOUBLE, into=ANNA)


def record(*entries: Entry, doubles: tuple[Entry, ...] = ()) -> AttendeeRecord:
    folded = fold_attendee(entries, doubles)
    assert folded is not None
    return folded


def test_of_two_admissions_the_earlier_stands_and_the_later_waits_in_the_inbox() -> None:
    folded = record(REGISTERED, SECOND, FIRST, ANYWAY)
    assert folded.check_ins[LIST].desk == "Desk 1"
    assert [later.desk for later in folded.later_check_ins] == ["Desk 2", "Desk 3"]
    (conflict,) = folded.open_conflicts
    assert (conflict.stands, conflict.later) == (FIRST.id, SECOND.id)
    assert (conflict.stands_desk, conflict.later_desk) == ("Desk 1", "Desk 2")
    assert (conflict.attendee_id, conflict.list_id) == (ANNA, LIST)


def test_an_admission_that_was_taken_back_is_no_conflict() -> None:
    assert record(REGISTERED, FIRST, SECOND, undone(15, SECOND)).conflicts == ()
    folded = record(REGISTERED, FIRST, SECOND, undone(15, FIRST))
    assert folded.conflicts == ()
    assert folded.check_ins[LIST].desk == "Desk 2"


def test_the_same_person_is_in_once_and_nothing_waits() -> None:
    found = resolved(15, SECOND, ResolvedAs.SAME_PERSON, note="came back for a coffee")
    folded = record(REGISTERED, FIRST, SECOND, found)
    assert folded.open_conflicts == ()
    assert [later.desk for later in folded.later_check_ins] == ["Desk 2"]
    (conflict,) = folded.conflicts
    assert conflict.resolved_as is ResolvedAs.SAME_PERSON
    assert (conflict.note, conflict.resolution) == ("came back for a coffee", found.id)


@pytest.mark.parametrize("found", [ResolvedAs.MISTAKE, ResolvedAs.PASSED_ON_BADGE])
def test_what_was_no_arrival_of_this_person_never_stands(found: ResolvedAs) -> None:
    finding = resolved(15, SECOND, found)
    folded = record(REGISTERED, FIRST, SECOND, finding)
    assert folded.later_check_ins == ()
    assert folded.conflicts[0].resolved_as is found
    assert record(REGISTERED, FIRST, SECOND, finding, undone(16, FIRST)).check_ins == {}


def test_who_takes_a_finding_back_finds_everything_as_it_was() -> None:
    finding = resolved(15, SECOND, ResolvedAs.MISTAKE)
    before = record(REGISTERED, FIRST, SECOND)
    assert record(REGISTERED, FIRST, SECOND, finding, undone(16, finding)) == before


def test_of_two_findings_the_later_holds() -> None:
    mistake = resolved(15, SECOND, ResolvedAs.MISTAKE)
    same = resolved(16, SECOND, ResolvedAs.SAME_PERSON)
    assert record(REGISTERED, FIRST, SECOND, same, mistake).conflicts[0].resolution == same.id
    other_way = resolved(17, SECOND, ResolvedAs.MISTAKE)
    assert record(REGISTERED, FIRST, SECOND, same, mistake, other_way).later_check_ins == ()


def test_a_finding_that_this_version_does_not_know_leaves_the_conflict_open() -> None:
    folded = record(REGISTERED, FIRST, SECOND, resolved(15, SECOND, "an apparition"))
    assert len(folded.open_conflicts) == 1


def test_nothing_is_left_to_look_into_about_an_erased_person() -> None:
    erased = entry(30, EntryKind.ERASED)
    assert record(REGISTERED, FIRST, SECOND, ANYWAY, erased).conflicts == ()


def test_a_double_leads_to_the_one_who_stays() -> None:
    folded = record(DOUBLE_REGISTERED, MERGED)
    assert folded.merged_into == ANNA
    assert record(DOUBLE_REGISTERED, MERGED, undone(21, MERGED)).merged_into == ""


def test_nobody_is_merged_into_somebody_who_was_registered_later() -> None:
    backwards = entry(20, EntryKind.MERGED, into=DOUBLE)
    assert record(REGISTERED, backwards).merged_into == ""


def test_whoever_stays_has_the_codes_and_admissions_of_the_double() -> None:
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, DOUBLE_IN, MERGED))
    assert folded.attendee.code == "ANNA"
    assert folded.other_codes == {"DOUBLE"}
    assert folded.check_ins[LIST].entry_id == DOUBLE_IN.id
    assert folded.attendee.first_name == ""


def test_two_records_of_one_person_that_were_both_let_in_are_a_conflict() -> None:
    folded = record(REGISTERED, FIRST, doubles=(DOUBLE_REGISTERED, DOUBLE_IN, MERGED))
    assert folded.check_ins[LIST].entry_id == DOUBLE_IN.id
    (conflict,) = folded.open_conflicts
    assert (conflict.attendee_id, conflict.later) == (ANNA, FIRST.id)


def test_a_replaced_code_of_the_double_is_revoked_for_whoever_stays() -> None:
    replaced = entry(5, EntryKind.CODE_REPLACED, DOUBLE, code="NEWER")
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, replaced, MERGED))
    assert folded.other_codes == {"NEWER"}
    assert list(folded.revoked_codes) == ["DOUBLE"]


def test_of_merging_and_parting_the_later_word_holds() -> None:
    parted = entry(21, EntryKind.NOT_DOUBLE, DOUBLE, of=ANNA)
    folded = record(DOUBLE_REGISTERED, parted, MERGED)
    assert (folded.merged_into, folded.not_doubles) == ("", {ANNA})
    again = entry(22, EntryKind.MERGED, DOUBLE, into=ANNA)
    folded = record(DOUBLE_REGISTERED, parted, MERGED, again)
    assert (folded.merged_into, folded.not_doubles) == (ANNA, frozenset())
    of_another = entry(23, EntryKind.NOT_DOUBLE, DOUBLE, of=OTHER)
    assert record(DOUBLE_REGISTERED, MERGED, of_another).merged_into == ANNA


OWN = (
    REGISTERED,
    FIRST,
    SECOND,
    ANYWAY,
    resolved(13, SECOND, ResolvedAs.MISTAKE),
    resolved(14, SECOND, ResolvedAs.PASSED_ON_BADGE, note="her colleague"),
    undone(15, FIRST),
    entry(26, EntryKind.CHECKED_IN, desk="Desk 5"),
    entry(27, EntryKind.NOT_DOUBLE, of=OTHER),
)
OF_DOUBLE = (
    DOUBLE_REGISTERED,
    DOUBLE_IN,
    MERGED,
    entry(21, EntryKind.NOT_DOUBLE, DOUBLE, of=ANNA),
    entry(22, EntryKind.MERGED, DOUBLE, into=ANNA),
    entry(23, EntryKind.CODE_REPLACED, DOUBLE, code="NEWER"),
    entry(25, EntryKind.CHECKED_IN, DOUBLE, desk="Desk 4"),
    resolved(28, DOUBLE_IN, ResolvedAs.SAME_PERSON),
)


@given(st.data())
def test_neither_order_nor_repetition_of_arrival_changes_who_is_in(data: st.DataObject) -> None:
    def arrived(entries: tuple[Entry, ...]) -> list[Entry]:
        again = data.draw(st.lists(st.sampled_from(entries), max_size=6))
        return list(data.draw(st.permutations((*entries, *again))))

    assert fold_attendee(arrived(OWN), arrived(OF_DOUBLE)) == fold_attendee(OWN, OF_DOUBLE)
    assert fold_attendee(arrived(OF_DOUBLE)) == fold_attendee(OF_DOUBLE)


def test_findings_survive_an_erasure_and_what_people_wrote_does_not() -> None:
    finding = resolved(15, SECOND, ResolvedAs.MISTAKE, note="it was Anna's husband")
    assert blanked(finding).payload == {"later": SECOND.id, "as": "mistake"}
    assert blanked(MERGED).payload == {"into": ANNA}
    parted = entry(21, EntryKind.NOT_DOUBLE, DOUBLE, of=ANNA, note="Anna")
    assert blanked(parted).payload == {"of": ANNA}
    name = {"desk": "f" * 32, "name": "Café 1"}
    assert surviving_payload(EntryKind.DESK_JOINED, {**name, "owner": "Anna"}) == name
    withdrawn = {"desk": "f" * 32}
    assert surviving_payload(EntryKind.DESK_WITHDRAWN, withdrawn) == withdrawn
