"""The sample event is the ECCP meeting, complete, with people of all Europe."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.programme import Event, SessionPerson
from checkin_app.services.sample_event import (
    MADE_UP,
    PROGRAMME_PART,
    SampleEvent,
    load_sample_event,
)

PROGRAMME_AS_PUBLISHED = Path(__file__).parents[2] / "data" / "sample_event" / "programme.txt"

NAMED_IN_THE_PROGRAMME = {
    "Kristina Sermuksnye-Alesiuniene": "European Cluster Collaboration Platform",
    "Jakub Boratynski": "DG GROW",
    "Birgit Weidel": "EISMEA",
    "Antonio Novo": "European Cluster Alliance (ECA)",
    "Jan-Philipp Kramer": "ECCP",
    "Kíncső Izsak": "Technopolis",
    "Pauline Capus": "AFPC - Association Française des Pôles de Compétitivité",
    "Carolina Garcés": "Clusters of Sweden",
    "Monika Antonowicz": "Polish Agency for Enterprise Development",
    "Lukas Nögel": "VDI/VDE Innovation + Technology GmbH",
    "Bruno Grandjean": "EACN – European Automotive Cluster Network",
    "Ola Svedin": "Clusters of Sweden",
    "Daniel Cosnita": "CLUSTERO",
    "Jitka Vocaskova": "DG GROW",
    "Hervé Floch": "AFPC - Association Française des Pôles de Compétitivité",
    "Sebastian Rynkiewicz": "Polish Clusters Association",
    "John Hobbs": "TCI Network",
    "Lisa Besnard": "France Clusters",
    "Marta Batalla-Masana": "DG GROW",
    "Marek Przeor": "DG GROW",
}

AGENDA_ON_THE_WALL = [
    ("12:30", "13:00", "Registration"),
    ("13:00", "13:25", "Welcome"),
    ("13:25", "14:05", "Session I: Presentation of Insights on Cluster Policy in the EU"),
    ("14:05", "14:30", "Cluster Action for Ecosystem Innovation Network (CAFEIN)"),
    ("14:30", "15:20", "Session 2 – part 1: Strategy Talks"),
    ("15:20", "16:10", "Session 2 – part 2: Strategy Talks"),
    ("16:10", "16:30", "Networking Coffee"),
    ("16:30", "17:50", "Session 3: World-café style parallel discussions"),
    ("16:30", "17:50", "Building new and reshaping existing value chains in Europe"),
    ("16:30", "17:50", "The importance of cluster organisations attracting investments"),
    ("16:30", "17:50", "Shaping the future of the cluster associations and networks"),
    ("17:50", "18:00", "Conclusions and next steps"),
]


@pytest.fixture(scope="module")
def sample() -> SampleEvent:
    return load_sample_event()


@pytest.fixture(scope="module")
def real_people(sample: SampleEvent) -> list[Attendee]:
    return [a for a in sample.attendees if MADE_UP not in a.extra]


@pytest.fixture(scope="module")
def made_up(sample: SampleEvent) -> list[Attendee]:
    return [a for a in sample.attendees if MADE_UP in a.extra]


def everybody_in_the_agenda(event: Event) -> list[SessionPerson]:
    return [
        person
        for session in event.sessions
        for person in (*session.people, *(p for talk in session.talks for p in talk.people))
    ]


def at(hour: int, minute: int) -> datetime:
    return datetime(2024, 5, 6, hour, minute, tzinfo=UTC)


def as_read(text: str) -> str:
    """Markup, quotes and line breaks aside, which differ between a page and its data."""
    plain = re.sub(r"<[^>]+>|\*\*|#+", " ", text).replace("&amp;", "&")
    plain = re.sub(r"\s*([/–])\s*", r" \1 ", plain)
    return " ".join(plain.split())


def test_two_readings_give_the_same_sample(sample: SampleEvent) -> None:
    assert load_sample_event() == sample


def test_the_event_is_the_eccp_meeting_in_brussels(sample: SampleEvent) -> None:
    event = sample.event
    assert event.name == "ECCP Meeting of the European Cluster Associations and Networks"
    assert (event.venue, event.city) == ("European Cluster Conference 2024", "Brussels")
    assert event.timezone == "Europe/Brussels"
    assert event.starts_on == event.ends_on == date(2024, 5, 6)
    assert len(event.description.split("\n\n")) == 3
    assert [theme.split("\n")[0].split()[0] for theme in event.themes] == [
        "The",
        "Enhancing",
        "The",
        "Cluster",
    ]


def test_every_agenda_slot_stands_at_its_time_on_the_wall(sample: SampleEvent) -> None:
    event = sample.event
    assert [
        (f"{event.local(s.starts_at):%H:%M}", f"{event.local(s.ends_at):%H:%M}", s.title)
        for s in event.sessions
    ] == AGENDA_ON_THE_WALL


def test_times_are_utc_and_brussels_is_two_hours_ahead_in_may(sample: SampleEvent) -> None:
    sessions = sample.event.sessions
    assert (sessions[0].starts_at, sessions[0].ends_at) == (at(10, 30), at(11, 0))
    assert {s.starts_at.tzinfo for s in sessions} | {s.ends_at.tzinfo for s in sessions} == {UTC}
    assert {m.tzinfo for c in sample.check_in_lists for m in (c.opens_at, c.closes_at) if m} == {
        UTC
    }


def test_the_agenda_has_no_gap(sample: SampleEvent) -> None:
    in_turn = [s for s in sample.event.sessions if not s.parent]
    assert [s.ends_at for s in in_turn[:-1]] == [s.starts_at for s in in_turn[1:]]


def test_the_three_discussions_run_at_once_within_session_3(sample: SampleEvent) -> None:
    by_id = {session.id: session for session in sample.event.sessions}
    discussions = [s for s in by_id.values() if s.parent]
    assert len(discussions) == 3
    for discussion in discussions:
        parent = by_id[discussion.parent]
        assert parent.title.startswith("Session 3")
        assert (discussion.starts_at, discussion.ends_at) == (parent.starts_at, parent.ends_at)
        assert discussion.description.endswith(".")


def test_all_texts_of_the_agenda_stand_in_the_published_programme(sample: SampleEvent) -> None:
    published = as_read(PROGRAMME_AS_PUBLISHED.read_text(encoding="utf-8"))
    event = sample.event
    texts = [event.name, event.venue, *event.description.split("\n\n")]
    texts += [part for theme in event.themes for part in theme.split("\n")]
    for session in event.sessions:
        texts += [session.title, *session.topics, *(talk.title for talk in session.talks)]
        texts += [part.rstrip(".") for part in session.description.split("\n\n")]
    assert [text for text in texts if as_read(text) not in published] == []


def test_the_agenda_names_who_speaks_hosts_and_moderates(sample: SampleEvent) -> None:
    people = everybody_in_the_agenda(sample.event)
    assert {person.name for person in people} == set(NAMED_IN_THE_PROGRAMME)
    assert [p.name for p in people if p.part == "host"] == ["Kristina Sermuksnye-Alesiuniene"]
    assert [p.name for p in people if p.part == "moderator"] == [
        "Jitka Vocaskova",
        "Marta Batalla-Masana",
    ]
    assert sample.event.sessions[-1].people[0].name == "Marek Przeor"
    assert [p.name for p in people].count("Pauline Capus") == 2


def test_everybody_the_programme_names_is_registered_once(real_people: list[Attendee]) -> None:
    assert sorted(a.full_name for a in real_people) == sorted(NAMED_IN_THE_PROGRAMME)
    for attendee in real_people:
        assert NAMED_IN_THE_PROGRAMME[attendee.full_name] in attendee.organisation
        assert attendee.role
        assert attendee.category
        assert attendee.extra[PROGRAMME_PART] in {"speaker", "moderator", "host"}


def test_no_contact_data_of_a_real_person_is_made_up(real_people: list[Attendee]) -> None:
    assert {a.email for a in real_people} == {""}


def test_150_are_registered_and_130_of_them_marked_as_made_up(
    sample: SampleEvent, made_up: list[Attendee]
) -> None:
    assert len(sample.attendees) == 150
    assert len(made_up) == 130
    assert {a.extra[MADE_UP] for a in made_up} == {"yes"}
    assert not {a.full_name for a in made_up} & set(NAMED_IN_THE_PROGRAMME)


def test_made_up_people_write_from_a_domain_that_belongs_to_nobody(
    made_up: list[Attendee],
) -> None:
    emails = [a.email for a in made_up if a.email]
    assert len(emails) > 100
    assert len(set(emails)) == len(emails)
    assert all(re.fullmatch(r"[a-z0-9.-]+@example\.org", email) for email in emails)


def test_ids_are_32_hexadecimal_digits_and_nobody_shares_one(sample: SampleEvent) -> None:
    ids = [a.id for a in sample.attendees]
    assert all(re.fullmatch(r"[0-9a-f]{32}", id_) for id_ in ids)
    assert len(set(ids)) == len(ids)
    assert len({s.id for s in sample.event.sessions}) == len(sample.event.sessions)
    assert len({c.id for c in sample.check_in_lists}) == len(sample.check_in_lists)


def test_codes_are_left_to_whoever_stores_the_attendees(sample: SampleEvent) -> None:
    assert {a.code for a in sample.attendees} == {""}


def test_everybody_has_a_name_an_organisation_a_role_and_a_category(sample: SampleEvent) -> None:
    for attendee in sample.attendees:
        assert attendee.full_name
        assert attendee.organisation
        assert attendee.role
        assert attendee.category


def test_the_list_holds_the_cases_worth_practising(made_up: list[Attendee]) -> None:
    by_status = Counter(a.status for a in made_up)
    assert by_status[AttendeeStatus.CANCELLED] == 1
    assert by_status[AttendeeStatus.PENDING] == 1
    assert by_status[AttendeeStatus.WAITING] == 1

    attention = {a.attention for a in made_up}
    assert {"VIP: bring to Mr Przeor", "Needs step-free seat"} <= attention

    annas = [a for a in made_up if a.full_name == "Anna Nowak"]
    assert len({a.organisation for a in annas}) == len(annas) == 2
    assert max(len(a.full_name) for a in made_up) > 50
    assert max(len(a.organisation) for a in made_up) > 120
    assert min(len(a.full_name) for a in made_up) < 6


def test_names_are_latin_greek_and_cyrillic_and_composed(sample: SampleEvent) -> None:
    scripts = set()
    for attendee in sample.attendees:
        for text in (getattr(attendee, name) for name in TEXT_FIELDS):
            assert unicodedata.is_normalized("NFC", text)
            assert text == " ".join(text.split())
            scripts |= {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
    assert scripts == {"LATIN", "GREEK", "CYRILLIC"}


def test_the_letters_of_all_europe_occur(made_up: list[Attendee]) -> None:
    occurring = set("".join(a.full_name for a in made_up).lower())
    expected = "șțğışőűþðæøåčđłżźąģķņļėġħċßœñçŷŵšžĺŕľěřωϊήїґљњђџѓќѕщ"
    assert [letter for letter in expected if letter not in occurring] == []


def test_there_is_a_list_for_the_desk_and_one_for_each_discussion(sample: SampleEvent) -> None:
    registration, *discussions = sample.check_in_lists
    assert (registration.id, registration.name) == ("registration", "Registration desk")
    assert (registration.opens_at, registration.closes_at) == (at(10, 30), at(16, 0))
    assert (registration.capacity, registration.session_id) == (None, "")

    sessions = {s.id: s for s in sample.event.sessions}
    assert {c.session_id for c in discussions} == {s.id for s in sessions.values() if s.parent}
    for door in discussions:
        session = sessions[door.session_id]
        assert (door.opens_at, door.closes_at) == (session.starts_at, session.ends_at)
        assert door.capacity == 60
    assert not any(c.strict for c in sample.check_in_lists)
