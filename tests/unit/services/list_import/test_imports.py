"""Registration lists come in whole, come again without harm, and never overrule a desk."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.scan import Scan
from checkin_app.errors import Cancelled, ListFileError
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.event_files import create_event
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    apply_import,
    plan_import,
    read_list,
    report_of,
)
from checkin_app.services.list_merge.decisions import MergeDecisions, RowChoice, RowDecision
from checkin_app.services.registrations import correct, walk_in
from checkin_app.storage.event_file import EventFile

LISTS = Path(__file__).parents[3] / "data" / "lists"
EXPECTED: dict[str, Any] = json.loads((LISTS / "expected.json").read_text(encoding="utf-8"))
READABLE = [name for name, answer in EXPECTED.items() if "refused" not in answer]
REFUSED = [name for name, answer in EXPECTED.items() if "refused" in answer]


def take_in(event_file: EventFile, path: Path) -> ImportReport:
    reading = read_list(path)
    plan = plan_import(event_file, reading)
    return apply_import(event_file, "Organiser", DURING_REGISTRATION, plan, reading)


def write_list(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def dropped(report: ImportReport) -> int:
    """Rows left out as repeats of an earlier one, as their problem says."""
    return sum("left out" in problem.reason for problem in report.problems)


@pytest.mark.parametrize("name", READABLE)
def test_a_list_comes_in_as_expected_and_again_without_a_change(
    empty_event_file: EventFile, name: str
) -> None:
    expected = EXPECTED[name]
    report = take_in(empty_event_file, LISTS / name)
    assert (report.read, report.added) == (expected["read"], expected["added"])
    assert report.rejected == expected["rejected"]
    assert report.added + report.rejected + dropped(report) == report.read
    people = [record.attendee for record in empty_event_file.records()]
    assert len({person.code for person in people} - {""}) == len(people) == expected["added"]
    for wanted in expected.get("people", []):
        assert any(
            all(getattr(person, field) == value for field, value in wanted.items())
            for person in people
        ), wanted
    if "status" in expected:
        assert Counter(person.status.value for person in people) == expected["status"]

    entries = len(list(empty_event_file.ledger()))
    again = take_in(empty_event_file, LISTS / name)
    assert (again.added, again.updated, again.rejected) == (0, 0, expected["rejected"])
    assert again.unchanged + again.rejected + dropped(again) == again.read
    assert len(list(empty_event_file.ledger())) == entries
    assert empty_event_file.verify().ok


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_changes_nothing(empty_event_file: EventFile, name: str) -> None:
    with pytest.raises(ListFileError):
        take_in(empty_event_file, LISTS / name)
    assert empty_event_file.records() == []


def test_looking_at_a_list_writes_nothing(empty_event_file: EventFile) -> None:
    entries = list(empty_event_file.ledger())
    reading = read_list(LISTS / "plain.csv")
    report = report_of(plan_import(empty_event_file, reading), reading)
    assert report.added == 120
    assert list(empty_event_file.ledger()) == entries


def test_a_stopped_import_leaves_nothing(empty_event_file: EventFile) -> None:
    entries = list(empty_event_file.ledger())
    reading = read_list(LISTS / "plain.csv")
    plan = plan_import(empty_event_file, reading)
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        apply_import(
            empty_event_file,
            "Organiser",
            DURING_REGISTRATION,
            plan,
            reading,
            cancelled=lambda: next(answers),
        )
    assert list(empty_event_file.ledger()) == entries
    assert empty_event_file.verify().ok


def test_a_newer_list_adds_changes_and_keeps_check_ins(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    header = "First name,Last name,Organisation,Email,Role"
    write_list(
        path := tmp_path / "list.csv",
        header,
        "Anna,Nowak,EAPN,anna@example.org,Chair",
        "Jakub,Żuk,EESC,jakub@example.org,Clerk",
    )
    take_in(empty_event_file, path)
    desk = CheckInDesk(empty_event_file, "Desk 1", empty_event_file.check_in_lists()[0])
    before = {r.attendee.first_name: r.attendee for r in empty_event_file.records()}
    desk.handle(Scan(before["Anna"].code))

    write_list(
        path,
        header,
        "Anna,Nowak,EAPN,anna@example.org,President",
        "Jakub,Żuk,EESC,jakub@example.org,",
        "Zoé,Żak,EESC,zoe@example.org,Guest",
        ",,EESC,,",
    )
    report = take_in(empty_event_file, path)
    assert (report.read, report.added, report.updated) == (4, 1, 1)
    assert (report.unchanged, report.rejected) == (1, 1)
    after = {r.attendee.first_name: r for r in empty_event_file.records()}
    assert after["Anna"].attendee.role == "President"
    assert after["Anna"].checked_in_at is not None
    assert after["Jakub"].attendee.role == "Clerk"
    assert {n: after[n].attendee.code for n in before} == {n: p.code for n, p in before.items()}


def test_namesakes_of_one_organisation_stay_two_people(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    chair, intern = "Anna,Nowak,EAPN,Chair", "Anna,Nowak,EAPN,Intern"
    path = tmp_path / "list.csv"
    header = "First name,Last name,Organisation,Role"
    assert take_in(empty_event_file, write_list(path, header, chair, intern)).added == 2
    for rows in ((chair, intern), (intern, chair)):
        report = take_in(empty_event_file, write_list(path, header, *rows))
        assert (report.added, report.updated, report.unchanged) == (0, 0, 2)
    report = take_in(empty_event_file, write_list(path, header, chair, intern, f"{chair} emerita"))
    assert (report.added, report.unchanged) == (1, 2)


def test_a_person_twice_with_different_roles_is_taken_once_each_time(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    path = write_list(
        tmp_path / "list.csv",
        "Ticket code,First name,Last name,Email,Role",
        "CODE-00001,Anna,Nowak,anna@example.org,Chair",
        "CODE-00001,Anna,Nowak,anna@example.org,Intern",
    )
    assert take_in(empty_event_file, path).added == 1
    again = take_in(empty_event_file, path)
    assert (again.updated, again.unchanged, dropped(again)) == (0, 1, 1)
    assert empty_event_file.records()[0].attendee.role == "Chair"


@pytest.mark.parametrize("email", ["anna@example.org", ""])
def test_a_correction_of_the_desk_survives_and_makes_no_second_person(
    empty_event_file: EventFile, tmp_path: Path, email: str
) -> None:
    path = tmp_path / "list.csv"
    header = "First name,Last name,Organisation,Email,Role"
    take_in(empty_event_file, write_list(path, header, f"Ana,Novak,EAPN,{email},Chair"))
    (record,) = empty_event_file.records()
    now = DURING_REGISTRATION + timedelta(minutes=1)
    changes = {"first_name": "Anna", "last_name": "Nowák", "organisation": "Caritas"}
    correct(empty_event_file, "Desk 1", now, record.attendee.id, changes)

    report = take_in(empty_event_file, path)
    assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
    write_list(path, header, f"Ana,Novak,EAPN,{email},President")
    assert take_in(empty_event_file, path).updated == 1
    (record,) = empty_event_file.records()
    assert record.attendee.full_name == "Anna Nowák"
    assert (record.attendee.organisation, record.attendee.role) == ("Caritas", "President")


def test_a_newer_list_with_other_codes_makes_the_tickets_of_that_list_hold(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    take_in(empty_event_file, write_list(tmp_path / "1.csv", "Name,Email", "Ann Lee,a@x.org"))
    issued = empty_event_file.records()[0].attendee.code
    newer = write_list(tmp_path / "2.csv", "Code,Name,Email", "T-4711-77,Ann Lee,a@x.org")

    report = take_in(empty_event_file, newer)

    assert (report.updated, report.added) == (1, 0)
    assert [(p.row, p.value) for p in report.problems] == [(2, "T-4711-77")]
    desk_list = empty_event_file.check_in_lists()[0]
    desk = CheckInDesk(empty_event_file, "Desk 1", desk_list, lambda: DURING_REGISTRATION)
    assert desk.handle(Scan(issued)).kind is OutcomeKind.REVOKED
    assert desk.handle(Scan("T-4711-77")).kind is OutcomeKind.ADMITTED
    assert take_in(empty_event_file, newer).unchanged == 1
    assert empty_event_file.verify().ok


def test_an_older_list_does_not_bring_a_replaced_code_back(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    older = write_list(tmp_path / "1.csv", "Code,Name,Email", "OLD-1234,Ann Lee,a@x.org")
    newer = write_list(tmp_path / "2.csv", "Code,Name,Email", "NEW-1234,Ann Lee,a@x.org")
    take_in(empty_event_file, older)
    take_in(empty_event_file, newer)

    report = take_in(empty_event_file, older)

    assert (report.updated, report.unchanged) == (0, 1)
    assert empty_event_file.records()[0].attendee.code == "NEW-1234"


def test_an_empty_or_unknown_status_of_a_newer_list_changes_nothing(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    head = "Code,First name,Last name,Status"
    take_in(empty_event_file, write_list(tmp_path / "1.csv", head, "C-1,Anna,Nowak,cancelled"))
    for status in ("", "wibble"):
        newer = write_list(tmp_path / "2.csv", head, f"C-1,Anna,Nowak,{status}")
        assert take_in(empty_event_file, newer).unchanged == 1
    assert empty_event_file.records()[0].attendee.status is AttendeeStatus.CANCELLED


def test_swapped_codes_of_a_family_are_rejected(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    head = "Code,First name,Last name,Email"
    office = "office@x.org"
    take_in(
        empty_event_file,
        write_list(
            tmp_path / "1.csv", head, f"A-1,Anna,Nowak,{office}", f"P-1,Piotr,Nowak,{office}"
        ),
    )
    swapped = write_list(
        tmp_path / "2.csv", head, f"P-1,Anna,Nowak,{office}", f"A-1,Piotr,Nowak,{office}"
    )
    report = take_in(empty_event_file, swapped)
    assert (report.rejected, report.updated) == (2, 0)


def test_a_person_keeps_the_code_through_a_better_spelling_and_a_marriage(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    head = "Code,First name,Last name,Email"
    take_in(empty_event_file, write_list(tmp_path / "1.csv", head, "A-1,Jon,Smith,j@x.org"))
    for name in ("John,Smith", "John Peter,Smith", "John,Baker-Jones"):
        newer = write_list(tmp_path / "2.csv", head, f"A-1,{name},j@x.org")
        assert take_in(empty_event_file, newer).updated == 1
    assert len(empty_event_file.records()) == 1


def test_two_imports_planned_at_once_add_everybody_once(empty_event_file: EventFile) -> None:
    reading = read_list(LISTS / "excel-deutsch.csv")
    plans = [plan_import(empty_event_file, reading) for _ in range(2)]
    reports = [
        apply_import(empty_event_file, "Organiser", DURING_REGISTRATION, plan, reading)
        for plan in plans
    ]
    assert [(report.added, report.unchanged) for report in reports] == [(80, 0), (0, 80)]


def test_a_plan_that_is_made_again_keeps_what_was_decided(empty_event_file: EventFile) -> None:
    reading = read_list(LISTS / "excel-deutsch.csv")
    first, second = reading.table.numbers[:2]
    out = RowDecision(RowChoice.LEAVE_OUT)
    decisions = MergeDecisions(rows={first: out}).with_row(second, out)
    plan = plan_import(empty_event_file, reading, decisions)
    walk_in(empty_event_file, "Desk 1", DURING_REGISTRATION, {"last_name": "Meanwhile"})
    report = apply_import(empty_event_file, "Organiser", DURING_REGISTRATION, plan, reading)
    assert (report.added, report.rejected) == (78, 2)
    assert len(empty_event_file.records()) == 79


def test_nobody_new_gets_a_code_that_was_replaced(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    for code in ("OLD-1", "NEW-1"):
        take_in(
            empty_event_file,
            write_list(tmp_path / "1.csv", "Code,Name,Email", f"{code},Ann Lee,a@x.org"),
        )
    report = take_in(
        empty_event_file,
        write_list(tmp_path / "2.csv", "Code,Name,Email", "OLD-1,Cleo Zed,c@x.org"),
    )
    assert (report.added, report.rejected) == (0, 1)


def test_a_code_of_another_person_is_rejected_with_its_row(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    path = write_list(
        tmp_path / "list.csv",
        "Ticket code,First name,Last name",
        "CODE-00001,Anna,Nowak",
        "CODE-00001,Jakub,Żuk",
    )
    report = take_in(empty_event_file, path)
    assert (report.added, report.rejected) == (1, 1)
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.value) == (3, "Ticket code", "CODE-00001")


cells = st.text(st.characters(exclude_categories=("Cs",)), max_size=25)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=6))
def test_whatever_stands_in_a_list_is_counted_and_the_file_stays_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with create_event(
        folder / "a.checkin", "Assembly", date(2024, 5, 6), "Europe/Brussels"
    ) as event_file:
        _take_in_twice(event_file, folder / "hostile.csv", rows)


def _take_in_twice(event_file: EventFile, path: Path, rows: list[tuple[str, ...]]) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Ticket code", "First name", "Last name", "Organisation"))
        writer.writerow(("", "Anna", "Nowak", "EAPN"))
        writer.writerows(rows)
    try:
        report = take_in(event_file, path)
    except ListFileError:
        return
    counted = report.added + report.updated + report.unchanged + report.rejected
    assert counted + dropped(report) == report.read
    again = take_in(event_file, path)
    assert (again.added, again.updated) == (0, 0)
    assert event_file.verify().ok
