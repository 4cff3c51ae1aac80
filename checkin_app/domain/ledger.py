"""The ledger: an append-only list of facts. Everything the screens show is its fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

_COUNTER_BITS = 16
RANDOM_BITS = 58
"""Of an entry's id, beside its clock."""


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
    BADGE_SPOILT = "badge spoilt"
    BADGE_RUN = "badge run"
    LAYOUT_KEPT = "badge layout kept"
    STOCK_KEPT = "stock kept"
    MAIL_TEXT_KEPT = "mail text kept"
    LIST_IMPORTED = "list imported"
    GONE_FROM_LIST = "gone from list"
    BACK_ON_LIST = "back on list"
    TICKET_SENT = "ticket sent"
    TICKET_BOUNCED = "ticket bounced"
    ERASED = "erased"
    EVENT_CLOSED = "event closed"
    DESK_JOINED = "desk joined"
    DESK_WITHDRAWN = "desk withdrawn"
    CONFLICT_RESOLVED = "conflict resolved"
    MERGED = "merged"
    NOT_DOUBLE = "not a double"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact.

    Attributes:
        id: UUIDv7 as 32 hexadecimal digits, made by ``entry_id``: it begins with the hybrid
            logical clock, so that sorting by id is the order in which every desk folds.
        at: when it happened by the desk's own clock (UTC).
        payload: what the kind needs, as JSON values.
    """

    id: str
    kind: EntryKind
    at: datetime
    desk: str
    attendee_id: str = ""
    list_id: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def next_clock(last: int, now: datetime) -> int:
    """The next value of the hybrid logical clock.

    Milliseconds since 1970 in the upper 48 bits, a counter in the lower 16: never behind any
    value seen, whatever the laptop's clock says (Kulkarni et al., "Logical Physical Clocks",
    2014).
    """
    return max(last + 1, milliseconds(now) << _COUNTER_BITS)


def entry_id(clock: int, random_bits: int) -> str:
    """A UUIDv7 (RFC 9562) of a clock value and 58 random bits.

    The standard's 48 bits of time and the next 16 free bits hold the clock (its method 3), so
    ids sort as the clock does.
    """
    time_ms, counter = clock >> _COUNTER_BITS, clock & (1 << _COUNTER_BITS) - 1
    upper = time_ms << 16 | 0x7 << 12 | counter >> 4
    lower = 0b10 << 62 | (counter & 0xF) << RANDOM_BITS | random_bits
    return f"{upper << 64 | lower:032x}"


def clock_of(id_: str) -> int:
    """The clock value in an entry's id."""
    return int(id_[:12], 16) << 16 | int(id_[13:16], 16) << 4 | (int(id_[16:18], 16) >> 2 & 0xF)


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 of a UTC moment."""
    return round(moment.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    """The UTC moment of milliseconds since 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which every desk folds them, each once however often it came."""
    distinct = {entry.id: entry for entry in entries}
    return sorted(distinct.values(), key=attrgetter("id"))


def undone_ids(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the entries that an ``undone`` entry takes back."""
    return frozenset(entry.payload["undoes"] for entry in entries if entry.kind is EntryKind.UNDONE)
