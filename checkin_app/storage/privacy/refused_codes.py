"""Codes that were read and nobody had. They may have been those of somebody who was erased.

Of an erased person no code is left by which another could be recognised as theirs. So from the
first erasure on, a refusal about nobody is stored without what was read; the desk shows it all the
same.
"""

from __future__ import annotations

import apsw

from checkin_app.domain.erasure import blanked
from checkin_app.domain.ledger import Entry, EntryKind

# SQLite takes a partial index only where the query says the same: https://sqlite.org/partialindex.html
ERASURES = "CREATE INDEX entry_of_erasure ON entry (kind) WHERE kind = 'erased'"
_ERASED = "SELECT 1 FROM entry WHERE kind = 'erased' LIMIT 1"


def is_anybody_erased(connection: apsw.Connection) -> bool:
    """Whether somebody was erased, also one who is a double, or never came to this file."""
    return connection.execute(_ERASED).get is not None


def is_refused_code(entry: Entry) -> bool:
    """Whether an entry tells of a code that nobody had."""
    return entry.kind is EntryKind.REFUSED and not entry.attendee_id


def without_code(connection: apsw.Connection, entry: Entry) -> Entry:
    """What may be stored of an entry about nobody now."""
    if is_refused_code(entry) and is_anybody_erased(connection):
        return blanked(entry)
    return entry
