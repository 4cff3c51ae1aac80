"""What an event file tells of its erasures: the closing, what is unfinished, one person's rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import apsw

from checkin_app.domain.language.spoken_dates import day_text
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.traces import Traces
from checkin_app.errors import EventClosed
from checkin_app.storage.people.tables_of_people import tables_by_person
from checkin_app.storage.privacy.erasing import last_entry
from checkin_app.storage.privacy.remains import has_remains, remove_remains
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, stored_values
from checkin_app.storage.sharing.merged_people import doubles_of

Reading = Callable[[], AbstractContextManager[apsw.Connection]]


class Erasures:
    """What an event file says of erased data, and the last step of erasing them."""

    def __init__(self, reading: Reading, path: Path) -> None:
        self._reading = reading
        self._path = path

    def closing(self) -> Entry | None:
        """The entry that closed the event; None while it is not closed."""
        with self._reading() as connection:
            return closing_entry(connection)

    def last_entry(self) -> bytes:
        """A value that changes with everything that happens, here or elsewhere."""
        with self._reading() as connection:
            return last_entry(connection)

    def desk_rows(self, attendee_id: str) -> dict[str, list[dict[str, Any]]]:
        """What the tables of desks hold of one person, row by row; ids as hexadecimal digits."""
        with self._reading() as connection:
            people = (attendee_id, *doubles_of(connection, attendee_id))
            return {
                table: [
                    row for id_ in people for row in _rows_of(connection, table, bytes.fromhex(id_))
                ]
                for table in tables_by_person(connection)
            }

    def removed_people(self, code_or_email: str) -> tuple[str, ...]:
        """Ids of those who had a code or an address and vanished when an import was undone."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT attendee FROM entry WHERE kind = ?1"
                " AND (payload ->> '$.attendee.code' = ?2 OR payload ->> '$.attendee.email' = ?2"
                " COLLATE NOCASE) AND attendee NOT IN"
                " (SELECT id FROM attendee UNION SELECT attendee FROM merged)",
                (EntryKind.REGISTERED.value, code_or_email.strip()),
            )
            return tuple(id_.hex() for (id_,) in rows)

    def refused_codes_of(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Refusals about nobody whose code was a person's, or their contact card.

        Args:
            entries: all about the person.
        """
        traces = Traces.of(entries)
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind = ?",
                (EntryKind.REFUSED.value,),
            )
            found = map(entry_from_row, rows)
            return tuple(e for e in found if traces.are_in(str(e.payload.get("code", ""))))

    def is_unfinished(self) -> bool:
        """Whether data that were erased may still lie in the file or beside it."""
        with self._reading() as connection:
            return has_remains(connection)

    def finish(self) -> None:
        """Take what was erased off the disk. Does nothing where nothing is left.

        Raises:
            ErasureUnfinished: another program is using the file, or the disk is full.
        """
        with self._reading() as connection:
            if has_remains(connection):
                remove_remains(connection, self._path)


def refuse_closed(connection: apsw.Connection) -> None:
    """Let nothing be written to an event that was closed.

    Raises:
        EventClosed: it was.
    """
    closing = closing_entry(connection)
    if closing is not None:
        raise EventClosed(
            f"This event was closed on {day_text(closing.at)}: its personal data are"
            " erased, and nothing more is recorded. Make a new event for another meeting."
        )


def closing_entry(connection: apsw.Connection) -> Entry | None:
    """The entry that closed the event; None while it is not closed."""
    rows = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind = ? LIMIT 1",
        (EntryKind.EVENT_CLOSED.value,),
    ).fetchall()
    with stored_values():
        return entry_from_row(rows[0]) if rows else None


def _rows_of(connection: apsw.Connection, table: str, person: bytes) -> list[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE attendee = ?', (person,))
    rows: list[Any] = cursor.fetchall()
    names: list[Any] = connection.execute(
        "SELECT name FROM pragma_table_info(?)", (table,)
    ).fetchall()
    return [
        {
            name: value.hex() if isinstance(value, bytes) else value
            for (name,), value in zip(names, row, strict=True)
        }
        for row in rows
    ]
