"""What the attendees table shows: which rows, in which order, out of how many."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace

from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from checkin_app.storage.people.register import SortColumn


@dataclass(frozen=True, slots=True)
class ListingOrder:
    """Which attendees are wanted, in which order."""

    wanted: AttendeeFilter = field(default_factory=AttendeeFilter)
    sort: SortColumn = SortColumn.NAME
    descending: bool = False

    def filtered(self, wanted: AttendeeFilter) -> ListingOrder:
        """The same order of other people."""
        return replace(self, wanted=wanted)

    def sorted_by(self, sort: SortColumn, descending: bool) -> ListingOrder:
        """The same people in another order."""
        return replace(self, sort=sort, descending=descending)


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer.

    Attributes:
        numbers: row numbers of the event file.
        registered: all attendees of the event, whatever the filter.
        categories: all categories in use; "" when some attendees have none.
    """

    order: ListingOrder
    numbers: array[int]
    registered: int
    categories: tuple[str, ...]


def find_listing(event_file: EventFile, order: ListingOrder) -> Listing:
    """Ask the event file. Takes up to a few tenths of a second with 100,000 people."""
    counts = event_file.category_counts()
    return Listing(
        order,
        event_file.matching_numbers(order.wanted, order.sort, descending=order.descending),
        sum(count.registered for count in counts),
        tuple(sorted({count.category for count in counts})),
    )
