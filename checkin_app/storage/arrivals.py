"""Takes entries of other desks into the ledger: any order, any number of times.

Who is concerned is folded anew, some hundred people at a time. Of people who are erased, and of
everybody once the event is closed, only what counts is stored, whether their entries came before
the erasure or come after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, clock_of, in_order
from checkin_app.domain.sharing import Conflict
from checkin_app.storage.bulk_writes import ENTRIES_PER_STEP, BulkWrites
from checkin_app.storage.erasing import ErasingWrites
from checkin_app.storage.kept import KEPT_KINDS, project_kept
from checkin_app.storage.ledger import DESCRIPTIONS, INSERT_ENTRY, description_entries
from checkin_app.storage.merged_people import those_who_stay
from checkin_app.storage.projection import project_descriptions, project_many
from checkin_app.storage.rows import entry_row


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in.

    Attributes:
        new_entries: how many the file did not have.
        attendees: ids of the people they are about.
        conflicts: second admissions that came to light with them.
        described: the event, a check-in list, a layout, stock or a mail text changed.
    """

    new_entries: int = 0
    attendees: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    described: bool = False


class ArrivingWrites(ErasingWrites, BulkWrites):
    """Entries that were made elsewhere."""

    def take_in_entries(self, entries: Iterable[Entry]) -> TakenIn:
        """Store entries that the file does not have, and fold what they concern."""
        ordered = in_order(entries)
        taking = _Taking()
        for start in range(0, len(ordered), ENTRIES_PER_STEP):
            self._take_step(ordered[start : start + ENTRIES_PER_STEP], taking)
        self._describe(taking.about_nobody)
        return TakenIn(
            taking.count,
            frozenset(taking.before),
            tuple(self._new_conflicts(taking)),
            any(entry.kind in (*DESCRIPTIONS, *KEPT_KINDS) for entry in taking.about_nobody),
        )

    def _take_step(self, arrived: Sequence[Entry], taking: _Taking) -> None:
        new = self._unknown(arrived)
        if not new:
            return
        taking.count += len(new)
        taking.admissions |= {entry.id for entry in new if entry.kind is EntryKind.CHECKED_IN}
        taking.about_nobody += [entry for entry in new if not entry.attendee_id]
        self._clock = max(self._clock, clock_of(new[-1].id))
        self._connection.executemany(INSERT_ENTRY, map(entry_row, new))
        ids = dict.fromkeys(entry.attendee_id for entry in new if entry.attendee_id)
        if not ids:
            return
        people = self._entries_of_many(ids)
        news = {entry.id for entry in new}
        changes = []
        for id_, entries in people.items():
            known = [entry for entry in entries if entry.id not in news]
            before = fold_attendee(known) if known else None
            taking.before.setdefault(id_, before)
            after = fold_attendee(entries)
            if after is not None and after.later_check_ins:
                taking.let_in_again.add(id_)
            changes.append((before, after))
            self._entries.pop(id_, None)
        self._records.clear()
        project_many(self._connection, changes)
        taking.let_in_again |= those_who_stay(self._connection, changes)

    def _unknown(self, arrived: Sequence[Entry]) -> list[Entry]:
        ids = [bytes.fromhex(entry.id) for entry in arrived]
        known = {
            id_.hex()
            for (id_,) in self._connection.execute(
                f"SELECT id FROM entry WHERE id IN ({', '.join('?' * len(ids))})", ids
            )
        }
        return [entry for entry in arrived if entry.id not in known]

    def _describe(self, about_nobody: Sequence[Entry]) -> None:
        if any(entry.kind in DESCRIPTIONS for entry in about_nobody):
            project_descriptions(self._connection, description_entries(self._connection))
        kept = {
            (entry.kind, entry.payload.get("name", ""))
            for entry in about_nobody
            if entry.kind in KEPT_KINDS
        }
        for kind, name in kept:
            project_kept(self._connection, kind, name)

    def _new_conflicts(self, taking: _Taking) -> Iterable[Conflict]:
        for id_ in taking.let_in_again:
            record = self.record(id_)
            for conflict in record.open_conflicts if record is not None else ():
                if not taking.admissions.isdisjoint((conflict.stands, conflict.later)):
                    yield conflict


class _Taking:
    """What one call has taken in so far."""

    def __init__(self) -> None:
        self.count = 0
        self.about_nobody: list[Entry] = []
        self.before: dict[str, AttendeeRecord | None] = {}
        self.admissions: set[str] = set()
        self.let_in_again: set[str] = set()
