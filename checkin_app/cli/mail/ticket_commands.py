"""``tickets`` and ``new-code``."""

from __future__ import annotations

from argparse import Namespace

from checkin_app.badges.text.font_files import own_fonts_folder
from checkin_app.cli.attendee_json import attendee_json
from checkin_app.cli.output import Output
from checkin_app.cli.this_desk import now_at
from checkin_app.domain.mailings import TicketSize
from checkin_app.services.event_files import ORGANISER, open_event
from checkin_app.services.mail.new_codes import person_of, replace_code
from checkin_app.services.mail.tickets import doubts_about, write_tickets


def run_tickets(arguments: Namespace, output: Output) -> bool:
    """Write ticket PDFs and a QR picture per attendee, and a list for a mail merge."""
    chosen = arguments.size
    sizes = tuple(TicketSize) if chosen == "both" else (TicketSize(chosen),)
    with (
        open_event(arguments.event) as event_file,
        output.progress("Writing tickets") as progress,
    ):
        tickets = write_tickets(event_file, arguments.output, progress, own_fonts_folder(), sizes)
    output.say(f"{len(tickets)} tickets in {arguments.output}.")
    if doubts := doubts_about(tickets):
        output.say(doubts)
    doubtful = [ticket.attendee.code for ticket in tickets if ticket.is_doubtful]
    output.result({"tickets": len(tickets), "folder": str(arguments.output), "doubtful": doubtful})
    return True


def run_new_code(arguments: Namespace, output: Output) -> bool:
    """Give a person a new code, and revoke the one before."""
    with open_event(arguments.event) as event_file:
        person = person_of(event_file, arguments.who)
        record = replace_code(event_file, ORGANISER, now_at(event_file), person, arguments.reason)
    attendee = record.attendee
    output.say(f"{attendee.full_name} has a new code: {attendee.code}")
    output.say("The ticket has to be sent again: the old code is refused at the desk.")
    output.result({"attendee": attendee_json(record), "revoked": list(record.revoked_codes)})
    return True
