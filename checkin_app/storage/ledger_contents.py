"""What of a ledger another file may lack: entries and parcels by id, given out some at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import apsw

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.parcels import Parcel, SignedParcel
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row

_AT_ONCE = 500
_PARCEL_COLUMNS = "number, id, desk, sequence, is_brought, public_key, signature"
_ENTRIES_OF_PARCEL = (
    f"SELECT {', '.join(f'entry.{name}' for name in ENTRY_COLUMNS.split(', '))}"
    " FROM parcel_entry JOIN entry ON entry.id = parcel_entry.entry"
    " WHERE parcel_entry.parcel = ? ORDER BY entry.id"
)

Reading = Callable[[], AbstractContextManager[apsw.Connection]]


@dataclass(frozen=True, slots=True)
class Contents:
    """Which entries and parcels there are, each an id of 16 bytes.

    Attributes:
        parcels: those that are still as they were signed.
    """

    entries: frozenset[bytes]
    parcels: frozenset[bytes]

    def lacking_in(self, other: Contents) -> Contents:
        """What another file does not have of this."""
        return Contents(self.entries - other.entries, self.parcels - other.parcels)


class LedgerContents:
    """Asks an event file what is in it. All methods raise ``EventFileError``."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def contents(self) -> Contents:
        """The ids of all entries and of the parcels that can be handed on."""
        with self._reading() as connection:
            entries: list[Any] = connection.execute("SELECT id FROM entry").fetchall()
            parcels: list[Any] = connection.execute(
                "SELECT id FROM parcel WHERE state = 'whole'"
            ).fetchall()
            return Contents(
                frozenset(id_ for (id_,) in entries), frozenset(id_ for (id_,) in parcels)
            )

    def parcels(self, ids: Collection[bytes]) -> Iterator[SignedParcel]:
        """The parcels of some ids."""
        for id_ in sorted(ids):
            with self._reading() as connection:
                yield from signed_parcels(connection, "FROM parcel WHERE id = ?", (id_,))

    def entries(self, ids: Collection[bytes]) -> Iterator[Sequence[Entry]]:
        """The entries of some ids, some hundred at a time, in the order of the ledger."""
        ordered = sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            with self._reading() as connection:
                rows = connection.execute(
                    f"SELECT {ENTRY_COLUMNS} FROM entry"
                    f" WHERE id IN ({', '.join('?' * len(some))}) ORDER BY id",
                    some,
                ).fetchall()
            yield tuple(map(entry_from_row, rows))

    def blanked_refusals(self) -> tuple[Entry, ...]:
        """Refusals about nobody whose code was erased, as another file may still have them."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NULL AND kind = ?"
                " AND payload ->> '$.code' IS NULL ORDER BY id",
                (EntryKind.REFUSED.value,),
            )
            return tuple(map(entry_from_row, rows))


def signed_parcels(
    connection: apsw.Connection, source: str, bindings: apsw.Bindings
) -> Iterator[SignedParcel]:
    """The kept parcels that ``source``, what follows the columns of a query, chooses."""
    parcels: list[Any] = connection.execute(
        f"SELECT {_PARCEL_COLUMNS} {source}", bindings
    ).fetchall()
    for number, id_, desk, sequence, is_brought, public_key, signature in parcels:
        entries = tuple(map(entry_from_row, connection.execute(_ENTRIES_OF_PARCEL, (number,))))
        yield SignedParcel(
            Parcel(id_.hex(), desk.hex(), sequence, entries, bool(is_brought)),
            public_key,
            signature,
        )
