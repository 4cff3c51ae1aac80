"""People and how their names are probably written, side by side as they are shown. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.services.name_repairs import NameRepair, proposal


@dataclass(frozen=True, slots=True)
class Proposal:
    """The repair of one person's name, with the whole name before and after."""

    repair: NameRepair
    before: str
    after: str


def proposals_for(people: Iterable[Attendee], language: str) -> tuple[Proposal, ...]:
    """A proposal for each whose name can be written better.

    Args:
        language: of the list (BCP 47).
    """
    found = []
    for person in people:
        repair = proposal(person, language)
        if repair is not None:
            after = person.with_changes(repair.after).full_name
            found.append(Proposal(repair, person.full_name, after))
    return tuple(found)
