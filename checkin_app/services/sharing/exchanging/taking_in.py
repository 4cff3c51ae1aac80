"""What others have handed in to a hub comes into the event file, whatever it is.

A parcel that cannot be taken in holds up none of those after it: it is left out, counted, logged
without any name, and looked at again at the next start, perhaps by a newer program.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager

from checkin_app.domain.parcels import SealedParcel, SignedParcel
from checkin_app.errors import CheckinError, ParcelRefused
from checkin_app.fault_log import describe_fault
from checkin_app.hub.access import HubAccess
from checkin_app.hub.connection import BYTES_A_CALL, HubConnection
from checkin_app.hub.sealing import unseal
from checkin_app.services.sharing.exchanging.portions import in_portions
from checkin_app.services.sharing.exchanging.shared import Shared
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.sharing.shared_ledger import SharedLedger

_READ_AT_ONCE = 100
_BREATH_S = 0.01
"""Between two portions of a long list, so that a scan that waits for the file has its turn."""
_LARGEST_OPEN_BYTES = 4 << 20
"""What is unpacked at once, but for one parcel that is larger itself: memory for what others may
have packed to a thousandth."""

_log = logging.getLogger(__name__)


class TakingIn:
    """One event file's side of reading a hub. Not for several threads at once."""

    def __init__(
        self,
        sharing: SharedLedger,
        access: HubAccess,
        own: Collection[str],
        transaction: Callable[[], AbstractContextManager[EventTransaction]],
    ) -> None:
        """Nothing is read yet.

        Args:
            own: ids of the parcels that were handed in from here.
            transaction: begins one for what the hub gives again.
        """
        self._sharing = sharing
        self._access = access
        self._own = own
        self._transaction = transaction
        self.is_caught_up = False
        self._read_up_to: int | None = None

    def begin(self) -> None:
        """Read on from where the event file says; a hub may have been restored."""
        self._read_up_to = None

    def all(self, hub: HubConnection) -> Shared:
        """Take in all that was handed in since the last time; at first also what was left out.

        Raises:
            HubUnreachable, HubRefused: what came before stays taken in.
            EventFileError: the event file fails.
        """
        taken = Shared() if self.is_caught_up else self._look_again(hub)
        # Another window may read for the same file, and would keep the numbers to itself by which
        # a scan here knows who came first.
        if self._read_up_to is None:
            self._read_up_to = self._sharing.read_up_to(hub.hub_id)
        while True:
            sealed = hub.after(self._read_up_to, _READ_AT_ONCE)
            for number, some in enumerate(in_portions(sealed)):
                if number:
                    time.sleep(_BREATH_S)
                taken = taken.and_then(self._take(hub, some))
                self._read_up_to = some[-1].number
            if _was_all(sealed):
                self.is_caught_up = True
                return taken

    def _look_again(self, hub: HubConnection) -> Shared:
        taken = Shared()
        numbers = self._sharing.left_out(hub.hub_id)
        while numbers and (sealed := hub.again(numbers, _READ_AT_ONCE)):
            for parcel in sealed:
                taken = taken.and_then(self._take(hub, [parcel]))
            numbers = tuple(number for number in numbers if number > sealed[-1].number)
        return taken

    def _take(self, hub: HubConnection, sealed: Sequence[SealedParcel]) -> Shared:
        """Parcels that follow each other on the hub; those that cannot be taken in are left out."""
        try:
            return self._take_some(hub, sealed)
        except CheckinError:
            raise
        except Exception as error:  # noqa: BLE001 - one parcel must not hold up all later ones
            if len(sealed) == 1:
                (one,) = sealed
                fault = describe_fault(error)
                _log.error("Parcel %s of desk %s is left out: %s", one.id, one.desk, fault)
                return self._store(hub, sealed, [], [one.number])
        taken = Shared()
        for parcel in sealed:
            taken = taken.and_then(self._take(hub, [parcel]))
        return taken

    def _take_some(self, hub: HubConnection, sealed: Sequence[SealedParcel]) -> Shared:
        taken = Shared()
        done = size = 0
        opened: list[SignedParcel] = []
        left_out: list[int] = []
        for place, parcel in enumerate(sealed, 1):
            try:
                signed = self._opened(parcel)
            except ParcelRefused:
                _log.warning("Parcel %s of desk %s is refused", parcel.id, parcel.desk)
                left_out.append(parcel.number)
            else:
                if signed is not None:
                    opened.append(signed)
                    size += signed.size
            if size > _LARGEST_OPEN_BYTES or place == len(sealed):
                taken = taken.and_then(self._store(hub, sealed[done:place], opened, left_out))
                done, size, opened, left_out = place, 0, [], []
        return taken

    def _opened(self, sealed: SealedParcel) -> SignedParcel | None:
        """What others handed in; None for what was blanked, or was handed in from here."""
        if not sealed.body or sealed.id in self._own:
            return None
        return unseal(sealed, self._access.event_key, self._access.event_id)

    def _store(
        self,
        hub: HubConnection,
        sealed: Sequence[SealedParcel],
        opened: Sequence[SignedParcel],
        left_out: Iterable[int],
    ) -> Shared:
        numbers = {parcel.id: parcel.number for parcel in sealed}
        first, last = sealed[0].number, sealed[-1].number
        is_key_elsewhere = self._is_by_another_with_our_key(opened)
        with self._transaction() as transaction:
            taken = transaction.take_in(opened, hub=hub.hub_id, read_up_to=last)
            unread = {*left_out, *(numbers[id_] for id_ in taken.left_out)}
            transaction.note_left_out(hub.hub_id, unread, first, last)
            transaction.note_seen(hub.hub_id, *hub.last_seen)
            transaction.note_blanked((one.id, one.desk) for one in sealed if not one.body)
            if is_key_elsewhere:
                transaction.note_key_elsewhere(self._access.desk_key.id)
        came: dict[str, int] = {}
        for signed in opened:
            for entry in signed.parcel.entries:
                came.setdefault(entry.id, numbers[signed.parcel.id])
        return Shared({}, came, taken.attendees, taken.conflicts, len(unread))

    def _is_by_another_with_our_key(self, opened: Iterable[SignedParcel]) -> bool:
        """Whether somebody signs as this desk at this moment: a copy of this laptop's folders, or
        of the event file.

        What comes before all was read once is what this file had itself before it was put back to
        an older copy.
        """
        desk = self._access.desk_key.id
        ours = [one.parcel.id for one in opened if one.parcel.desk == desk]
        return self.is_caught_up and bool(ours) and bool(self._sharing.not_kept(ours))


def _was_all(sealed: Sequence[SealedParcel]) -> bool:
    """Whether the hub would have given more at once if it had more: of what is handed in from now
    on it sends word.
    """
    size = sum(len(parcel.body) for parcel in sealed)
    return len(sealed) < _READ_AT_ONCE and size < BYTES_A_CALL
