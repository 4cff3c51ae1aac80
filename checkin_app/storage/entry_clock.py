"""The clock from which one transaction takes the ids of its entries.

It is never behind what it follows: all that the file has, or, where the hub's time is known, all
but what is ahead of that (``domain.hub_time``). What is said about somebody, or of a kind of which
the latest holds, comes after what was said before in any case, so that no desk's word is lost
behind one that was said with a wrong clock.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import apsw

from checkin_app.domain.hub_time import first_not_followed
from checkin_app.domain.ledger import (
    RANDOM_BITS,
    Entry,
    EntryKind,
    clock_of,
    entry_id,
    next_clock,
)
from checkin_app.storage.sharing.late_entries import note_late_ids
from checkin_app.storage.sharing.merged_people import doubles_of, who_stays
from checkin_app.storage.sharing.shared_mark import lower_mark

_DESKS = (EntryKind.DESK_JOINED, EntryKind.DESK_WITHDRAWN)
_LATEST_HOLDS: Mapping[EntryKind, Collection[EntryKind]] = {
    EntryKind.EVENT_DESCRIBED: (EntryKind.EVENT_DESCRIBED,),
    EntryKind.LIST_DESCRIBED: (EntryKind.LIST_DESCRIBED,),
    EntryKind.LAYOUT_KEPT: (EntryKind.LAYOUT_KEPT,),
    EntryKind.STOCK_KEPT: (EntryKind.STOCK_KEPT,),
    EntryKind.MAIL_TEXT_KEPT: (EntryKind.MAIL_TEXT_KEPT,),
    EntryKind.LIST_IMPORTED: (EntryKind.LIST_IMPORTED,),
    EntryKind.DESK_JOINED: _DESKS,
    EntryKind.DESK_WITHDRAWN: _DESKS,
}
"""Of entries about nobody: after which kinds a new one has to come."""
_NEWEST = "SELECT max(id) FROM entry"
_OTHER_RECORDS = ("into", "of")
"""Where a payload names another record of the person."""


class EntryClock:
    """Gives ids in the order in which a transaction writes."""

    def __init__(self, connection: apsw.Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._not_followed = bytes.fromhex(first_not_followed(now))
        self._newest: bytes = connection.execute(_NEWEST).get or b""
        self._last = 0
        self._behind: list[bytes] = []
        if self._newest:
            self._last = clock_of(self._newest_followed().hex())

    def _newest_followed(self) -> bytes:
        if not self._is_ahead:
            return self._newest
        followed: bytes | None = self._connection.execute(
            f"{_NEWEST} WHERE id < ?", (self._not_followed,)
        ).get
        if followed is None:
            # The event itself is ahead of the hub, and nothing of it may come before its beginning.
            self._not_followed = b""
        return followed or self._newest

    @property
    def _is_ahead(self) -> bool:
        """Whether the file has entries that are not followed."""
        return bool(self._not_followed) and self._newest >= self._not_followed

    def see(self, ids: Sequence[str]) -> None:
        """Follow entries that were made elsewhere, given in order."""
        self._newest = max(self._newest, bytes.fromhex(ids[-1]))
        for id_ in reversed(ids):
            if not self._not_followed or bytes.fromhex(id_) < self._not_followed:
                self._last = max(self._last, clock_of(id_))
                return

    def id_about_person(self, attendee_id: str, payload: Mapping[str, Any]) -> bytes:
        """The id of the next entry about somebody."""
        (id_,) = self.ids(1)
        others = [str(payload[name]) for name in _OTHER_RECORDS if name in payload]
        return self.after_what_is_known(id_, attendee_id, others)

    def id_about_nobody(self, kind: EntryKind) -> bytes:
        """The id of the next entry about nobody. What the transaction writes then comes later."""
        if self._is_ahead:
            for before in _LATEST_HOLDS.get(kind, ()):
                latest: bytes | None = self._connection.execute(
                    f"{_NEWEST} WHERE attendee IS NULL AND kind = ?", (before.value,)
                ).get
                self._last = max(self._last, clock_of(latest.hex()) if latest else 0)
        (id_,) = self.ids(1)
        return id_

    def ids(self, count: int) -> Iterator[bytes]:
        """The ids of the next entries, from one draw of random bits."""
        first = next_clock(self._last, self._now)
        self._last = first + count - 1
        for clock, bits in enumerate(array("Q", secrets.token_bytes(8 * count)), first):
            yield self._noted(bytes.fromhex(entry_id(clock, bits >> 64 - RANDOM_BITS)))

    def after_what_is_known(
        self, id_: bytes, attendee_id: str, others: Iterable[str] = (), known: Sequence[Entry] = ()
    ) -> bytes:
        """An id that was given out, or a later one where more than that is known of somebody.

        Args:
            others: ids of further records that are spoken of.
            known: entries about the person, in order, that may not be stored yet.
        """
        if not self._is_ahead:
            return id_
        latest = max(map(self.latest_about, (attendee_id, *others)))
        if known:
            latest = max(latest, bytes.fromhex(known[-1].id))
        if latest < id_:
            return id_
        later = entry_id(clock_of(latest.hex()) + 1, secrets.randbits(RANDOM_BITS))
        return self._noted(bytes.fromhex(later))

    def latest_about(self, attendee_id: str) -> bytes:
        """The newest entry about somebody and all records of the same person."""
        stays = who_stays(self._connection, attendee_id)
        newest = b""
        for one in {attendee_id, stays, *doubles_of(self._connection, stays)}:
            found: bytes | None = self._connection.execute(
                f"{_NEWEST} WHERE attendee = ?", (bytes.fromhex(one),)
            ).get
            newest = max(newest, found or b"")
        return newest

    def _noted(self, id_: bytes) -> bytes:
        if id_ < self._newest:
            self._behind.append(id_)
        return id_

    def settle(self) -> None:
        """Remember what was written behind entries that are ahead: it is new all the same, to
        whoever remembers the newest entry it has seen, and to the other desks.
        """
        if self._behind:
            note_late_ids(self._connection, self._behind)
            lower_mark(self._connection, min(self._behind))
