"""Desks that work apart and merge their files now and then end up with equal files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import apsw
from hypothesis import given, settings
from hypothesis import strategies as st
from settable_clock import DURING_REGISTRATION as NOW
from shared_parcels import packed

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.errors import EventClosed
from checkin_app.services.sharing.files.file_merging import merge_event_files
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.sharing.fold_digest import table_digests

DESKS = ("One", "Two", "Three")
LIST = "registration"
NAMES = ("Anna", "Boris", "Chloé", "Ødegård")


class Desk:
    """Does one thing after another, chosen by chance, as long as the event is open."""

    def __init__(self, name: str, event_file: EventFile, chance: Random) -> None:
        self.name = name
        self.file = event_file
        self._chance = chance
        self._steps: Sequence[tuple[int, Callable[[EventTransaction], object]]] = (
            (4, self._register),
            (8, self._let_in),
            (2, self._let_in_again),
            (3, self._undo),
            (4, self._correct),
            (2, self._replace_code),
            (3, self._print),
            (2, self._merge_records),
            (1, self._part_records),
            (1, self._resolve),
            (1, self._erase),
            (2, self._describe),
            (2, self._refuse),
        )

    def work(self, minute: int) -> None:
        weights = [weight for weight, _ in self._steps]
        ((_, step),) = self._chance.choices(self._steps, weights)
        # Clocks of laptops differ by minutes.
        now = NOW + timedelta(minutes=minute + self._chance.randint(-10, 10))
        with self.file.transaction(self.name, now) as transaction:
            step(transaction)

    def close_event(self) -> None:
        with self.file.transaction(self.name, NOW) as transaction:
            transaction.erase_everybody({})

    def _people(self) -> list[str]:
        ids = {entry.attendee_id for entry in self.file.ledger() if entry.attendee_id}
        return sorted(ids)

    def _entries(self, *kinds: EntryKind) -> list[Entry]:
        return [entry for entry in self.file.ledger() if entry.kind in kinds]

    def _about(
        self,
        transaction: EventTransaction,
        kind: EntryKind,
        list_id: str = "",
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        transaction.append(kind, self._chance.choice(self._people()), list_id, payload)

    def _register(self, transaction: EventTransaction) -> None:
        person = Attendee("", last_name=self._chance.choice(NAMES), extra={"diet": "vegan"})
        transaction.register([person])

    def _let_in(self, transaction: EventTransaction) -> None:
        self._about(transaction, EntryKind.CHECKED_IN, LIST)

    def _let_in_again(self, transaction: EventTransaction) -> None:
        self._about(transaction, EntryKind.CHECKED_IN, LIST, {"reason": "knows me"})

    def _undo(self, transaction: EventTransaction) -> None:
        kinds = (EntryKind.CHECKED_IN, EntryKind.MERGED, EntryKind.REGISTERED)
        undone = self._chance.choice(self._entries(*kinds))
        transaction.append(EntryKind.UNDONE, undone.attendee_id, payload={"undoes": undone.id})

    def _correct(self, transaction: EventTransaction) -> None:
        field = self._chance.choice(("last_name", "role", "category"))
        changes = {field: self._chance.choice(NAMES), "extra": {"table": "4"}}
        self._about(transaction, EntryKind.AMENDED, payload={"changes": changes, "source": "desk"})

    def _replace_code(self, transaction: EventTransaction) -> None:
        self._about(transaction, EntryKind.CODE_REPLACED, payload={"code": f"C{self.name}"})

    def _print(self, transaction: EventTransaction) -> None:
        kinds = (EntryKind.BADGE_PRINTED, EntryKind.BADGE_SPOILT, EntryKind.GONE_FROM_LIST)
        self._about(transaction, self._chance.choice(kinds))

    def _merge_records(self, transaction: EventTransaction) -> None:
        into = self._chance.choice(self._people())
        self._about(transaction, EntryKind.MERGED, payload={"into": into})

    def _part_records(self, transaction: EventTransaction) -> None:
        other = self._chance.choice(self._people())
        self._about(transaction, EntryKind.NOT_DOUBLE, payload={"of": other})

    def _resolve(self, transaction: EventTransaction) -> None:
        waiting = [
            conflict
            for id_ in self.file.inbox.people_in_conflict()
            if (record := self.file.record(id_)) is not None
            for conflict in record.open_conflicts
        ]
        if waiting:
            one = self._chance.choice(waiting)
            found = self._chance.choice(("same person", "passed-on badge", "mistake"))
            transaction.append(
                EntryKind.CONFLICT_RESOLVED,
                one.attendee_id,
                one.list_id,
                {"later": one.later, "as": found, "note": "asked"},
            )

    def _erase(self, transaction: EventTransaction) -> None:
        transaction.erase_person(self._chance.choice(self._people()))

    def _describe(self, transaction: EventTransaction) -> None:
        transaction.keep_layout(
            self._chance.choice(NAMES), self._chance.choice((None, {"by": self.name}))
        )
        transaction.describe_event(self.file.event())

    def _refuse(self, transaction: EventTransaction) -> None:
        transaction.append(EntryKind.REFUSED, "", LIST, {"code": self._chance.choice(NAMES)})


def tables_of(event_file: EventFile) -> dict[str, str]:
    assert event_file.verify().differences == ()
    with closing(apsw.Connection(str(event_file.path))) as connection:
        return table_digests(connection)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000))
def test_whatever_desks_do_apart_their_files_become_equal(
    seed: int, empty_event_file: EventFile, tmp_path: Path
) -> None:
    chance = Random(seed)
    if not empty_event_file.records():
        with empty_event_file.transaction("Desk", NOW) as transaction:
            transaction.register([Attendee("", last_name=name) for name in NAMES])
    with ExitStack() as stack:
        desks = []
        for name in DESKS:
            path = tmp_path / f"{name}.checkin"
            for leftover in tmp_path.glob(f"{name}.checkin*"):
                leftover.unlink()
            event_file = EventFile.create_from(path, packed(empty_event_file), desk=name, now=NOW)
            desks.append(Desk(name, stack.enter_context(event_file), chance))
        for minute in range(chance.randint(5, 40)):
            if chance.random() < 0.1:
                one, other = chance.sample(desks, 2)
                merge_event_files(one.file.path, other.file.path, "Desk", NOW)
            with suppress(EventClosed):
                if chance.random() < 0.01:
                    chance.choice(desks).close_event()
                chance.choice(desks).work(minute)
        first, second, third = chance.sample(desks, 3)
        for one, other in ((first, second), (third, second), (first, third)):
            merge_event_files(one.file.path, other.file.path, "Desk", NOW)
        assert tables_of(first.file) == tables_of(second.file) == tables_of(third.file)
