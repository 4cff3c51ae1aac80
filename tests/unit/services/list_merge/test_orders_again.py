"""Guests of orders, whom nobody named, in a list that comes again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from taken_lists import an_event, people, plan_of, tables_of, take

from checkin_app.services.list_merge.decisions import RowChoice
from checkin_app.services.list_merge.plan import Doubt
from checkin_app.storage.event_file import EventFile

HEAD = "Order ID,Name,Company,Email,Quantity"
BOTH = ("A1,,ACME,,2", "A2,,ACME,,2")


def orders(event_file: EventFile) -> dict[str, str]:
    """Everybody in the event: full name → order."""
    return {r.attendee.full_name: r.attendee.extra["Order ID"] for r in event_file.records()}


def test_guests_stay_those_of_their_order_when_an_order_comes_in_front(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, HEAD, *BOTH)
    ids = people(empty_event_file)
    newer = (HEAD, "A0,,ACME,,1", *BOTH)
    report = take(empty_event_file, *newer)
    assert (report.added, report.updated, report.unchanged, report.gone) == (1, 0, 4, 0)
    assert orders(empty_event_file)["guest 5 of ACME"] == "A0"
    assert ids.items() <= people(empty_event_file).items()
    assert "There is such a guest already" in report.problems[-1].reason
    assert not plan_of(empty_event_file, *newer).writes


def test_when_an_order_is_cancelled_its_own_guests_are_gone(empty_event_file: EventFile) -> None:
    take(empty_event_file, HEAD, *BOTH)
    plan = plan_of(empty_event_file, HEAD, BOTH[1])
    assert [one.full_name for one in plan.gone] == ["guest 1 of ACME", "guest 2 of ACME"]
    assert not plan.updates


def test_an_order_that_grows_adds_a_guest_and_moves_nobody(empty_event_file: EventFile) -> None:
    take(empty_event_file, HEAD, *BOTH)
    report = take(empty_event_file, HEAD, "A1,,ACME,,3", BOTH[1])
    assert (report.added, report.updated, report.unchanged) == (1, 0, 4)
    assert orders(empty_event_file)["guest 5 of ACME"] == "A1"


def test_a_name_that_comes_later_is_that_of_a_guest_of_the_order(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, HEAD, *BOTH)
    plan = plan_of(empty_event_file, HEAD, BOTH[0], "A2,,ACME,,1", "A2,Ann Bell,ACME,,1")
    (unclear,) = plan.unclear.values()
    assert (unclear.doubt, unclear.proposal.choice) == (Doubt.MAY_BE_GUEST, RowChoice.IS_PERSON)
    assert [one.full_name for one in unclear.candidates] == ["guest 4 of ACME"]
    assert (len(plan.additions), len(plan.gone)) == (0, 0)


def test_a_guest_of_another_order_is_not_proposed(empty_event_file: EventFile) -> None:
    take(empty_event_file, HEAD, *BOTH)
    plan = plan_of(empty_event_file, HEAD, *BOTH, "A3,Ann Bell,ACME,,2")
    assert (len(plan.additions), plan.unclear) == (2, {})


def test_guests_keep_their_number_and_follow_the_name_of_their_organisation(
    empty_event_file: EventFile,
) -> None:
    take(empty_event_file, HEAD, *BOTH)
    report = take(empty_event_file, HEAD, "A1,,ACME Ltd,,2", BOTH[1])
    assert (report.added, report.updated, report.gone) == (0, 2, 0)
    assert set(orders(empty_event_file)) == {
        *("guest 1 of ACME Ltd", "guest 2 of ACME Ltd"),
        *("guest 3 of ACME", "guest 4 of ACME"),
    }


order_lines = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2", "A3"]),
        st.sampled_from(["", "", "Anna Nowak", "Jan Lis"]),
        st.sampled_from(["ACME", "ACME", "EAPN"]),
        st.sampled_from(["", "info@x.org", "anna@x.org"]),
        st.sampled_from(["1", "2", "3"]),
    ),
    max_size=5,
    unique_by=lambda line: line[1] or object(),
).map(lambda lines: [",".join(line) for line in lines])
laws = settings(max_examples=60)


@laws
@given(first=order_lines, newer=order_lines)
def test_the_same_orders_again_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], newer: list[str]
) -> None:
    with an_event(tmp_path_factory) as event_file:
        take(event_file, HEAD, *first)
        take(event_file, HEAD, *newer)
        before = tables_of(event_file.path)
        again = take(event_file, HEAD, *newer)
        assert (again.added, again.updated, again.gone) == (0, 0, 0)
        assert tables_of(event_file.path) == before
