"""Imports of registration lists in the ledger.

Every entry of an import carries its id; the first of them, about nobody, describes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import apsw

from checkin_app.domain.ledger import EntryKind, from_milliseconds


@dataclass(frozen=True, slots=True)
class ImportDone:
    """One import that changed the event.

    Attributes:
        entry: the id of the ledger entry that describes it.
        preset: by which the columns were recognised, or empty.
        source, content: by what the next list of the same kind, and this very list, are known.
        read: rows of the list.
        added, changed, gone: people.
        marked: whether people whom the list did not name were marked as gone.
        whole: whether it was taken to name everybody, not only those of its source.
        is_undone: whether it was taken back.
    """

    id: str
    entry: str
    at: datetime
    desk: str
    file: str
    preset: str
    source: str
    content: str
    read: int
    added: int
    changed: int
    gone: int
    marked: bool
    whole: bool
    is_undone: bool


def imports_done(connection: apsw.Connection) -> tuple[ImportDone, ...]:
    """All imports, newest first."""
    undone = {
        undoes
        for (undoes,) in connection.execute(
            "SELECT payload ->> '$.undoes' FROM entry WHERE attendee IS NULL AND kind = ?",
            (EntryKind.UNDONE.value,),
        )
    }
    rows = connection.execute(
        "SELECT id, at, desk, payload FROM entry WHERE attendee IS NULL AND kind = ?"
        " ORDER BY id DESC",
        (EntryKind.LIST_IMPORTED.value,),
    )
    return tuple(
        _import_done(id_.hex(), from_milliseconds(at), desk, json.loads(payload), undone)
        for id_, at, desk, payload in rows
    )


def _import_done(
    entry: str, at: datetime, desk: str, payload: Mapping[str, object], undone: set[str]
) -> ImportDone:
    def text(name: str) -> str:
        return str(payload.get(name, ""))

    def count(name: str) -> int:
        number = payload.get(name, 0)
        return number if isinstance(number, int) else 0

    return ImportDone(
        id=text("import"),
        entry=entry,
        at=at,
        desk=desk,
        file=text("file"),
        preset=text("preset"),
        source=text("source"),
        content=text("content"),
        read=count("read"),
        added=count("added"),
        changed=count("changed"),
        gone=count("gone"),
        marked=payload.get("marked") is True,
        whole=payload.get("whole") is True,
        is_undone=entry in undone,
    )
