"""Takes a whole import back: which of its entries may go, and the entries that undo them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import apsw

from checkin_app.domain.ledger import EntryKind, milliseconds
from checkin_app.storage.imports.bulk_writes import BulkWrites, NewEntry
from checkin_app.storage.imports.imports_done import ImportDone
from checkin_app.storage.ledger import INSERT_ENTRY
from checkin_app.storage.privacy.vanishing import remove_people
from checkin_app.storage.rows import to_json
from checkin_app.storage.sharing.merged_people import BY_PEOPLE

Step = Callable[[int, int], None]
"""Called now and then with entries done and entries in all; may raise to stop."""

_PER_STEP = 2_000
_TOUCHING = {
    kind.value
    for kind in (
        EntryKind.CHECKED_IN,
        EntryKind.BADGE_PRINTED,
        EntryKind.TICKET_SENT,
        EntryKind.AMENDED,
        EntryKind.CODE_REPLACED,
        EntryKind.ERASED,
    )
}
_STAYS_WITH_PERSON = (EntryKind.REGISTERED.value, EntryKind.CODE_REPLACED.value)
_MERGED = "SELECT attendee FROM merged UNION SELECT into_attendee FROM merged"
_INVOLVED = (
    "SELECT attendee FROM print_job WHERE state IN ('sending', 'printing')"
    " UNION SELECT attendee FROM mail_job WHERE state = 'sending'"
    f" UNION SELECT attendee FROM merged WHERE {BY_PEOPLE}"
    f" UNION SELECT into_attendee FROM merged WHERE {BY_PEOPLE}"
)


@dataclass(frozen=True, slots=True)
class UndoableEntry:
    """One entry of an import: its id, and whom it concerns, as the ledger stores them."""

    id: bytes
    attendee: bytes


@dataclass(frozen=True, slots=True)
class UndoableImport:
    """What taking an import back does to its entries.

    Attributes:
        registrations: of people who vanish.
        others: of what goes back: changed fields and codes, marks of people who were gone.
        staying: people with whom something has happened since: who was new stays, and who got
            another code keeps it.
    """

    registrations: Sequence[UndoableEntry]
    others: Sequence[UndoableEntry]
    staying: Sequence[bytes]


def undoable(connection: apsw.Connection, done: ImportDone) -> UndoableImport:
    """What of an import can be taken back now.

    Who has been checked in, printed, mailed, corrected or changed by another list since stays;
    what was taken back itself does not count.
    """
    own: list[tuple[bytes, str, bytes]] = []
    later: list[tuple[bytes, bytes]] = []
    undone: set[str] = set()
    rows = connection.execute(
        "SELECT id, kind, attendee, payload ->> '$.import',"
        " CASE kind WHEN 'undone' THEN payload ->> '$.undoes' END, payload ->> '$.by' IS NULL"
        " FROM entry WHERE id > ? AND attendee IS NOT NULL",
        (bytes.fromhex(done.entry),),
    )
    for id_, kind, attendee, import_id, undoes, is_by_people in rows:
        if import_id == done.id:
            own.append((id_, kind, attendee))
        elif kind in _TOUCHING and is_by_people:
            later.append((id_, attendee))
        elif undoes:
            undone.add(undoes)
    touched = {attendee for id_, attendee in later if id_.hex() not in undone}
    touched.update(attendee for (attendee,) in connection.execute(_INVOLVED))
    registrations, others = [], []
    staying: dict[bytes, None] = {}
    for id_, kind, attendee in own:
        if id_.hex() in undone:
            continue
        if kind in _STAYS_WITH_PERSON and attendee in touched:
            staying[attendee] = None
        elif kind == EntryKind.REGISTERED.value:
            registrations.append(UndoableEntry(id_, attendee))
        else:
            others.append(UndoableEntry(id_, attendee))
    return UndoableImport(registrations, others, tuple(staying))


class UndoingWrites(BulkWrites):
    """What undoing an import writes."""

    def undo_import(self, done: ImportDone, step: Step) -> UndoableImport:
        """Take back what can be taken back of an import. Returns what that was."""
        found = undoable(self._connection, done)
        total = len(found.registrations) + len(found.others)
        self.append(EntryKind.UNDONE, payload={"undoes": done.entry})
        step(0, total)
        merged = {attendee for (attendee,) in self._connection.execute(_MERGED)}
        folded = [*found.others, *(one for one in found.registrations if one.attendee in merged)]
        undoing = [
            NewEntry(EntryKind.UNDONE, entry.attendee.hex(), {"undoes": entry.id.hex()})
            for entry in folded
        ]
        for done_already in self.append_many(undoing):
            step(done_already, total)
        step(len(folded), total)
        vanishing = [one for one in found.registrations if one.attendee not in merged]
        self._unregister(vanishing, lambda count: step(len(folded) + count, total))
        step(total, total)
        return found

    def _unregister(self, entries: Sequence[UndoableEntry], step: Callable[[int], None]) -> None:
        """Take registrations of people back about whom nothing else is written.

        Nobody of them needs to be folded: without the registration there is nobody.
        """
        at, kind = milliseconds(self.now), EntryKind.UNDONE.value
        for start, batch in _batches(entries):
            step(start)
            ids = [
                self._clock.after_what_is_known(id_, one.attendee.hex())
                for id_, one in zip(self._clock.ids(len(batch)), batch, strict=True)
            ]
            self._connection.executemany(
                INSERT_ENTRY,
                (
                    (id_, kind, at, self.desk, one.attendee, "", to_json({"undoes": one.id.hex()}))
                    for id_, one in zip(ids, batch, strict=True)
                ),
            )
        remove_people(self._connection, (entry.attendee for entry in entries))
        for entry in entries:
            self._entries.pop(entry.attendee.hex(), None)
            self._records.pop(entry.attendee.hex(), None)


def _batches(
    entries: Sequence[UndoableEntry],
) -> Iterator[tuple[int, Sequence[UndoableEntry]]]:
    for start in range(0, len(entries), _PER_STEP):
        yield start, entries[start : start + _PER_STEP]
