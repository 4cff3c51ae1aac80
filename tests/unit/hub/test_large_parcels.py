"""What a desk may pack is never taken for a trap."""

from __future__ import annotations

from datetime import UTC, datetime

from checkin_app.domain.ledger import Entry, EntryKind, entry_id
from checkin_app.domain.parcels import LARGEST_PARCEL, Parcel
from checkin_app.hub.sealing import DeskKey, new_event_key, seal, sign, unseal

EVENT = "0" * 32
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_parcel_of_layouts_that_are_all_numbers_is_opened() -> None:
    numbers = {f"{place}": place / 8 for place in range(340)}
    document = {"elements": [numbers]}
    entries = tuple(
        Entry(entry_id(number, 0), EntryKind.LAYOUT_KEPT, AT, "Desk 1", payload=document)
        for number in range(1, LARGEST_PARCEL + 1)
    )
    key, event_key = DeskKey.new(), new_event_key()
    parcel = Parcel(entry_id(1, 1), key.id, 1, entries)
    signed = sign(parcel, key, EVENT)
    opened = unseal(seal(signed, event_key, EVENT), event_key, EVENT)
    assert opened == signed
    assert opened.size > 1_800_000


def test_one_entry_with_a_large_picture_is_opened() -> None:
    picture = {"picture": "iVBORw0K," * 1_500_000}
    entry = Entry(entry_id(1, 0), EntryKind.LAYOUT_KEPT, AT, "Desk 1", payload=picture)
    key, event_key = DeskKey.new(), new_event_key()
    signed = sign(Parcel(entry_id(1, 1), key.id, 1, (entry,)), key, EVENT)
    assert unseal(seal(signed, event_key, EVENT), event_key, EVENT) == signed
