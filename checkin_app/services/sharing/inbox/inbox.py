"""The inbox: all that waits for somebody's word, and what was said already."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.services.sharing.inbox.conflicts import InboxConflict, inbox_conflicts
from checkin_app.services.sharing.inbox.doubles import (
    Double,
    count_possible_doubles,
    merged_doubles,
    possible_doubles,
)
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class InboxContents:
    """What the inbox shows.

    Attributes:
        conflicts: second admissions, those that wait first.
        doubles: people who may be registered twice.
        merged: those who were found to be.
    """

    conflicts: tuple[InboxConflict, ...] = ()
    doubles: tuple[Double, ...] = ()
    merged: tuple[Double, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.conflicts or self.doubles or self.merged)


@dataclass(frozen=True, slots=True)
class InboxCount:
    """How much waits.

    Attributes:
        conflicts: second admissions.
        doubles: pairs of records that may be one person.
        settled: second admissions and merged records that somebody gave a word about.
        people_mark: what ``EventFile.people_mark`` was; doubles are the same while it is.
    """

    conflicts: int = 0
    doubles: int = 0
    settled: int = 0
    people_mark: tuple[int, bytes] = (-1, b"")

    @property
    def waiting(self) -> int:
        """All that waits."""
        return self.conflicts + self.doubles

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits and nothing was said."""
        return not (self.waiting or self.settled)


def read_inbox(event_file: EventFile) -> InboxContents:
    """Everything in the inbox."""
    return InboxContents(
        inbox_conflicts(event_file), possible_doubles(event_file), merged_doubles(event_file)
    )


def count_inbox(event_file: EventFile, before: InboxCount) -> InboxCount:
    """How much waits. After a check-in that takes microseconds; after a list, a moment."""
    mark = event_file.people_mark()
    doubles = before.doubles
    if mark != before.people_mark:
        doubles = count_possible_doubles(event_file)
    return InboxCount(event_file.inbox.open_conflicts(), doubles, event_file.inbox.settled(), mark)
