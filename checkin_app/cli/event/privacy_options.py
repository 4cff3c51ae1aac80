"""The words of the commands about personal data: ``close``, ``erase`` and ``person``."""

from __future__ import annotations

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder

_MODULE = "event.privacy_commands"
_WHO = "the id, or the code; after an import was undone, also the e-mail address"


def add_privacy_commands(add: Adder) -> None:
    """Adds all of them."""
    close = add(
        "close", _MODULE, "write the end pack into a folder, then erase all personal data for good"
    )
    close.add_argument("-o", "--output", type=values.path, required=True, metavar="FOLDER")
    close.add_argument("--yes", action="store_true", help="on a terminal, do not ask")

    erase = add("erase", _MODULE, "erase the personal data of one person for good")
    erase.add_argument("who", metavar="ATTENDEE-ID", help=_WHO)
    erase.add_argument("--yes", action="store_true", help="on a terminal, do not ask")

    person = add("person", _MODULE, "everything the event file holds of one person")
    person.add_argument("who", metavar="ATTENDEE-ID", help=_WHO)
    person.add_argument("-o", "--output", type=values.file, metavar="FILE", help=".pdf or .json")
