"""Every list, sum and document of a busy event of two desks counts the same people."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.services.attendance import event_numbers
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.dashboard import LiveCount, dashboard
from checkin_app.services.desk_numbers import desk_numbers
from checkin_app.services.documents.attendance_documents import (
    write_attendance_list,
    write_no_show_list,
)
from checkin_app.services.documents.certificates import CertificateChoices, write_certificates
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.registrations import correct, walk_in
from checkin_app.services.sharing.files.file_merging import merge_event_files
from checkin_app.services.sharing.inbox.conflicts import inbox_conflicts, resolve
from checkin_app.services.sharing.inbox.doubles import merge, merged_doubles
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter

LATER = NOW + timedelta(minutes=30)


def scan(event_file: EventFile, desk_name: str, code: str, minute: int) -> None:
    registration = event_file.check_in_lists()[0]
    at = NOW + timedelta(minutes=minute)
    desk = CheckInDesk(event_file, desk_name, registration, lambda: at)
    desk.handle(Scan(code, ScanSource.KEYBOARD))


@pytest.fixture
def desks(empty_event_file: EventFile) -> Iterator[tuple[EventFile, EventFile]]:
    """Two desks after a morning apart: conflicts open and answered, doubles, an erased person."""
    people = [
        Attendee("", f"T-{n}", last_name=f"Nowak {n}", category=("", "press")[n % 2])
        for n in range(12)
    ]
    people[11] = Attendee("", "T-11", last_name="Lis", status=AttendeeStatus.CANCELLED)
    with empty_event_file.transaction("Desk 1", NOW) as transaction:
        ids = transaction.register_many(people)
    path = empty_event_file.path.with_name("other.checkin")
    with EventFile.create_from(path, packed(empty_event_file), desk="Desk 2", now=NOW) as other:
        yield _after_a_morning(empty_event_file, other, ids)


def _after_a_morning(
    one: EventFile, other: EventFile, ids: list[str]
) -> tuple[EventFile, EventFile]:
    for number in range(5):
        scan(one, "Desk 1", f"T-{number}", number)
    for number in range(3, 8):
        scan(other, "Desk 2", f"T-{number}", number + 1)
    scan(one, "Desk 1", "nobody", 9)
    name = {"first_name": "Eva", "last_name": "Kim", "category": "press"}
    doubles = [
        walk_in(file, desk, NOW + timedelta(minutes=10), name)
        for file, desk in ((one, "Desk 1"), (other, "Desk 2"))
    ]
    scan(one, "Desk 1", doubles[0].code, 11)
    scan(other, "Desk 2", doubles[1].code, 12)
    correct(other, "Desk 2", NOW + timedelta(minutes=12), ids[8], {"organisation": "Öko e. V."})
    merge_event_files(one.path, other.path, "Desk 1", NOW + timedelta(minutes=13))
    after = NOW + timedelta(minutes=14)
    merge(one, "Desk 1", after, *(double.id for double in doubles))
    merge(other, "Desk 2", after, ids[9], ids[7])
    resolve(
        one, "Desk 1", after, inbox_conflicts(one)[0].conflict.later, ResolvedAs.PASSED_ON_BADGE
    )
    with other.transaction("Desk 2", after) as transaction:
        transaction.erase_person(ids[0])
    merge_event_files(one.path, other.path, "Desk 1", NOW + timedelta(minutes=15))
    return one, other


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_counts_agree(desks: tuple[EventFile, EventFile], tmp_path: Path) -> None:
    for event_file in desks:
        registration = event_file.check_in_lists()[0]
        assert event_file.verify().ok
        assert event_file.inbox.open_conflicts() == 1
        assert len(merged_doubles(event_file)) == 2
        records = event_file.records()
        came = [record for record in records if registration.id in record.check_ins]
        erased = [record for record in records if record.is_erased]
        assert (len(records), len(came), len(erased)) == (12, 9, 1)

        whole = event_numbers(event_file)
        counted = dashboard(event_file, None, LATER)
        at_desk = dashboard(event_file, registration, LATER)
        shown = desk_numbers(event_file, registration, LATER)
        arrived = {
            "numbers": whole.checked_in,
            "of the list": event_numbers(event_file, registration).checked_in,
            "by category": sum(has for _registered, has in whole.by_category.values()),
            "by minute": sum(count for _minute, count in whole.arrivals),
            "dashboard": counted.arrived,
            "dashboard of the list": at_desk.arrived,
            "dashboard's desks": sum(desk.arrived for desk in at_desk.desks),
            "dashboard's categories": sum(share.arrived for share in counted.categories),
            "brought up to date": LiveCount(event_file).count(registration, LATER).arrived,
            "desk": shown.arrived,
            "certificates": len(erased) + _certificates(event_file, tmp_path),
            "attendees": len(event_file.attendees(AttendeeFilter(arrived=True))),
        }
        assert arrived == dict.fromkeys(arrived, len(came))

        expected = {whole.expected, counted.expected, at_desk.expected, shown.expected}
        assert len(expected) == 1
        no_shows = {
            "numbers": whole.no_shows,
            "dashboard": counted.missing,
            "exported": _exported(event_file, Export.NO_SHOWS, tmp_path),
            "on paper": write_no_show_list(event_file, tmp_path / "no-shows.pdf"),
        }
        assert no_shows == dict.fromkeys(no_shows, expected.pop() - len(came))

        registered = {
            "numbers": whole.registered,
            "dashboard": counted.registered,
            "exported": len(erased) + _exported(event_file, Export.ATTENDEES, tmp_path),
            "table": len(event_file.attendees(AttendeeFilter())),
        }
        assert registered == dict.fromkeys(registered, len(records))
        on_paper = write_attendance_list(event_file, tmp_path / "attendance.pdf", registration)
        assert on_paper == _exported(event_file, Export.ATTENDANCE, tmp_path)


def _certificates(event_file: EventFile, folder: Path) -> int:
    made = write_certificates(
        event_file, folder / "certificates.pdf", CertificateChoices(), one_file=True
    )
    return made.made


def _exported(event_file: EventFile, what: Export, folder: Path) -> int:
    path = folder / f"{what.value}.csv"
    export(event_file, path, what, delimiter=",")
    return len(rows_of(path))
