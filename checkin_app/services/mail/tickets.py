"""Ticket PDFs and a QR picture per attendee, with a list for the mail program's merge.

A ticket that is in the folder already and would be the same is not made again, so that a long run
that was stopped goes on where it was. The list is written last: a folder that has a new one is
complete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checkin_app.badges.codes.qr import qr_png
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import FIELDS, Attendee
from checkin_app.domain.event_times import registration_opens, start_time
from checkin_app.domain.language.spoken_dates import days_text
from checkin_app.domain.mailings import TicketSize
from checkin_app.domain.programme import Event
from checkin_app.errors import Cancelled, CheckinError
from checkin_app.lists.writing.writers import write_rows
from checkin_app.services.documents.person_file_names import person_file_names
from checkin_app.services.mail.ticket_holders import no_ticket_because
from checkin_app.storage.event_file import EventFile
from checkin_app.whole_file import whole_file

MERGE_FILE = "mail-merge.csv"
_MOST_NAMED = 3
_PERSON_COLUMNS = tuple(name for name in FIELDS if name != "attention")
_EVENT_COLUMNS = (
    "event", "date", "registration_opens", "start", "venue", "city", "time_zone", "bring"
)  # fmt: skip
_FILE_COLUMNS = {TicketSize.A4: "ticket", TicketSize.PHONE: "ticket_phone"}
# A full stop, which no person's part of a name has: "anna.phone" is nobody else's file.
_ENDINGS = {TicketSize.A4: ".pdf", TicketSize.PHONE: ".phone.pdf"}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ticket:
    """The files of one attendee's ticket.

    Attributes:
        name: of its files, without their endings.
        sizes: those it was made in.
        is_doubtful: a text on it is too long for its place, or has a letter that no font has.
            Known of those only that were made now.
    """

    attendee: Attendee
    folder: Path
    name: str
    sizes: tuple[TicketSize, ...]
    is_doubtful: bool = False

    @property
    def pdf(self) -> Path:
        """The ticket in its first size."""
        return self.pdf_of(self.sizes[0])

    @property
    def picture(self) -> Path:
        """The QR alone."""
        return self.folder / f"{self.name}.png"

    def pdf_of(self, size: TicketSize) -> Path:
        """The ticket in one size."""
        return self.folder / f"{self.name}{_ENDINGS[size]}"


def write_tickets(
    event_file: EventFile,
    folder: Path,
    progress: Progress = lambda done, total: None,
    fonts: Path | None = None,
    sizes: Collection[TicketSize] = (TicketSize.A4,),
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Ticket, ...]:
    """Write the tickets of everybody who is expected; those of an older state are replaced.

    Args:
        fonts: the folder of the fonts that the organiser has added.
        cancelled: asked after each ticket.

    Raises:
        CheckinError: the folder cannot be written to.
        Cancelled: ``cancelled`` answered yes. What was written by then is whole, and the next run
            goes on there.
    """
    made_in = tuple(size for size in TicketSize if size in sizes)
    planned = _planned(event_file, folder, made_in)
    tickets: list[Ticket] = []
    event = event_file.event()
    presses = {size: TicketPress(event, fonts, size) for size in made_in}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ticket in planned:
            tickets.append(replace(ticket, is_doubtful=_write(ticket, presses)))
            progress(len(tickets), len(planned))
            if cancelled():
                raise Cancelled("Stopped. The tickets written so far are in the folder.")
    except OSError as error:
        raise CheckinError(
            f"The tickets cannot be written to {folder.name}. Choose another folder, or free some"
            " space on the disk."
        ) from error
    _write_merge_list(folder / MERGE_FILE, event_file, event, tickets, made_in)
    return tuple(tickets)


def doubts_about(tickets: Sequence[Ticket]) -> str:
    """Which tickets somebody should look at before they go out; empty for none."""
    doubtful = [ticket.pdf.name for ticket in tickets if ticket.is_doubtful]
    if not doubtful:
        return ""
    named = ", ".join(doubtful[:_MOST_NAMED]) + (", …" if len(doubtful) > _MOST_NAMED else "")
    return (
        f"Look at {named}: a text is too long for its place, or has letters that no font here has."
    )


def _planned(
    event_file: EventFile, folder: Path, sizes: tuple[TicketSize, ...]
) -> tuple[Ticket, ...]:
    people = [
        record.attendee for record in event_file.records() if no_ticket_because(record) is None
    ]
    names = person_file_names(people, "ticket")
    return tuple(
        Ticket(attendee, folder, name, sizes) for attendee, name in zip(people, names, strict=True)
    )


def _write(ticket: Ticket, presses: dict[TicketSize, TicketPress]) -> bool:
    """Make what is not there; the PDFs last: where they are as they should be, so is the picture.

    Returns whether one that was made is doubtful.
    """
    old = [
        size
        for size, press in presses.items()
        if not press.made(ticket.pdf_of(size), ticket.attendee)
    ]
    if not old and ticket.picture.exists():
        return False
    with whole_file(ticket.picture) as unfinished:
        unfinished.write_bytes(qr_png(ticket.attendee.code))
    doubts = [presses[size].write(ticket.pdf_of(size), ticket.attendee) for size in old]
    return any(doubts)


def _write_merge_list(
    path: Path,
    event_file: EventFile,
    event: Event,
    tickets: Sequence[Ticket],
    sizes: tuple[TicketSize, ...],
) -> None:
    files = (*(_FILE_COLUMNS[size] for size in sizes), "qr")
    own = (*_PERSON_COLUMNS, *_EVENT_COLUMNS, *files)
    # A column of the list that is called like one of these would make two of one name.
    further = tuple(name for name in event_file.people.extra_columns() if name not in own)
    write_rows(path, (*own, *further), _merge_rows(tickets, event, further))


def _merge_rows(
    tickets: Sequence[Ticket], event: Event, further: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    of_event = (
        event.name,
        days_text(event.starts_on, event.ends_on),
        registration_opens(event),
        start_time(event),
        event.venue,
        event.city,
        event.timezone,
        event.bring,
    )
    for ticket in tickets:
        of_person = (str(getattr(ticket.attendee, name)) for name in _PERSON_COLUMNS)
        files = (ticket.pdf_of(size).name for size in ticket.sizes)
        others = (ticket.attendee.extra.get(name, "") for name in further)
        yield (*of_person, *of_event, *files, ticket.picture.name, *others)
