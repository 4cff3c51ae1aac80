"""Whose badges are chosen, and what the ledger says once they are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.layouts.built_in import built_in_layout
from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.badges.badge_prints import BadgePrint, PrintRun, RunPlace
from checkin_app.domain.badges.imposition import Imposition, SheetRange
from checkin_app.domain.badges.stock import CARD_ON_A4
from checkin_app.domain.badges.trays import split_into_trays
from checkin_app.domain.ledger import EntryKind
from checkin_app.errors import UsageError
from checkin_app.services.bulk_badges.badge_choice import (
    Wanted,
    choose_attendees,
    moment_at_venue,
    sort_attendees,
)
from checkin_app.services.bulk_badges.badge_printing import BadgeJob
from checkin_app.services.bulk_badges.badge_records import (
    last_runs,
    record_job,
    record_prints,
    record_spoilt,
    run_places,
)
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION
LATER = NOW + timedelta(hours=2)

PEOPLE = (
    Attendee("", "AAAA-0001", first_name="Anna", last_name="Österberg", category="Press"),
    Attendee("", "AAAA-0002", first_name="Bo", last_name="Zorn", category="press"),
    Attendee("", "AAAA-0003", first_name="Carl", last_name="Olsen", extra={"Diet": "vegan"}),
    Attendee("", "AAAA-0004", last_name="Pending", status=AttendeeStatus.PENDING),
    Attendee("", "AAAA-0005", last_name="Cancelled", status=AttendeeStatus.CANCELLED),
)


@pytest.fixture
def event_file(empty_event_file: EventFile) -> EventFile:
    """Österberg, Zorn and Olsen are confirmed; Pending and Cancelled are what they are called."""
    with empty_event_file.transaction("Organiser", NOW) as transaction:
        transaction.register(PEOPLE)
    return empty_event_file


def names(people: tuple[Attendee, ...]) -> list[str]:
    return [person.last_name for person in people]


def person(event_file: EventFile, name: str) -> Attendee:
    return event_file.search(name)[0].attendee


def speak(event_file: EventFile, language: str) -> None:
    with event_file.transaction("Organiser", NOW) as transaction:
        transaction.describe_event(replace(event_file.event(), language=language))


def print_badges(event_file: EventFile, *who: str, **known: str) -> None:
    badges = [BadgePrint(person(event_file, name), **known) for name in who]
    record_prints(event_file, "Desk 1", NOW, badges)


def job_for(event_file: EventFile, *, trays: str = "", imposition: Imposition) -> BadgeJob:
    people = choose_attendees(event_file)
    plan = BadgePlan(built_in_layout(), CARD_ON_A4, event_file.event(), imposition)
    if trays:
        tray_plan = split_into_trays(people, trays)
        people, plan = tray_plan.attendees, replace(plan, trays=tray_plan.trays)
    return BadgeJob(Path("badges.pdf"), people, plan)


def test_badges_are_in_the_order_of_the_events_language(event_file: EventFile) -> None:
    assert names(choose_attendees(event_file)) == ["Olsen", "Österberg", "Zorn"]
    speak(event_file, "sv")
    assert names(choose_attendees(event_file)) == ["Olsen", "Zorn", "Österberg"]


def test_badges_may_be_sorted_by_a_column_of_the_list(event_file: EventFile) -> None:
    by_diet = choose_attendees(event_file, sort=("column:Diet", "last_name"))
    assert names(by_diet) == ["Österberg", "Zorn", "Olsen"]
    assert sort_attendees(by_diet, ()) == by_diet
    assert choose_attendees(event_file, sort=("column:DIET", "last_name")) == by_diet
    with pytest.raises(UsageError, match="cannot be sorted by diet"):
        choose_attendees(event_file, sort=("diet",))


def test_a_category_is_found_however_it_is_spelt(event_file: EventFile) -> None:
    assert names(choose_attendees(event_file, categories=["PRESS"])) == ["Österberg", "Zorn"]
    with pytest.raises(UsageError, match="no category “Pres”"):
        choose_attendees(event_file, categories=["Pres"])


def test_only_people_of_these_ids_are_chosen_whatever_their_status(event_file: EventFile) -> None:
    ids = [person(event_file, name).id for name in ("zorn", "cancelled", "olsen")]
    assert names(choose_attendees(event_file, None, ids=ids)) == ["Cancelled", "Olsen", "Zorn"]
    assert names(choose_attendees(event_file, Wanted.EXPECTED, ids=ids)) == ["Olsen", "Zorn"]
    assert choose_attendees(event_file, None, ids=[]) == ()


def test_badges_for_those_registered_since(event_file: EventFile) -> None:
    with event_file.transaction("Desk 1", LATER) as transaction:
        transaction.register([Attendee("", last_name="Late")])
    assert names(choose_attendees(event_file, since=LATER)) == ["Late"]
    assert len(choose_attendees(event_file, since=NOW)) == 4


def test_a_day_begins_where_the_event_is(event_file: EventFile) -> None:
    event = event_file.event()
    assert moment_at_venue(event, date(2024, 5, 6)) == datetime(2024, 5, 5, 22, tzinfo=UTC)
    wall = datetime(2024, 5, 6, 9, 30)
    assert moment_at_venue(event, wall) == datetime(2024, 5, 6, 7, 30, tzinfo=UTC)
    assert moment_at_venue(event, wall.replace(tzinfo=UTC)) == wall.replace(tzinfo=UTC)


def test_badges_that_are_out_of_date_are_printed_again(event_file: EventFile) -> None:
    print_badges(event_file, "olsen", "zorn", "cancelled")
    for name in ("olsen", "cancelled"):
        correct(event_file, "Desk 1", NOW, person(event_file, name).id, {"role": "Chair"})
    assert names(choose_attendees(event_file, Wanted.CHANGED)) == ["Olsen"]
    print_badges(event_file, "olsen")
    assert choose_attendees(event_file, Wanted.CHANGED) == ()
    assert names(choose_attendees(event_file, Wanted.UNPRINTED)) == ["Österberg"]


def test_spoilt_badges_are_printed_again(event_file: EventFile) -> None:
    print_badges(event_file, "olsen", "zorn", "pending")
    jammed = [person(event_file, name).id for name in ("zorn", "pending")]
    record_spoilt(event_file, "Desk 1", NOW, jammed)
    assert names(choose_attendees(event_file, Wanted.SPOILT)) == ["Pending", "Zorn"]
    print_badges(event_file, "zorn")
    assert names(choose_attendees(event_file, Wanted.SPOILT)) == ["Pending"]
    assert event_file.verify().ok


def test_a_finished_job_says_where_every_badge_lies(event_file: EventFile) -> None:
    job = job_for(event_file, imposition=Imposition(first_slot=9, copies=2))
    run = record_job(event_file, "Organiser", NOW, job)
    ids = [attendee.id for attendee in job.attendees]
    assert run_places(event_file, run) == (
        RunPlace(ids[0], 1, 9, 2),
        RunPlace(ids[1], 2, 1, 2),
        RunPlace(ids[2], 2, 3, 2),
    )
    (recorded,) = last_runs(event_file)
    assert recorded == PrintRun(
        run, CARD_ON_A4.name, "name-first", job.plan.imposition, 3, NOW, "Organiser"
    )


def test_the_desk_learns_the_tray_of_every_badge(event_file: EventFile) -> None:
    job = job_for(event_file, trays="A-O,P-Z", imposition=Imposition())
    record_job(event_file, "Organiser", NOW, job)
    trays = {r.attendee.last_name: (r.tray, r.tray_place) for r in event_file.records()}
    assert trays["Olsen"] == ("A–O", 1)
    assert trays["Österberg"] == ("A–O", 2)
    assert trays["Zorn"] == ("P–Z", 1)
    assert trays["Pending"] == ("", 0)
    (record,) = (r for r in event_file.records() if r.attendee.last_name == "Zorn")
    assert event_file.record(record.attendee.id) == record


def test_a_change_of_what_the_layout_shows_makes_the_badge_out_of_date(
    event_file: EventFile,
) -> None:
    record_job(event_file, "Organiser", NOW, job_for(event_file, imposition=Imposition()))
    correct(event_file, "Desk 1", NOW, person(event_file, "olsen").id, {"email": "o@example.org"})
    correct(event_file, "Desk 1", NOW, person(event_file, "zorn").id, {"category": "Speaker"})
    assert names(choose_attendees(event_file, Wanted.CHANGED)) == ["Zorn"]


def test_only_badges_of_written_sheets_are_noted(event_file: EventFile) -> None:
    imposition = Imposition(first_slot=10, sheets=SheetRange(2, 2))
    job = job_for(event_file, imposition=imposition)
    run = record_job(event_file, "Organiser", NOW, job)
    assert [place.sheet for place in run_places(event_file, run)] == [2, 2]
    assert [r.badge_prints for r in event_file.records()] == [1, 1, 0, 0, 0]


def test_runs_are_listed_newest_first_and_each_once(event_file: EventFile) -> None:
    assert last_runs(event_file) == ()
    zorn, olsen = person(event_file, "zorn"), person(event_file, "olsen")
    first, second = PrintRun("aaaa"), PrintRun("bbbb")
    record_prints(event_file, "Desk 1", NOW, [BadgePrint(zorn, "aaaa", 1, 1)], first)
    record_prints(event_file, "Desk 1", NOW, [BadgePrint(zorn, "bbbb", 1, 2)], second)
    record_prints(event_file, "Desk 1", NOW, [BadgePrint(olsen, "aaaa", 2, 1)], first)
    assert [run.id for run in last_runs(event_file)] == ["bbbb", "aaaa"]
    assert [run.id for run in last_runs(event_file, 1)] == ["bbbb"]
    assert run_places(event_file, "aaaa") == (RunPlace(zorn.id, 1, 1), RunPlace(olsen.id, 2, 1))
    assert run_places(event_file, "cccc") == ()


def test_a_long_run_is_noted_in_short_transactions(event_file: EventFile) -> None:
    with event_file.transaction("Organiser", NOW) as transaction:
        many = transaction.register([Attendee("", last_name=f"Nowak{n}") for n in range(450)])
    record_prints(event_file, "Desk 1", NOW, map(BadgePrint, many), PrintRun("aaaa"))
    kinds = [entry.kind for entry in event_file.ledger()]
    assert kinds.count(EntryKind.BADGE_PRINTED) == 450
    assert kinds.count(EntryKind.BADGE_RUN) == 1
    assert event_file.verify().ok


def test_a_run_noted_again_after_a_failure_is_not_counted_twice(event_file: EventFile) -> None:
    job = job_for(event_file, imposition=Imposition())
    run = record_job(event_file, "Organiser", NOW, job)
    assert record_job(event_file, "Organiser", NOW, job, run) == run
    assert {event_file.record(one.id).badge_prints for one in job.attendees} == {1}
    assert len(last_runs(event_file)) == 1
