"""The words of the commands that look into the inbox: second check-ins, people listed twice."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from checkin_app.domain.sharing import ResolvedAs

FINDINGS = {found.value.replace(" ", "-"): found for found in ResolvedAs}
"""How each is written on the command line."""


def add_inbox_commands(add: Callable[..., ArgumentParser]) -> None:
    """Adds ``conflicts``, ``resolve`` and ``merge-people``."""
    add("conflicts", "hub.inbox_commands", "who was let in at two desks, or registered twice")

    resolve = add("resolve", "hub.inbox_commands", "say what a second check-in was")
    resolve.add_argument("check_in", metavar="CHECK-IN", help="its id, or how it begins")
    resolve.add_argument(
        "found", choices=(*FINDINGS, "open"), metavar="AS", help=f"{', '.join(FINDINGS)}; or open"
    )
    resolve.add_argument("--note", default="", metavar="TEXT", help="for the other desks")
    resolve.add_argument("--desk", default="", metavar="NAME", help="who says so")

    people = add(
        "merge-people", "hub.inbox_commands", "say that two records are one person, or not"
    )
    people.add_argument("first", type=_attendee_id, metavar="ATTENDEE", help="the id of one record")
    people.add_argument("second", type=_attendee_id, metavar="ATTENDEE", help="the id of the other")
    people.add_argument("--apart", action="store_true", help="they are two people after all")
    people.add_argument("--desk", default="", metavar="NAME", help="who says so")


def _attendee_id(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{32}", text.lower()):
        raise ArgumentTypeError("give the id as conflicts or find --json tells it")
    return text.lower()
