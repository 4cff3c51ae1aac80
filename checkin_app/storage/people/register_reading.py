"""Questions about the people on the register, for the door to an event file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

import apsw

from checkin_app.domain.attendee import Attendee
from checkin_app.storage.people import headcount, register
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from checkin_app.storage.people.headcount import CategoryCount
from checkin_app.storage.people.register import (
    Arrival,
    ListedAttendee,
    SortColumn,
)
from checkin_app.storage.projection import number_of


class RegisterReading:
    """The people of an event file as lists and sums show them."""

    def _reading(self) -> AbstractContextManager[apsw.Connection]:
        raise NotImplementedError

    def matching_numbers(
        self,
        wanted: AttendeeFilter,
        sort: SortColumn = SortColumn.NAME,
        *,
        descending: bool = False,
    ) -> array[int]:
        """Row numbers of the attendees that pass a filter, sorted."""
        with self._reading() as connection:
            return register.matching_numbers(connection, wanted, sort, descending=descending)

    def listed_attendees(self, numbers: Sequence[int]) -> tuple[ListedAttendee, ...]:
        """The table lines of the given row numbers."""
        with self._reading() as connection:
            return register.listed_attendees(connection, numbers)

    def number_of(self, attendee_id: str) -> int | None:
        """The row number of an attendee."""
        with self._reading() as connection:
            return number_of(connection, attendee_id)

    def attendees(self, wanted: AttendeeFilter) -> list[Attendee]:
        """The attendees that pass a filter, in the order of the list."""
        with self._reading() as connection:
            return register.attendees(connection, wanted)

    def people_mark(self) -> tuple[int, bytes]:
        """A value that changes when anybody is registered or amended, and with no check-in."""
        with self._reading() as connection:
            return register.people_mark(connection)

    def latest_arrivals(self, list_id: str, limit: int = 10) -> tuple[Arrival, ...]:
        """The last people let in on a list, newest first."""
        with self._reading() as connection:
            return register.latest_arrivals(connection, list_id, limit)

    def category_counts(self, list_id: str = "") -> tuple[CategoryCount, ...]:
        """Registered and arrived by category and status, on one list or on any."""
        with self._reading() as connection:
            return headcount.category_counts(connection, list_id)

    def arrivals_by_minute(
        self, list_id: str = "", since: datetime | None = None
    ) -> tuple[tuple[datetime, int], ...]:
        """Arrivals in each minute (UTC) in which anybody came."""
        with self._reading() as connection:
            return register.arrivals_by_minute(connection, list_id, since)

    def categories(self) -> tuple[str, ...]:
        """All categories in use."""
        with self._reading() as connection:
            return register.categories(connection)
