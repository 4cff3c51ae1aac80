"""Where and for whom a scan counts: the registration desk, or the door of one session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord


@dataclass(frozen=True, slots=True)
class CheckInList:
    """A check-in list with its opening window (UTC) and its limits.

    Attributes:
        opens_at: from when people are expected; None means always.
        closes_at: until when; None means always.
        capacity: how many may be in; None means no limit.
        strict: outside the window a strict list answers ``not_open``; any other list
            admits with a note.
        categories: who belongs on the list, by category; empty means everybody.
        session_id: the session whose door this is, or empty.
    """

    id: str
    name: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    capacity: int | None = None
    strict: bool = False
    categories: frozenset[str] = frozenset()
    session_id: str = ""

    def is_for(self, category: str) -> bool:
        """Whether people of a category belong on this list."""
        return not self.categories or category in self.categories

    def expects(self, record: AttendeeRecord) -> bool:
        """Whether somebody who is expected at the event is expected on this list."""
        return record.is_expected and self.is_for(record.attendee.category)
