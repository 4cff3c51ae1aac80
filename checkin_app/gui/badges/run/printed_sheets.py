"""A run in the ledger → its sheets with the people on them, to find again what jammed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.badge_prints import PrintRun, RunPlace
from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.badges.choice.choices import used_slots
from checkin_app.services.bulk_badges.badge_choice import choose_attendees
from checkin_app.services.bulk_badges.badge_records import run_places
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class PrintedSheets:
    """What a run put where.

    Attributes:
        sheets: sheet → slot (both from 1) → who lies there.
    """

    run: PrintRun
    stock: Stock
    sheets: Mapping[int, Mapping[int, Attendee]]


def printed_sheets(event_file: EventFile, run: PrintRun, stock: Stock) -> PrintedSheets:
    """The sheets of a run; who was erased since is left out."""
    places = run_places(event_file, run.id)
    ids = [place.attendee_id for place in places]
    people = {one.id: one for one in choose_attendees(event_file, None, (), (), ids=ids)}
    sheets: dict[int, dict[int, Attendee]] = {}
    for place in places:
        if place.attendee_id in people and place.sheet:
            for sheet, slot in _copies(place, run, stock):
                sheets.setdefault(sheet, {})[slot] = people[place.attendee_id]
    return PrintedSheets(run, stock, dict(sorted(sheets.items())))


def _copies(place: RunPlace, run: PrintRun, stock: Stock) -> Sequence[tuple[int, int]]:
    """Sheet and slot of every copy of a badge: they follow each other.

    In stacks they lie in the next pile, perhaps: there the first names the badge.
    """
    if run.imposition.cut_and_stack:
        return [(place.sheet, place.slot)]
    used = used_slots(run.imposition)
    found: list[tuple[int, int]] = []
    sheet, slot = place.sheet, place.slot
    while len(found) < place.copies:
        if slot > stock.slots:
            sheet, slot = sheet + 1, 1
        if sheet > 1 or slot not in used:
            found.append((sheet, slot))
        slot += 1
    return found
