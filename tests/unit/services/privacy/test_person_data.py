"""One person's data: all of it shown and handed out, and erased for that person alone."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from busy_day import NEW_CODE, NOW, busy_day
from erased_data import found_in

from checkin_app.domain.attendee import Attendee
from checkin_app.errors import EventClosed, UsageError
from checkin_app.services.bulk_badges.badge_choice import Wanted, choose_attendees
from checkin_app.services.documents.attendance_documents import write_attendance_list
from checkin_app.services.documents.exports import Export, export
from checkin_app.services.list_import.import_undo import undo_import
from checkin_app.services.list_import.registration_lists import apply_import, plan_import, read_list
from checkin_app.services.privacy.closing import close_event
from checkin_app.services.privacy.person_data import (
    erase_person,
    field_lines,
    find_person,
    history_lines,
    person_data,
    person_document,
    write_person,
)
from checkin_app.storage.event_file import EventFile

LATER = NOW + timedelta(days=30)


@pytest.fixture
def busy_file(sample_event_file: EventFile) -> EventFile:
    busy_day(sample_event_file)
    return sample_event_file


def test_all_that_is_held_of_a_person_is_told(busy_file: EventFile) -> None:
    person = busy_file.records()[5].attendee
    data = person_data(busy_file, person.id)
    told = dict(field_lines(data))
    assert (told["Code"], told["Last name"]) == (NEW_CODE, person.last_name)
    assert "Earlier code" in told
    sentences = [sentence for _, _, sentence in history_lines(data)]
    assert [word for word in ("Registered", "Checked in", "New code", "Badge printed: tray")
            if not any(sentence.startswith(word) for sentence in sentences)] == []  # fmt: skip
    document = json.loads(json.dumps(person_document(data)))
    assert document["attendee"]["last_name"] == person.last_name
    assert document["history"][0]["what"] == "registered"


def test_a_contact_card_that_was_refused_belongs_to_the_person(busy_file: EventFile) -> None:
    data = person_data(busy_file, busy_file.records()[3].attendee.id)
    (refused,) = data.refused_codes
    assert "VCARD" in refused.payload["code"]
    assert any("VCARD" in sentence for _, _, sentence in history_lines(data))


def test_what_desks_hold_is_told_as_well(busy_file: EventFile) -> None:
    guest = next(record for record in busy_file.records() if record.attendee.walk_in)
    document = person_document(person_data(busy_file, guest.attendee.id))
    (job,) = document["at_desks"]["print_job"]
    assert job["attendee"] == guest.attendee.id


def import_list(event_file: EventFile, path: Path) -> None:
    reading = read_list(path)
    apply_import(event_file, "Office", NOW, plan_import(event_file, reading), reading)


@pytest.fixture
def removed(busy_file: EventFile, tmp_path: Path) -> Attendee:
    """Somebody who vanished with an import that was undone."""
    path = tmp_path / "list.csv"
    path.write_text(
        "First name;Last name;E-mail;Code\nOdile;Quincampoix;odile@quincampoix.example;ODILECODE\n",
        encoding="utf-8",
    )
    import_list(busy_file, path)
    (person,) = (listed.attendee for listed in busy_file.search("Quincampoix"))
    undo_import(busy_file, "Office", NOW)
    assert busy_file.record(person.id) is None
    return person


@pytest.mark.parametrize("what", ["id", "code", "email"])
def test_somebody_who_vanished_with_an_import_is_found_and_told(
    busy_file: EventFile, removed: Attendee, what: str
) -> None:
    assert find_person(busy_file, getattr(removed, what)) == removed.id
    data = person_data(busy_file, removed.id)
    assert dict(field_lines(data))["Last name"] == "Quincampoix"
    assert "undone" in dict(field_lines(data))["On the list"]
    document = person_document(data)
    assert document["attendee"]["removed"]
    assert document["attendee"]["email"] == "odile@quincampoix.example"
    assert [entry["what"] for entry in document["history"]] == ["registered", "undone"]


def test_somebody_who_vanished_with_an_import_can_be_erased(
    busy_file: EventFile, removed: Attendee
) -> None:
    tales = {"Quincampoix", "odile@quincampoix.example", "ODILECODE"}
    assert found_in(busy_file.path, tales) == tales
    erase_person(busy_file, "Office", LATER, removed.id)
    assert found_in(busy_file.path, tales, ["example"]) == set()
    assert busy_file.verify().ok
    with pytest.raises(UsageError):
        find_person(busy_file, "ODILECODE")


def test_who_vanished_does_not_stand_in_the_way_of_who_has_the_code_now(
    busy_file: EventFile, removed: Attendee, tmp_path: Path
) -> None:
    import_list(busy_file, tmp_path / "list.csv")
    (now,) = (listed.attendee for listed in busy_file.search("Quincampoix"))
    assert now.id != removed.id
    assert find_person(busy_file, removed.code) == now.id


def test_the_sessions_that_name_a_person_are_told(busy_file: EventFile) -> None:
    speaker = busy_file.search("Vocaskova")[0].attendee
    assert person_data(busy_file, speaker.id).in_programme == (
        "Session 2 – part 1: Strategy Talks",
    )


def test_the_data_are_written_for_the_person_and_for_programs(
    busy_file: EventFile, tmp_path: Path
) -> None:
    person = busy_file.records()[0].attendee
    data = person_data(busy_file, person.id)
    write_person(data, tmp_path / "one.json")
    assert json.loads((tmp_path / "one.json").read_bytes())["attendee"]["id"] == person.id
    write_person(data, tmp_path / "one.pdf")
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert person.last_name in text
    assert "Checked in" in text
    with pytest.raises(UsageError, match=r"\.pdf or \.json"):
        write_person(data, tmp_path / "one.docx")


def test_of_an_erased_person_only_what_counts_is_told(busy_file: EventFile) -> None:
    person = busy_file.records()[0].attendee
    erase_person(busy_file, "Office", LATER, person.id)
    data = person_data(busy_file, person.id)
    assert dict(field_lines(data)) == {"Category": person.category, "Status": "confirmed"}
    assert data.desk_rows["print_job"] == []
    assert person_document(data)["attendee"]["erased"]
    erase_person(busy_file, "Office", LATER, person.id)
    assert busy_file.verify().ok


def test_an_erased_person_gets_no_badge_and_stands_on_no_list(
    busy_file: EventFile, tmp_path: Path
) -> None:
    person = busy_file.records()[0].attendee
    everybody = len(choose_attendees(busy_file, Wanted.ALL))
    rows = export(busy_file, tmp_path / "before.json", Export.ATTENDANCE)
    named = write_attendance_list(busy_file, tmp_path / "before.pdf")
    erase_person(busy_file, "Office", LATER, person.id)
    assert len(choose_attendees(busy_file, Wanted.ALL)) == everybody - 1
    assert choose_attendees(busy_file, None, ids=[person.id]) == ()
    assert export(busy_file, tmp_path / "after.json", Export.ATTENDANCE) == rows - 1
    assert write_attendance_list(busy_file, tmp_path / "after.pdf") == named - 1


def test_nobody_and_nobody_of_a_closed_event_can_be_erased(
    busy_file: EventFile, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="nobody"):
        erase_person(busy_file, "Office", LATER, "0" * 32)
    with pytest.raises(UsageError, match="nobody"):
        person_data(busy_file, "0" * 32)
    someone = busy_file.records()[0].attendee.id
    close_event(busy_file, "Office", LATER, tmp_path / "pack")
    with pytest.raises(EventClosed):
        erase_person(busy_file, "Office", LATER, someone)


def test_an_erased_person_on_a_later_list_is_a_new_person(
    empty_event_file: EventFile, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "code,first name,last name,e-mail\nAB12CD34EF,Anna,Nowak,anna@nowak.example\n"
        "GH12CD34EF,Jan,Kos,jan@kos.example\n",
        encoding="utf-8",
    )
    take_in(empty_event_file, path)
    anna = empty_event_file.search("Nowak")[0].attendee
    erase_person(empty_event_file, "Office", LATER, anna.id)
    take_in(empty_event_file, path)
    records = empty_event_file.records()
    again = empty_event_file.search("Nowak")[0].attendee
    assert len(records) == 3
    assert again.id != anna.id
    assert again.code == "AB12CD34EF"
    erased = empty_event_file.record(anna.id)
    assert erased is not None
    assert erased.is_erased
    assert erased.gone_at is None
    assert empty_event_file.verify().ok


def take_in(event_file: EventFile, path: Path) -> None:
    reading = read_list(path)
    plan = plan_import(event_file, reading)
    apply_import(event_file, "Office", LATER, plan, reading)
