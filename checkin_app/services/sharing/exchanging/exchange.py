"""What a desk exchanges with the hub, step by step: its own entries out, those of others in.

Every step may be broken off anywhere and done again: parcels are kept in the event file before
they are sent, the hub takes each once, and what comes in is taken in together with the place up
to which the hub was read.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from functools import partial
from itertools import groupby

from checkin_app.domain.ledger import RANDOM_BITS, Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.parcels import LARGEST_PARCEL, Parcel, SealedParcel, SignedParcel
from checkin_app.domain.sharing import free_name
from checkin_app.errors import ErasureUnfinished, EventClosed, ParcelRefused
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import HubConnection
from checkin_app.hub.owner import HubOwner
from checkin_app.hub.sealing import seal, sign, verify
from checkin_app.services.sharing.exchanging.counted import Counted
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.services.sharing.exchanging.taking_in import TakingIn
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

_PARCELS_AT_ONCE = 20


class Exchange:
    """One desk's side of sharing one event file.

    Not for several threads at once: whoever exchanges has one of its own.
    """

    def __init__(
        self,
        event_file: EventFile,
        access: HubAccess,
        desk_name: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.desk_id = access.desk_key.id
        self._file = event_file
        self._access = access
        self._desk_name = desk_name
        self._clock = clock
        self._names: frozenset[str] = frozenset()
        self._own: set[str] = set()
        self._are_released_told = False
        self._came_before = Shared()
        self._reading = TakingIn(
            event_file.sharing, access, self._own, partial(self._transaction, comes_again=True)
        )

    def declare_name(self) -> None:
        """Say in the ledger that this desk has joined, and under which name it works.

        A desk that joins under a name that another one has gets a name of its own.
        """
        desks = self._file.sharing.desks()
        names = next((desk.names for desk in desks if desk.id == self.desk_id), ())
        if not names:
            taken = {desk.name for desk in desks if not desk.is_withdrawn}
            self._desk_name = free_name(self._desk_name, taken)
        if not names or names[-1] != self._desk_name:
            # A closed event takes no more desks; what this one has is shared all the same.
            with (
                suppress(EventClosed),
                self._file.transaction(self._desk_name, self._clock()) as transaction,
            ):
                transaction.append(
                    EntryKind.DESK_JOINED,
                    payload={"desk": self.desk_id, "name": self._desk_name},
                )
        self._names = frozenset((*names, self._desk_name))

    def recognise(self, hub: HubConnection) -> None:
        """Begin anew with a hub that was restored from a backup and has forgotten parcels.

        It gives their numbers again, so that whoever read up to the old ones would miss the new,
        and whoever handed in what it forgot would keep that to itself.
        """
        self._are_released_told = False
        self._reading.begin()
        number, mark = self._file.sharing.last_seen(hub.hub_id)
        if number and hub.mark_at(number) != mark:
            with self._transaction() as transaction:
                transaction.forget_hub(hub.hub_id)

    def share(self, hub: HubConnection, counted: Counted | None = None) -> dict[str, int]:
        """Hand in all that the hub has not got. Returns entry id → number on the hub.

        Args:
            counted: told of each entry twice, when it is signed and when the hub has it.

        Raises:
            HubUnreachable, HubRefused: what was not acknowledged is handed in the next time.
            EventFileError: the event file fails.
        """
        if not self._reading.is_caught_up:
            # A file that was put back to an older copy numbers its parcels on from those it lost.
            self._came_before = self._came_before.and_then(self._reading.all(hub))
        sent: dict[str, int] = {}
        while True:
            self._pack(counted)
            waiting = self._waiting_parcels(hub.hub_id)
            if not waiting:
                self._tell_released(hub)
                return sent
            self._own.update(signed.parcel.id for signed in waiting)
            numbers = hub.put([self._sealed(signed) for signed in waiting])
            with self._transaction(comes_again=True) as transaction:
                transaction.acknowledge(hub.hub_id, numbers)
                transaction.note_seen(hub.hub_id, *hub.last_seen)
            for signed in waiting:
                number = numbers[signed.parcel.id]
                sent.update((entry.id, number) for entry in signed.parcel.entries)
            if counted is not None:
                counted.add(sum(len(signed.parcel.entries) for signed in waiting))

    def take_in(self, hub: HubConnection) -> Shared:
        """Take in all that others have handed in since the last time.

        Raises:
            HubUnreachable, HubRefused: what came before stays taken in.
            EventFileError: the event file fails.
        """
        before, self._came_before = self._came_before, Shared()
        return before.and_then(self._reading.all(hub))

    def remove_erased(self) -> None:
        """Take what others erased off this disk too; while the file is busy, the next time."""
        if self._file.erasures.is_unfinished():
            with suppress(ErasureUnfinished):
                self._file.erasures.finish()

    def blank(self, hub_id: str, owner: HubOwner) -> None:
        """Let the hub forget what was erased here. What is left of it is handed in anew.

        Raises:
            HubUnreachable, HubRefused: it is done the next time.
            EventFileError: the event file fails.
        """
        while altered := self._file.sharing.altered_parcels(_PARCELS_AT_ONCE):
            with self._transaction() as transaction:
                first = self._file.sharing.next_sequence(self.desk_id)
                anew = [
                    self._signed(number, signed.parcel.entries, is_brought=True)
                    for number, signed in enumerate(altered, first)
                ]
                for signed in anew:
                    transaction.keep_parcel(signed)
            self._own.update(signed.parcel.id for signed in anew)
            owner.blank([signed.parcel.id for signed in altered], list(map(self._sealed, anew)))
            with self._transaction() as transaction:
                self._release(transaction, {signed.parcel.id for signed in altered})
                transaction.acknowledge(hub_id, [signed.parcel.id for signed in anew])

    def _sealed(self, signed: SignedParcel) -> SealedParcel:
        return seal(signed, self._access.event_key, self._access.event_id)

    def _waiting_parcels(self, hub_id: str) -> list[SignedParcel]:
        """Kept parcels the hub has not got, without those whose entries were erased since."""
        kept = self._file.sharing.unacknowledged(hub_id, _PARCELS_AT_ONCE)
        whole = [signed for signed in kept if self._is_whole(signed)]
        if len(whole) == len(kept):
            return whole
        broken = {signed.parcel.id for signed in kept} - {signed.parcel.id for signed in whole}
        with self._transaction() as transaction:
            self._release(transaction, broken)
        self._pack()
        return self._waiting_parcels(hub_id)

    def _release(self, transaction: EventTransaction, parcel_ids: Iterable[str]) -> None:
        for parcel_id in parcel_ids:
            transaction.release_parcel(parcel_id)
        # Another desk may hand one in as it was, and then it has to be noticed.
        self._own.difference_update(parcel_ids)
        self._are_released_told = False

    def _tell_released(self, hub: HubConnection) -> None:
        """Hand in nothing but the names of parcels whose entries went in others.

        A hub that took over has never had them, and whoever joins there would miss them for ever.
        """
        if not self._are_released_told:
            released = self._file.sharing.released()
            hub.put([SealedParcel(id_, desk, b"") for id_, desk in released])
            self._are_released_told = True

    def _is_whole(self, signed: SignedParcel) -> bool:
        try:
            verify(signed, self._access.event_id)
        except ParcelRefused:
            return False
        return True

    def _pack(self, counted: Counted | None = None) -> None:
        """Keep all entries that are in no parcel yet in parcels of this desk."""
        while entries := self._file.sharing.unshared(LARGEST_PARCEL):
            with self._transaction() as transaction:
                sequence = self._file.sharing.next_sequence(self.desk_id)
                for number, (is_brought, own) in enumerate(self._by_origin(entries), sequence):
                    transaction.keep_parcel(self._signed(number, own, is_brought=is_brought))
            if counted is not None:
                counted.add(len(entries))
            if len(entries) < LARGEST_PARCEL:
                return

    def _by_origin(self, entries: Iterable[Entry]) -> list[tuple[bool, tuple[Entry, ...]]]:
        def is_brought(entry: Entry) -> bool:
            return entry.desk not in self._names

        ordered = sorted(entries, key=is_brought)
        return [(brought, tuple(own)) for brought, own in groupby(ordered, is_brought)]

    def _signed(
        self, sequence: int, entries: tuple[Entry, ...], *, is_brought: bool
    ) -> SignedParcel:
        parcel = Parcel(self._new_id(), self.desk_id, sequence, entries, is_brought)
        return sign(parcel, self._access.desk_key, self._access.event_id)

    def _new_id(self) -> str:
        return entry_id(next_clock(0, self._clock()), secrets.randbits(RANDOM_BITS))

    def _transaction(
        self, *, comes_again: bool = False
    ) -> AbstractContextManager[EventTransaction]:
        return self._file.transaction(
            self._desk_name, self._clock(), even_closed=True, comes_again=comes_again
        )
