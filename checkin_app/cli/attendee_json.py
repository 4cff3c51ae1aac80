"""Attendees and check-ins as the command line's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, AttendeeRecord, CheckIn
from checkin_app.domain.event_document import iso_utc


def attendee_json(record: AttendeeRecord) -> dict[str, Any]:
    """An attendee with all fields, the check-in time (UTC) and the number of prints."""
    person, arrived = record.attendee, record.checked_in_at
    return {
        "id": person.id,
        "code": person.code,
        **{name: getattr(person, name) for name in TEXT_FIELDS},
        "status": person.status.value,
        "extra": dict(person.extra),
        "walk_in": person.walk_in,
        "checked_in_at": iso_utc(arrived) if arrived else None,
        "badge_prints": record.badge_prints,
    }


def check_in_json(check_in: CheckIn, list_names: Mapping[str, str]) -> dict[str, Any]:
    """When (UTC), at which desk and on which check-in list."""
    return {
        "at": iso_utc(check_in.at),
        "desk": check_in.desk,
        "list": list_names.get(check_in.list_id, check_in.list_id),
    }
