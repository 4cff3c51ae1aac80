"""Entries under the name of one desk that another desk handed in.

A desk signs what it hands in, and any name may stand in it. Mostly that is honest: a copy of the
file was in use under the same name before it joined, or a stick brought what a desk recorded that
never joined. So it is no reason to refuse anything, and one to look.
"""

from __future__ import annotations

import apsw

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.sharing import BorrowedName

_JOINED = EntryKind.DESK_JOINED.value
_BORROWED = f"""
WITH declared (entry, name, desk) AS (
    SELECT id, payload ->> '$.name', unhex(payload ->> '$.desk') FROM entry
    WHERE attendee IS NULL AND kind = '{_JOINED}'
),
owner (name, desk) AS MATERIALIZED (
    SELECT DISTINCT name, declared.desk FROM declared
    JOIN parcel_entry ON parcel_entry.entry = declared.entry
    JOIN parcel ON parcel.number = parcel AND parcel.desk = declared.desk
),
handed_in (entry, name, desk) AS (
    SELECT entry.id, entry.desk, parcel.desk FROM parcel
    JOIN parcel_entry ON parcel_entry.parcel = parcel.number
    JOIN entry ON entry.id = parcel_entry.entry
    WHERE parcel.number > :after AND parcel.desk <> :first
    AND EXISTS (SELECT 1 FROM owner WHERE owner.name = entry.desk)
    AND NOT EXISTS (
        SELECT 1 FROM owner WHERE owner.name = entry.desk AND owner.desk = parcel.desk
    )
)
SELECT name, desk, count(DISTINCT entry) FROM handed_in
WHERE NOT EXISTS (
    SELECT 1 FROM parcel_entry JOIN parcel ON parcel.number = parcel_entry.parcel
    JOIN owner ON owner.desk = parcel.desk
    WHERE parcel_entry.entry = handed_in.entry AND owner.name = handed_in.name
)
GROUP BY name, desk ORDER BY name, desk
"""


def borrowed_names(connection: apsw.Connection, after: int) -> tuple[BorrowedName, ...]:
    """Whose names are in parcels that those desks did not sign.

    The desk whose parcel came first brings what was there before anybody joined, and what is left
    of parcels with erased people: it is not looked at.

    Args:
        after: only the parcels above this number.
    """
    first: bytes | None = connection.execute("SELECT desk FROM parcel ORDER BY number LIMIT 1").get
    rows = connection.execute(_BORROWED, {"after": after, "first": first or b""})
    return tuple(BorrowedName(name, desk.hex(), entries) for name, desk, entries in rows)
