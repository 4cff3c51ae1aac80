"""What is new in the ledger for whoever keeps sums and brings them up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import apsw

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row
from checkin_app.storage.sharing.late_entries import late_since

_CHANGES_OTHERS = (
    EntryKind.ERASED,
    EntryKind.EVENT_CLOSED,
    EntryKind.MERGED,
    EntryKind.NOT_DOUBLE,
)
"""After these more is different than what the entry itself is about."""
_TOUCHES_DOUBLES = (
    "SELECT 1 FROM merged WHERE ?1 IN (attendee, into_attendee) UNION ALL"
    " SELECT 1 FROM entry WHERE id = unhex(?2) AND kind IN ('merged', 'not a double')"
)


def entries_since(
    connection: apsw.Connection, last_entry: bytes, last_late: int, most: int
) -> list[Entry]:
    """Entries that are not in some sums, one more than are worth looking at singly at most.

    Args:
        last_entry: id of the newest entry that is in the sums; empty before the first.
        last_late: number of the last that came in behind later ones.
    """
    rows = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE id > ? ORDER BY id LIMIT ?",
        (last_entry, most + 1),
    )
    late = late_since(connection, last_late, last_entry, most + 1)
    return late + [entry_from_row(row) for row in rows]


def changes_others(connection: apsw.Connection, new: Sequence[Entry]) -> bool:
    """Whether more people are counted otherwise than those whom the entries are about."""
    return any(entry.kind in _CHANGES_OTHERS for entry in new) or any(
        connection.execute(
            _TOUCHES_DOUBLES, (bytes.fromhex(entry.attendee_id), entry.payload.get("undoes", ""))
        ).get
        for entry in new
    )


def newest_entry(connection: apsw.Connection) -> bytes:
    """The id of the newest entry; empty before the first."""
    return connection.execute("SELECT max(id) FROM entry").get or b""


@contextmanager
def one_moment(connection: apsw.Connection) -> Iterator[None]:
    """All questions of the block are answered as of one moment, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")
