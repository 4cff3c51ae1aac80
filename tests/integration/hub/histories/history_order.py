"""What is done after something was seen comes after it, whatever the clocks of laptops say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from checkin_app.domain.ledger import Entry, EntryKind, clock_of, from_milliseconds
from checkin_app.storage.event_file import EventFile

_FOLLOWED = timedelta(minutes=1)
_LATEST_HOLDS = (EntryKind.EVENT_DESCRIBED, EntryKind.LAYOUT_KEPT, EntryKind.LIST_IMPORTED)
"""Of what happens in a history and is about nobody."""


def check_order(event_file: EventFile, last: str, new: Collection[str], now: datetime) -> None:
    """Whether entries that were just made may be before one that was there already.

    They may where that one is ahead of the true time by more than a minute, and neither about the
    same person nor about the same of which the latest holds, as a layout.

    Args:
        last: the id of the last entry that was there.
        new: the ids of those that were made.
        now: the true time.

    Raises:
        AssertionError: they may not.
    """
    said_at = from_milliseconds(clock_of(last) >> 16)
    assert said_at > now + _FOLLOWED, f"{min(new)} comes before {last}, of {said_at}"
    latest: dict[str, str] = {}
    made = []
    for entry in event_file.ledger():
        if entry.id in new:
            made.append(entry)
        else:
            latest[_subject(entry)] = entry.id
    for entry in made:
        known = latest.get(_subject(entry), "")
        assert known < entry.id, f"{entry.id} comes before {known} of {_subject(entry)}"


def _subject(entry: Entry) -> str:
    """What it is about; its own id where it says the same wherever it stands."""
    if entry.kind is EntryKind.ERASED:
        return entry.id
    return entry.attendee_id or (entry.kind if entry.kind in _LATEST_HOLDS else entry.id)
