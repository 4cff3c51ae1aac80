"""A conversation with a mail server, which nobody has to wait for when the program is left."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeVar

from checkin_app.errors import Cancelled, MailUnreachable
from checkin_app.mailing.message import OutgoingMail
from checkin_app.mailing.smtp_session import Delivery, DeliveryKind

_LOOK_EVERY_S = 0.1
_PATIENCE_S = 2.0

Answer = TypeVar("Answer")


class Session(Protocol):
    """The account at its server, as ``SmtpSession``."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, mail: OutgoingMail, claim: Callable[[], bool]) -> Delivery: ...


class LeavableSession:
    """A session that is spoken to by a thread of its own, which may be left behind.

    A server that does not answer holds a conversation for half a minute, and no call of the system
    that looks up its name can be ended at all. Nobody closes a window for that long.

    Args:
        is_left: whether nobody waits any more; asked from the thread that sends.
        patience_s: how long the server still has then.
    """

    def __init__(
        self, session: Session, is_left: Callable[[], bool], patience_s: float = _PATIENCE_S
    ) -> None:
        self._session = session
        self._is_left = is_left
        self._patience_s = patience_s
        self._wishes: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._claiming = threading.Lock()
        self._is_abandoned = False

    def open(self) -> None:
        """As ``SmtpSession.open``; raises ``Cancelled`` when it is left."""
        self._do(self._session.open)

    def close(self) -> None:
        """Take leave of the server, unless it was left already."""
        if not self._is_abandoned and self._thread is not None:
            with suppress(_Left):
                self._do(self._session.close)
            self._wishes.put(None)
            self._thread = None

    def send(self, mail: OutgoingMail, claim: Callable[[], bool]) -> Delivery:
        """As ``SmtpSession.send``; a mail that was claimed when it was left is unsure."""
        claimed = threading.Event()

        def claim_unless_left() -> bool:
            with self._claiming:
                if self._is_abandoned or not claim():
                    return False
                claimed.set()
                return True

        try:
            return self._do(partial(self._session.send, mail, claim_unless_left))
        except _Left:
            if claimed.is_set():
                return Delivery(
                    DeliveryKind.UNSURE, "the program was closed before the server's answer"
                )
            raise MailUnreachable(
                "The program was closed before the mail server answered. What waits is kept."
            ) from None

    def _do(self, work: Callable[[], Answer]) -> Answer:
        """Have something done by the thread; raises ``_Left`` when nobody waits any more."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True, name="mail server")
            self._thread.start()
        answer: Future[Answer] = Future()
        self._wishes.put(partial(_fulfil, answer, work))
        left_at_s: float | None = None
        while not wait((answer,), _LOOK_EVERY_S).done:
            if not self._is_left():
                continue
            left_at_s = left_at_s or time.monotonic()
            if time.monotonic() - left_at_s >= self._patience_s:
                with self._claiming:
                    self._is_abandoned = True
                raise _Left("The program was closed.")
        return answer.result()

    def _work(self) -> None:
        while not self._is_abandoned and (wish := self._wishes.get()) is not None:
            wish()
        if self._is_abandoned:
            self._session.close()


def _fulfil(answer: Future[Answer], work: Callable[[], Answer]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
        answer.set_exception(error)


class _Left(Cancelled):
    """Nobody waits for the server any more."""
