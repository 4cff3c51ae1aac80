"""Desks that did not know of each other: what their entries add up to once they meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.badges.badge_prints import print_mark
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


CORRECTED = entry(
    12, EntryKind.AMENDED, DOUBLE, "Desk 2", source="desk", changes={"role": "Speaker"}
)


def test_a_correction_of_the_double_by_a_desk_that_had_not_heard_holds_for_who_stays() -> None:
    late = entry(25, EntryKind.AMENDED, DOUBLE, source="desk", changes={"role": "Guest"})
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, MERGED, late))
    assert folded.attendee.role == "Guest"
    assert folded.desk_fields == {"role"}
    knowing = entry(20, EntryKind.MERGED, DOUBLE, into=ANNA, knowing=DOUBLE_REGISTERED.id)
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, CORRECTED, knowing))
    assert folded.attendee.role == "Speaker"


def test_what_whoever_merged_knew_of_the_double_was_theirs_to_take_over() -> None:
    knowing = entry(20, EntryKind.MERGED, DOUBLE, into=ANNA, knowing=CORRECTED.id)
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, CORRECTED, knowing))
    assert folded.attendee.role == ""
    assert record(REGISTERED, doubles=(DOUBLE_REGISTERED, CORRECTED, MERGED)).attendee.role == ""


def test_what_was_filled_in_without_knowing_of_a_correction_does_not_hide_it() -> None:
    changes = {"role": "Guest", "country": "PL", "extra": {"Diet": "vegan", "Size": "M"}}
    filled = entry(21, EntryKind.AMENDED, double=DOUBLE, source="double", changes=changes)
    told = {"role": "Speaker", "extra": {"Diet": "none"}, "code": "X"}
    corrected = entry(12, EntryKind.AMENDED, DOUBLE, source="desk", changes=told)
    knowing = entry(20, EntryKind.MERGED, DOUBLE, into=ANNA, knowing=DOUBLE_REGISTERED.id)
    folded = record(REGISTERED, filled, doubles=(DOUBLE_REGISTERED, corrected, knowing))
    assert (folded.attendee.role, folded.attendee.country) == ("Speaker", "PL")
    assert folded.attendee.extra == {"Diet": "none", "Size": "M"}
    assert folded.attendee.code == "ANNA"


def test_a_list_that_met_the_double_overwrites_nothing_that_a_desk_corrected() -> None:
    own = entry(21, EntryKind.AMENDED, source="desk", changes={"role": "Chair"})
    from_list = {"role": "Guest", "country": "PL"}
    late = entry(25, EntryKind.AMENDED, DOUBLE, source="list", changes=from_list)
    folded = record(REGISTERED, own, doubles=(DOUBLE_REGISTERED, MERGED, late))
    assert (folded.attendee.role, folded.attendee.country) == ("Chair", "PL")


def test_a_merging_by_way_of_another_record_counts_from_the_later_one() -> None:
    third = entry(2, EntryKind.REGISTERED, OTHER, attendee={"code": "OTHER"})
    into_double = entry(15, EntryKind.MERGED, OTHER, into=DOUBLE)
    doubles = (DOUBLE_REGISTERED, MERGED, third, into_double)
    before = entry(18, EntryKind.AMENDED, OTHER, source="desk", changes={"role": "Before"})
    after = entry(22, EntryKind.AMENDED, OTHER, source="desk", changes={"role": "After"})
    assert record(REGISTERED, doubles=(*doubles, before)).attendee.role == ""
    assert record(REGISTERED, doubles=(*doubles, before, after)).attendee.role == "After"


def test_the_badge_of_the_double_is_a_badge_of_who_stays() -> None:
    shown = {"fields": ["code", "last_name"], "tray": "K-M", "place": 4}
    as_double = Attendee(DOUBLE, "DOUBLE", last_name="Nowak")
    mark = print_mark(as_double, shown["fields"])
    printed = entry(10, EntryKind.BADGE_PRINTED, DOUBLE, mark=mark, **shown)
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, printed, MERGED))
    assert (folded.badge_prints, folded.badge_printed_at) == (1, printed.at)
    assert (folded.tray, folded.tray_place) == ("K-M", 4)
    assert not folded.changed_since_print
    renamed = entry(25, EntryKind.AMENDED, source="desk", changes={"last_name": "Żak"})
    folded = record(REGISTERED, renamed, doubles=(DOUBLE_REGISTERED, printed, MERGED))
    assert folded.changed_since_print


def test_a_badge_is_spoilt_that_was_printed_for_the_same_record() -> None:
    printed = entry(10, EntryKind.BADGE_PRINTED, DOUBLE, tray="K-M")
    own = entry(12, EntryKind.BADGE_PRINTED, tray="N-P")
    spoilt = entry(13, EntryKind.BADGE_SPOILT, DOUBLE)
    doubles = (DOUBLE_REGISTERED, printed, spoilt, MERGED)
    folded = record(REGISTERED, own, doubles=doubles)
    assert (folded.badge_prints, folded.badge_spoilt, folded.tray) == (2, False, "N-P")
    # Said of the one who stays, once the two are one.
    spoilt_later = entry(25, EntryKind.BADGE_SPOILT)
    folded = record(REGISTERED, spoilt_later, doubles=(DOUBLE_REGISTERED, printed, MERGED))
    assert (folded.badge_spoilt, folded.tray) == (True, "")


def test_the_ticket_that_the_double_was_sent_is_known_of_who_stays() -> None:
    sent = entry(10, EntryKind.TICKET_SENT, DOUBLE)
    assert record(REGISTERED, doubles=(DOUBLE_REGISTERED, sent, MERGED)).ticket_sent_at == sent.at
    bounced = entry(11, EntryKind.TICKET_BOUNCED, DOUBLE)
    folded = record(REGISTERED, doubles=(DOUBLE_REGISTERED, sent, bounced, MERGED))
    assert folded.ticket_sent_at is None


@given(
    st.integers(2, 20).map(lambda half: 2 * half),
    st.lists(
        st.tuples(
            st.integers(1, 30).map(lambda half: 2 * half + 1),
            st.sampled_from((ANNA, DOUBLE)),
            st.sampled_from(("role", "country")),
            st.sampled_from(("A", "B", "C", "D")),
            st.booleans(),
        ),
        unique_by=lambda correction: correction[0],
        max_size=12,
    ),
)
def test_of_corrections_that_nobody_who_merged_knew_the_last_of_each_field_holds(
    minute: int, corrections: list[tuple[int, str, str, str, bool]]
) -> None:
    """Desks correct both records before and after the merging, knowing of it or not."""
    own, others, expected = [REGISTERED], [DOUBLE_REGISTERED], {"role": "", "country": ""}
    known = DOUBLE_REGISTERED.id
    for at, who, field, value, is_known in sorted(corrections):
        payload: dict[str, Any] = {"source": "desk", "changes": {field: value}}
        corrected = entry(at, EntryKind.AMENDED, who, **payload)
        (own if who == ANNA else others).append(corrected)
        if who == DOUBLE and is_known and at < minute:
            known = corrected.id
    for at, who, field, value, _ in sorted(corrections):
        if who == ANNA or entry(at, EntryKind.AMENDED, who).id > known:
            expected[field] = value
    others.append(entry(minute, EntryKind.MERGED, DOUBLE, into=ANNA, knowing=known))
    folded = record(*own, doubles=tuple(others))
    assert {name: getattr(folded.attendee, name) for name in expected} == expected


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
    entry(24, EntryKind.AMENDED, DOUBLE, source="desk", changes={"role": "Guest"}),
    entry(29, EntryKind.BADGE_PRINTED, DOUBLE, tray="K-M"),
    entry(30, EntryKind.BADGE_SPOILT, DOUBLE),
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
