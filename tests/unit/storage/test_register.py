"""What the tables of a screen show: searches, filters, sorts and counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from checkin_app.storage.people.register import CodeMatch, SortColumn

NOON = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)

PEOPLE = (
    Attendee("", "NOGEL-0001", "Dr", "Heike", "Nögel", "EAPN", category="Speaker"),
    Attendee("", "KINCSO-001", "", "Kíncső", "Nagy", "EESC", email="kincso@example.hu"),
    Attendee("", "PAPADO-001", "", "Γιώργος", "Παπαδόπουλος", "Eurocities", category="Press"),
    Attendee("", "BORATY-001", "", "Jakub", "Boratyński", "European Commission"),
    Attendee("", "CONNOR-001", "", "Seán", "O'Connor", "EAPN", category="Press"),
    Attendee("", "NOWAK-0001", "", "Anna", "Nowak", "Caritas Łódź", category="Speaker"),
    Attendee("", "NOWAK-0002", "", "Anna", "Nowak", "EAPN", status=AttendeeStatus.CANCELLED),
    Attendee("", "smallcase1", "", "Nagyezsda", "Anna", "Zöld", status=AttendeeStatus.PENDING),
)


@pytest.fixture
def event_file(empty_event_file: EventFile) -> EventFile:
    """Eight people of whom Heike came, then Seán, who has a badge."""
    with empty_event_file.transaction("Desk 1", NOON) as transaction:
        heike, *_others = stored = transaction.register(PEOPLE)
        transaction.append(EntryKind.CHECKED_IN, heike.id, "registration")
    with empty_event_file.transaction("Desk 2", NOON + timedelta(minutes=2)) as transaction:
        transaction.append(EntryKind.CHECKED_IN, stored[4].id, "registration")
        transaction.append(EntryKind.BADGE_PRINTED, stored[4].id)
    return empty_event_file


def found(event_file: EventFile, text: str, limit: int = 50) -> list[str]:
    return [listed.attendee.full_name for listed in event_file.search(text, limit)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nogel", "Heike Nögel"),
        ("noegel", "Heike Nögel"),
        ("kincso", "Kíncső Nagy"),
        ("nagy kin", "Kíncső Nagy"),
        ("kincso@ex", "Kíncső Nagy"),
        ("papadopoulos", "Γιώργος Παπαδόπουλος"),
        ("giorgos", "Γιώργος Παπαδόπουλος"),
        ("boratynski", "Jakub Boratyński"),
        ("commission jak", "Jakub Boratyński"),
        ("oconnor", "Seán O'Connor"),
        ("O’Connor", "Seán O'Connor"),
        ("lodz", "Anna Nowak"),
        ("boraty-0", "Jakub Boratyński"),
        ("SMALLCASE1", "Nagyezsda Anna"),
        ("smallcase1", "Nagyezsda Anna"),
    ],
)
def test_one_person_is_found(event_file: EventFile, typed: str, name: str) -> None:
    assert found(event_file, typed) == [name]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nogil", "Heike Nögel"),
        ("ngoel", "Heike Nögel"),
        ("nogl", "Heike Nögel"),
        ("noggel", "Heike Nögel"),
        ("boratinski", "Jakub Boratyński"),
        ("jakub boratinski", "Jakub Boratyński"),
        ("papadopolos", "Γιώργος Παπαδόπουλος"),
    ],
)
def test_one_mistake_still_finds_the_person(event_file: EventFile, typed: str, name: str) -> None:
    assert found(event_file, typed) == [name]


@pytest.mark.parametrize("typed", ["", "  ", "?!", "zzzzz", "nowak eesc", "\0", "\udcff", "NEAR("])
def test_nobody_is_found_calmly(event_file: EventFile, typed: str) -> None:
    assert found(event_file, typed) == []


def test_last_names_come_before_first_names_and_those_before_the_rest(
    event_file: EventFile,
) -> None:
    assert found(event_file, "nagy") == ["Kíncső Nagy", "Nagyezsda Anna"]
    assert found(event_file, "anna") == ["Nagyezsda Anna", "Anna Nowak", "Anna Nowak"]
    assert found(event_file, "eapn") == ["Heike Nögel", "Anna Nowak", "Seán O'Connor"]


def test_namesakes_are_told_apart_by_organisation(event_file: EventFile) -> None:
    listed = event_file.search("anna nowak eapn")
    assert [line.attendee.organisation for line in listed] == ["EAPN"]


def test_a_short_code_finds_its_holder_first(event_file: EventFile) -> None:
    with event_file.transaction("Desk 1", NOON) as transaction:
        transaction.register((Attendee("", "N1", "", "Zuzanna", "Wiśniewska", ""),))
    assert found(event_file, "n1")[0] == "Zuzanna Wiśniewska"
    assert found(event_file, "N")[0] != "Zuzanna Wiśniewska"


def test_no_more_are_found_than_asked_for(event_file: EventFile) -> None:
    assert len(found(event_file, "a", limit=2)) == 2


def test_a_result_says_whether_the_person_is_in(event_file: EventFile) -> None:
    (heike,), (jakub,) = event_file.search("nogel"), event_file.search("boratynski")
    assert heike.checked_in_at == NOON
    assert jakub.checked_in_at is None
    assert event_file.number_of(heike.attendee.id) == heike.number


def names(event_file: EventFile, wanted: AttendeeFilter, **sort: object) -> list[str]:
    numbers = event_file.matching_numbers(wanted, **sort)  # type: ignore[arg-type]
    return [line.attendee.full_name for line in event_file.listed_attendees(numbers)]


def test_the_table_is_filtered_by_every_mark(event_file: EventFile) -> None:
    assert names(event_file, AttendeeFilter(arrived=True)) == ["Heike Nögel", "Seán O'Connor"]
    assert names(event_file, AttendeeFilter(printed=True)) == ["Seán O'Connor"]
    assert names(event_file, AttendeeFilter(statuses=(AttendeeStatus.PENDING,))) == [
        "Nagyezsda Anna"
    ]
    assert names(event_file, AttendeeFilter(categories=("Press",), arrived=False)) == [
        "Γιώργος Παπαδόπουλος"
    ]
    assert names(event_file, AttendeeFilter(text="eapn", printed=False, arrived=True)) == [
        "Heike Nögel"
    ]
    assert len(names(event_file, AttendeeFilter())) == len(PEOPLE)


def test_filters_know_badges_and_registrations(event_file: EventFile) -> None:
    later = NOON + timedelta(hours=1)
    with event_file.transaction("Desk 2", later) as transaction:
        (zoe,) = transaction.register([Attendee("", "ZOE-000001", first_name="Zoé")])
    jakub, sean = (event_file.search(name)[0].attendee for name in ("boratynski", "oconnor"))
    with event_file.transaction("Desk 2", later) as transaction:
        for person in (jakub, zoe):
            transaction.append(EntryKind.BADGE_PRINTED, person.id)
        transaction.append(EntryKind.BADGE_SPOILT, jakub.id)
        transaction.append(EntryKind.AMENDED, sean.id, payload={"changes": {"role": "Chair"}})
    assert names(event_file, AttendeeFilter(spoilt=True)) == ["Jakub Boratyński"]
    assert names(event_file, AttendeeFilter(changed=True)) == ["Seán O'Connor"]
    assert len(names(event_file, AttendeeFilter(spoilt=False, changed=False))) == 7
    assert names(event_file, AttendeeFilter(registered_since=later)) == ["Zoé"]
    assert len(names(event_file, AttendeeFilter(registered_since=NOON))) == 9
    (line,) = event_file.search("boratynski")
    assert (line.badge_spoilt, line.changed_since_print) == (True, False)


def test_whoever_has_come_may_pass_whatever_the_status(event_file: EventFile) -> None:
    pending = (AttendeeStatus.PENDING,)
    wanted = AttendeeFilter(statuses=pending, or_arrived=True)
    assert names(event_file, wanted) == ["Nagyezsda Anna", "Heike Nögel", "Seán O'Connor"]


def test_people_are_found_by_their_ids_however_many(event_file: EventFile) -> None:
    jakub = event_file.search("boratynski")[0].attendee
    strangers = tuple(f"{number:032x}" for number in range(100_000))
    found_people = event_file.attendees(AttendeeFilter(ids=(*strangers, jakub.id)))
    assert found_people == [jakub]
    assert event_file.attendees(AttendeeFilter(ids=())) == []
    assert len(event_file.attendees(AttendeeFilter())) == len(PEOPLE)


@pytest.mark.parametrize("column", list(SortColumn))
def test_the_table_is_sorted_by_every_column_both_ways(
    event_file: EventFile, column: SortColumn
) -> None:
    upwards = names(event_file, AttendeeFilter(), sort=column)
    downwards = names(event_file, AttendeeFilter(), sort=column, descending=True)
    assert sorted(upwards) == sorted(downwards)
    assert len(upwards) == len(PEOPLE)


def test_the_table_is_sorted_by_name_as_people_read_it(event_file: EventFile) -> None:
    assert names(event_file, AttendeeFilter(), sort=SortColumn.NAME)[:4] == [
        "Nagyezsda Anna",
        "Jakub Boratyński",
        "Kíncső Nagy",
        "Heike Nögel",
    ]
    assert names(event_file, AttendeeFilter(), sort=SortColumn.ARRIVED, descending=True)[:2] == [
        "Seán O'Connor",
        "Heike Nögel",
    ]


def test_lines_that_are_gone_are_left_out(event_file: EventFile) -> None:
    assert event_file.listed_attendees([999_999]) == ()


def test_a_code_means_its_holder_and_once_meant_the_former_one(event_file: EventFile) -> None:
    (jakub,) = event_file.search("boratynski")
    with event_file.transaction("Desk 1", NOON) as transaction:
        transaction.append(
            EntryKind.CODE_REPLACED, jakub.attendee.id, payload={"code": "BRAND-NEW"}
        )
        assert transaction.find_code("BRAND-NEW") == (CodeMatch(jakub.attendee.id, True),)
        assert transaction.find_code("BORATY-001") == (CodeMatch(jakub.attendee.id, False),)
        assert transaction.find_code("nothing") == ()


def test_arrivals_are_counted_by_category_and_minute(event_file: EventFile) -> None:
    arrived = {
        (count.category, count.status): (count.registered, count.arrived)
        for count in event_file.category_counts("registration")
    }
    assert arrived[("Press", AttendeeStatus.CONFIRMED)] == (2, 1)
    assert arrived[("Speaker", AttendeeStatus.CONFIRMED)] == (2, 1)
    assert arrived[("", AttendeeStatus.CANCELLED)] == (1, 0)
    assert event_file.category_counts("another list")[0].arrived == 0
    assert event_file.arrivals_by_minute("registration") == (
        (NOON, 1),
        (NOON + timedelta(minutes=2), 1),
    )
    assert event_file.arrivals_by_minute() == event_file.arrivals_by_minute("registration")
    assert event_file.arrivals_by_minute(since=NOON + timedelta(minutes=1)) == (
        (NOON + timedelta(minutes=2), 1),
    )
    assert event_file.categories() == ("Press", "Speaker")


def test_the_latest_arrival_comes_first(event_file: EventFile) -> None:
    latest = event_file.latest_arrivals("registration")
    assert [(a.listed.attendee.last_name, a.check_in.desk) for a in latest] == [
        ("O'Connor", "Desk 2"),
        ("Nögel", "Desk 1"),
    ]
    assert len(event_file.latest_arrivals("registration", 1)) == 1


def test_everybody_is_listed_with_check_ins_and_prints(event_file: EventFile) -> None:
    records = event_file.records()
    assert [record.attendee.code for record in records] == [person.code for person in PEOPLE]
    assert [record.badge_prints for record in records] == [0, 0, 0, 0, 1, 0, 0, 0]
    assert records[0].checked_in_at == NOON


def test_the_search_index_finds_a_correction_and_forgets_the_mistake(
    event_file: EventFile, tmp_path: Path
) -> None:
    (jakub,) = event_file.search("boratynski")
    with event_file.transaction("Desk 1", NOON) as transaction:
        transaction.append(
            EntryKind.AMENDED, jakub.attendee.id, payload={"changes": {"last_name": "Żuk"}}
        )
    assert found(event_file, "zuk") == ["Jakub Żuk"]
    assert found(event_file, "boratynski") == []
    assert event_file.verify().ok


def test_a_text_that_many_people_share_is_in_memory_once(event_file: EventFile) -> None:
    press = [person.category for person in event_file.attendees(AttendeeFilter())][2::2][:2]
    assert press == ["Press", "Press"]
    assert press[0] is press[1]
