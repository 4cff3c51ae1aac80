"""Parcels of the hub in portions that are taken in without holding up the scans of this desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkin_app.domain.parcels import SealedParcel

LARGEST_PORTION_BYTES = 32 << 10
"""Some thousand people of a list: a scan may have to wait for as long as one transaction lasts."""


def in_portions(sealed: Sequence[SealedParcel]) -> Iterator[Sequence[SealedParcel]]:
    """In their order, none above the largest size but a single parcel that is larger itself."""
    start = size = 0
    for end, parcel in enumerate(sealed):
        size += len(parcel.body)
        if size > LARGEST_PORTION_BYTES and end > start:
            yield sealed[start:end]
            start, size = end, len(parcel.body)
    if sealed:
        yield sealed[start:]
