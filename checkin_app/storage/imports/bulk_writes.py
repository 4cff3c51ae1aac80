"""Appends entries about many people, who are folded and written together.

One entry at a time costs five statements a person; a list that changes 100,000 people would hold
the file for half a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.ledger import INSERT_ENTRY, LedgerTransaction
from checkin_app.storage.projection import project_many
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, entry_row, stored_values

ENTRIES_PER_STEP = 500


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is appended: what happened to whom."""

    kind: EntryKind
    attendee_id: str
    payload: Mapping[str, Any]


class BulkWrites(LedgerTransaction):
    """Entries about many people."""

    def append_many(self, entries: Sequence[NewEntry]) -> Iterator[int]:
        """Append entries in order. Gives after each step how many are done."""
        for start in range(0, len(entries), ENTRIES_PER_STEP):
            self._append_together(entries[start : start + ENTRIES_PER_STEP])
            yield min(start + ENTRIES_PER_STEP, len(entries))

    def _append_together(self, new: Sequence[NewEntry]) -> None:
        people = self._entries_of_many(dict.fromkeys(one.attendee_id for one in new))
        before = {id_: fold_attendee(entries) for id_, entries in people.items()}
        rows = []
        for one, new_id in zip(new, self._clock.ids(len(new)), strict=True):
            known = people[one.attendee_id]
            entry_id = self._clock.after_what_is_known(new_id, one.attendee_id, known=known)
            entry = self._new_entry(entry_id.hex(), one, known)
            known.append(entry)
            rows.append(entry_row(entry))
        self._connection.executemany(INSERT_ENTRY, rows)
        project_many(
            self._connection,
            [(before[id_], fold_attendee(entries)) for id_, entries in people.items()],
        )
        for id_ in people:
            self._entries.pop(id_, None)
        self._records.clear()

    def _new_entry(self, id_: str, one: NewEntry, entries: Sequence[Entry]) -> Entry:
        entry = Entry(
            id=id_,
            kind=one.kind,
            at=self.now,
            desk=self.desk,
            attendee_id=one.attendee_id,
            payload=one.payload,
        )
        return blanked(entry) if is_erased(entries) else entry

    @stored_values()
    def _entries_of_many(self, ids: Mapping[str, None]) -> dict[str, list[Entry]]:
        """All entries about some people, in order."""
        found: dict[str, list[Entry]] = {id_: [] for id_ in ids}
        rows = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IN ({', '.join('?' * len(ids))})"
            " ORDER BY id",
            tuple(map(bytes.fromhex, ids)),
        )
        for row in rows:
            entry = entry_from_row(row)
            found[entry.attendee_id].append(entry)
        return found
