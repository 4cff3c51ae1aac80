"""Check-ins back to the registration system they came from: what waits is sent, oldest first.

What waits is read from the ledger's fold, so it survives anything; a check-in is sent with the id
of its entry as nonce, so it counts once, however often it has to be sent until its answer is
written down. Nothing here holds up a desk: it is all done beside, and may be done at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.online_sends import RefusedSend, SendCounts, SendState, issued_code
from checkin_app.errors import Cancelled, OnlineError, OnlineUnreachable, PasswordsUnavailable
from checkin_app.lists.progress import CancelledCheck, never_cancelled
from checkin_app.online_lists.pretix import Heard, Pretix, Reply
from checkin_app.online_lists.web import Patience, Web
from checkin_app.secrets_store.passwords import Passwords
from checkin_app.services.clock import utc_now
from checkin_app.services.online.online_lists import OpenWeb, kept_token, open_web
from checkin_app.settings.online_settings import OnlineConnection
from checkin_app.storage.event_file import EventFile

_AT_ONCE = 20
"""Check-ins sent between two commits: what a crash may let be sent again."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 5.0, 300.0
_PATIENCE = Patience(connecting=5, silent=10, whole=15)
"""Shorter than for a question that somebody looks at: the window cannot close meanwhile."""

_TRIES = 3
"""After so many errors of the server over one check-in, the others go first."""

_STATES = {
    Heard.TAKEN: SendState.SENT,
    Heard.ALREADY_THERE: SendState.SENT,
    Heard.REFUSED: SendState.REFUSED,
}


class Told(Protocol):
    """The system that is told, as ``Pretix`` is."""

    def redeem(self, secret: str, list_id: int, nonce: str, at: datetime) -> Reply: ...

    def annul(self, list_id: int, nonce: str, at: datetime) -> Reply: ...


@dataclass(frozen=True, slots=True)
class SendTarget:
    """Where the check-ins of one of our lists go.

    Attributes:
        name: tells it from any other; under it the event file keeps what was sent.
        list_id: pretix's check-in list.
        desk_list: id of our check-in list.
    """

    name: str
    list_id: int
    desk_list: str


@dataclass(frozen=True, slots=True)
class SendRound:
    """How sending went, and when to go on.

    Attributes:
        trouble: why nothing more was sent, for people; empty when all is well.
        pause_s: until the next round; None when there is nothing left to send.
        needs_person: the trouble will not pass by itself.
    """

    counts: SendCounts
    trouble: str = ""
    pause_s: float | None = None
    needs_person: bool = False


def target_of(connection: OnlineConnection, event_file: EventFile) -> SendTarget:
    """Where the check-ins of an event go."""
    return SendTarget(
        f"{connection.server} {connection.organiser}/{connection.event} {connection.list_id}",
        connection.list_id,
        connection.desk_list or event_file.check_in_lists()[0].id,
    )


def send_waiting(
    event_file: EventFile,
    target: SendTarget,
    told: Told,
    desk_name: str,
    clock: Callable[[], datetime] = utc_now,
    failures: Counter[str] | None = None,
) -> int:
    """Send the oldest check-ins that wait. Returns how many of them are dealt with now.

    Args:
        failures: how often the server stumbled over an entry, of all that were sent without an
            answer; counted on here.

    Raises:
        OnlineError: the others still wait; what was sent before is noted.
        EventFileError: what was sent is not noted; sending it again does no harm.
    """
    failures = Counter() if failures is None else failures
    notes: list[tuple[Entry, SendState, str]] = []
    try:
        for entry in event_file.online_sends.waiting(target.name, target.desk_list, _AT_ONCE):
            try:
                state, reason = _send(event_file, target, told, entry)
                if reason == "too late" and entry.id in failures:
                    # It was heard before; only the answer was lost.
                    state, reason = SendState.SENT, ""
                notes.append((entry, state, reason))
            except OnlineUnreachable as error:
                failures[entry.id] += error.is_there
                if failures[entry.id] < _TRIES:
                    raise
                notes.append((entry, SendState.REFUSED, "error"))
    finally:
        if notes:
            with event_file.transaction(desk_name, clock()) as transaction:
                for entry, state, reason in notes:
                    transaction.note_send(target.name, entry.id, state, reason)
    return len(notes)


def _send(
    event_file: EventFile, target: SendTarget, told: Told, entry: Entry
) -> tuple[SendState, str]:
    """Tell the system of one check-in, or of one that was taken back."""
    if entry.kind is EntryKind.UNDONE:
        reply = told.annul(target.list_id, entry.payload["undoes"], entry.at)
    else:
        code = issued_code(event_file.history(entry.attendee_id))
        if not code:
            return SendState.NOT_NEEDED, ""
        reply = told.redeem(code, target.list_id, entry.id, entry.at)
    return _STATES[reply.heard], reply.reason


class CheckInSending:
    """Sends the check-ins of one event in rounds. To be used by one thread at a time."""

    def __init__(
        self,
        event_file: EventFile,
        connection: OnlineConnection,
        passwords: Passwords,
        desk_name: str,
        clock: Callable[[], datetime] = utc_now,
        opened: OpenWeb | None = None,
        cancelled: CancelledCheck = never_cancelled,
    ) -> None:
        self._file = event_file
        self._connection = connection
        self._passwords = passwords
        self._desk_name = desk_name
        self._clock = clock
        self._opened = opened or partial(open_web, patience=_PATIENCE)
        self._cancelled = cancelled
        self._target = target_of(connection, event_file)
        self._web: Web | None = None
        self._failures: Counter[str] = Counter()
        self._pause_s = _FIRST_PAUSE_S

    def round(self) -> SendRound:
        """Send some of what waits.

        Raises:
            EventFileError: the event file cannot be used.
        """
        counts = self.counts()
        is_closed = self._file.erasures.closing() is not None
        if not counts.waiting or is_closed or self._cancelled():
            return SendRound(counts)
        try:
            send_waiting(
                self._file,
                self._target,
                self._told(),
                self._desk_name,
                self._clock,
                self._failures,
            )
        except OnlineUnreachable as error:
            pause_s = max(self._pause_s, error.retry_after_s)
            self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)
            return SendRound(self.counts(), str(error), pause_s)
        except Cancelled:
            return SendRound(self.counts())
        except (OnlineError, PasswordsUnavailable) as error:
            # The line is opened anew: by then there may be another token.
            self.close()
            return SendRound(self.counts(), str(error), _LONGEST_PAUSE_S, needs_person=True)
        self._pause_s = _FIRST_PAUSE_S
        counts = self.counts()
        return SendRound(counts, pause_s=0.0 if counts.waiting else None)

    def counts(self) -> SendCounts:
        """How far they are, without sending any."""
        return self._file.online_sends.counts(self._target.name, self._target.desk_list)

    def refused(self) -> tuple[RefusedSend, ...]:
        """Those that the system did not take, newest first."""
        return self._file.online_sends.refused(self._target.name)

    def try_refused_again(self) -> None:
        """Let those that were refused be sent in the next rounds."""
        self._failures.clear()
        with self._file.transaction(self._desk_name, self._clock()) as transaction:
            transaction.forget_refused_sends(self._target.name)

    def close(self) -> None:
        """Hang up."""
        if self._web is not None:
            with suppress(OSError):
                self._web.close()
        self._web = None

    def _told(self) -> Told:
        if self._web is None:
            token = kept_token(self._passwords, self._connection)
            self._web = self._opened(self._connection, token, self._cancelled)
        return Pretix(self._web, self._connection.organiser, self._connection.event)
