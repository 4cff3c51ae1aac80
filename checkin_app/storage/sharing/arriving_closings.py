"""What is done here when another desk closed the event, and what may still come in afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checkin_app.domain.erasure import blanked, closed_description
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.storage.descriptions import project_descriptions
from checkin_app.storage.ledger import DESCRIPTIONS, description_entries
from checkin_app.storage.privacy.erasing import ErasingWrites
from checkin_app.storage.privacy.remains import note_remains
from checkin_app.storage.projection import project_many
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, to_json
from checkin_app.storage.sharing.merged_people import entries_of

_PEOPLE_PER_STEP = 500


class ClosingArrivals(ErasingWrites):
    """Erases what a closing that was made elsewhere leaves to nobody."""

    def closings(self) -> list[Entry]:
        """The entries that closed the event; more than one when several desks did."""
        rows: list[Any] = self._connection.execute(
            f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind = ? ORDER BY id",
            (EntryKind.EVENT_CLOSED.value,),
        ).fetchall()
        return [entry_from_row(row) for row in rows]

    def close_as_elsewhere(self, closings: Sequence[Entry], *, is_first: bool) -> None:
        """Erase what is written here about the event and about people, as the closings say.

        People whom the desk that closed the event did not know are not marked as erased, which
        is for entries to say, but nothing is left of them that does not count.

        Args:
            is_first: the event was not closed here before.
        """
        note_remains(self._connection)
        self._blank_descriptions(closings)
        project_descriptions(self._connection, description_entries(self._connection))
        if is_first:
            self._blank("attendee IS NULL AND kind NOT IN (?, ?)", DESCRIPTIONS)
            self._empty_tables()
            for people in self._people_left():
                self._blank_with_fold(people)

    def in_closed_event(self, entry: Entry, closings: Sequence[Entry]) -> Entry:
        """What may be stored of an entry about nobody that comes after the closing."""
        if entry.kind not in DESCRIPTIONS:
            return blanked(entry)
        return Entry(
            entry.id, entry.kind, entry.at, entry.desk, "", entry.list_id,
            closed_description(entry.kind, entry.payload, _named_titles(entry.id, closings)),
        )  # fmt: skip

    def _people_left(self) -> Iterator[list[str]]:
        """Those who are not erased, some hundred at a time."""
        people: list[Any] = self._connection.execute(
            "SELECT DISTINCT attendee FROM entry WHERE attendee NOT NULL EXCEPT"
            " SELECT attendee FROM entry WHERE attendee NOT NULL AND kind = ?",
            (EntryKind.ERASED.value,),
        ).fetchall()
        ids = [id_.hex() for (id_,) in people]
        for start in range(0, len(ids), _PEOPLE_PER_STEP):
            yield ids[start : start + _PEOPLE_PER_STEP]

    def _blank_with_fold(self, ids: Sequence[str]) -> None:
        had = [entries_of(self._connection, id_) for id_ in ids]
        self._blank_people_of(ids)
        project_many(
            self._connection,
            [(fold_attendee(own), fold_attendee(map(blanked, own))) for own in had],
        )

    def _blank_descriptions(self, closings: Sequence[Entry]) -> None:
        changed = []
        for entry in description_entries(self._connection):
            left = to_json(self.in_closed_event(entry, closings).payload)
            # As text: equal objects may be written in another order, and differ in the file.
            if left != to_json(entry.payload):
                changed.append((left, bytes.fromhex(entry.id)))
        self._store_payloads(changed)


def _named_titles(entry: str, closings: Sequence[Entry]) -> set[str]:
    named: set[str] = set()
    for closing in closings:
        titles: Mapping[str, Sequence[str]] = closing.payload.get("titles", {})
        named.update(titles.get(entry, ()))
    return named
