"""Whose badges are looked at before a run is printed."""

from __future__ import annotations

import dataclasses

from badge_people import MEETING, attendee
from hypothesis import given
from hypothesis import strategies as st

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.badges.preflight.proof_choice import proof_attendees
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.stock import CARD_ON_A4

PLAN = BadgePlan(built_in_layout(), CARD_ON_A4, MEETING)
ORDINARY = [attendee("Anna", f"Brandt{chr(97 + at % 26)}{at}", role="Member") for at in range(60)]
LONG = attendee("Maximiliane-Theodora", "Wolkenstein-Trostburg von Waldburg", role="Member")
SHORT = attendee("I", "Li", role="Member")
STRANGE = attendee("Þóra", "Ķēniņš-Šķēle", role="Member")
WORDY = attendee("Anna", "Brandt", organisation="Confederation of everything " * 4, role="Member")
BUSY = attendee("Anna", "Brandtl", role="Deputy Director-General for Horizontal Matters")
CODED = attendee("Anna", "Brandts", role="Member", code="https://example.org/" + "x" * 40)
BARE = attendee("Anna", "Brandtz", organisation="", role="")
REPORTER = attendee("Anna", "Brandtq", role="Member", category="press")
TELLING = (LONG, SHORT, STRANGE, WORDY, BUSY, CODED, BARE, REPORTER)


def test_the_longest_the_shortest_and_the_strangest_are_chosen_and_told_why() -> None:
    people = [*ORDINARY[:30], *TELLING, *ORDINARY[30:]]
    picks = proof_attendees(people, PLAN, 12)
    reasons = {one.id: reason for one, reason in picks}
    assert picks[0] == (LONG, "longest name")
    assert {one.id for one in TELLING} <= reasons.keys()
    assert reasons[SHORT.id] == "shortest name"
    assert reasons[STRANGE.id] == "rarest letters"
    assert reasons[REPORTER.id] == "category press"
    assert reasons[CODED.id] == "longest code"
    assert reasons[BARE.id] == "most is left empty"


def test_a_long_name_is_measured_not_counted() -> None:
    narrow, wide = attendee("Illi", "Illilillilli"), attendee("Mwmw", "Mwmwmwmw")
    ((chosen, _reason),) = proof_attendees([narrow, wide], PLAN, 1)
    assert chosen == wide


def test_few_people_are_all_shown() -> None:
    assert {one.id for one, _reason in proof_attendees(ORDINARY[:4], PLAN, 10)} == {
        one.id for one in ORDINARY[:4]
    }
    assert proof_attendees([], PLAN, 10) == ()
    assert proof_attendees(ORDINARY, PLAN, 0) == ()


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.tuples(names, names, names, st.sampled_from(["", "press", "guest"])), max_size=15),
    st.integers(0, 20),
)
def test_nobody_is_chosen_twice_and_the_choice_is_always_the_same(
    rows: list[tuple[str, str, str, str]], count: int
) -> None:
    people = [
        Attendee(f"{at:032x}", "CODE", "", first, last, organisation, category=category)
        for at, (first, last, organisation, category) in enumerate(rows)
    ]
    picks = proof_attendees(people, PLAN, count)
    ids = [one.id for one, _reason in picks]
    assert len(ids) == len(set(ids)) == min(count, len(people))
    assert picks == proof_attendees(people, PLAN, count)
    assert all(reason for _one, reason in picks)


def test_copies_of_a_person_take_one_place() -> None:
    same = [dataclasses.replace(LONG) for _ in range(5)]
    assert len(proof_attendees(same, PLAN, 10)) == 1
