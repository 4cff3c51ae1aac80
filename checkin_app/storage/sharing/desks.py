"""The desks that joined, as their own entries describe them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

from checkin_app.domain.ledger import Entry, EntryKind, clock_of, from_milliseconds
from checkin_app.domain.sharing import SharingDesk
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row

_KINDS = (EntryKind.DESK_JOINED.value, EntryKind.DESK_WITHDRAWN.value)
_TOLD = (
    "SELECT EXISTS (SELECT 1 FROM parcel_entry JOIN parcel ON parcel.number = parcel"
    " WHERE entry = entry.id AND desk <> unhex(payload ->> '$.desk'))"
    " AND NOT EXISTS (SELECT 1 FROM parcel_entry JOIN parcel ON parcel.number = parcel"
    " WHERE entry = entry.id AND desk = unhex(payload ->> '$.desk')),"
    f" {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind IN (?, ?) ORDER BY id"
)
_HOW_MANY = "SELECT count(*) FROM entry WHERE attendee IS NULL AND kind IN (?, ?)"


def told_of_desks(connection: apsw.Connection) -> int:
    """How many entries tell of desks."""
    return int(connection.execute(_HOW_MANY, _KINDS).get)


def sharing_desks(connection: apsw.Connection) -> tuple[SharingDesk, ...]:
    """The desks that joined, the first to join first.

    What a desk says of itself under its own signature stands against what others say of it: nobody
    gives another desk a name. Only where nothing else is left, as after an erasure took its parcel
    apart, what others handed on is believed.
    """
    own: dict[str, list[Entry]] = {}
    by_others: dict[str, list[Entry]] = {}
    withdrawn: dict[str, list[Entry]] = {}
    for is_by_another, *row in connection.execute(_TOLD, _KINDS):
        entry = entry_from_row(row)
        if entry.kind is EntryKind.DESK_WITHDRAWN:
            told = withdrawn
        else:
            told = by_others if is_by_another else own
        told.setdefault(entry.payload["desk"], []).append(entry)
    by_arrival = sorted((by_others | own).items(), key=lambda told: told[1][0].id)
    return tuple(
        _desk(connection, desk, joined, withdrawn.get(desk, [])) for desk, joined in by_arrival
    )


def _desk(
    connection: apsw.Connection, desk: str, joined: Sequence[Entry], withdrawn: Sequence[Entry]
) -> SharingDesk:
    # A name that is declared again is the latest.
    names = dict.fromkeys(str(entry.payload["name"]) for entry in reversed(joined))
    last: Any = connection.execute(
        "SELECT id FROM parcel WHERE desk = ? ORDER BY sequence DESC LIMIT 1",
        (bytes.fromhex(desk),),
    ).get
    return SharingDesk(
        id=desk,
        names=tuple(reversed(names)),
        joined_at=joined[0].at,
        heard_at=from_milliseconds(clock_of(last.hex()) >> 16) if last else None,
        is_withdrawn=bool(withdrawn) and withdrawn[-1].id > joined[-1].id,
    )
