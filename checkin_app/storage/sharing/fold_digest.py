"""What two event files that took in the same entries must have in common, as one short text.

Left out is what belongs to one laptop: the numbers of rows, which follow the order of arrival, the
tables of its own jobs and of sharing, and how SQLite lays things out. Everybody is named by id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import apsw

from checkin_app.domain.erasure import surviving_payload
from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.rows import (
    ATTENDEE_COLUMNS,
    CHECK_IN_COLUMNS,
    ENTRY_COLUMNS,
    stored_values,
    to_json,
)

_OF_PERSON = "JOIN attendee ON attendee.number ="
_FOLDED = {
    "event": "SELECT document FROM event",
    "check_in_list": "SELECT id, position, document FROM check_in_list ORDER BY position",
    "kept": "SELECT kind, name, document FROM kept ORDER BY kind, name",
    "attendee": f"SELECT {ATTENDEE_COLUMNS} FROM attendee ORDER BY id",
    "code": f"SELECT attendee.id, code.code, current FROM code {_OF_PERSON} code.attendee"
    " ORDER BY 1, 2",
    "check_in": "SELECT attendee.id,"
    f" {', '.join(f'check_in.{name}' for name in CHECK_IN_COLUMNS.split(', '))}"
    f" FROM check_in {_OF_PERSON} check_in.attendee ORDER BY 1, 2, 3",
    "merged": "SELECT attendee, into_attendee, holds FROM merged ORDER BY attendee",
    "search": f"SELECT attendee.id, term FROM temp.folded_words {_OF_PERSON} doc ORDER BY 1, 2",
}


@stored_values()
def fold_digest(connection: apsw.Connection) -> str:
    """SHA-256 of the ledger and of everything folded from it, 64 hexadecimal digits."""
    return _digest(table_digests(connection).items())


def table_digests(connection: apsw.Connection) -> dict[str, str]:
    """The same for each table, to see in which two files differ."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.folded_words"
        " USING fts5vocab(main, search, instance)"
    )
    digests = {"entry": _digest(_entries(connection))}
    for table, query in _FOLDED.items():
        digests[table] = _digest(connection.execute(query))
    return digests


def _entries(connection: apsw.Connection) -> Iterator[tuple[Any, ...]]:
    """The ledger. A refused code is not compared: who was erased before it came may have had it."""
    rows = connection.execute(f"SELECT {ENTRY_COLUMNS} FROM entry ORDER BY id")
    for id_, kind, at, desk, attendee, list_id, payload in rows:
        if kind == EntryKind.REFUSED and attendee is None:
            left = surviving_payload(EntryKind.REFUSED, json.loads(payload))
            yield id_, kind, at, desk, attendee, list_id, to_json(left)
        else:
            yield id_, kind, at, desk, attendee, list_id, payload


def _digest(rows: Any) -> str:
    digest = sha256()
    for row in rows:
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
