"""Whose codes are these? Asked before anything is recorded, to let somebody choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.text import storable
from checkin_app.domain.scan import Scan
from checkin_app.domain.tickets.codes import LONGEST_CODE, code_readings
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class OwnedScan:
    """A scan and the person its code means; None when it means nobody, or several."""

    scan: Scan
    owner: Attendee | None


def owned_scans(event_file: EventFile, scans: Iterable[Scan]) -> tuple[OwnedScan, ...]:
    """The scans with their people, in the order given; nothing is written."""
    return tuple(OwnedScan(scan, _owner(event_file, scan)) for scan in scans)


def _owner(event_file: EventFile, scan: Scan) -> Attendee | None:
    for code in code_readings(storable(scan.text[:LONGEST_CODE])):
        people = {match.attendee_id for match in event_file.find_code(code)}
        if len(people) == 1:
            record = event_file.record(people.pop())
            return record.attendee if record else None
    return None
