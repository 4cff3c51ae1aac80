"""Whatever a ticket must say fits on its page, in every alphabet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from badge_people import LONG_ORGANISATION, MEETING, REGISTRATION, attendee

from checkin_app.badges.placed import ComposedBadge, PlacedBlock
from checkin_app.badges.tickets import TicketPress
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.mailings import TicketSize
from checkin_app.domain.programme import Event

PEOPLE = [
    attendee("Anna", "Nowak"),
    attendee(
        "Παναγιώτης-Κωνσταντίνος",
        "Παπαδημητρίου-Χατζηκωνσταντίνου του Αλεξάνδρου",
        organisation=LONG_ORGANISATION,
        category="National association or sectoral network",
    ),
    attendee("Żelisława Konstancja", "Brzęczyszczykiewicz-Chrząszczyżewoszycka"),
    attendee("ალექსანდრე-კონსტანტინე", "ჯავახიშვილი-ბაგრატიონ-მუხრანსკი"),
    attendee("", "X", organisation="", category=""),
    attendee("Foreign", "Code", code="https://tickets.example.org/check?secret=0123456789abcdef"),
]
LONG_EVENT = replace(
    MEETING,
    name="Dwudzieste pierwsze ogólnoeuropejskie zgromadzenie stowarzyszeń i sieci społeczeństwa"
    " obywatelskiego na rzecz przyszłości demokracji uczestniczącej",
    venue="Maison de l’Europe et des associations internationales, entrée côté jardin",
    city="Louvain-la-Neuve",
    bring="Your identity card, this ticket, and the badge of last year if you still have it. " * 3,
    sessions=(REGISTRATION,),
)


def cut(badge: ComposedBadge) -> list[tuple[str, str]]:
    """What does not fit, or has letters that no font has."""
    placed = (*badge.front.shared.placed, *badge.front.own)
    return [
        (problem[0].value, problem[2])
        for one in placed
        if isinstance(one, PlacedBlock)
        for problem in one.problems
    ]


@pytest.mark.parametrize("event", [MEETING, LONG_EVENT], ids=["short", "long"])
@pytest.mark.parametrize("size", list(TicketSize))
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.last_name)
def test_nothing_is_cut(event: Event, size: TicketSize, person: Attendee) -> None:
    assert cut(TicketPress(event, size=size).composer.compose(person)) == []
