"""The mark up to which all entries lie in a parcel: see ``shared_ledger``."""

from __future__ import annotations

import apsw

from checkin_app.storage.sharing.shared_ledger import UNSHARED


def advance_mark(connection: apsw.Connection) -> None:
    """Put the mark before the first entry that is in no parcel."""
    first: bytes | None = connection.execute(f"SELECT id {UNSHARED} ORDER BY id LIMIT 1").get
    # In a query with anything beside it, max would look at every entry.
    last: bytes | None = (
        connection.execute("SELECT max(id) FROM entry").get
        if first is None
        else connection.execute("SELECT max(id) FROM entry WHERE id < ?", (first,)).get
    )
    connection.execute(
        "INSERT INTO shared_up_to VALUES (1, ?)"
        " ON CONFLICT (only) DO UPDATE SET entry = excluded.entry WHERE entry <> excluded.entry",
        (last or b"",),
    )


def lower_mark(connection: apsw.Connection, entry: bytes) -> None:
    """Put the mark before an entry, if it is behind it."""
    connection.execute(
        "UPDATE shared_up_to SET entry = coalesce((SELECT max(id) FROM entry WHERE id < ?1), x'')"
        " WHERE entry >= ?1",
        (entry,),
    )
