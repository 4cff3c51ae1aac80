"""Who has just arrived is shown the way to what is on, or to what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.where_next import where_next
from checkin_app.services.sample_event import load_sample_event

SAMPLE = load_sample_event()
EVENT = SAMPLE.event
DESK = SAMPLE.check_in_lists[0]


def at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return EVENT.utc(EVENT.starts_on, hour, minute)


@pytest.mark.parametrize(
    ("clock", "title", "is_on"),
    [
        ("08:00", "Welcome", False),
        ("12:40", "Welcome", False),
        ("13:00", "Welcome", True),
        ("13:19", "Welcome", True),
        ("13:21", "Session I: Presentation of Insights on Cluster Policy in the EU", False),
        ("17:00", "Session 3: World-café style parallel discussions", True),
        ("17:58", "Conclusions and next steps", True),
    ],
)
def test_the_session_that_is_on_or_comes_next(clock, title, is_on):
    found = where_next(EVENT, DESK, at(clock))
    assert found is not None
    assert (found.session.title, found.is_on) == (title, is_on)


def test_after_the_last_session_there_is_nowhere_to_go():
    assert where_next(EVENT, DESK, at("18:00")) is None


def test_another_day_has_no_programme():
    assert where_next(EVENT, DESK, datetime(2024, 5, 5, 12, tzinfo=UTC)) is None


def test_at_the_door_of_a_session_it_is_that_session():
    door = next(one for one in SAMPLE.check_in_lists if one.session_id == "discussion-2")
    found = where_next(EVENT, door, at("16:20"))
    assert found is not None
    assert found.session.id == "discussion-2"
    assert not found.is_on


def test_a_door_whose_session_is_no_longer_in_the_programme_leads_nowhere():
    assert where_next(EVENT, CheckInList("x", "Door", session_id="gone"), at("13:00")) is None


def test_an_event_without_programme_leads_nowhere():
    assert where_next(replace(EVENT, sessions=()), DESK, at("13:00")) is None
