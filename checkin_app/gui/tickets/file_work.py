"""Ticket files, written in a process of their own. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.domain.mailings import TicketSize
from checkin_app.services.event_files import open_event
from checkin_app.services.mail.tickets import doubts_about, write_tickets


def write_ticket_files(
    event: Path,
    folder: Path,
    sizes: tuple[TicketSize, ...],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[int, str]:
    """Write the tickets of an event. Returns how many there are, and what is to be said of them.

    Raises:
        CheckinError, Cancelled: see ``write_tickets``.
    """
    with open_event(event) as event_file:
        tickets = write_tickets(event_file, folder, progress, own_fonts_folder(), sizes, cancelled)
    return len(tickets), doubts_about(tickets)
