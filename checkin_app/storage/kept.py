"""Layouts, own stock and texts of mails that an event keeps, whatever a newer program brings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import apsw

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, stored_values, to_json
from checkin_app.storage.sharing.late_entries import last_late

_OF_BADGES = (EntryKind.LAYOUT_KEPT, EntryKind.STOCK_KEPT)
KEPT_KINDS = (*_OF_BADGES, EntryKind.MAIL_TEXT_KEPT)
_DESCRIBING_KINDS = (EntryKind.EVENT_DESCRIBED, EntryKind.BADGE_RUN, *_OF_BADGES)


def kept_documents(connection: apsw.Connection, kind: EntryKind) -> dict[str, dict[str, Any]]:
    """Name → document of all that is kept of a kind, sorted by name."""
    rows = connection.execute(
        "SELECT name, document FROM kept WHERE kind = ? ORDER BY name", (kind.value,)
    )
    return {name: json.loads(document) for name, document in rows}


def last_description(connection: apsw.Connection) -> bytes:
    """A value that changes with what says how badges look, whoever they are for."""
    newest = "SELECT max(id) FROM entry WHERE attendee IS NULL AND kind = ?"
    last = max(connection.execute(newest, (kind.value,)).get or b"" for kind in _DESCRIBING_KINDS)
    return last + last_late(connection, _DESCRIBING_KINDS).to_bytes(8)


@stored_values()
def keeps(
    connection: apsw.Connection, kind: EntryKind, name: str, document: Mapping[str, Any] | None
) -> bool:
    """Whether exactly this is kept under the name; None: whether nothing is."""
    held: str | None = connection.execute(
        "SELECT document FROM kept WHERE kind = ? AND name = ?", (kind.value, name)
    ).get
    wanted = None if document is None else json.loads(to_json(document))
    return (None if held is None else json.loads(held)) == wanted


@stored_values()
def kept_entries(connection: apsw.Connection) -> list[Entry]:
    """The entries that keep or remove something, in order of clock."""
    rows = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL"
        f" AND kind IN ({', '.join('?' * len(KEPT_KINDS))}) ORDER BY id",
        tuple(kind.value for kind in KEPT_KINDS),
    )
    return [entry_from_row(row) for row in rows]


def kept_rows(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """The rows of ``kept`` that entries, given in order of clock, add up to."""
    latest = {(entry.kind.value, entry.payload.get("name", "")): entry for entry in entries}
    return sorted(
        (kind, name, to_json(entry.payload["document"]))
        for (kind, name), entry in latest.items()
        if "document" in entry.payload
    )


@stored_values()
def project_kept(connection: apsw.Connection, kind: EntryKind, name: str) -> None:
    """Write what the latest entry about one thing says; the others are not looked at."""
    latest = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind = ?"
        " AND payload ->> '$.name' = ? ORDER BY id DESC LIMIT 1",
        (kind.value, name),
    ).fetchall()
    connection.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (kind.value, name))
    connection.executemany(
        "INSERT INTO kept VALUES (?, ?, ?)", kept_rows(map(entry_from_row, latest))
    )
