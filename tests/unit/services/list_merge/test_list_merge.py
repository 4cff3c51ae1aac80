"""Whom a row of a newer list means, and what is left to a person to decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from settable_clock import DURING_REGISTRATION
from taken_lists import people, plan_of, take

from checkin_app.lists.people.rows import ListRow
from checkin_app.lists.problems import Severity
from checkin_app.services.list_merge.decisions import (
    MergeDecisions,
    Missing,
    RowChoice,
    RowDecision,
)
from checkin_app.services.list_merge.known_people import KnownPeople
from checkin_app.services.list_merge.merge import plan_merge
from checkin_app.services.list_merge.plan import Doubt, ImportPlan, RowKind
from checkin_app.services.list_merge.planned_rows import planned_rows, summary
from checkin_app.services.registrations import correct, walk_in
from checkin_app.storage.event_file import EventFile

NAMES = "First name,Last name,Organisation,Email"
CODED = f"Code,{NAMES}"
ADD = RowDecision(RowChoice.ADD)
LEAVE_OUT = RowDecision(RowChoice.LEAVE_OUT)


def is_person(attendee_id: str) -> RowDecision:
    return RowDecision(RowChoice.IS_PERSON, attendee_id)


def doubts(plan: ImportPlan) -> list[tuple[int, Doubt, RowChoice]]:
    return [(row.row, row.doubt, row.proposal.choice) for row in plan.unclear.values()]


@pytest.mark.parametrize(
    ("listed", "newer"),
    [
        ("C-1,Jon,Smith,EAPN,", "C-1,John,Smith,EAPN,"),
        ("C-1,Anna,Nowak,EAPN,", "C-1,Anna Maria,Nowak,EAPN,"),
        ("C-1,Jürgen,Müller,EAPN,", "C-1,Juergen,Mueller,EAPN,"),
        ("C-1,Anna,Nowak,EAPN,", "C-1,Nowak,Anna,EAPN,"),
        ("C-1,Dr. Anna,Nowak,EAPN,", "C-1,Anna,Nowak,EAPN,"),
        ("C-1,A.,Nowak,EAPN,", "C-1,Anna,Nowak,EAPN,"),
        ("C-1,Anna,Nowak,EAPN,a@x.org", "C-1,Anna,Kowalska,EAPN,a@x.org"),
        ("C-1,Ó Briain,Seán,EAPN,", "C-1,Sean,O'Briain,EAPN,"),
    ],
)
def test_one_code_is_one_person_whose_name_is_spelled_better(
    empty_event_file: EventFile, listed: str, newer: str
) -> None:
    take(empty_event_file, CODED, listed)
    plan = plan_of(empty_event_file, CODED, newer)
    assert (plan.updated, len(plan.additions), plan.unclear) == (1, 0, {})


@pytest.mark.parametrize(
    ("listed", "newer"),
    [
        ("Maria,Rossi", "Mario,Rossi"),
        ("Jan,Novak", "Jana,Novak"),
        ("Marta,Garcia", "Maria,Garcia"),
        ("Andrea,Conti", "Andreas,Conti"),
        ("Anna,Nowak", "Piotr,Nowak"),
        ("Anna,Nowak", "Hanna,Nowak"),
    ],
)
def test_one_code_with_another_first_name_renames_nobody_unasked(
    empty_event_file: EventFile, listed: str, newer: str
) -> None:
    take(empty_event_file, CODED, f"C-1,{listed},EAPN,")
    plan = plan_of(empty_event_file, CODED, f"C-1,{newer},EAPN,")
    assert doubts(plan) == [(2, Doubt.CODE_OF_ANOTHER, RowChoice.LEAVE_OUT)]
    assert (plan.rejected, plan.updated, len(plan.gone)) == (1, 0, 0)
    assert summary(plan).unclear == 1

    (known,) = people(empty_event_file).values()
    once = MergeDecisions(rows={2: is_person(known)})
    report = take(empty_event_file, CODED, f"C-1,{newer},EAPN,", decisions=once)
    assert (report.updated, report.rejected, report.unclear) == (1, 0, 0)
    assert list(people(empty_event_file)) == [newer.replace(",", " ")]


def test_a_letter_that_was_missing_is_asked_about_but_taken(empty_event_file: EventFile) -> None:
    take(empty_event_file, CODED, "C-1,Katarzna,Nowak,EAPN,")
    plan = plan_of(empty_event_file, CODED, "C-1,Katarzyna,Nowak,EAPN,")
    assert doubts(plan) == [(2, Doubt.CODE_SPELLED_OTHERWISE, RowChoice.IS_PERSON)]
    assert plan.updated == 1


def test_two_people_of_a_list_with_one_code_are_not_one(empty_event_file: EventFile) -> None:
    lines = (CODED, "C-1,Maria,Rossi,EAPN,", "C-1,Mario,Rossi,EAPN,")
    plan = plan_of(empty_event_file, *lines)
    assert doubts(plan) == [(3, Doubt.CODE_TWICE, RowChoice.LEAVE_OUT)]
    (problem,) = plan.problems
    assert (problem.row, problem.column, problem.value) == (3, "Code", "C-1")
    assert problem.severity is Severity.REJECTED

    decided = MergeDecisions(rows={3: ADD})
    report = take(empty_event_file, *lines, decisions=decided)
    assert (report.added, report.rejected) == (2, 0)
    codes = {r.attendee.first_name: r.attendee.code for r in empty_event_file.records()}
    assert codes["Maria"] == "C-1"
    assert len(codes["Mario"]) == 20

    again = plan_of(empty_event_file, *lines)
    assert doubts(again) == [(3, Doubt.CODE_OF_ANOTHER, RowChoice.IS_PERSON)]
    assert (again.writes, again.rejected, again.unchanged) == (False, 0, 2)


def test_people_of_one_office_address_stay_apart(empty_event_file: EventFile) -> None:
    office = "EAPN,info@eapn.eu"
    take(empty_event_file, NAMES, f"Anna,Nowak,{office}", f"Piotr,Nowak,{office}")
    report = take(empty_event_file, NAMES, f"Anna,Nowak,{office}", f"Anna,Lis,{office}")
    assert (report.added, report.unchanged, report.updated) == (1, 1, 0)
    assert set(people(empty_event_file)) == {"Anna Nowak", "Piotr Nowak", "Anna Lis"}


def test_one_person_twice_is_one_and_that_is_said(empty_event_file: EventFile) -> None:
    plan = plan_of(
        empty_event_file,
        NAMES,
        "Anna,Nowak,EAPN,anna@x.org",
        "ANNA,NOWAK,Caritas,Anna@X.org",
        "Nowak,Anna,EAPN,anna@x.org",
    )
    assert (len(plan.additions), plan.repeats, plan.read) == (1, 2, 3)
    assert [problem.row for problem in plan.problems] == [3, 4]
    assert all("left out" in problem.reason for problem in plan.problems)


def test_somebody_with_a_new_address_is_asked_about_and_taken_for_the_same(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, "Anna,Nowak,EAPN,anna@old.org")
    newer = (NAMES, "Anna,Nowak,EAPN,anna@new.org")
    plan = plan_of(empty_event_file, *newer)
    assert doubts(plan) == [(2, Doubt.OTHER_EMAIL, RowChoice.IS_PERSON)]
    (row,) = planned_rows(plan, RowKind.UNCLEAR)
    assert [(c.field, c.before, c.after) for c in row.changes] == [
        ("email", "anna@old.org", "anna@new.org")
    ]
    apart = take(empty_event_file, *newer, decisions=MergeDecisions(rows={2: ADD}))
    assert (apart.added, apart.updated) == (1, 0)


def test_a_married_name_at_ones_own_address_is_asked_about_and_taken(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, "Anna,Nowak,EAPN,anna@x.org")
    plan = plan_of(empty_event_file, NAMES, "Anna,Kowalska,EAPN,anna@x.org")
    assert doubts(plan) == [(2, Doubt.OTHER_NAME, RowChoice.IS_PERSON)]
    couple = plan_of(empty_event_file, NAMES, "Jan,Nowak,EAPN,anna@x.org")
    assert (len(couple.additions), couple.unclear) == (1, {})


def test_a_namesake_elsewhere_is_somebody_new_and_that_is_said(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, "Anna,Nowak,EAPN,anna@x.org")
    plan = plan_of(empty_event_file, NAMES, "Anna,Nowak,Caritas,nowak@c.org")
    assert doubts(plan) == [(2, Doubt.SAME_NAME, RowChoice.ADD)]
    assert (len(plan.additions), plan.updated) == (1, 0)
    assert plan.problems[0].reason == "Same name as Anna Nowak (EAPN); taken as another person."

    both = plan_of(
        empty_event_file, NAMES, "Anna,Nowak,Caritas,n@c.org", "Anna,Nowak,EAPN,anna@x.org"
    )
    assert (both.unclear, len(both.problems), len(both.same)) == ({}, 1, 1)


def test_an_unclear_row_can_be_somebody_or_left_out(empty_event_file: EventFile) -> None:
    take(empty_event_file, NAMES, "Anna,Nowak,EAPN,anna@x.org")
    newer = (NAMES, "Anna,Nowak,Caritas,nowak@c.org")
    (known,) = people(empty_event_file).values()

    out = plan_of(empty_event_file, *newer, decisions=MergeDecisions(rows={2: LEAVE_OUT}))
    assert (out.rejected, out.writes) == (1, False)
    assert summary(out).unclear == 0
    same = plan_of(empty_event_file, *newer, decisions=MergeDecisions(rows={2: is_person(known)}))
    assert (same.updated, len(same.additions), summary(same).changed) == (1, 0, 1)
    (row,) = planned_rows(same, RowKind.CHANGED)
    assert {change.field for change in row.changes} == {"organisation", "email"}
    assert (row.doubt, row.decision) == (Doubt.SAME_NAME, is_person(known))


def test_a_decision_about_somebody_who_is_no_longer_there_is_not_followed(
    empty_event_file: EventFile,
) -> None:
    plan = plan_of(
        empty_event_file, NAMES, "Anna,Nowak,,", decisions=MergeDecisions(rows={2: is_person("9")})
    )
    assert len(plan.additions) == 1


def test_guests_get_their_names_when_a_later_list_knows_them(empty_event_file: EventFile) -> None:
    guests = (CODED, "C-1,,guest 1 of ACME,ACME,buy@acme.org", "C-2,,guest 2 of ACME,ACME,")
    take(empty_event_file, *guests)
    ids = set(people(empty_event_file).values())

    by_code = take(empty_event_file, CODED, "C-1,Anna,Nowak,ACME,a@acme.org")
    assert (by_code.updated, by_code.unclear) == (1, 0)
    plan = plan_of(empty_event_file, NAMES, "Piotr,Lis,ACME,p@acme.org")
    assert doubts(plan) == [(2, Doubt.MAY_BE_GUEST, RowChoice.ADD)]
    chosen = {2: is_person(people(empty_event_file)["guest 2 of ACME"])}
    report = take(
        empty_event_file,
        NAMES,
        "Piotr,Lis,ACME,p@acme.org",
        decisions=MergeDecisions(rows=chosen),
    )
    assert report.updated == 1
    assert people(empty_event_file).keys() == {"Anna Nowak", "Piotr Lis"}
    assert set(people(empty_event_file).values()) == ids


def test_a_list_that_knows_fewer_names_makes_nobody_a_guest_again(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, CODED, "C-1,Anna,Nowak,ACME,")
    values = {"code": "C-1", "last_name": "guest 1 of ACME", "organisation": "ACME"}
    row = ListRow(2, values, {}, guest_of="ACME")
    known = KnownPeople(empty_event_file.imports.people())
    plan = plan_merge([row], known, "Code", [2])
    assert (plan.unchanged, plan.updated, plan.unclear) == (1, 0, {})


def test_a_correction_of_the_desk_beats_the_list_and_is_shown(empty_event_file: EventFile) -> None:
    head = f"{NAMES},Role,Diet"
    take(empty_event_file, head, "Ana,Novak,EAPN,a@x.org,Chair,vegan")
    (known,) = people(empty_event_file).values()
    now = DURING_REGISTRATION + timedelta(minutes=1)
    correct(empty_event_file, "Desk 1", now, known, {"role": "President"})

    only_kept = plan_of(empty_event_file, head, "Ana,Novak,EAPN,a@x.org,Clerk,vegan")
    assert (only_kept.writes, only_kept.unchanged, summary(only_kept).kept) == (False, 1, 1)
    (same,) = planned_rows(only_kept, RowKind.SAME)
    assert [(c.before, c.after, c.kept_because_of_desk) for c in same.changes] == [
        ("President", "Clerk", True)
    ]
    plan = plan_of(empty_event_file, head, "Ana,Novak,Caritas,a@x.org,Clerk,none")
    (row,) = planned_rows(plan, RowKind.CHANGED)
    assert [(c.field, c.is_made) for c in row.changes] == [
        ("organisation", True),
        ("role", False),
        ("extra:Diet", True),
    ]


def test_single_changes_can_be_unchecked(empty_event_file: EventFile) -> None:
    head = f"{NAMES},Role,Diet,Shirt"
    take(empty_event_file, head, "Ana,Novak,EAPN,a@x.org,Chair,vegan,M")
    decisions = MergeDecisions().with_changes([(2, "role")], wanted=False)
    decisions = decisions.with_changes([(2, "extra:Diet")], wanted=False)
    newer = (head, "Ana,Novak,Caritas,a@x.org,Clerk,none,XL")
    plan = plan_of(empty_event_file, *newer, decisions=decisions)
    (row,) = planned_rows(plan, RowKind.CHANGED)
    assert [change.field for change in row.changes if not change.is_wanted] == [
        "role",
        "extra:Diet",
    ]
    take(empty_event_file, *newer, decisions=decisions)
    (record,) = empty_event_file.records()
    person = record.attendee
    assert (person.organisation, person.role) == ("Caritas", "Chair")
    assert dict(person.extra) == {"Diet": "vegan", "Shirt": "XL"}


def test_a_cell_is_corrected_before_the_list_is_looked_at(empty_event_file: EventFile) -> None:
    lines = (NAMES, ",,EAPN,a@x.org", "Jan,Lis,EAPN,wrong")
    assert plan_of(empty_event_file, *lines).rejected == 1
    decisions = MergeDecisions().with_cell(2, "Last name", " Nowak ")
    decisions = decisions.with_cell(3, "Email", "jan@x.org").with_cell(99, "Nothing", "x")
    plan = plan_of(empty_event_file, *lines, decisions=decisions)
    assert [(p.last_name, p.email) for p in plan.additions] == [
        ("Nowak", "a@x.org"),
        ("Lis", "jan@x.org"),
    ]
    assert plan.problems == []


def test_whoever_is_missing_is_marked_not_deleted_and_comes_back(
    empty_event_file: EventFile,
) -> None:
    whole = (NAMES, "Anna,Nowak,EAPN,", "Jan,Lis,EAPN,", "Zoe,Zak,EAPN,")
    take(empty_event_file, *whole)
    walk_in(empty_event_file, "Desk 1", DURING_REGISTRATION, {"last_name": "Passer-by"})
    plan = plan_of(empty_event_file, *whole[:3])
    assert [person.full_name for person in plan.gone] == ["Zoe Zak"]
    assert "2 of the 3" in plan.missing_reason
    assert take(empty_event_file, *whole[:3]).gone == 1
    assert [r.attendee.last_name for r in empty_event_file.records() if r.gone_at] == ["Zak"]
    assert take(empty_event_file, *whole[:3]).gone == 0

    back = plan_of(empty_event_file, *whole)
    (row,) = planned_rows(back, RowKind.CHANGED)
    assert (row.is_back, row.changes, summary(back).back) == (True, (), 1)
    take(empty_event_file, *whole)
    assert not any(record.gone_at for record in empty_event_file.records())


def test_somebody_may_be_kept_and_the_whole_choice_made_otherwise(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, NAMES, *(f"Anna,Nowak{n},EAPN," for n in range(9)))
    few = (NAMES, "Anna,Nowak1,EAPN,")
    plan = plan_of(empty_event_file, *few)
    assert (plan.assumed_missing, len(plan.missing), plan.gone) == (Missing.KEEP, 8, [])
    first = plan.missing[0].id
    decisions = MergeDecisions(missing=Missing.MARK).with_people([first], gone=False)
    marked = plan_of(empty_event_file, *few, decisions=decisions)
    assert len(marked.gone) == 7
    assert [row.is_made for row in planned_rows(marked, RowKind.GONE)] == [False] + [True] * 7


def test_a_list_of_another_kind_tells_nothing_about_those_of_the_first(
    empty_event_file: EventFile,
) -> None:
    attendees = (NAMES, *(f"Anna,Nowak{n},EAPN," for n in range(4)))
    speakers = ("First name,Last name,Talk", "Zoe,Zak,Opening", "Ola,Olsen,Closing")
    take(empty_event_file, *attendees)
    assert plan_of(empty_event_file, *speakers).gone == []
    take(empty_event_file, *speakers)
    fewer = plan_of(empty_event_file, *attendees[:4])
    assert [person.last_name for person in fewer.gone] == ["Nowak3"]
    assert [p.last_name for p in plan_of(empty_event_file, *speakers[:2]).gone] == ["Olsen"]


def test_cancelled_people_are_not_gone(empty_event_file: EventFile) -> None:
    head = "First name,Last name,Status"
    take(empty_event_file, head, "Anna,Nowak,paid", "Jan,Lis,cancelled")
    assert plan_of(empty_event_file, head, "Anna,Nowak,paid").missing == []
