"""Fills the sample event as its first twenty minutes may go: for the pictures of the dashboard."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile

_DESKS = ("Desk 1", "Desk 1", "Desk 2", "Desk 2", "Desk 3")
_SECONDS = 30 * 60
_NOT_A_TICKET = "https://example.org/menu"


def let_people_come(event_file: EventFile, opening: datetime, now: datetime) -> None:
    """Check people in at three desks as they come, with what goes wrong at a real one."""
    chance = random.Random(3)
    registration = event_file.check_in_lists()[0]
    people = [record.attendee for record in event_file.records()]
    chance.shuffle(people)
    for person, part in zip(people, sorted(chance.betavariate(3, 2) for _ in people), strict=True):
        at = opening + timedelta(seconds=part * _SECONDS)
        if at > now:
            return
        desk_name = chance.choice(_DESKS)
        desk = CheckInDesk(event_file, desk_name, registration, _standing_at(at))
        desk.handle(Scan(person.code))
        if chance.random() < 0.05:
            desk.handle(Scan(person.code))
        if chance.random() < 0.03:
            desk.handle(Scan(_NOT_A_TICKET))
        _print_badge(event_file, desk_name, at, person.id, chance)


def _print_badge(
    event_file: EventFile, desk_name: str, at: datetime, attendee_id: str, chance: random.Random
) -> None:
    with event_file.transaction(desk_name, at) as transaction:
        transaction.append(EntryKind.TICKET_SENT, attendee_id, payload={"mailing": "tickets"})
        transaction.append(EntryKind.BADGE_PRINTED, attendee_id)
        if chance.random() < 0.04:
            reason = chance.choice((PrintCause.DAMAGED, PrintCause.LOST)).value
            transaction.append(EntryKind.BADGE_SPOILT, attendee_id)
            transaction.append(EntryKind.BADGE_PRINTED, attendee_id, payload={"reason": reason})


def _standing_at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment
