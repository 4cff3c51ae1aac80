"""The files of the tickets: one of its own for everybody, on every disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.services.clock import utc_now
from checkin_app.services.tickets import write_tickets
from checkin_app.storage.event_file import EventFile

EVENT = Event(
    name="Assembly",
    timezone="Europe/Brussels",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 6),
)
DESK = CheckInList("registration", "Registration desk")


def file_names(folder: Path, *names: tuple[str, str]) -> list[str]:
    people = [Attendee(id="", first_name=first, last_name=last) for last, first in names]
    path = folder / "assembly.checkin"
    event_file = EventFile.create(path, EVENT, [DESK], people, desk="Desk 1", now=utc_now())
    tickets = write_tickets(event_file, folder / "tickets")
    event_file.close()
    assert all(ticket.pdf.is_file() and ticket.picture.is_file() for ticket in tickets)
    return [ticket.pdf.name for ticket in tickets]


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
