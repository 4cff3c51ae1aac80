"""A mail server, spoken to by SMTP (RFC 5321) over TLS, and what it answers in our words.

Whether a mail was taken is told apart as exactly as SMTP can: a line that breaks before the end of
the mail is through means not taken (RFC 5321, 4.1.1.4 and 4.5.3.2.6); one that breaks after it,
before the answer, means that nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from checkin_app.errors import MailError, MailUnreachable
from checkin_app.mailing.message import OutgoingMail
from checkin_app.mailing.server_answers import (
    Meaning,
    advice_on,
    limit_words,
    meaning_of,
    reason_of,
)
from checkin_app.mailing.smtp_line import connected
from checkin_app.settings.mail_settings import MailSettings

_TIMEOUT_S = 30.0
_CLOSING = 421
_GO_AHEAD = 354
# All exceptions of smtplib are among them.
_BREAKS = (OSError,)


class DeliveryKind(Enum):
    """What became of a mail."""

    TAKEN = auto()
    LATER = auto()
    """Not taken now; the server asks to try again."""
    REFUSED = auto()
    """Not taken, and trying again is of no use."""
    UNSURE = auto()
    """The line broke when the server may have had all of it."""
    NOT_CLAIMED = auto()
    """Somebody else sends it: nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a mail, and in the server's words why; these name no address.

    Attributes:
        meaning: whom a mail speaks of that was not taken.
    """

    kind: DeliveryKind
    reason: str = ""
    meaning: Meaning = Meaning.ADDRESS


class SmtpSession:
    """One account at one server, connected as long as mails are sent.

    Args:
        trust: whose certificates are believed; None takes those that the system believes.
    """

    def __init__(
        self,
        account: MailSettings,
        password: str = "",
        trust: ssl.SSLContext | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        self._account = account
        self._password = password
        self._trust = trust
        self._timeout_s = timeout_s
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """The session, which is closed when the block ends."""
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect and log in, unless that is done.

        Raises:
            MailUnreachable: the server does not answer, or not now.
            MailError: its certificate, the user or the password is wrong, or it cannot do TLS.
        """
        if self._smtp is None:
            self._smtp = connected(self._account, self._password, self._trust, self._timeout_s)

    def close(self) -> None:
        """Take leave of the server."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def send(self, mail: OutgoingMail, claim: Callable[[], bool]) -> Delivery:
        """Hand one mail over.

        Args:
            claim: called when the server would take it, right before it gets it; False: it is not
                handed over.

        Raises:
            MailUnreachable: the line broke before the server had the mail, or the server asks to
                be left alone. The session is closed; the mail was not taken.
            MailError: the server does not take mails from this sender.
        """
        self.open()
        smtp = self._smtp
        assert smtp is not None
        try:
            refusal = self._introduce(smtp, mail)
            if refusal is not None:
                return refusal
            if not claim():
                smtp.rset()
                return Delivery(DeliveryKind.NOT_CLAIMED)
            code, reply = smtp.docmd("DATA")
            if code != _GO_AHEAD:
                return self._judged(code, reply)
            smtp.send(_dotted(mail.content))
        except _BREAKS as error:
            self._drop()
            raise MailUnreachable(
                "The line to the mail server broke. Look at the network, and go on then."
            ) from error
        return self._answer(smtp)

    def _answer(self, smtp: smtplib.SMTP) -> Delivery:
        """What the server says when it has all of a mail."""
        try:
            code, reply = smtp.getreply()
        except _BREAKS:
            self._drop()
            return Delivery(DeliveryKind.UNSURE, "the line broke before the server's answer")
        return self._judged(code, reply)

    def _introduce(self, smtp: smtplib.SMTP, mail: OutgoingMail) -> Delivery | None:
        """Say from whom and to whom; returns what the server has against it."""
        options = []
        if mail.needs_utf8:
            if not smtp.has_extn("smtputf8"):
                return Delivery(
                    DeliveryKind.REFUSED,
                    "the mail server takes only addresses in plain letters (no SMTPUTF8)",
                )
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        smtp.command_encoding = "utf-8" if mail.needs_utf8 else "ascii"
        code, reply = smtp.mail(mail.sender, options)
        if code >= 500:
            self.close()
            raise _sender_refused(reason_of(code, reply))
        if code >= 400:
            raise self._asked_to_wait(code, reply)
        code, reply = smtp.rcpt(mail.recipient)
        if code < 400:
            return None
        if code == _CLOSING:
            raise self._asked_to_wait(code, reply)
        smtp.rset()
        return _not_taken(code, reply)

    def _judged(self, code: int, reply: bytes) -> Delivery:
        if code < 400:
            return Delivery(DeliveryKind.TAKEN, reason_of(code, reply))
        if code == _CLOSING:
            raise self._asked_to_wait(code, reply)
        return _not_taken(code, reply)

    def _asked_to_wait(self, code: int, reply: bytes) -> MailUnreachable:
        self.close()
        reason = reason_of(code, reply)
        if meaning_of(reason) is Meaning.LIMIT:
            return MailUnreachable(limit_words(reason))
        return MailUnreachable(
            f"The mail server takes no mails now. It says: {reason}. What waits is kept: go on"
            " later."
        )

    def _drop(self) -> None:
        """Let go of a line on which nothing can be said any more."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _not_taken(code: int, reply: bytes) -> Delivery:
    """A mail that the server has not, whatever it thinks of the next one."""
    reason = reason_of(code, reply)
    kind = DeliveryKind.REFUSED if code >= 500 else DeliveryKind.LATER
    return Delivery(kind, reason, meaning_of(reason))


def _sender_refused(reason: str) -> MailError:
    if meaning_of(reason) is Meaning.LIMIT:
        return MailError(limit_words(reason))
    return MailError(
        f"The mail server does not take mails from this sender. It says: {reason}."
        f" {advice_on(reason)}"
    )


def _dotted(content: bytes) -> bytes:
    """A mail as DATA carries it: CRLF, leading full stops doubled, the end marked."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"
