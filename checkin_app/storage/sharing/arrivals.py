"""Takes entries of other desks into the ledger: any order, any number of times.

Who is concerned is folded anew, some hundred people at a time. Of people who are erased, and of
everybody once the event is closed, only what counts is stored, whether their entries came before
the erasure or come after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.fold import attendee_from_payload, fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, in_order, milliseconds
from checkin_app.domain.sharing import Conflict
from checkin_app.domain.traces import Traces
from checkin_app.storage.descriptions import project_descriptions
from checkin_app.storage.imports.bulk_writes import ENTRIES_PER_STEP, BulkWrites
from checkin_app.storage.kept import KEPT_KINDS, project_kept
from checkin_app.storage.ledger import DESCRIPTIONS, INSERT_ENTRY, description_entries
from checkin_app.storage.privacy.refused_codes import is_refused_code, without_code
from checkin_app.storage.privacy.remains import note_remains
from checkin_app.storage.projection import insert_people, project_many
from checkin_app.storage.rows import entry_row, to_json
from checkin_app.storage.sharing.arriving_closings import ClosingArrivals
from checkin_app.storage.sharing.late_entries import note_late
from checkin_app.storage.sharing.merged_people import (
    Change,
    entries_of,
    entries_of_doubles,
    who_stays,
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in.

    Attributes:
        new_entries: how many the file did not have.
        attendees: ids of the people they are about.
        conflicts: second admissions that came to light with them.
        described: the event, a check-in list, a layout, stock or a mail text changed.
        left_out: ids of parcels that were left out: no version of the program writes such.
    """

    new_entries: int = 0
    attendees: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    described: bool = False
    left_out: frozenset[str] = frozenset()

    @property
    def refused(self) -> int:
        """How many parcels were left out."""
        return len(self.left_out)


@dataclass(slots=True)
class Arrivals:
    """What one call has taken in so far.

    Attributes:
        newest: id of the newest entry that was there before; empty in a new file.
        closings: the entries that closed the event, those in the file and those arriving.
        new: ids of the entries that were stored.
        may_differ: some entry may lie here in another form than it came in: blanked.
        about_nobody: the new entries that are about no person.
        people: ids of those whom new entries are about.
        in_twice: those of them who may have been let in on one list twice.
        traces: of people who are erased, to be looked for in refused codes and titles.
        is_index_stale: the search index still holds words of people who are erased.
    """

    newest: str
    closings: Sequence[Entry]
    new: set[str] = field(default_factory=set)
    may_differ: bool = False
    about_nobody: list[Entry] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    in_twice: set[str] = field(default_factory=set)
    traces: list[Traces] = field(default_factory=list)
    is_index_stale: bool = False


