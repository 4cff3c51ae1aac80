"""What is written about sharing: parcels kept, handed over, and those of others taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkin_app.domain.ledger import Entry
from checkin_app.domain.parcels import SignedParcel
from checkin_app.domain.sound_entries import are_sound, is_sound_parcel, newest_believed
from checkin_app.storage.rows import to_json
from checkin_app.storage.sharing.arrivals import ArrivingWrites, TakenIn
from checkin_app.storage.sharing.left_out import write_key_elsewhere, write_left_out
from checkin_app.storage.sharing.shared_ledger import (
    UNACKNOWLEDGED,
    ParcelState,
    event_id,
)
from checkin_app.storage.sharing.shared_mark import advance_mark, lower_mark

_INSERT_PARCEL = (
    "INSERT INTO parcel (number, id, desk, sequence, is_brought, public_key, signature, state)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)

_IDS_AT_ONCE = 500


class SharingWrites(ArrivingWrites):
    """What may be written about sharing, in one transaction with the entries it is about."""

    def keep_parcel(self, signed: SignedParcel) -> None:
        """Remember in which parcel entries of this file travel. Keeping one again does nothing."""
        self._keep_parcels([signed])
        advance_mark(self._connection)

    def release_parcel(self, parcel_id: str) -> None:
        """Let the entries of a parcel be unshared again, unless they are in another one as well.

        For a parcel whose signature no longer fits, because entries of it were erased.
        """
        number: int | None = self._connection.execute(
            "SELECT number FROM parcel WHERE id = ?", (bytes.fromhex(parcel_id),)
        ).get
        if number is None:
            return
        first: bytes | None = self._connection.execute(
            "SELECT min(entry) FROM parcel_entry WHERE parcel = ?", (number,)
        ).get
        self._connection.execute("DELETE FROM parcel_entry WHERE parcel = ?", (number,))
        self._connection.execute(
            "UPDATE parcel SET state = ? WHERE number = ?", (ParcelState.RELEASED, number)
        )
        if first is not None:
            lower_mark(self._connection, first)

    def acknowledge(self, hub: str, parcel_ids: Iterable[str]) -> None:
        """Remember that a hub has parcels; what is not kept here is passed over."""
        hub_id = bytes.fromhex(hub)
        self._connection.executemany(
            "INSERT OR IGNORE INTO hub_parcel SELECT ?, number FROM parcel WHERE id = ?",
            [(hub_id, bytes.fromhex(id_)) for id_ in parcel_ids],
        )
        self._advance_hub(hub_id)

    def note_seen(self, hub: str, number: int, mark: str) -> None:
        """Remember the highest number that a hub gave, and by what that parcel is recognised."""
        hub_id = bytes.fromhex(hub)
        self._note_read(hub_id, 0)
        self._connection.execute(
            "UPDATE hub SET seen = ?2, seen_mark = ?3 WHERE id = ?1 AND seen < ?2",
            (hub_id, number, bytes.fromhex(mark)),
        )

    def note_blanked(self, parcels: Iterable[tuple[str, str]]) -> None:
        """Remember parcels, by id and desk, of which a hub has no more than that: they come in
        others, without what was erased. What is kept here is passed over.
        """
        self._connection.executemany(
            "INSERT OR IGNORE INTO blanked_parcel SELECT ?2, ?1"
            " WHERE NOT EXISTS (SELECT 1 FROM parcel WHERE id = ?1)",
            [(bytes.fromhex(id_), bytes.fromhex(desk)) for id_, desk in parcels],
        )

    def forget_hub(self, hub: str) -> None:
        """Know no longer what a hub has: it is offered all again, and read from the beginning."""
        for table, column in (("hub", "id"), ("hub_parcel", "hub"), ("left_out", "hub")):
            self._connection.execute(
                f"DELETE FROM {table} WHERE {column} = ?", (bytes.fromhex(hub),)
            )

    def note_left_out(self, hub: str, numbers: Iterable[int], first: int, last: int) -> None:
        """Remember what of a hub's parcels from ``first`` to ``last`` could not be taken in."""
        write_left_out(self._connection, hub, numbers, first, last)

    def note_key_elsewhere(self, desk: str) -> None:
        """Remember that another laptop, or another copy of this file, shares as a desk."""
        write_key_elsewhere(self._connection, desk)

    def take_in(
        self, signed: Sequence[SignedParcel], *, hub: str = "", read_up_to: int = 0
    ) -> TakenIn:
        """Take in what other desks recorded: any order, any number of times.

        Parcels that hold what no version of the program writes are left out as if they had never
        come. Entries about people who are erased here, or of a closed event, are stored without
        personal data; what says so erases here as well. Afterwards ``erasures.finish`` has to take
        the traces off the disk.

        Args:
            signed: of this event, with signatures that were checked.
            hub: where they come from, which therefore has them; empty for none.
            read_up_to: the number up to which that hub was read.
        """
        return self._take_in(signed, event_id(self._connection), hub, read_up_to)

    def begin_with(
        self,
        signed: Sequence[SignedParcel],
        first_entry: str = "",
        *,
        hub: str = "",
        read_up_to: int = 0,
    ) -> TakenIn:
        """As ``take_in``, for a new file, which may not have the event's first entry yet.

        Args:
            first_entry: its id, where it is known; nothing older is taken.
        """
        return self._take_in(signed, first_entry, hub, read_up_to, is_new_file=True)

    def take_in_unshared(self, entries: Sequence[Entry]) -> TakenIn:
        """Take in entries of another file in which they are in no parcel."""
        newest = newest_believed(self.now)
        sound = [one for one in entries if one.id < newest and are_sound([one])]
        arrivals = self.take_entries(sound)
        if arrivals.new:
            lower_mark(self._connection, bytes.fromhex(min(arrivals.new)))
            advance_mark(self._connection)
        return self.taken_in(arrivals)

    def _take_in(
        self,
        signed: Sequence[SignedParcel],
        first_entry: str,
        hub: str,
        read_up_to: int,
        *,
        is_new_file: bool = False,
    ) -> TakenIn:
        newest = newest_believed(self.now)
        sound = [one for one in signed if is_sound_parcel(one.parcel, first_entry, newest)]
        arrivals = self.take_entries(
            (entry for one in sound for entry in one.parcel.entries), is_new_file=is_new_file
        )
        self._keep_parcels(sound, may_differ=arrivals.may_differ)
        advance_mark(self._connection)
        if hub:
            self._note_read(bytes.fromhex(hub), read_up_to)
            self.acknowledge(hub, [one.parcel.id for one in sound])
        left_out = {one.parcel.id for one in signed}.difference(one.parcel.id for one in sound)
        return self.taken_in(arrivals, frozenset(left_out))

    def is_described(self, event_id: str = "") -> bool:
        """Whether the file says what event it is of, and can tell that it is this one.

        Args:
            event_id: which event it has to be, where that is known. A hub that was restored, or
                that a laptop is only about to fill, may have what was described later, and not yet
                the first entry, by which all desks know the event.
        """
        is_this = not event_id or self._has_entry(event_id)
        return is_this and self._connection.execute("SELECT 1 FROM event").get is not None

    def _has_entry(self, entry_id: str) -> bool:
        found = "SELECT 1 FROM entry WHERE id = ?"
        return self._connection.execute(found, (bytes.fromhex(entry_id),)).get is not None

    def _keep_parcels(self, signed: Iterable[SignedParcel], *, may_differ: bool = False) -> None:
        """In few statements: at a congress a hundred parcels of one scan each come in a second."""
        given = {bytes.fromhex(one.parcel.id): one for one in signed}
        kept = self._those_kept(tuple(given))
        if may_differ:
            for id_ in kept:
                self._meet_released(given[id_])
        last: int | None = self._connection.execute("SELECT max(number) FROM parcel").get
        new = list(
            enumerate((one for id_, one in given.items() if id_ not in kept), 1 + (last or 0))
        )
        self._connection.executemany(
            _INSERT_PARCEL,
            [
                self._parcel_row(
                    number, one, is_whole=not may_differ or self._is_as_stored(one.parcel.entries)
                )
                for number, one in new
            ],
        )
        for number, one in new:
            self._put_entries(number, one)
        self._connection.executemany(
            "DELETE FROM blanked_parcel WHERE desk = ? AND id = ?",
            [(bytes.fromhex(one.parcel.desk), bytes.fromhex(one.parcel.id)) for _, one in new],
        )
        for desk in {one.parcel.desk for _, one in new}:
            self._advance_desk(bytes.fromhex(desk))

    def _those_kept(self, ids: Sequence[bytes]) -> set[bytes]:
        """Those ids of which there is a parcel already."""
        return {
            id_
            for start in range(0, len(ids), _IDS_AT_ONCE)
            for some in [ids[start : start + _IDS_AT_ONCE]]
            for (id_,) in self._connection.execute(
                f"SELECT id FROM parcel WHERE id IN ({', '.join('?' * len(some))})", some
            )
        }

    @staticmethod
    def _parcel_row(number: int, signed: SignedParcel, *, is_whole: bool) -> tuple[object, ...]:
        parcel = signed.parcel
        return (
            number,
            bytes.fromhex(parcel.id),
            bytes.fromhex(parcel.desk),
            parcel.sequence,
            parcel.is_brought,
            signed.public_key,
            signed.signature,
            ParcelState.WHOLE if is_whole else ParcelState.ALTERED,
        )

    def _meet_released(self, signed: SignedParcel) -> None:
        """A hub still holds, or holds again, what was erased here: it has to be blanked there."""
        number: int | None = self._connection.execute(
            "SELECT number FROM parcel WHERE id = ? AND state = ?",
            (bytes.fromhex(signed.parcel.id), ParcelState.RELEASED),
        ).get
        if number is not None and not self._is_as_stored(signed.parcel.entries):
            self._put_entries(number, signed)
            self._connection.execute(
                "UPDATE parcel SET state = ? WHERE number = ?", (ParcelState.ALTERED, number)
            )

    def _put_entries(self, number: int, signed: SignedParcel) -> None:
        self._connection.executemany(
            "INSERT INTO parcel_entry VALUES (?, ?)",
            [(number, bytes.fromhex(entry.id)) for entry in signed.parcel.entries],
        )

    def _is_as_stored(self, entries: Iterable[Entry]) -> bool:
        stored = "SELECT payload FROM entry WHERE id = ?"
        return all(
            self._connection.execute(stored, (bytes.fromhex(entry.id),)).get
            == to_json(entry.payload)
            for entry in entries
        )

    def _advance_desk(self, desk: bytes) -> None:
        before: int | None = self._connection.execute(
            "SELECT all_up_to FROM desk_parcels WHERE desk = ?", (desk,)
        ).get
        after = before or 0
        has = "SELECT 1 FROM parcel WHERE desk = ? AND sequence = ?"
        while self._connection.execute(has, (desk, after + 1)).get:
            after += 1
        if after != before:
            self._connection.execute("REPLACE INTO desk_parcels VALUES (?, ?)", (desk, after))

    def _note_read(self, hub: bytes, read_up_to: int) -> None:
        self._connection.execute(
            "INSERT INTO hub VALUES (?, ?, 0, 0, x'') ON CONFLICT (id) DO UPDATE"
            " SET read_up_to = max(read_up_to, excluded.read_up_to)",
            (hub, read_up_to),
        )

    def _advance_hub(self, hub: bytes) -> None:
        self._note_read(hub, 0)
        self._connection.execute(
            f"UPDATE hub SET has_up_to = coalesce((SELECT min(number) - 1 {UNACKNOWLEDGED}),"
            " (SELECT max(number) FROM parcel), 0) WHERE id = :hub",
            {"hub": hub},
        )
        self._connection.execute(
            "DELETE FROM hub_parcel WHERE hub = :hub"
            " AND parcel <= (SELECT has_up_to FROM hub WHERE id = :hub)",
            {"hub": hub},
        )
