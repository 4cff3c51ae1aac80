"""Events and check-in lists come back from their JSON as they were."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.event_document import (
    event_document,
    event_from_document,
    iso_utc,
    list_document,
    list_from_document,
)
from checkin_app.domain.programme import Event, Session, SessionPerson, Talk
from checkin_app.services.sample_event import load_sample_event

moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
texts = st.text(max_size=10)
people = st.tuples(st.builds(SessionPerson, texts, texts, texts, texts))
sessions = st.builds(
    Session,
    texts,
    texts,
    moments,
    moments,
    texts,
    st.tuples(texts),
    st.tuples(st.builds(Talk, texts, people)),
    people,
    texts,
    texts,
)
events = st.builds(
    Event,
    name=texts,
    timezone=st.just("Europe/Brussels"),
    starts_on=st.dates(),
    ends_on=st.dates(),
    venue=texts,
    city=texts,
    description=texts,
    themes=st.tuples(texts),
    sessions=st.lists(sessions, max_size=3).map(tuple),
    language=st.sampled_from(["", "sv", "de-AT"]),
)
lists = st.builds(
    CheckInList,
    id=texts,
    name=texts,
    opens_at=st.none() | moments,
    closes_at=st.none() | moments,
    capacity=st.none() | st.integers(0, 10_000),
    strict=st.booleans(),
    categories=st.frozensets(texts, max_size=3),
    session_id=texts,
)


def through_json(document: object) -> object:
    return json.loads(json.dumps(document))


@given(events)
def test_an_event_comes_back(event: Event) -> None:
    assert event_from_document(through_json(event_document(event))) == event  # type: ignore[arg-type]


@given(lists)
def test_a_check_in_list_comes_back(check_in_list: CheckInList) -> None:
    document = through_json(list_document(check_in_list))
    assert list_from_document(check_in_list.id, document) == check_in_list  # type: ignore[arg-type]


def test_the_sample_event_comes_back_with_its_whole_agenda() -> None:
    sample = load_sample_event()
    assert event_from_document(event_document(sample.event)) == sample.event


def test_times_are_written_in_utc_with_z() -> None:
    assert iso_utc(datetime(2024, 5, 6, 12, 34, tzinfo=UTC)) == "2024-05-06T12:34:00Z"
    assert iso_utc(datetime(2024, 5, 6, 12, 34, 0, 7000, tzinfo=UTC)).endswith("00.007Z")
    event = Event("A", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
    assert iso_utc(event.utc(event.starts_on, 12, 30)) == "2024-05-06T10:30:00Z"
    assert iso_utc(event.utc(date(2024, 1, 6), 12, 30)) == "2024-01-06T11:30:00Z"


def test_an_event_of_the_first_version_has_no_language() -> None:
    document = event_document(load_sample_event().event)
    del document["language"]
    assert event_from_document(document).language == ""
