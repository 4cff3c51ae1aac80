"""Entries that came in behind later ones: what another desk recorded earlier, and shared since.

Whoever remembers the newest entry it has seen finds by ids alone only what is later. This table
has the others in the order in which they came. It belongs to the file: neither shared nor folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import apsw

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row

LATE_ENTRIES = """
CREATE TABLE late_entry (
    number INTEGER PRIMARY KEY,
    entry BLOB NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX late_entry_of_kind ON late_entry (kind);
"""

_COLUMNS = ", ".join(f"entry.{name}" for name in ENTRY_COLUMNS.split(", "))


def note_late(connection: apsw.Connection, entries: Iterable[Entry]) -> None:
    """Remember entries that were stored behind later ones."""
    connection.executemany(
        "INSERT INTO late_entry (entry, kind) VALUES (?, ?)",
        [(bytes.fromhex(entry.id), entry.kind.value) for entry in entries],
    )


def note_late_ids(connection: apsw.Connection, ids: Iterable[bytes]) -> None:
    """The same for entries that lie in the ledger already."""
    connection.executemany(
        "INSERT INTO late_entry (entry, kind) SELECT id, kind FROM entry WHERE id = ?",
        [(id_,) for id_ in ids],
    )


def last_late(connection: apsw.Connection, kinds: Iterable[EntryKind] = ()) -> int:
    """The number of the last entry that came in late, of some kinds or of any; 0 before one did."""
    of_kind = "SELECT max(number) FROM late_entry WHERE kind = ?"
    found: list[int | None] = [
        connection.execute(of_kind, (kind.value,)).get for kind in kinds
    ] or [connection.execute("SELECT max(number) FROM late_entry").get]
    return max(number or 0 for number in found)


def late_since(connection: apsw.Connection, number: int, up_to: bytes, limit: int) -> list[Entry]:
    """What came in after a number and lies in the ledger up to an entry, in order of arrival."""
    rows: list[Any] = connection.execute(
        f"SELECT {_COLUMNS} FROM late_entry JOIN entry ON entry.id = late_entry.entry"
        " WHERE number > ? AND entry <= ? ORDER BY number LIMIT ?",
        (number, up_to, limit),
    ).fetchall()
    return [entry_from_row(row) for row in rows]
