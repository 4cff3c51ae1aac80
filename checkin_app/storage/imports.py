"""Imports of registration lists in the ledger, and what the next one needs to know of the event.

Every entry of an import carries its id; the first of them, about nobody, describes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import apsw

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.fold import fold_attendee, is_desk_correction
from checkin_app.domain.ledger import EntryKind, from_milliseconds
from checkin_app.storage import register
from checkin_app.storage.ledger import entries_of
from checkin_app.storage.rows import PERSON_COLUMNS, attendee_from_row


@dataclass(frozen=True, slots=True)
class Correction:
    """What a desk corrected about a person.

    Attributes:
        as_listed: the person as the registration lists have them.
        fields: the fields that a desk corrected.
    """

    as_listed: Attendee
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventPeople:
    """Everybody with whom the rows of a list are compared.

    Attributes:
        corrections: by the id of the person.
        replaced_codes: codes that were replaced, and the ids of those who had them.
        gone: ids of those who are gone from the list.
    """

    attendees: list[Attendee]
    corrections: Mapping[str, Correction]
    replaced_codes: Mapping[str, str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class ImportDone:
    """One import that changed the event.

    Attributes:
        entry: the id of the ledger entry that describes it.
        preset: by which the columns were recognised, or empty.
        source: by what the next list of the same kind is known.
        read: rows of the list.
        added, changed, gone: people.
        whole: whether the list was taken to name everybody.
        is_undone: whether it was taken back.
    """

    id: str
    entry: str
    at: datetime
    desk: str
    file: str
    preset: str
    source: str
    read: int
    added: int
    changed: int
    gone: int
    whole: bool
    is_undone: bool


class Imports:
    """What an event file says of imports. Every method raises EventFileError as the file does."""

    def __init__(self, reading: Callable[[], AbstractContextManager[apsw.Connection]]) -> None:
        self._reading = reading

    def people(self) -> EventPeople:
        """Everybody in the event, but for those who were erased."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {PERSON_COLUMNS} FROM attendee WHERE NOT is_erased ORDER BY number"
            )
            return EventPeople(
                list(map(attendee_from_row, rows)),
                _corrections(connection),
                register.replaced_codes(connection),
                _gone(connection),
            )

    def done(self) -> tuple[ImportDone, ...]:
        """All imports, newest first."""
        with self._reading() as connection:
            return _done(connection)

    def sources(self) -> dict[str, str]:
        """From which source everybody came who was not there when a list last named everybody.

        By the id of the person; only people whom an import registered.
        """
        with self._reading() as connection:
            imports = _done(connection)
            start = next((one.entry for one in imports if one.whole and not one.is_undone), "")
            rows = connection.execute(
                "SELECT attendee, payload ->> '$.import' FROM entry WHERE id > ? AND kind = ?",
                (bytes.fromhex(start), EntryKind.REGISTERED.value),
            )
            source_of = {one.id: one.source for one in imports}
            return {id_.hex(): source_of[name] for id_, name in rows if name in source_of}


def _corrections(connection: apsw.Connection) -> dict[str, Correction]:
    found: dict[str, Correction] = {}
    for attendee_id in register.corrected_ids(connection):
        entries = entries_of(connection, attendee_id)
        now = fold_attendee(entries)
        listed = fold_attendee(entry for entry in entries if not is_desk_correction(entry))
        if now is not None and listed is not None:
            found[attendee_id] = Correction(listed.attendee, now.desk_fields)
    return found


def _gone(connection: apsw.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT id FROM attendee WHERE gone_at IS NOT NULL")
    return frozenset(id_.hex() for (id_,) in rows)


def _done(connection: apsw.Connection) -> tuple[ImportDone, ...]:
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
        read=count("read"),
        added=count("added"),
        changed=count("changed"),
        gone=count("gone"),
        whole=payload.get("whole") is True,
        is_undone=entry in undone,
    )
