"""Names in capitals or lower case → how they are probably written, to be applied when agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.name_case import proposed_name
from checkin_app.services.registrations import correct
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class NameRepair:
    """A proposal for one person."""

    attendee: Attendee
    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        """The name as proposed."""
        return f"{self.first_name} {self.last_name}".strip()


def propose_repairs(people: Iterable[Attendee], language: str) -> tuple[NameRepair, ...]:
    """A proposal for each whose name can be written better.

    Args:
        language: of the list (BCP 47).
    """
    repairs = []
    for person in people:
        first = proposed_name(person.first_name, language, person.last_name)
        last = proposed_name(person.last_name, language, person.first_name)
        if first is not None or last is not None:
            repairs.append(NameRepair(person, first or person.first_name, last or person.last_name))
    return tuple(repairs)


def apply_repairs(
    event_file: EventFile, desk_name: str, now: datetime, repairs: Sequence[NameRepair]
) -> frozenset[str]:
    """Correct the names of these people; returns their ids.

    Raises:
        EventFileError: the event file cannot be written.
    """
    for repair in repairs:
        names = {"first_name": repair.first_name, "last_name": repair.last_name}
        correct(event_file, desk_name, now, repair.attendee.id, names)
    return frozenset(repair.attendee.id for repair in repairs)
