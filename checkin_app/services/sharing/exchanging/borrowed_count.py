"""How many entries desks handed in under the names of others, counted on as parcels come."""

from __future__ import annotations

from checkin_app.storage.sharing.shared_ledger import SharedLedger


class BorrowedCount:
    """Counts the whole ledger once, later only what is new while there is nothing to tell."""

    def __init__(self, sharing: SharedLedger) -> None:
        self._sharing = sharing
        self._count = self._looked_at = 0

    def now(self) -> int:
        """How many there are; raises ``EventFileError``."""
        last = self._sharing.last_parcel()
        if last > self._looked_at:
            # The desk whose name it is may have handed in the same meanwhile.
            borrowed = self._sharing.borrowed_names(0 if self._count else self._looked_at)
            self._count = sum(one.entries for one in borrowed)
            self._looked_at = last
        return self._count
