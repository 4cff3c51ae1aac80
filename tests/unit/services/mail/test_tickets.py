"""The files of the tickets: one of its own for everybody, on every disk."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from settable_clock import DURING_REGISTRATION

from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import TicketSize
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled
from checkin_app.scanning.pictures import codes_in_file
from checkin_app.services.clock import utc_now
from checkin_app.services.mail.new_codes import replace_code
from checkin_app.services.mail.tickets import MERGE_FILE, doubts_about, write_tickets
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile

EVENT = Event(
    name="Assembly",
    timezone="Europe/Brussels",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 6),
)
DESK = CheckInList("registration", "Registration desk")
NOW = DURING_REGISTRATION


def file_names(folder: Path, *names: tuple[str, str]) -> list[str]:
    people = [Attendee(id="", first_name=first, last_name=last) for last, first in names]
    path = folder / "assembly.checkin"
    event_file = EventFile.create(path, EVENT, [DESK], people, desk="Desk 1", now=utc_now())
    tickets = write_tickets(event_file, folder / "tickets")
    event_file.close()
    assert all(ticket.pdf.is_file() and ticket.picture.is_file() for ticket in tickets)
    return [ticket.pdf.name for ticket in tickets]


def codes_on(path: Path) -> tuple[str, ...]:
    return tuple(code.text for code in codes_in_file(path))


def merged(folder: Path) -> list[dict[str, str]]:
    with (folder / MERGE_FILE).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def stopping_after(count: int) -> Callable[[], bool]:
    asked = iter(range(1, count + 1))
    return lambda: next(asked) == count


def test_nobody_gets_the_file_of_another(tmp_path: Path) -> None:
    names = file_names(
        tmp_path, ("Nowak", "Anna"), ("Nowak", "Anna"), ("NOWAK", "Anna 2"), ("Nowak", "anna")
    )
    assert names == [
        "nowak-anna.pdf",
        "nowak-anna-2.pdf",
        "nowak-anna-2-2.pdf",
        "nowak-anna-3.pdf",
    ]


@pytest.mark.parametrize("name", ["Con", "nul", "AUX", "Prn", "Com1", "lpt9"])
def test_no_ticket_is_called_like_a_device_of_windows(name: str, tmp_path: Path) -> None:
    assert file_names(tmp_path, (name, "")) == [f"{name.lower()}-2.pdf"]


def test_both_sizes_hold_the_code_and_what_the_guest_must_know(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    event = replace(sample_event_file.event(), bring="An identity card")
    with sample_event_file.transaction("Organiser", NOW) as transaction:
        transaction.describe_event(event)
    ticket = write_tickets(sample_event_file, tmp_path, sizes=tuple(TicketSize))[0]
    assert ticket.pdf_of(TicketSize.PHONE).name == ticket.pdf.name.replace(".pdf", ".phone.pdf")
    for size in TicketSize:
        assert codes_on(ticket.pdf_of(size)) == (ticket.attendee.code,)
        with pypdfium2.PdfDocument(ticket.pdf_of(size)) as pdf:
            assert len(pdf) == 1
            width, height = pdf[0].get_size()
            assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == size.size_mm
            text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
        for part in (
            ticket.attendee.full_name,
            ticket.attendee.organisation,
            ticket.attendee.category,
            "6 May 2024",
            "Registration 12:30",
            "Start 13:00",
            "Brussels",
            "An identity card",
            "registration desk",
        ):
            assert part in text
    with Image.open(ticket.picture) as picture:
        assert picture.width > 300


def test_the_merge_list_has_all_that_a_mail_says(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    tickets = write_tickets(sample_event_file, tmp_path, sizes=tuple(TicketSize))
    lines = merged(tmp_path)
    assert len(lines) == len(tickets) == 149
    assert {
        "title", "first_name", "last_name", "organisation", "role", "country", "email", "category",
        "status", "code", "event", "date", "registration_opens", "start", "venue", "city",
        "time_zone", "bring", "ticket", "ticket_phone", "qr",
    } <= set(lines[0])  # fmt: skip
    assert lines[0]["date"] == "6 May 2024"
    assert lines[0]["start"] == "13:00"
    assert (tmp_path / lines[0]["ticket_phone"]).is_file()


def test_the_merge_list_has_the_list_s_own_columns_too(tmp_path: Path) -> None:
    extra = {"Diet": "vegan", "ticket": "of the list", "=Sum": "=1+1"}
    people = [Attendee("", last_name="Nowak", extra=extra), Attendee("", last_name="Smith")]
    path = tmp_path / "assembly.checkin"
    with EventFile.create(path, EVENT, [DESK], people, desk="Desk 1", now=utc_now()) as event_file:
        write_tickets(event_file, tmp_path / "tickets")
    first, second = merged(tmp_path / "tickets")
    assert (first["Diet"], second["Diet"]) == ("vegan", "")
    assert first["ticket"] == "nowak.pdf"
    assert not any(name.startswith("=") or value.startswith("=") for name, value in first.items())


def test_who_cancelled_or_is_gone_from_the_list_gets_no_ticket(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    first, second, *_others = [
        record.attendee
        for record in sample_event_file.records()
        if record.attendee.status is AttendeeStatus.CONFIRMED
    ]
    correct(sample_event_file, "Desk 1", NOW, first.id, {"status": "cancelled"})
    with sample_event_file.transaction("Organiser", NOW) as transaction:
        transaction.append(EntryKind.GONE_FROM_LIST, second.id)
    holders = {ticket.attendee.id for ticket in write_tickets(sample_event_file, tmp_path)}
    assert holders.isdisjoint({first.id, second.id})
    assert len(holders) == 147


def test_a_run_that_was_stopped_goes_on_where_it_was(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        write_tickets(sample_event_file, tmp_path, cancelled=stopping_after(20))
    assert len(list(tmp_path.glob("*.pdf"))) == 20
    assert not (tmp_path / MERGE_FILE).exists()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")}
    write_tickets(sample_event_file, tmp_path)
    assert len(merged(tmp_path)) == 149
    assert all(path.stat().st_mtime_ns == then for path, then in before.items())


def test_only_tickets_that_would_look_otherwise_are_made_again(
    sample_event_file: EventFile, tmp_path: Path
) -> None:
    first, second, *others = write_tickets(sample_event_file, tmp_path)
    before = {t.pdf: (t.pdf.stat().st_mtime_ns, t.picture.stat().st_mtime_ns) for t in others}
    second.pdf.write_bytes(second.pdf.read_bytes()[:500])
    new = replace_code(
        sample_event_file, "Organiser", NOW + timedelta(days=1), first.attendee.id
    ).attendee.code
    write_tickets(sample_event_file, tmp_path)
    assert codes_on(first.pdf) == (new,)
    assert codes_on(first.picture) == (new,)
    assert codes_on(second.pdf) == (second.attendee.code,)
    assert all(
        (t.pdf.stat().st_mtime_ns, t.picture.stat().st_mtime_ns) == before[t.pdf] for t in others
    )


def test_letters_that_no_font_has_are_said(tmp_path: Path) -> None:
    path = tmp_path / "assembly.checkin"
    people = [
        Attendee("", first_name="李", last_name="小龙"),
        Attendee("", first_name="Zażółć", last_name="Παπαδοπούλου"),
    ]
    with EventFile.create(path, EVENT, [DESK], people, desk="Desk 1", now=NOW) as event_file:
        tickets = write_tickets(event_file, tmp_path / "tickets")
    (doubtful,) = (ticket for ticket in tickets if ticket.is_doubtful)
    assert doubtful.attendee.first_name == "李"
    assert doubts_about(tickets).startswith(f"Look at {doubtful.pdf.name}: a text")
    assert doubts_about([ticket for ticket in tickets if ticket is not doubtful]) == ""
