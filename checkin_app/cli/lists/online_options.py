"""The options of ``fetch`` and ``send-check-ins``."""

from __future__ import annotations

from argparse import ArgumentParser

from checkin_app.cli.badges.badge_options import Adder

_TOKEN = (
    "The token is taken from the variable CHECKIN_APP_TOKEN, else from this system's keyring, else"
    " asked for; it cannot be given as an option, where others could see it."
)


def add_online_commands(add: Adder) -> None:
    """Everything about registration systems on the web."""
    fetch = add("fetch", "lists.online_commands", "take in the registrations of pretix or Indico")
    _add_place(fetch, ("pretix", "indico"))
    fetch.add_argument("--dry-run", action="store_true", help="write nothing; say what would be")
    fetch.add_argument(
        "--remember",
        action="store_true",
        help="keep the address for this event, and the token in the system's keyring",
    )
    fetch.epilog = _TOKEN

    send = add(
        "send-check-ins", "lists.online_commands", "send the check-ins of the event back to pretix"
    )
    _add_place(send, ("pretix",))
    send.add_argument(
        "--check-in-list",
        default="",
        metavar="NAME",
        help="pretix's list that they go to, by name or number; else the one chosen before",
    )
    send.add_argument(
        "--again", action="store_true", help="also those that pretix did not take before"
    )
    send.epilog = _TOKEN


def _add_place(command: ArgumentParser, systems: tuple[str, ...]) -> None:
    command.add_argument(
        "--from" if "indico" in systems else "--to",
        dest="system",
        choices=systems,
        help="the system; else the one this event was connected with before",
    )
    command.add_argument(
        "--url",
        default="",
        metavar="ADDRESS",
        help="where it is, or a link to the event there: https://pretix.eu/demo/forum/",
    )
    command.add_argument(
        "--organizer", default="", metavar="SHORT", help="pretix's short form of the organiser"
    )
    command.add_argument(
        "--event-slug",
        default="",
        metavar="SHORT",
        help="pretix's short form of the event, or Indico's number",
    )
