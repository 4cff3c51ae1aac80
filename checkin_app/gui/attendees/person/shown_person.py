"""One attendee as the side panel needs it: the record, the history, the names of the lists."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.services.registrations import HistoryLine, history
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class Person:
    """What there is to know about one attendee.

    Attributes:
        history: newest first.
        list_names: names of the check-in lists by id.
    """

    record: AttendeeRecord
    history: tuple[HistoryLine, ...]
    list_names: dict[str, str]


def load_person(event_file: EventFile, attendee_id: str) -> Person | None:
    """Ask the event file; None when there is no such attendee."""
    record = event_file.record(attendee_id)
    if record is None:
        return None
    names = {check_in_list.id: check_in_list.name for check_in_list in event_file.check_in_lists()}
    return Person(record, history(event_file, attendee_id), names)
