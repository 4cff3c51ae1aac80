"""Lists out: what is stored, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from settable_clock import DURING_REGISTRATION, SettableClock

from checkin_app.domain.attendee import FIELDS, Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, UsageError
from checkin_app.services.attendance import event_numbers
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.registrations import walk_in
from checkin_app.storage.event_file import EventFile

NOW = DURING_REGISTRATION


def test_exports_read_back_as_what_is_stored(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path
) -> None:
    people = [record.attendee for record in sample_event_file.records()]
    evil = {"last_name": "=1+1", "organisation": "@SUM(A1)"}
    people.append(walk_in(sample_event_file, "Desk 1", NOW, evil))
    desk.check_in(people[-1].id)

    for name in ("people.csv", "people.xlsx", "people.json"):
        made = export(sample_event_file, tmp_path / name, Export.ATTENDEES, delimiter=",")
        assert made == len(people)
    with (tmp_path / "people.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["code"] for row in rows] == [person.code for person in people]
    assert [row["organisation"] for row in rows[:-1]] == [p.organisation for p in people[:-1]]
    assert (rows[-1]["last_name"], rows[-1]["organisation"]) == ("'=1+1", "'@SUM(A1)")
    assert rows[-1]["checked_in_at"] == "2024-05-06 12:40:00"

    header, *cells = (
        CalamineWorkbook.from_path(tmp_path / "people.xlsx").get_sheet_by_index(0).to_python()
    )
    assert tuple(header[: len(FIELDS)]) == FIELDS
    last = dict(zip(header, cells[-1], strict=True))
    assert (last["last_name"], last["organisation"]) == ("=1+1", "@SUM(A1)")
    assert last["checked_in_at"] == datetime(2024, 5, 6, 12, 40)

    stored = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    assert stored[-1]["checked_in_at"] == "2024-05-06T10:40:00Z"
    assert stored[-1]["last_name"] == "=1+1"


def test_the_attendance_list_names_who_came_where(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path
) -> None:
    person = choose_attendees(sample_event_file)[0]
    desk.check_in(person.id)
    door = sample_event_file.check_in_lists()[1]
    for chosen, arrivals in ((None, 1), (desk.check_in_list, 1), (door, 0)):
        file = tmp_path / "attendance.json"
        export(sample_event_file, file, Export.ATTENDANCE, chosen)
        rows = json.loads(file.read_text(encoding="utf-8"))
        assert sum(row["arrived_at"] is not None for row in rows) == arrivals
    with pytest.raises(UsageError, match="PDF"):
        export(sample_event_file, tmp_path / "ledger.pdf", Export.LEDGER)


def test_the_ledger_is_exported_in_the_order_of_its_clock(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path, clock: SettableClock
) -> None:
    person = choose_attendees(sample_event_file)[0]
    clock.now = datetime(2020, 1, 1, tzinfo=UTC)
    desk.check_in(person.id)
    export(sample_event_file, tmp_path / "ledger.json", Export.LEDGER)
    rows = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert (rows[-1]["kind"], rows[-1]["at"]) == ("checked in", "2020-01-01T00:00:00Z")


def test_no_shows_are_those_who_were_expected_and_did_not_come(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path
) -> None:
    expected = choose_attendees(sample_event_file)
    desk.check_in(expected[0].id)
    gone = expected[1]
    with sample_event_file.transaction("Organiser", NOW) as transaction:
        transaction.append(EntryKind.GONE_FROM_LIST, gone.id, payload={"import": "1"})
    file = tmp_path / "missing.json"
    export(sample_event_file, file, Export.NO_SHOWS)
    rows = json.loads(file.read_text(encoding="utf-8"))
    codes = {row["code"] for row in rows}
    assert codes == {person.code for person in expected[2:]}
    assert event_numbers(sample_event_file).checked_in == 1


def test_attendance_of_all_lists_has_a_column_for_each(
    desk: CheckInDesk, sample_event_file: EventFile, tmp_path: Path
) -> None:
    person = choose_attendees(sample_event_file)[0]
    door = sample_event_file.check_in_lists()[1]
    desk.check_in(person.id)
    desk.with_list(door).check_in(person.id)
    file = tmp_path / "attendance.json"
    export(sample_event_file, file, Export.ATTENDANCE)
    row = next(
        row for row in json.loads(file.read_text(encoding="utf-8")) if row["code"] == person.code
    )
    assert row["arrived_at"] == row["Registration desk"] == row[door.name] != ""


def test_a_column_of_the_list_that_is_called_as_one_of_ours_goes_out_under_another_name(
    tmp_path: Path,
) -> None:
    event = Event("Assembly", "Europe/Brussels", date(2024, 5, 6), date(2024, 5, 6))
    own = {"Desk": "oak", "badge_prints": "7", "Diet": "none", "extra: x": "y"}
    people = [Attendee("1" * 32, code="A1", last_name="Bell", extra=own)]
    lists = [CheckInList("registration", "Registration desk")]
    path = tmp_path / "e.checkin"
    with EventFile.create(path, event, lists, people, desk="Organiser", now=NOW) as event_file:
        export(event_file, tmp_path / "people.json", Export.ATTENDEES)
    [row] = json.loads((tmp_path / "people.json").read_text(encoding="utf-8"))
    assert (row["desk"], row["badge_prints"]) == ("", 0)
    assert (row["extra: Desk"], row["extra: badge_prints"], row["Diet"]) == ("oak", "7", "none")
    assert row["extra: extra: x"] == "y"


@pytest.mark.parametrize(("delimiter", "between"), [(";", ";"), ("\t", "\t"), (",", ",")])
def test_a_csv_is_written_with_the_delimiter_asked_for(
    sample_event_file: EventFile, tmp_path: Path, delimiter: str, between: str
) -> None:
    file = tmp_path / "people.csv"
    export(sample_event_file, file, Export.ATTENDEES, delimiter=delimiter)
    first = file.read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.split(between)[: len(FIELDS)] == [*FIELDS]


def test_a_delimiter_that_no_spreadsheet_knows_is_refused(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="comma"):
        export(sample_event_file, tmp_path / "a.csv", Export.ATTENDEES, delimiter="x")


def test_a_stopped_export_leaves_no_file(sample_event_file: EventFile, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("a.csv", "a.xlsx", "a.json", "a.pdf"):
        with pytest.raises(Cancelled):
            export(sample_event_file, folder / name, Export.ATTENDANCE, cancelled=lambda: True)
    assert [*folder.iterdir()] == []
