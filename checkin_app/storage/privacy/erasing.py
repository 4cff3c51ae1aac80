"""Erases people from an event file: one of them, or everybody when the event is closed.

The ledger keeps its entries and loses what ``domain.erasure`` does not let stay. Of the other
tables only the fold is written anew; tables that hold anything else are emptied, so a table that
is added later is erased with the rest unless it is named here.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import apsw

from checkin_app.domain.erasure import (
    is_erased,
    named_titles,
    surviving_payload,
    without_titles,
)
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import EntryKind, milliseconds
from checkin_app.domain.traces import NamedPeople, Traces, programme_names, with_titles
from checkin_app.errors import UsageError
from checkin_app.storage.descriptions import project_descriptions
from checkin_app.storage.ledger import INSERT_ENTRY, LedgerTransaction, description_entries
from checkin_app.storage.people.tables_of_people import other_tables, tables_by_person
from checkin_app.storage.privacy.remains import note_remains
from checkin_app.storage.projection import project_many, settle_doubles
from checkin_app.storage.rows import stored_values, to_json
from checkin_app.storage.sharing.late_entries import last_late
from checkin_app.storage.sharing.merged_people import (
    Change,
    doubles_of,
    entries_of,
    who_has_of_erased,
    who_stays,
)

Progress = Callable[[int, int], None]

_BATCH = 2_000


def last_entry(connection: apsw.Connection) -> bytes:
    """A value that changes with everything that happens, here or elsewhere."""
    newest: bytes = connection.execute("SELECT max(id) FROM entry").get or b""
    return newest + last_late(connection).to_bytes(8)


class ErasingWrites(LedgerTransaction):
    """What may be erased, in one transaction with the entries that say so.

    Afterwards ``remains.remove_remains`` has to take the traces off the disk.
    """

    def last_entry(self) -> bytes:
        """A value that changes with everything that happens, here or elsewhere."""
        return last_entry(self._connection)

    def erase_person(self, attendee_id: str) -> None:
        """Erase one person, with every record merged into one. Again, it looks for what is left.

        Somebody who vanished when an import was undone is erased as anybody.

        Raises:
            UsageError: nobody has this id.
        """
        if not entries_of(self._connection, attendee_id):
            raise UsageError("There is nobody of this id in the event. Search for the name again.")
        note_remains(self._connection)
        stays = who_stays(self._connection, attendee_id)
        people = (*doubles_of(self._connection, stays), stays)
        for id_ in people:
            self._erase_record(id_)
        self._blank_taken_over(people)
        self._clean_index()
        self._entries.clear()
        self._records.clear()

    def _erase_record(self, attendee_id: str) -> None:
        entries = entries_of(self._connection, attendee_id)
        if not is_erased(entries):
            self.append(EntryKind.ERASED, attendee_id)
        traces = Traces.of(entries)
        self._blank_people_of([attendee_id])
        self._blank_refused_codes([traces])
        self._leave_out_of_titles([traces])

    def _blank_taken_over(self, erased: Iterable[str]) -> bool:
        """Blank what others were given of erased doubles. Gives whether it was anything.

        Whoever erased one apart knew of no merging, or it was taken back before.
        """
        changes: list[Change] = []
        for double in erased:
            for kept in who_has_of_erased(self._connection, double):
                had = entries_of(self._connection, kept)
                self._blank(
                    "attendee = ? AND kind = ? AND payload ->> '$.double' = ?",
                    (bytes.fromhex(kept), EntryKind.AMENDED.value, double),
                )
                left = entries_of(self._connection, kept)
                changes.append((fold_attendee(had), fold_attendee(left)))
        if changes:
            project_many(self._connection, changes)
        return bool(changes)

    def erase_everybody(
        self, closing: Mapping[str, Any], progress: Progress = lambda done, total: None
    ) -> None:
        """Erase everybody, and all that is written about the event but its frame, and close it.

        Args:
            closing: the payload of the ``event closed`` entry; how many people were erased is
                added as "erased".
        """
        note_remains(self._connection)
        people = self._named_people()
        erased = self._note_erased()
        self._blank_everything(progress)
        titles = self._blank_titles(people)
        self._empty_tables()
        self._blank_people()
        project_descriptions(self._connection, description_entries(self._connection))
        # By this the other desks hide the same titles: they may not have known who stands there.
        named = {"titles": titles} if titles else {}
        self.append(EntryKind.EVENT_CLOSED, payload={"erased": erased, **closing, **named})
        self._entries.clear()
        self._records.clear()

    def _named_people(self) -> NamedPeople:
        """Everybody who is or was on a list or in the programme, by every name there was."""
        names: list[Any] = self._connection.execute(
            "SELECT payload ->> '$.attendee.first_name', payload ->> '$.attendee.last_name'"
            " FROM entry WHERE kind = ?",
            (EntryKind.REGISTERED.value,),
        ).fetchall()
        renamed: list[Any] = self._connection.execute(
            "SELECT DISTINCT attendee FROM entry WHERE kind = ? AND"
            " (payload ->> '$.changes.first_name' NOT NULL"
            " OR payload ->> '$.changes.last_name' NOT NULL)",
            (EntryKind.AMENDED.value,),
        ).fetchall()
        told = [Traces.of(entries_of(self._connection, id_.hex())) for (id_,) in renamed]
        described = description_entries(self._connection)
        return NamedPeople(
            (
                *(" ".join(filter(None, parts)) for parts in names),
                *(name for traces in told for name in traces.names),
                *(name for entry in described for name in programme_names(entry.payload)),
            )
        )

    def _blank_titles(self, people: NamedPeople) -> dict[str, list[str]]:
        """Hide the titles that name somebody. Returns which, by the entry they stand in."""
        named = [
            (entry, titles)
            for entry in description_entries(self._connection)
            if (titles := named_titles(entry.kind, entry.payload, people))
        ]
        self._store_payloads(
            (to_json(without_titles(entry.kind, entry.payload, titles)), bytes.fromhex(entry.id))
            for entry, titles in named
        )
        return {entry.id: titles for entry, titles in named}

    def _leave_out_of_titles(self, people: Sequence[Traces]) -> None:
        """Take the names of people out of titles, in all that was ever said of the event."""
        named = NamedPeople(name for traces in people for name in traces.names)
        described = description_entries(self._connection)
        changed = [
            (to_json(payload), bytes.fromhex(entry.id))
            for entry in described
            if (payload := with_titles(entry.kind, entry.payload, named.leave_out)) != entry.payload
        ]
        if changed:
            self._store_payloads(changed)
            project_descriptions(self._connection, description_entries(self._connection))

    def _note_erased(self) -> int:
        people = [
            row[0]
            for row in self._connection.execute(
                "SELECT DISTINCT attendee FROM entry WHERE attendee NOT NULL EXCEPT"
                " SELECT attendee FROM entry WHERE attendee NOT NULL AND kind = ?",
                (EntryKind.ERASED.value,),
            )
        ]
        at = milliseconds(self.now)
        self._connection.executemany(
            INSERT_ENTRY,
            (
                (entry, EntryKind.ERASED.value, at, self.desk, person, "", "{}")
                for person, entry in zip(people, self._clock.ids(len(people)), strict=True)
            ),
        )
        return len(people)

    def _blank_everything(self, progress: Progress) -> None:
        total, done = int(self._connection.execute("SELECT count(*) FROM entry").get), 0
        for rows in self._batches():
            self._rewrite(rows)
            done += len(rows)
            progress(done, total)

    def _batches(self) -> Iterator[list[Any]]:
        """All entries, some at a time: a table is not to be changed while it is read."""
        rows: list[Any] = [(b"", "", "")]
        while rows:
            rows = self._connection.execute(
                "SELECT id, kind, payload FROM entry WHERE id > ? ORDER BY id LIMIT ?",
                (rows[-1][0], _BATCH),
            ).fetchall()
            yield rows

    def _blank(self, condition: str, bindings: tuple[object, ...]) -> None:
        self._rewrite(
            self._connection.execute(
                f"SELECT id, kind, payload FROM entry WHERE {condition}", bindings
            ).fetchall()
        )

    def _rewrite(self, rows: list[Any]) -> None:
        with stored_values():
            changed = [(left, id_) for id_, left in _blanked(rows)]
        self._store_payloads(changed)

    def _store_payloads(self, changed: Iterable[tuple[str, bytes]]) -> None:
        rows = list(changed)
        self._connection.executemany("UPDATE entry SET payload = ? WHERE id = ?", rows)
        self._connection.executemany(
            "UPDATE parcel SET state = 'altered' WHERE state = 'whole'"
            " AND number IN (SELECT parcel FROM parcel_entry WHERE entry = ?)",
            [(id_,) for _, id_ in rows],
        )

    def _blank_people_of(self, attendee_ids: Iterable[str]) -> None:
        """Blank what the ledger says of some people, and empty what desks had to do for them."""
        people = [(bytes.fromhex(id_),) for id_ in attendee_ids]
        for person in people:
            self._blank("attendee = ?", person)
        for table in tables_by_person(self._connection):
            self._connection.executemany(f'DELETE FROM "{table}" WHERE attendee = ?', people)
        # That they were sent stays known, or they would be sent again.
        self._connection.executemany(
            "UPDATE online_send SET reason = '' WHERE reason <> ''"
            " AND entry IN (SELECT id FROM entry WHERE attendee = ?)",
            people,
        )

    def _clean_index(self) -> None:
        """Without this the words of erased people stay in the index, marked as deleted."""
        self._connection.execute("INSERT INTO search(search) VALUES ('optimize')")

    def _blank_refused_codes(self, people: Sequence[Traces]) -> None:
        """A code nobody had when it was read may be a person's now, or be a contact card."""
        rows: list[Any] = self._connection.execute(
            "SELECT id, payload ->> '$.code' FROM entry WHERE attendee IS NULL AND kind = ?"
            " AND payload ->> '$.code' NOT NULL",
            (EntryKind.REFUSED.value,),
        ).fetchall()
        for id_, code in rows:
            if any(traces.are_in(str(code)) for traces in people):
                self._blank("id = ?", (id_,))

    def _empty_tables(self) -> None:
        for table in other_tables(self._connection):
            self._connection.execute(f'DELETE FROM "{table}"')
        self._connection.execute("DELETE FROM kept; UPDATE online_send SET reason = ''")

    def _blank_people(self) -> None:
        """What the fold of the blanked entries comes to, without folding each person."""
        self._connection.execute(
            "UPDATE attendee SET sort_key = '', first_key = '', code = '', title = '',"
            " first_name = '', last_name = '', organisation = '', role = '', country = '',"
            " email = '', attention = '', extra = '', changed_since_print = 0, tray = '',"
            " tray_place = 0, is_erased = 1, open_conflicts = 0, resolved_conflicts = 0"
        )
        self._connection.execute("DELETE FROM code; UPDATE check_in SET reason = ''")
        numbers = array(
            "q", [n for (n,) in self._connection.execute("SELECT number FROM attendee")]
        )
        self._connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
        self._connection.executemany(
            "INSERT INTO search (rowid, words) VALUES (?, '')", ((number,) for number in numbers)
        )
        settle_doubles(self._connection)


def _blanked(rows: list[Any]) -> Iterator[tuple[bytes, str]]:
    for id_, kind, payload in rows:
        left = to_json(surviving_payload(EntryKind(kind), json.loads(payload)))
        if left != payload:
            yield id_, left
