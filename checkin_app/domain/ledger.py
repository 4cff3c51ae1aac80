"""The ledger: an append-only list of facts. Everything the screens show is its fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

_COUNTER_BITS = 16


class EntryKind(StrEnum):
    """What happened."""

    EVENT_DESCRIBED = "event described"
    LIST_DESCRIBED = "check-in list described"
    REGISTERED = "registered"
    AMENDED = "amended"
    CODE_REPLACED = "code replaced"
    CHECKED_IN = "checked in"
    REFUSED = "refused"
    UNDONE = "undone"
    BADGE_PRINTED = "badge printed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact.

    Attributes:
        id: UUIDv7 as 32 hexadecimal digits.
        clock: hybrid logical clock, which orders the entries of all desks alike.
        at: when it happened by the desk's own clock (UTC).
        payload: what the kind needs, as JSON values.
    """

    id: str
    kind: EntryKind
    clock: int
    at: datetime
    desk: str
    attendee_id: str = ""
    list_id: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def next_clock(last: int, now: datetime) -> int:
    """The next value of the hybrid logical clock.

    Milliseconds since 1970 in the upper bits, a counter in the lower 16: never behind any
    value seen, whatever the laptop's clock says (Kulkarni et al., "Logical Physical Clocks",
    2014).
    """
    return max(last + 1, milliseconds(now) << _COUNTER_BITS)


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 of a UTC moment."""
    return round(moment.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    """The UTC moment of milliseconds since 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which every desk folds them."""
    return sorted(entries, key=lambda entry: (entry.clock, entry.id))


def undone_ids(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the entries that an ``undone`` entry takes back."""
    return frozenset(entry.payload["undoes"] for entry in entries if entry.kind is EntryKind.UNDONE)
