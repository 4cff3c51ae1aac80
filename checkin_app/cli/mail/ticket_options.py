"""The options of the commands about tickets: ``tickets`` and ``new-code``."""

from __future__ import annotations

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder


def add_ticket_commands(add: Adder) -> None:
    """Adds all of them."""
    tickets = add(
        "tickets", "mail.ticket_commands", "write a ticket PDF and QR picture per attendee"
    )
    tickets.add_argument("-o", "--output", type=values.path, required=True, metavar="FOLDER")
    tickets.add_argument(
        "--size",
        choices=("a4", "phone", "both"),
        default="a4",
        help="for paper, for the screen of a telephone, or a file of each (%(default)s)",
    )

    code = add(
        "new-code", "mail.ticket_commands", "give a person a new code; the old one is revoked"
    )
    code.add_argument("who", metavar="CODE-OR-ID", help="the code the person has, or the id")
    code.add_argument("--reason", default="", metavar="TEXT", help="kept in the person's history")
