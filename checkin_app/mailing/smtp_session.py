"""A mail server, spoken to by SMTP (RFC 5321) over TLS, and what it answers in our words.

Whether a mail was taken is told apart as exactly as SMTP can: a line that breaks before the end of
the mail is through means not taken (RFC 5321, 4.1.1.4 and 4.5.3.2.6); one that breaks after it,
before the answer, means that nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from checkin_app.errors import MailError, MailUnreachable
from checkin_app.mailing.addresses import without_addresses
from checkin_app.mailing.message import OutgoingMail
from checkin_app.settings.mail_settings import MailSecurity, MailSettings

_TIMEOUT_S = 30.0
# Not the laptop's name, which is nobody's business and may not be ASCII.
_HELLO_NAME = "[127.0.0.1]"
_LONGEST_REASON = 200
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
    """What became of a mail, and in the server's words why; these name no address."""

    kind: DeliveryKind
    reason: str = ""


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
            self._smtp = self._connected()

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
            raise MailError(
                "The mail server does not take mails from this sender. It says:"
                f" {reason_of(code, reply)}. Look at the account."
            )
        if code >= 400:
            raise self._asked_to_wait(code, reply)
        code, reply = smtp.rcpt(mail.recipient)
        if code < 400:
            return None
        if code == _CLOSING:
            raise self._asked_to_wait(code, reply)
        smtp.rset()
        kind = DeliveryKind.REFUSED if code >= 500 else DeliveryKind.LATER
        return Delivery(kind, reason_of(code, reply))

    def _judged(self, code: int, reply: bytes) -> Delivery:
        if code < 400:
            return Delivery(DeliveryKind.TAKEN, reason_of(code, reply))
        if code == _CLOSING:
            self._drop()
        kind = DeliveryKind.REFUSED if code >= 500 else DeliveryKind.LATER
        return Delivery(kind, reason_of(code, reply))

    def _asked_to_wait(self, code: int, reply: bytes) -> MailUnreachable:
        self.close()
        return MailUnreachable(
            f"The mail server takes no mails now. It says: {reason_of(code, reply)}."
        )

    def _drop(self) -> None:
        """Let go of a line on which nothing can be said any more."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        account = self._account
        try:
            smtp = self._greeted()
            try:
                if account.user:
                    smtp.login(account.user, self._password)
            except BaseException:
                smtp.close()
                raise
        except ssl.SSLCertVerificationError as error:
            raise MailError(
                f"The mail server {account.host} could not prove that it is the one it claims to be"
                f" ({error.verify_message}). Nothing was sent. Look at the server's name, or ask"
                " whoever runs it."
            ) from error
        except ssl.SSLError as error:
            raise MailError(
                f"The mail server {account.host} does not speak TLS in this way at port"
                f" {account.real_port}. Usual are STARTTLS at port 587 and TLS at port 465."
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise self._login_failed(error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailError(
                f"The mail server {account.host} does not offer"
                f" {'a log-in' if 'AUTH' in str(error) else 'STARTTLS'} at port"
                f" {account.real_port}. Look at the port and the security of the account."
            ) from error
        except UnicodeEncodeError as error:
            raise MailError(
                "The user name or the password has letters that cannot be sent to a mail server"
                " (only plain ones can). Look whether they are right; many providers give a"
                " password of its own for programs."
            ) from error
        except (socket.gaierror, UnicodeError) as error:
            raise MailUnreachable(
                f"There is no mail server {account.host} to be found. Look at its name and at the"
                " network."
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnreachable(
                f"The mail server {account.host} does not answer at port {account.real_port}. Look"
                " at the network, the port and the security of the account."
            ) from error
        return smtp

    def _greeted(self) -> smtplib.SMTP:
        account, trust = self._account, self._trust or ssl.create_default_context()
        if account.security is MailSecurity.NONE and account.user:
            raise MailError(
                "A password is not sent over a line that anybody can read. Choose STARTTLS or TLS,"
                " or leave out the user."
            )
        if account.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(
                account.host,
                account.real_port,
                local_hostname=_HELLO_NAME,
                timeout=self._timeout_s,
                context=trust,
            )
        smtp = smtplib.SMTP(
            account.host, account.real_port, local_hostname=_HELLO_NAME, timeout=self._timeout_s
        )
        try:
            smtp.ehlo_or_helo_if_needed()
            if account.security is MailSecurity.STARTTLS:
                smtp.starttls(context=trust)
                smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _login_failed(self, error: smtplib.SMTPAuthenticationError) -> MailError:
        if 400 <= error.smtp_code < 500:
            return MailUnreachable(
                "The mail server cannot check the password now. Try again in some minutes."
            )
        return MailError(
            "The mail server did not accept the user name or the password. Look at the user name,"
            " and enter the password again. Many servers want a password of its own for a program."
        )


def reason_of(code: int, reply: bytes | str) -> str:
    """What a server said, on one line and without addresses."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {without_addresses(line)}"[:_LONGEST_REASON].strip()


def _dotted(content: bytes) -> bytes:
    """A mail as DATA carries it: CRLF, leading full stops doubled, the end marked."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"
