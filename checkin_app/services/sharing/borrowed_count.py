"""How many entries desks handed in under the names of others, counted on as parcels come."""

from __future__ import annotations

from checkin_app.storage.shared_ledger import SharedLedger


class BorrowedCount:
    """Counts the whole ledger once, later only what is new."""

    def __init__(self, sharing: SharedLedger) -> None:
        self._sharing = sharing
        self._count = self._looked_at = 0

    def now(self) -> int:
        """How many there are; raises ``EventFileError``."""
        last = self._sharing.last_parcel()
        if last > self._looked_at:
            borrowed = self._sharing.borrowed_names(self._looked_at)
            self._count += sum(one.entries for one in borrowed)
            self._looked_at = last
        return self._count
