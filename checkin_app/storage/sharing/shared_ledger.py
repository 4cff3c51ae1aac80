"""Which entries this file shared with other desks, in which parcels, and which hub has them.

No part of the ledger, not folded, and without personal data: ids, keys, signatures. A parcel is
kept as the list of its entries, so what is handed on is what the ledger holds. An entry may have
come in several parcels, for example from two desks that brought the same old file.

Marks keep the questions of every moment cheap. All entries up to ``shared_up_to`` lie in a parcel;
a hub has all parcels up to its ``has_up_to``, and only those beyond are listed one by one; of the
parcels of a desk all up to its ``all_up_to`` are here. They only grow, because ids of own entries
and numbers of parcels grow in the order of commits; what is taken out of a parcel, or comes from a
file without one, puts the first mark back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import apsw

from checkin_app.domain.ledger import Entry
from checkin_app.domain.parcels import SignedParcel
from checkin_app.domain.sharing import BorrowedName, SharingDesk
from checkin_app.storage.ledger_contents import LedgerContents, signed_parcels
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row
from checkin_app.storage.sharing.borrowed_names import borrowed_names
from checkin_app.storage.sharing.desks import sharing_desks, told_of_desks
from checkin_app.storage.sharing.fold_digest import fold_digest
from checkin_app.storage.sharing.left_out import is_key_elsewhere, left_out, not_kept

SHARED_LEDGER = """
CREATE TABLE parcel (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    desk BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    is_brought INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX parcel_by_desk ON parcel (desk, sequence);
CREATE INDEX parcel_not_whole ON parcel (state) WHERE state <> 'whole';
CREATE TABLE parcel_entry (
    parcel INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (parcel, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_of_entry ON parcel_entry (entry);
CREATE TABLE hub (
    id BLOB PRIMARY KEY,
    read_up_to INTEGER NOT NULL,
    has_up_to INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    seen_mark BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE hub_parcel (
    hub BLOB NOT NULL,
    parcel INTEGER NOT NULL,
    PRIMARY KEY (hub, parcel)
) STRICT, WITHOUT ROWID;
CREATE TABLE desk_parcels (
    desk BLOB PRIMARY KEY,
    all_up_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE blanked_parcel (
    desk BLOB NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (desk, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE shared_up_to (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    entry BLOB NOT NULL
) STRICT;
"""

SHARING_TABLES = (
    "parcel",
    "parcel_entry",
    "hub",
    "hub_parcel",
    "desk_parcels",
    "blanked_parcel",
    "shared_up_to",
    "late_entry",
)


class ParcelState(StrEnum):
    """Whether a kept parcel is still what its desk signed."""

    WHOLE = "whole"
    ALTERED = "altered"
    """Entries of it were erased here since."""
    RELEASED = "released"
    """Its entries travel in other parcels; only its number in the desk's sequence is kept, until a
    hub turns out to hold it still."""


UNSHARED = (
    "FROM entry WHERE id > coalesce((SELECT entry FROM shared_up_to), x'')"
    " AND NOT EXISTS (SELECT 1 FROM parcel_entry WHERE parcel_entry.entry = entry.id)"
)
"""Entries in no parcel."""
UNACKNOWLEDGED = (
    "FROM parcel WHERE number > coalesce((SELECT has_up_to FROM hub WHERE id = :hub), 0)"
    " AND state <> 'released'"
    " AND NOT EXISTS (SELECT 1 FROM hub_parcel WHERE hub = :hub AND parcel = parcel.number)"
)
"""Kept parcels that a hub has not acknowledged."""
_MISSING = """
SELECT sum(max(
    0,
    (SELECT max(sequence) FROM parcel WHERE parcel.desk = desk_parcels.desk) - all_up_to
    - (SELECT count(DISTINCT sequence) FROM parcel
       WHERE parcel.desk = desk_parcels.desk AND sequence > all_up_to)
    - (SELECT count(*) FROM blanked_parcel WHERE blanked_parcel.desk = desk_parcels.desk)
)) FROM desk_parcels
"""
_LARGEST_PARCEL_LETTERS = 2_000_000


class SharedLedger(LedgerContents):
    """What may be asked about sharing. All methods raise ``EventFileError``."""

    def event_id(self) -> str:
        """What tells this event from any other: the id of its first entry, in every copy."""
        with self._reading() as connection:
            return event_id(connection)

    def unshared(self, limit: int) -> tuple[Entry, ...]:
        """The first entries that are in no parcel yet, in the order of the ledger.

        Fewer than the limit where they are large, as layouts with pictures: a parcel has to pass
        through every network.
        """
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} {UNSHARED} ORDER BY id LIMIT ?", (limit,)
            )
            return tuple(_of_some_size(rows))

    def waiting(self, hub: str) -> int:
        """How many entries a hub has not acknowledged."""
        with self._reading() as connection:
            unshared: Any = connection.execute(f"SELECT count(*) {UNSHARED}").get
            kept: Any = connection.execute(
                "SELECT count(DISTINCT entry) FROM parcel_entry"
                f" WHERE parcel IN (SELECT number {UNACKNOWLEDGED})",
                {"hub": bytes.fromhex(hub)},
            ).get
            return int(unshared) + int(kept)

    def unacknowledged(self, hub: str, limit: int) -> tuple[SignedParcel, ...]:
        """The first kept parcels, of any desk, that a hub has not acknowledged.

        Of one with erased entries the signature no longer fits; see ``altered``.
        """
        with self._reading() as connection:
            return tuple(
                signed_parcels(
                    connection,
                    f"{UNACKNOWLEDGED} ORDER BY number LIMIT :limit",
                    {"hub": bytes.fromhex(hub), "limit": limit},
                )
            )

    def read_up_to(self, hub: str) -> int:
        """The number of the last parcel that was read from a hub; 0 before the first."""
        with self._reading() as connection:
            number: int | None = connection.execute(
                "SELECT read_up_to FROM hub WHERE id = ?", (bytes.fromhex(hub),)
            ).get
            return number or 0

    def last_seen(self, hub: str) -> tuple[int, str]:
        """The highest number that a hub is known to have given, and the mark of that parcel.

        0 and nothing before the first.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT seen, seen_mark FROM hub WHERE id = ?", (bytes.fromhex(hub),)
            ).fetchone()
            return (0, "") if row is None else (row[0], row[1].hex())

    def next_sequence(self, desk: str) -> int:
        """The number of a desk's next parcel."""
        with self._reading() as connection:
            last: int | None = connection.execute(
                "SELECT max(sequence) FROM parcel WHERE desk = ?", (bytes.fromhex(desk),)
            ).get
            return (last or 0) + 1

    def missing(self) -> int:
        """How many parcels other desks numbered that never came, and were not blanked before."""
        with self._reading() as connection:
            return connection.execute(_MISSING).get or 0

    def altered(self) -> tuple[str, ...]:
        """Ids of the kept parcels that held data which were erased here since they were signed."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id FROM parcel WHERE state = 'altered' ORDER BY number"
            )
            return tuple(id_.hex() for (id_,) in rows)

    def released(self) -> tuple[tuple[str, str], ...]:
        """Ids and desks of the parcels whose entries travel in others since an erasure.

        Also of those that a hub held as no more than that: another hub, or the same one restored
        from a backup, may never have heard of them.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id, desk FROM parcel WHERE state = 'released'"
                " UNION SELECT id, desk FROM blanked_parcel ORDER BY id"
            )
            return tuple((id_.hex(), desk.hex()) for id_, desk in rows)

    def altered_parcels(self, limit: int) -> tuple[SignedParcel, ...]:
        """The first parcels of ``altered``, with what is left of their entries."""
        with self._reading() as connection:
            source = "FROM parcel WHERE state = 'altered' ORDER BY number LIMIT :limit"
            return tuple(signed_parcels(connection, source, {"limit": limit}))

    def desks(self) -> tuple[SharingDesk, ...]:
        """The desks that joined, the first to join first."""
        with self._reading() as connection:
            return sharing_desks(connection)

    def told_of_desks(self) -> int:
        """How many entries tell of desks: as long as it stays the same, so do their names."""
        with self._reading() as connection:
            return told_of_desks(connection)

    def borrowed_names(self, after: int = 0) -> tuple[BorrowedName, ...]:
        """Whose names are in parcels, above a number, that those desks did not sign."""
        with self._reading() as connection:
            return borrowed_names(connection, after)

    def left_out(self, hub: str) -> tuple[int, ...]:
        """The numbers of what was read from a hub and could not be taken in."""
        with self._reading() as connection:
            return left_out(connection, hub)

    def not_kept(self, parcel_ids: Iterable[str]) -> tuple[str, ...]:
        """Those parcels of which this file keeps nothing."""
        with self._reading() as connection:
            return not_kept(connection, parcel_ids)

    def is_key_elsewhere(self, desk: str) -> bool:
        """Whether another laptop, or another copy of this file, was seen to share as a desk."""
        with self._reading() as connection:
            return is_key_elsewhere(connection, desk)

    def last_parcel(self) -> int:
        """The number of the parcel that was kept here last; 0 before the first."""
        with self._reading() as connection:
            number: int | None = connection.execute("SELECT max(number) FROM parcel").get
            return number or 0

    def fold_digest(self) -> str:
        """The same in all files that took in the same entries: of the ledger and of its fold."""
        with self._reading() as connection:
            return fold_digest(connection)


def event_id(connection: apsw.Connection) -> str:
    """The id of the first entry; empty in a file without any."""
    first: bytes | None = connection.execute("SELECT min(id) FROM entry").get
    return first.hex() if first else ""


def _of_some_size(rows: Iterable[Any]) -> Iterator[Entry]:
    letters = 0
    for *others, payload in rows:
        letters += len(payload)
        if letters > _LARGEST_PARCEL_LETTERS and letters > len(payload):
            return
        yield entry_from_row((*others, payload))
