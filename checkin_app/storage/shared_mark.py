"""The mark up to which all entries lie in a parcel: see ``shared_ledger``."""

from __future__ import annotations

import apsw

from checkin_app.storage.shared_ledger import UNSHARED


def advance_mark(connection: apsw.Connection) -> None:
    """Put the mark before the first entry that is in no parcel."""
    first: bytes | None = connection.execute(f"SELECT id {UNSHARED} ORDER BY id LIMIT 1").get
    before_it = "" if first is None else "WHERE id < ?"
    connection.execute(
        "INSERT INTO shared_up_to"
        f" SELECT 1, coalesce(max(id), x'') FROM entry {before_it} HAVING true"
        " ON CONFLICT (only) DO UPDATE SET entry = excluded.entry WHERE entry <> excluded.entry",
        () if first is None else (first,),
    )


def lower_mark(connection: apsw.Connection, entry: bytes) -> None:
    """Put the mark before an entry, if it is behind it."""
    connection.execute(
        "UPDATE shared_up_to SET entry = coalesce((SELECT max(id) FROM entry WHERE id < ?1), x'')"
        " WHERE entry >= ?1",
        (entry,),
    )
