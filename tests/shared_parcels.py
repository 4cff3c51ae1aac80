"""Parcels for tests of storage, which takes signatures for checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from checkin_app.domain.ledger import Entry, clock_of, entry_id, in_order
from checkin_app.domain.parcels import Parcel, SignedParcel
from checkin_app.storage.event_file import EventFile

DESK, OTHER_DESK = "d1" * 16, "d2" * 16
HUB, OTHER_HUB = "aa" * 16, "bb" * 16
_numbers = count(1)


def signed(
    entries: Sequence[Entry], sequence: int = 1, desk: str = DESK, *, is_brought: bool = False
) -> SignedParcel:
    """A parcel with a signature that only looks like one."""
    ordered = tuple(in_order(entries))
    id_ = entry_id(clock_of(ordered[-1].id), next(_numbers))
    return SignedParcel(Parcel(id_, desk, sequence, ordered, is_brought), b"k" * 32, b"s" * 64)


def packed(event_file: EventFile, size: int = 500, desk: str = DESK) -> Iterator[SignedParcel]:
    """Everything in a file as parcels, which the file does not keep."""
    entries = list(event_file.ledger())
    for sequence, start in enumerate(range(0, len(entries), size), 1):
        yield signed(entries[start : start + size], sequence, desk, is_brought=True)
