"""One ticket PDF and one QR picture per attendee, with a list for the mail program's merge."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkin_app.badges.codes.qr import qr_png
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import Attendee, AttendeeStatus
from checkin_app.domain.search_text import fold
from checkin_app.errors import CheckinError
from checkin_app.lists.writers import write_rows
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file

MERGE_FILE = "mail-merge.csv"
_MERGE_COLUMNS = ("title", "first_name", "last_name", "organisation", "email", "code")
_DEVICES = ("con", "nul", "aux", "prn", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)))
"""No file may be called so on Windows, whatever its ending
(https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The files of one attendee's ticket."""

    attendee: Attendee
    pdf: Path
    picture: Path


def write_tickets(
    event_file: EventFile,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    fonts: Path | None = None,
) -> tuple[Ticket, ...]:
    """Write the tickets of everybody who has not cancelled; existing files are replaced.

    Args:
        fonts: the folder of the fonts that the organiser has added.

    Raises:
        CheckinError: the folder cannot be written to.
    """
    people = [
        record.attendee
        for record in event_file.records()
        if record.attendee.status is not AttendeeStatus.CANCELLED
    ]
    press = TicketPress(event_file.event(), fonts)
    tickets: list[Ticket] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for done, (attendee, name) in enumerate(zip(people, _file_names(people), strict=True), 1):
            ticket = Ticket(attendee, folder / f"{name}.pdf", folder / f"{name}.png")
            press.write(ticket.pdf, attendee)
            with whole_file(ticket.picture) as unfinished:
                unfinished.write_bytes(qr_png(attendee.code))
            tickets.append(ticket)
            progress(done, len(people))
    except OSError as error:
        raise CheckinError(
            f"The tickets cannot be written to {folder.name}. Choose another folder, or free some"
            " space on the disk."
        ) from error
    write_rows(
        folder / MERGE_FILE,
        (*_MERGE_COLUMNS, "ticket", "qr"),
        [
            (*(getattr(t.attendee, name) for name in _MERGE_COLUMNS), t.pdf.name, t.picture.name)
            for t in tickets
        ],
    )
    return tuple(tickets)


def _file_names(people: Sequence[Attendee]) -> list[str]:
    """A file name per person, readable and unique: "boratynski-jakub", "nowak-anna-2".

    All in small letters, so that they are unique on a disk that ignores case too.
    """
    taken = set(_DEVICES)
    numbers: dict[str, int] = {}
    names: list[str] = []
    for person in people:
        folded = re.sub(r"[^a-z0-9]+", "-", fold(f"{person.last_name} {person.first_name}"))
        wanted = name = folded.strip("-")[:80] or "ticket"
        while name in taken:
            numbers[wanted] = numbers.get(wanted, 1) + 1
            name = f"{wanted}-{numbers[wanted]}"
        taken.add(name)
        names.append(name)
    return names