class ArrivingWrites(ClosingArrivals, BulkWrites):
    """Entries that were made elsewhere."""

    def take_entries(self, entries: Iterable[Entry], *, is_new_file: bool = False) -> Arrivals:
        """Store entries that the file does not have, and fold what they concern.

        Args:
            is_new_file: nobody has looked into it yet, so nothing comes late.
        """
        came = list(entries)
        ordered = in_order(came)
        known = self.closings()
        arriving = [entry for entry in ordered if entry.kind is EntryKind.EVENT_CLOSED]
        newest: bytes | None = self._connection.execute("SELECT max(id) FROM entry").get
        arrivals = Arrivals(
            "" if newest is None or is_new_file else newest.hex(), in_order((*known, *arriving))
        )
        # What came twice may have come in two forms.
        arrivals.may_differ = len(ordered) < len(came)
        for start in range(0, len(ordered), ENTRIES_PER_STEP):
            self._take_step(ordered[start : start + ENTRIES_PER_STEP], arrivals)
        self._describe(arrivals.about_nobody)
        if any(entry.kind is EntryKind.ERASED for entry in ordered):
            self._blank_codes_nobody_had(arrivals)
        self._blank_what_was_given(ordered, arrivals)
        if arrivals.traces:
            arrivals.may_differ = True
            self._blank_refused_codes(arrivals.traces)
            self._leave_out_of_titles(arrivals.traces)
        if len(arrivals.closings) > len(known):
            self.close_as_elsewhere(arrivals.closings, is_first=not known)
            arrivals.is_index_stale = arrivals.may_differ = True
        if arrivals.is_index_stale:
            self._clean_index()
        self._entries.clear()
        self._records.clear()
        return arrivals

    def taken_in(self, arrivals: Arrivals, left_out: frozenset[str] = frozenset()) -> TakenIn:
        """What to tell of it."""
        return TakenIn(
            len(arrivals.new),
            frozenset(arrivals.people),
            tuple(self._new_conflicts(arrivals)),
            any(entry.kind in (*DESCRIPTIONS, *KEPT_KINDS) for entry in arrivals.about_nobody),
            left_out,
        )

    def _take_step(self, arrived: Sequence[Entry], arrivals: Arrivals) -> None:
        new = self._unknown(arrived, arrivals)
        if not new:
            return
        self._clock.see([entry.id for entry in new])
        arrivals.new.update(entry.id for entry in new)
        note_late(self._connection, (entry for entry in new if entry.id < arrivals.newest))
        by_person: dict[str, list[Entry]] = {}
        for entry in new:
            by_person.setdefault(entry.attendee_id, []).append(entry)
        about_nobody = self._storable(by_person.pop("", []), arrivals)
        arrivals.about_nobody += about_nobody
        self._store(about_nobody)
        self._take_people(by_person, arrivals)

    def _take_people(self, by_person: Mapping[str, Sequence[Entry]], arrivals: Arrivals) -> None:
        if not by_person:
            return
        arrivals.people.update(by_person)
        stored = self._entries_of_many(dict.fromkeys(by_person))
        self._blank_newly_erased(stored, by_person, arrivals)
        registrations: list[Entry] = []
        changes: list[Change] = []
        kept: list[Entry] = []
        has_merged = self._connection.execute("SELECT 1 FROM merged LIMIT 1").get is not None
        for id_, arriving in by_person.items():
            had = stored[id_]
            storable = _storable_of_person(had, arriving, arrivals)
            kept += storable
            if not has_merged and not had and _is_registration_only(storable):
                registrations += storable
            else:
                before = fold_attendee(had) if had else None
                changes.append((before, fold_attendee((*had, *storable))))
        self._store(kept)
        self._insert_registered(registrations)
        arrivals.in_twice.update(_those_in_twice(changes))
        project_many(self._connection, changes)

    def _insert_registered(self, registrations: Sequence[Entry]) -> None:
        """Write people of whom nothing else is known yet: a long list comes in half the time."""
        for at, entries in groupby(registrations, lambda entry: entry.at):
            attendees = [attendee_from_payload(one.attendee_id, one.payload) for one in entries]
            people = [(bytes.fromhex(one.id), one.code, one) for one in attendees]
            insert_people(self._connection, people, milliseconds(at))

    def _unknown(self, arrived: Sequence[Entry], arrivals: Arrivals) -> list[Entry]:
        ids = [bytes.fromhex(entry.id) for entry in arrived]
        rows: list[Any] = self._connection.execute(
            f"SELECT id, payload FROM entry WHERE id IN ({', '.join('?' * len(ids))})", ids
        ).fetchall()
        known = {id_.hex(): payload for id_, payload in rows}
        for entry in arrived:
            if entry.id in known and known[entry.id] != to_json(entry.payload):
                self._meet_other_form(entry, arrivals)
        return [entry for entry in arrived if entry.id not in known]

    def _meet_other_form(self, entry: Entry, arrivals: Arrivals) -> None:
        """Of two forms of one entry the one without personal data stays.

        Which refused code is an erased person's only that desk knew which erased the person.
        """
        if is_refused_code(entry) and blanked(entry) == entry:
            self._blank("id = ?", (bytes.fromhex(entry.id),))
            note_remains(self._connection)
        arrivals.may_differ = True

    def _storable(self, about_nobody: Sequence[Entry], arrivals: Arrivals) -> Sequence[Entry]:
        if arrivals.closings:
            arrivals.may_differ = True
            return [self.in_closed_event(entry, arrivals.closings) for entry in about_nobody]
        storable = [without_code(self._connection, entry) for entry in about_nobody]
        arrivals.may_differ |= storable != about_nobody
        return storable

    def _blank_codes_nobody_had(self, arrivals: Arrivals) -> None:
        """This desk may have read the code of whoever was erased elsewhere, before or since. It
        cannot tell which: it may never have known the person, who comes without the code.
        """
        with_code = "attendee IS NULL AND kind = ? AND payload ->> '$.code' NOT NULL"
        refused = (EntryKind.REFUSED.value,)
        if self._connection.execute(f"SELECT 1 FROM entry WHERE {with_code} LIMIT 1", refused).get:
            note_remains(self._connection)
            self._blank(with_code, refused)
            arrivals.may_differ = True

    def _blank_what_was_given(self, arrived: Sequence[Entry], arrivals: Arrivals) -> None:
        """Of a double that was erased apart nothing is left in the record that stays."""
        erased = {one.attendee_id for one in arrived if one.kind is EntryKind.ERASED}
        erased |= {str(one.payload["double"]) for one in arrived if "double" in one.payload}
        if self._blank_taken_over(sorted(erased)):
            note_remains(self._connection)
            arrivals.is_index_stale = arrivals.may_differ = True

    def _blank_newly_erased(
        self,
        stored: Mapping[str, Sequence[Entry]],
        by_person: Mapping[str, Sequence[Entry]],
        arrivals: Arrivals,
    ) -> None:
        newly = [
            id_
            for id_, arriving in by_person.items()
            if is_erased(arriving) and stored[id_] and not is_erased(stored[id_])
        ]
        if newly:
            note_remains(self._connection)
            self._blank_people_of(newly)
            arrivals.is_index_stale = arrivals.may_differ = True

    def _store(self, entries: Sequence[Entry]) -> None:
        self._connection.executemany(INSERT_ENTRY, map(entry_row, entries))

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

    def _new_conflicts(self, arrivals: Arrivals) -> Iterator[Conflict]:
        """Those that nobody could know of before. Merging two records may bring them, too."""
        for id_ in sorted({who_stays(self._connection, id_) for id_ in arrivals.in_twice}):
            own = entries_of(self._connection, id_)
            doubles = entries_of_doubles(self._connection, id_)
            after = fold_attendee(own, doubles)
            before = fold_attendee(
                [entry for entry in own if entry.id not in arrivals.new],
                [entry for entry in doubles if entry.id not in arrivals.new],
            )
            known = {one.later for one in before.conflicts} if before is not None else set()
            if after is not None:
                yield from (one for one in after.open_conflicts if one.later not in known)


def _is_registration_only(entries: Sequence[Entry]) -> bool:
    if len(entries) != 1 or entries[0].kind is not EntryKind.REGISTERED:
        return False
    return bool(entries[0].payload["attendee"].get("code"))


def _storable_of_person(
    had: Sequence[Entry], arriving: Sequence[Entry], arrivals: Arrivals
) -> Sequence[Entry]:
    """What of entries about one person is stored."""
    if not arrivals.closings:
        if not is_erased((*had, *arriving)):
            return arriving
        traces = Traces.of((*had, *arriving))
        if traces.codes or traces.emails or traces.names:
            arrivals.traces.append(traces)
    arrivals.may_differ = True
    return [blanked(entry) for entry in arriving]


def _those_in_twice(changes: Iterable[Change]) -> Iterator[str]:
    for _before, after in changes:
        if after is not None and (after.conflicts or after.merged_into):
            yield after.attendee.id
