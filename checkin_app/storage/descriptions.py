"""Keeps the tables of the event and its check-in lists equal to what the ledger says of them."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.rows import to_json


def project_descriptions(connection: apsw.Connection, entries: Iterable[Entry]) -> None:
    """Rewrite the event and the check-in lists from their entries, given in order of clock."""
    event, lists = described_rows(entries)
    connection.execute("DELETE FROM event; DELETE FROM check_in_list")
    connection.executemany("INSERT INTO event VALUES (?, ?)", event)
    connection.executemany("INSERT INTO check_in_list VALUES (?, ?, ?)", lists)


def described_rows(
    entries: Iterable[Entry],
) -> tuple[list[tuple[int, str]], list[tuple[str, int, str]]]:
    """The rows of the event and of its check-in lists that their entries add up to."""
    event: list[tuple[int, str]] = []
    lists: list[tuple[str, int, str]] = []
    latest = {(entry.kind, entry.list_id): entry for entry in entries}
    for position, ((kind, list_id), entry) in enumerate(latest.items()):
        document = to_json(entry.payload)
        if kind is EntryKind.EVENT_DESCRIBED:
            event.append((1, document))
        else:
            lists.append((list_id, position, document))
    return event, lists
