"""Whose badges are printed, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from checkin_app.domain.attendee import FIELDS, Attendee, AttendeeRecord, AttendeeStatus
from checkin_app.domain.search_text import fold
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile

DEFAULT_SORT = ("last_name", "first_name")


class Wanted(StrEnum):
    """Who gets a badge. ``all`` leaves out only those who cancelled."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    UNPRINTED = "unprinted"
    ALL = "all"


def choose_attendees(
    event_file: EventFile,
    wanted: Wanted = Wanted.EXPECTED,
    categories: Sequence[str] = (),
    sort: Sequence[str] = DEFAULT_SORT,
) -> tuple[Attendee, ...]:
    """The people of a bulk print, in the order of the sheets.

    Args:
        categories: only these, ignoring case; empty means every category.
        sort: fields, the most important first.

    Raises:
        UsageError: there is no such field or category.
    """
    unknown = [name for name in sort if name not in FIELDS]
    if unknown:
        raise UsageError(f"Badges cannot be sorted by {unknown[0]}. Use {', '.join(FIELDS)}.")
    known = {category.casefold(): category for category in event_file.categories()}
    for category in categories:
        if category.casefold() not in known:
            raise UsageError(
                f"There is no category “{category}”. There are {', '.join(known.values())}."
            )
    chosen = {category.casefold() for category in categories}
    people = [
        record.attendee
        for record in event_file.records()
        if _is_wanted(record, wanted)
        and (not chosen or record.attendee.category.casefold() in chosen)
    ]
    return sort_attendees(people, sort)


def sort_attendees(
    attendees: Iterable[Attendee], sort: Sequence[str] = DEFAULT_SORT
) -> tuple[Attendee, ...]:
    """Attendees sorted by fields, ignoring case, accents and alphabet."""
    return tuple(
        sorted(attendees, key=lambda person: [fold(str(getattr(person, name))) for name in sort])
    )


def _is_wanted(record: AttendeeRecord, wanted: Wanted) -> bool:
    confirmed = record.attendee.status is AttendeeStatus.CONFIRMED
    arrived = record.checked_in_at is not None
    match wanted:
        case Wanted.EXPECTED:
            return confirmed
        case Wanted.ARRIVED:
            return arrived
        case Wanted.UNPRINTED:
            return (confirmed or arrived) and not record.badge_prints
        case Wanted.ALL:
            return record.attendee.status is not AttendeeStatus.CANCELLED
