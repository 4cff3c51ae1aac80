"""Who came: the numbers, and who counts as expected, arrived and missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.headcount import CategoryCount


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an event, on one check-in list or on all.

    Attributes:
        expected: confirmed registrations, without those who are gone from the newest list or not
            meant for this check-in list; and all others who came.
        no_shows: expected, but not arrived.
        by_category: category → (registered, checked in); cancelled registrations left out.
        arrivals: minute (UTC) → people let in.
    """

    registered: int
    expected: int
    checked_in: int
    walk_ins: int
    no_shows: int
    by_category: dict[str, tuple[int, int]]
    arrivals: tuple[tuple[datetime, int], ...]


def event_numbers(event_file: EventFile, check_in_list: CheckInList | None = None) -> Numbers:
    """Count everybody, on one check-in list or on any."""
    list_id = check_in_list.id if check_in_list else ""
    counts = event_file.category_counts(list_id)
    expected = sum(expected_of(count, check_in_list) for count in counts)
    checked_in = sum(count.arrived for count in counts)
    by_category: dict[str, tuple[int, int]] = {}
    for count in counts:
        if count.status is not AttendeeStatus.CANCELLED or count.arrived:
            registered, arrived = by_category.get(count.category, (0, 0))
            by_category[count.category] = (registered + count.registered, arrived + count.arrived)
    return Numbers(
        registered=sum(count.registered for count in counts),
        expected=expected,
        checked_in=checked_in,
        walk_ins=sum(count.walk_ins for count in counts),
        no_shows=expected - checked_in,
        by_category=by_category,
        arrivals=event_file.arrivals_by_minute(list_id),
    )


def expected_of(count: CategoryCount, check_in_list: CheckInList | None = None) -> int:
    """How many of those who are alike are expected on a check-in list, or came all the same."""
    is_meant = check_in_list is None or check_in_list.is_for(count.category)
    if count.status is AttendeeStatus.CONFIRMED and is_meant:
        return count.registered - count.gone
    return count.arrived


def is_expected(record: AttendeeRecord, check_in_list: CheckInList | None = None) -> bool:
    """Whether somebody is expected on a check-in list, or at the event at all."""
    return check_in_list.expects(record) if check_in_list else record.is_expected


def has_arrived(record: AttendeeRecord, check_in_list: CheckInList | None = None) -> bool:
    """Whether somebody has come on a check-in list, or on any."""
    return check_in_list.id in record.check_ins if check_in_list else bool(record.check_ins)


def is_listed(record: AttendeeRecord, check_in_list: CheckInList | None = None) -> bool:
    """Whether a list of attendance names somebody: everybody who was expected or came.

    Whose data were erased has no name to be listed under, and is only counted.
    """
    if record.is_erased:
        return False
    return is_expected(record, check_in_list) or has_arrived(record, check_in_list)


def is_no_show(record: AttendeeRecord, check_in_list: CheckInList | None = None) -> bool:
    """Whether somebody was expected and has not come."""
    return is_expected(record, check_in_list) and not has_arrived(record, check_in_list)
