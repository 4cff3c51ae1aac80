"""What two desks did apart, for the picture of the inbox: real entries of two real files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.scan import Scan, ScanSource
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.registrations import walk_in
from checkin_app.services.sharing.inbox.conflicts import inbox_conflicts, resolve
from checkin_app.storage.event_file import EventFile

_DESKS = ("Desk 1", "Side door")
_TWICE = 8
_NAME = {"first_name": "Ελευθερία-Παρασκευή", "last_name": "Παπακωνσταντίνου-Χατζηδημητρίου"}
_TOLD = (
    {"category": "National association", "email": "eleftheria@example.gr"},
    {"organisation": "Πανελλήνια Ομοσπονδία Συλλόγων Γονέων και Κηδεμόνων", "role": "Πρόεδρος"},
)


def let_two_desks_be_apart(event_file: EventFile, folder: Path, opening: datetime) -> None:
    """Let both let in the same people and register the same walk-in, then hear of each other."""
    waiting = [one.attendee for one in event_file.records() if one.is_expected]
    people = [one for one in waiting if one.attention == ""][-_TWICE:]
    with EventFile(shutil.copy(event_file.path, folder / "apart.checkin")) as other:
        # Its clock is ahead from then on: all entries of the sample are younger than its day.
        _reads(other, _DESKS[1], "https://example.org/menu", opening)
        for number, file in enumerate((event_file, other)):
            _let_in(file, _DESKS[number], people, opening + timedelta(minutes=12 * number + 1))
            at = opening + timedelta(minutes=20 + number)
            walk_in(file, _DESKS[number], at, {**_NAME, **_TOLD[number]})
        with event_file.transaction(_DESKS[0], opening + timedelta(minutes=30)) as transaction:
            transaction.take_in_unshared(list(other.ledger()))
    newest = inbox_conflicts(event_file)[0].conflict
    at = opening + timedelta(minutes=31)
    resolve(event_file, _DESKS[0], at, newest.later, ResolvedAs.PASSED_ON_BADGE)


def _let_in(file: EventFile, desk_name: str, people: Sequence[Attendee], begin: datetime) -> None:
    for number, person in enumerate(people):
        _reads(file, desk_name, person.code, begin + timedelta(seconds=40 * number))


def _reads(file: EventFile, desk_name: str, code: str, at: datetime) -> None:
    desk = CheckInDesk(file, desk_name, file.check_in_lists()[0], lambda: at)
    desk.handle(Scan(code, ScanSource.KEYBOARD))
