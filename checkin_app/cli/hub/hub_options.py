"""The options of ``hub``: many desks that share one ledger."""

from __future__ import annotations

from argparse import ArgumentParser

from checkin_app.cli import values
from checkin_app.cli.badges.badge_options import Adder

_DSN = (
    "A password in --dsn can be read by others who use this computer: leave it out, and give it in"
    " the variable PGPASSWORD or in PostgreSQL's password file."
)


def add_hub_commands(add: Adder) -> None:
    """The commands below ``hub``."""
    _add_beginning(add)
    _add_organising(add)
    _add_desk_commands(add)
    keep = add(
        "keep", "hub.hub_keep_command", "look after a hub that runs; `start` does it", event=False
    )
    keep.add_argument("folder", type=values.folder, metavar="FOLDER")


def _add_beginning(add: Adder) -> None:
    start = add("start", "hub.hub_commands", "run the hub of an event, and show how others join")
    take_over = add(
        "take-over", "hub.hub_commands", "make this laptop the hub, with all its file has"
    )
    take_over.add_argument(
        "--anyway",
        action="store_true",
        help="even while the other hub answers; desks that are not told stay with it",
    )
    for one in (start, take_over):
        one.add_argument(
            "--dsn", default="", help="a PostgreSQL that is there already, instead of one here"
        )
        one.add_argument(
            "--port",
            type=values.port,
            metavar="N",
            help="where the hub listens; else where it did before, or a free one from 47620 on",
        )
        _add_desk_name(one)
        _add_pairing_options(one)
        one.epilog = _DSN


def _add_organising(add: Adder) -> None:
    status = add("status", "hub.hub_commands", "whether the hub runs, who is there, what it holds")
    stop = add(
        "stop", "hub.hub_commands", "stop the hub on this laptop; the desks work on by themselves"
    )
    pair = add("pair", "hub.hub_commands", "a new link and code with which others join")
    _add_pairing_options(pair)
    withdraw = add(
        "withdraw", "hub.hub_commands", "take the right to share from a pairing or a desk"
    )
    withdraw.add_argument("which", metavar="PAIRING|DESK", help="its id, or the desk's name")
    withdraw.add_argument(
        "--with-its-code",
        action="store_true",
        help="of a desk: also the code it joined with, which could let it in again",
    )
    remove = add("remove", "hub.hub_commands", "delete the hub for good; every desk keeps its file")
    for one in (status, stop, pair, withdraw, remove):
        # The name is of no matter to them.
        one.set_defaults(desk="")


def _add_desk_commands(add: Adder) -> None:
    join = add("join", "hub.hub_desk_commands", "become a desk of an event", event=False)
    join.add_argument("link", metavar="LINK", help="the link, or the code where a hub is near")
    join.add_argument(
        "event",
        type=values.file,
        metavar="FILE.checkin",
        help="a new event file to make, or a copy of this event",
    )
    _add_desk_name(join)

    find = add(
        "find", "hub.hub_desk_commands", "the hubs that are heard of in this network", event=False
    )
    find.add_argument(
        "--wait",
        type=values.seconds,
        default=3.0,
        metavar="S",
        help="how long to listen (%(default)g)",
    )

    sync = add("sync", "hub.hub_desk_commands", "exchange once what this file and the hub have")
    _add_desk_name(sync)


def _add_desk_name(command: ArgumentParser) -> None:
    command.add_argument(
        "--desk",
        default="",
        metavar="NAME",
        help="name of this desk from now on; else as it joined, or as in the settings",
    )


def _add_pairing_options(command: ArgumentParser) -> None:
    command.add_argument(
        "--valid",
        type=values.hours,
        metavar="HOURS",
        help="how long others can join with a new code (24)",
    )
    command.add_argument(
        "--qr", type=values.file, metavar="FILE.png", help="write its QR code to a picture"
    )
