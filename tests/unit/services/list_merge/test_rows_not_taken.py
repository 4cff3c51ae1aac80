"""What is said of rows of a newer list, and what becomes of people whose row is not taken."""

from __future__ import annotations

import pytest
from taken_lists import plan_of, take

from checkin_app.services.list_merge import reasons
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice, RowDecision
from checkin_app.services.list_merge.plan import Doubt
from checkin_app.storage.event_file import EventFile

CODED = "Code,First name,Last name,Organisation,Email"
LEAVE_OUT = RowDecision(RowChoice.LEAVE_OUT)


@pytest.mark.parametrize(
    ("newer", "decisions"),
    [
        ("C-1,,,EAPN,", MergeDecisions()),
        (",,,EAPN,Anna@X.org", MergeDecisions()),
        (f"{'C' * 3000},Anna,Nowak,EAPN,anna@x.org", MergeDecisions()),
        ("C-1,Anna,Nowak,Caritas,anna@x.org", MergeDecisions(rows={3: LEAVE_OUT})),
    ],
    ids=["nameless, code", "nameless, e-mail", "code too long", "left out by decision"],
)
def test_whoever_stands_in_a_row_that_is_not_taken_is_not_gone(
    empty_event_file: EventFile, newer: str, decisions: MergeDecisions
) -> None:
    listed = ("C-1,Anna,Nowak,EAPN,anna@x.org", "C-2,Jan,Lis,EAPN,jan@x.org", "C-3,Zoe,Ek,EAPN,")
    take(empty_event_file, CODED, *listed)
    plan = plan_of(empty_event_file, CODED, listed[1], newer, decisions=decisions)
    assert plan.rejected == 1
    assert [person.full_name for person in plan.gone] == ["Zoe Ek"]


@pytest.mark.parametrize(
    ("listed", "newer"), [("Anna,Nowak", "Nowak,Anna"), ("Jean,DUPONT", "Dupont,Jean")]
)
def test_names_the_other_way_round_are_said(
    empty_event_file: EventFile, listed: str, newer: str
) -> None:
    take(empty_event_file, CODED, f"C-1,{listed},EAPN,")
    plan = plan_of(empty_event_file, CODED, f"C-1,{newer},EAPN,")
    assert [problem.reason for problem in plan.problems] == [reasons.NAMES_SWAPPED]


def test_a_new_last_name_at_an_office_address_is_said_and_proposed_as_somebody_new(
    empty_event_file: EventFile,
) -> None:
    office = "EAPN,info@eapn.eu"
    listed = (f",Anna,Nowak,{office}", f",Jan,Lis,{office}", f",Zoe,Ek,{office}")
    take(empty_event_file, CODED, *listed)
    plan = plan_of(empty_event_file, CODED, f",Anna,Kowalska,{office}", *listed[1:])
    (unclear,) = plan.unclear.values()
    assert (unclear.doubt, unclear.proposal.choice) == (Doubt.OTHER_NAME, RowChoice.ADD)
    assert [one.full_name for one in unclear.candidates] == ["Anna Nowak"]
    assert [one.full_name for one in plan.gone] == ["Anna Nowak"]
