"""Check-ins on their way back to a registration system, in their lane.

Nothing here knows Qt: a worker may be the last to let go of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.online_sends import RefusedSend, SendCounts
from checkin_app.secrets_store.passwords import Passwords
from checkin_app.services.online.online_sends import CheckInSending, SendRound
from checkin_app.settings.online_settings import OnlineConnection, OnlineSettings
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Somebody whose check-in the system did not take.

    Attributes:
        name: of the person; empty when nobody knows any more.
        reason: the system's word for why.
    """

    attendee_id: str
    name: str
    reason: str


class SendingAtWork:
    """What is sent for one event. Every method but ``take`` and ``end`` is for its lane."""

    def __init__(
        self,
        event_file: EventFile,
        passwords: Passwords,
        desk_name: str,
        clock: Callable[[], datetime],
        online: OnlineSettings,
    ) -> None:
        self._file = event_file
        self._passwords = passwords
        self._desk_name = desk_name
        self._clock = clock
        self._online = online
        self._ended = threading.Event()
        self._connection = OnlineConnection()
        self._sending: CheckInSending | None = None

    def take(self, online: OnlineSettings) -> None:
        """Follow what was chosen, from the next round on."""
        self._online = online

    def end(self) -> None:
        """Send nothing more."""
        self._ended.set()

    def round(self) -> SendRound | None:
        """Send some of what waits; None while nothing is to be sent."""
        sending = self._wanted()
        return None if sending is None else sending.round()

    def counts(self) -> SendCounts | None:
        """How far they are, without sending any; None while nothing is to be sent."""
        sending = self._wanted()
        return None if sending is None else sending.counts()

    def try_again(self) -> None:
        """Send those that were not taken once more, with whatever token there is by now."""
        if (sending := self._wanted()) is not None:
            sending.close()
            sending.try_refused_again()

    def not_taken(self) -> tuple[NotTaken, ...]:
        """Whose check-ins were not taken, newest first."""
        sending = self._wanted()
        return () if sending is None else tuple(map(self._named, sending.refused()))

    def close(self) -> None:
        """Let go of it all."""
        self._ended.set()
        self._hang_up()

    def _named(self, refused: RefusedSend) -> NotTaken:
        record = self._file.record(refused.attendee_id) if refused.attendee_id else None
        name = record.attendee.full_name if record is not None else ""
        return NotTaken(refused.attendee_id, name, refused.reason)

    def _wanted(self) -> CheckInSending | None:
        """What sends to where it is wanted now."""
        if self._ended.is_set():
            return None
        connection = self._online.of(self._file.online_sends.event_key())
        if connection != self._connection or self._sending is None:
            self._hang_up()
            self._connection = connection
            self._sending = CheckInSending(
                self._file,
                connection,
                self._passwords,
                self._desk_name,
                self._clock,
                cancelled=self._ended.is_set,
            )
        return self._sending if connection.can_send else None

    def _hang_up(self) -> None:
        if self._sending is not None:
            self._sending.close()
