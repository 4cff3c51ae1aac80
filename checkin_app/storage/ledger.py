"""Reads and appends ledger entries; every append refolds the attendee it concerns."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import apsw

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, milliseconds
from checkin_app.domain.tickets.codes import CODE_BITS, code_from_bits
from checkin_app.storage.descriptions import project_descriptions
from checkin_app.storage.entry_clock import EntryClock
from checkin_app.storage.kept import KEPT_KINDS, project_kept
from checkin_app.storage.privacy.refused_codes import without_code
from checkin_app.storage.projection import insert_people, project
from checkin_app.storage.rows import (
    ENTRY_COLUMNS,
    entry_from_row,
    entry_row,
    placeholders,
    registration_json,
    stored_values,
)
from checkin_app.storage.sharing.merged_people import entries_of, entries_of_doubles, who_stays

INSERT_ENTRY = f"INSERT INTO entry ({ENTRY_COLUMNS}) VALUES ({placeholders(ENTRY_COLUMNS)})"
"""Takes what ``rows.entry_row`` gives."""
_NO_ORIGIN: Mapping[str, str] = MappingProxyType({})
_OF_DOUBLES = (EntryKind.MERGED, EntryKind.NOT_DOUBLE, EntryKind.UNDONE, EntryKind.ERASED)
"""What is said of a double itself, not of the one who stays."""
DESCRIPTIONS = (EntryKind.EVENT_DESCRIBED, EntryKind.LIST_DESCRIBED)
"""What describes the event and its check-in lists; the latest of each holds."""


def new_code() -> str:
    """A code of 100 bits that nobody can guess."""
    return code_from_bits(secrets.randbits(CODE_BITS))


@stored_values()
def description_entries(connection: apsw.Connection) -> list[Entry]:
    """The entries that describe the event and its check-in lists, in order of clock."""
    rows = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind IN (?, ?) ORDER BY id",
        tuple(kind.value for kind in DESCRIPTIONS),
    )
    return [entry_from_row(row) for row in rows]


class LedgerTransaction:
    """One write transaction: what is appended becomes durable together, or not at all.

    Attributes:
        desk: the name of the desk that writes.
        now: the moment all entries of the transaction carry (UTC).
    """

    def __init__(self, connection: apsw.Connection, desk: str, now: datetime) -> None:
        self.desk = desk
        self.now = now
        self._connection = connection
        self._clock = EntryClock(connection, now)
        self._entries: dict[str, list[Entry]] = {}
        self._records: dict[str, AttendeeRecord | None] = {}

    def settle(self) -> None:
        """Note what has to be known of all that was written; the last thing before the commit."""
        self._clock.settle()

    def record(self, attendee_id: str) -> AttendeeRecord | None:
        """What is known about an attendee, including what this transaction appended."""
        if attendee_id not in self._records:
            with stored_values():
                self._records[attendee_id] = self._fold(attendee_id)
        return self._records[attendee_id]

    def newest_about(self, attendee_id: str) -> str:
        """The id of the newest entry about somebody, or any record of the same person."""
        return self._clock.latest_about(attendee_id).hex()

    def append(
        self,
        kind: EntryKind,
        attendee_id: str = "",
        list_id: str = "",
        payload: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Append one entry and refold what it concerns."""
        if attendee_id and kind not in _OF_DOUBLES:
            # Somebody still had the double on the screen.
            attendee_id = who_stays(self._connection, attendee_id)
        entry = self._entry(kind, attendee_id, list_id, payload or {})
        if not attendee_id:
            entry = without_code(self._connection, entry)
            self._connection.execute(INSERT_ENTRY, entry_row(entry))
            self._project_description(entry)
            return entry
        before = self.record(attendee_id)
        if is_erased(self._entries_of(attendee_id)):
            # Somebody still had the person on the screen.
            entry = blanked(entry)
        self._connection.execute(INSERT_ENTRY, entry_row(entry))
        self._entries_of(attendee_id).append(entry)
        after = self._fold(attendee_id)
        if kind in _OF_DOUBLES:
            self._records.clear()
        self._records[attendee_id] = after
        project(self._connection, before, after)
        return entry

    def _fold(self, attendee_id: str) -> AttendeeRecord | None:
        doubles = entries_of_doubles(self._connection, attendee_id)
        return fold_attendee(self._entries_of(attendee_id), doubles)

    def _project_description(self, entry: Entry) -> None:
        if entry.kind in DESCRIPTIONS:
            project_descriptions(self._connection, description_entries(self._connection))
        elif entry.kind in KEPT_KINDS:
            project_kept(self._connection, entry.kind, entry.payload["name"])

    def register(self, attendees: Iterable[Attendee]) -> Sequence[Attendee]:
        """Register new people; those without id or code get one. Returns them as stored."""
        records = map(self.record, self.register_many(list(attendees)))
        return [record.attendee for record in records if record is not None]

    def register_many(
        self, attendees: Sequence[Attendee], origin: Mapping[str, str] = _NO_ORIGIN
    ) -> list[str]:
        """Register a whole list of new people. Returns their ids.

        Who has no id gets that of the entry. Rows are made without an ``Entry`` or a record for
        each person: a long list is stored in half the time.

        Args:
            origin: what the payload of each entry says besides the person.
        """
        at, kind = milliseconds(self.now), EntryKind.REGISTERED.value
        entry_rows, people = [], []
        ids = self._clock.ids(len(attendees))
        for attendee, entry in zip(attendees, ids, strict=True):
            id_ = bytes.fromhex(attendee.id) if attendee.id else entry
            code = attendee.code or new_code()
            payload = registration_json(code, attendee, origin)
            entry_rows.append((entry, kind, at, self.desk, id_, "", payload))
            people.append((id_, code, attendee))
        self._connection.executemany(INSERT_ENTRY, entry_rows)
        insert_people(self._connection, people, at)
        return [id_.hex() for id_, _, _ in people]

    def _entry(
        self, kind: EntryKind, attendee_id: str, list_id: str, payload: Mapping[str, Any]
    ) -> Entry:
        id_ = (
            self._clock.id_about_person(attendee_id, payload)
            if attendee_id
            else self._clock.id_about_nobody(kind)
        )
        return Entry(
            id=id_.hex(),
            kind=kind,
            at=self.now,
            desk=self.desk,
            attendee_id=attendee_id,
            list_id=list_id,
            payload=payload,
        )

    def _entries_of(self, attendee_id: str) -> list[Entry]:
        if attendee_id not in self._entries:
            self._entries[attendee_id] = entries_of(self._connection, attendee_id)
        return self._entries[attendee_id]
