"""Which check-ins a registration system on the web was told of.

A desk-side table as ``print_job``: no part of the ledger, not folded. What waits is not stored: it
is every standing check-in that has no row yet, so nothing can be forgotten, whichever desk made it
and however the program ended. A row holds ids, a state and the system's word for it, no name and
no code.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import apsw

from checkin_app.domain.ledger import Entry, EntryKind, from_milliseconds, milliseconds
from checkin_app.domain.online_sends import RefusedSend, SendCounts, SendState
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, optional_moment

ONLINE_SENDS = """
CREATE TABLE online_send (
    target TEXT NOT NULL,
    entry BLOB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (target, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX undoing_entry ON entry (id) WHERE kind = 'undone';
"""

_COLUMNS = ", ".join(f"entry.{name}" for name in ENTRY_COLUMNS.split(", "))
_NOT_NOTED = "NOT EXISTS (SELECT 1 FROM online_send WHERE target = :target AND entry = {entry})"
_WAITING_CHECK_INS = "FROM check_in WHERE list = :list AND standing AND " + _NOT_NOTED.format(
    entry="check_in.entry"
)
_WAITING_UNDOINGS = (
    "FROM entry JOIN online_send AS sent ON sent.target = :target AND sent.state = 'sent'"
    " AND sent.entry = unhex(entry.payload ->> 'undoes')"
    " WHERE entry.kind = 'undone' AND " + _NOT_NOTED.format(entry="entry.id")
)

Reading = Callable[[], AbstractContextManager[apsw.Connection]]


class OnlineSends:
    """What may be asked of them. All methods raise ``EventFileError``.

    ``target`` names where check-ins go: system, event and check-in list there.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def event_key(self) -> str:
        """What tells this event from any other: the id of its first description."""
        with self._reading() as connection:
            first: bytes | None = connection.execute(
                "SELECT min(id) FROM entry WHERE attendee IS NULL AND kind = ?",
                (EntryKind.EVENT_DESCRIBED.value,),
            ).get
            return first.hex() if first else ""

    def waiting(self, target: str, list_id: str, limit: int) -> tuple[Entry, ...]:
        """The oldest check-ins of a list, then undoings of check-ins, that were not sent yet."""
        bindings = {"target": target, "list": list_id, "limit": limit}
        with self._reading() as connection:
            check_ins = connection.execute(
                f"SELECT {_COLUMNS} FROM entry WHERE id IN"
                f" (SELECT check_in.entry {_WAITING_CHECK_INS} ORDER BY at LIMIT :limit)"
                " ORDER BY id",
                bindings,
            ).fetchall()
            undoings = connection.execute(
                f"SELECT {_COLUMNS} {_WAITING_UNDOINGS} ORDER BY entry.id LIMIT :limit", bindings
            ).fetchall()
            return tuple(map(entry_from_row, (check_ins + undoings)[:limit]))

    def counts(self, target: str, list_id: str) -> SendCounts:
        """How far they are."""
        bindings = {"target": target, "list": list_id}
        with self._reading() as connection:
            waiting = sum(
                connection.execute(f"SELECT count(*) {wanted}", bindings).get
                for wanted in (_WAITING_CHECK_INS, _WAITING_UNDOINGS)
            )
            states = {
                SendState(state): (count, last)
                for state, count, last in connection.execute(
                    "SELECT state, count(*), max(at) FROM online_send WHERE target = ?"
                    " GROUP BY state",
                    (target,),
                )
            }
        sent, last_sent_at = states.get(SendState.SENT, (0, None))
        refused, _ = states.get(SendState.REFUSED, (0, None))
        return SendCounts(waiting, sent, refused, optional_moment(last_sent_at))

    def refused(self, target: str, limit: int = 200) -> tuple[RefusedSend, ...]:
        """Those that were not taken, newest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT send.entry, entry.attendee, reason, send.at FROM online_send AS send"
                " LEFT JOIN entry ON entry.id = send.entry"
                " WHERE target = ? AND state = ? ORDER BY send.at DESC LIMIT ?",
                (target, SendState.REFUSED.value, limit),
            )
            return tuple(
                RefusedSend(
                    entry.hex(), person.hex() if person else "", reason, from_milliseconds(at)
                )
                for entry, person, reason, at in rows
            )


class OnlineSendWrites:
    """What may be written to them, in one transaction with the rest."""

    _connection: apsw.Connection
    now: datetime

    def note_send(self, target: str, entry_id: str, state: SendState, reason: str = "") -> None:
        """Keep what became of an entry that had to be sent."""
        self._connection.execute(
            "INSERT INTO online_send VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET state = excluded.state, reason = excluded.reason, at = excluded.at",
            (target, bytes.fromhex(entry_id), state.value, reason, milliseconds(self.now)),
        )

    def forget_refused_sends(self, target: str) -> None:
        """Let those that were refused be sent again."""
        self._connection.execute(
            "DELETE FROM online_send WHERE target = ? AND state = ?",
            (target, SendState.REFUSED.value),
        )
