"""What an event file says of imports, and what the next registration list is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import apsw

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.fold import fold_attendee, is_desk_correction
from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.imports.import_undoing import UndoableImport, undoable
from checkin_app.storage.imports.imports_done import ImportDone, imports_done
from checkin_app.storage.people import register
from checkin_app.storage.rows import PERSON_COLUMNS, attendee_from_row
from checkin_app.storage.sharing.merged_people import entries_of, entries_of_doubles, who_stays


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
            return imports_done(connection)

    def added(self, import_id: str) -> tuple[str, ...]:
        """The ids of the people whom an import registered, in the order of the list."""
        with self._reading() as connection:
            start = next((one.entry for one in imports_done(connection) if one.id == import_id), "")
            rows = connection.execute(
                "SELECT attendee FROM entry WHERE id > ? AND kind = ?"
                " AND payload ->> '$.import' = ? ORDER BY id",
                (bytes.fromhex(start), EntryKind.REGISTERED.value, import_id),
            )
            return tuple(id_.hex() for (id_,) in rows)

    def sources(self) -> dict[str, str]:
        """From which source everybody came who was not there when a list last named everybody.

        By the id of the person; only people whom an import registered.
        """
        with self._reading() as connection:
            imports = imports_done(connection)
            start = next((one.entry for one in imports if one.whole and not one.is_undone), "")
            rows = connection.execute(
                "SELECT attendee, payload ->> '$.import' FROM entry WHERE id > ? AND kind = ?",
                (bytes.fromhex(start), EntryKind.REGISTERED.value),
            )
            source_of = {one.id: one.source for one in imports}
            return {id_.hex(): source_of[name] for id_, name in rows if name in source_of}

    def undoable(self, done: ImportDone) -> UndoableImport:
        """What of an import can be taken back now."""
        with self._reading() as connection:
            return undoable(connection, done)

    def of_ids(self, ids: Sequence[bytes]) -> tuple[Attendee, ...]:
        """The people of these ids who are in the event."""
        query = f"SELECT {PERSON_COLUMNS} FROM attendee WHERE id = ?"
        with self._reading() as connection:
            rows = connection.executemany(query, ((id_,) for id_ in ids))
            return tuple(map(attendee_from_row, rows))


def _corrections(connection: apsw.Connection) -> dict[str, Correction]:
    found: dict[str, Correction] = {}
    for attendee_id in {who_stays(connection, id_) for id_ in register.corrected_ids(connection)}:
        entries = entries_of(connection, attendee_id)
        doubles = entries_of_doubles(connection, attendee_id)
        now = fold_attendee(entries, doubles)
        listed = fold_attendee(
            *(
                [entry for entry in told if not is_desk_correction(entry)]
                for told in (entries, doubles)
            )
        )
        if now is not None and listed is not None:
            found[attendee_id] = Correction(listed.attendee, now.desk_fields)
    return found


def _gone(connection: apsw.Connection) -> frozenset[str]:
    rows = connection.execute("SELECT id FROM attendee WHERE gone_at IS NOT NULL")
    return frozenset(id_.hex() for (id_,) in rows)
