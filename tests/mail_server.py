"""A real mail server on this computer that does what a test tells it to."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from free_ports import free_port

from checkin_app.settings.mail_settings import MailSecurity, MailSettings

CERTIFICATE = Path(__file__).parent / "data" / "mail" / "localhost.pem"
"""Of "localhost", signed by itself, with its key; made for these tests and good for nothing else:
openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=localhost
-addext subjectAltName=DNS:localhost,IP:127.0.0.1
"""
USER, PASSWORD = "desk", "correct horse"

Answer = Callable[[str, int], str | None]
"""Recipient and which try it is, from 1 → the answer to RCPT; None takes it."""


@dataclass
class Received:
    """A mail that the server has taken."""

    sender: str
    recipient: str
    content: bytes

    def parsed(self) -> EmailMessage:
        """The mail, in Python's own reading."""
        parsed = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class PostOffice:
    """What the server has, and how it behaves.

    Attributes:
        received: all that it took, whether its answer arrived or not.
        tries: how often each recipient was asked about.
        answer: says what it thinks of a recipient.
        at_sender: answer to MAIL; None takes it.
        at_end: answer to the whole mail; None takes it.
        cuts: lines to cut, in the order of mails: "in data", "before answer", or "" for none.
        connections: how often somebody connected.
        is_silent: set when a scripted server has said all that it says.
    """

    received: list[Received] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    answer: Answer = lambda recipient, tries: None
    at_sender: Callable[[], str | None] = lambda: None
    at_end: Callable[[str], str | None] = lambda recipient: None
    cuts: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    is_silent: threading.Event = field(default_factory=threading.Event)

    def account(self, **changes: Any) -> MailSettings:
        """How to send by it."""
        known = {
            "host": "localhost",
            "port": self.port,
            "security": MailSecurity.STARTTLS,
            "user": USER,
            "sender_name": "ECCP Team, Brussels",
            "sender_address": "team@example.org",
            "reply_to": "answers@example.org",
            "per_minute": 600,
        }
        return MailSettings(**{**known, **changes})

    # What aiosmtpd asks of a handler.

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.at_sender()
        if refusal is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return refusal or "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _opts: list[str]
    ) -> str:
        self.tries[address] = self.tries.get(address, 0) + 1
        refusal = self.answer(address, self.tries[address])
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        (recipient,) = envelope.rcpt_tos
        refusal = self.at_end(recipient)
        if refusal is not None:
            return refusal
        assert isinstance(envelope.content, bytes)
        self.received.append(Received(envelope.mail_from or "", recipient, envelope.content))
        if self.cuts and self.cuts.pop(0) == "before answer":
            server.transport.abort()
        return "250 taken"


def trusted() -> ssl.SSLContext:
    """Believes the server of these tests."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


@contextmanager
def post_office(
    security: MailSecurity = MailSecurity.STARTTLS, **options: Any
) -> Iterator[PostOffice]:
    """A server that wants TLS and a log-in."""
    office = PostOffice(port=free_port())
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    settings = {
        "hostname": "localhost",
        "port": office.port,
        "enable_SMTPUTF8": True,
        "data_size_limit": 100_000_000,
        "ready_timeout": 120.0,
        **(
            {"ssl_context": tls}
            if security is MailSecurity.TLS
            else {"tls_context": tls, "require_starttls": True}
            if security is MailSecurity.STARTTLS
            else {}
        ),
        **(
            {}
            if security is MailSecurity.NONE
            else {
                "authenticator": _is_known,
                "auth_required": True,
                "auth_require_tls": security is MailSecurity.STARTTLS,
            }
        ),
        **options,
    }
    controller = _Controller(office, **settings)
    controller.start()
    # It looks itself whether it is there.
    office.connections = 0
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def scripted(*answers: str, is_tls: bool = False) -> Iterator[PostOffice]:
    """A server that says these lines, one to each command, the first as a greeting.

    Then it is silent, until the block ends; ``is_silent`` of the office tells so.
    """
    is_over = threading.Event()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        office = PostOffice(port=listening.getsockname()[1])

        def speak() -> None:
            plain, _address = listening.accept()
            line = tls.wrap_socket(plain, server_side=True) if is_tls else plain
            with line, line.makefile("rwb") as file, suppress(OSError):
                for answer in answers:
                    file.write(answer.encode().replace(b"\n", b"\r\n") + b"\r\n")
                    file.flush()
                    file.readline()
                office.is_silent.set()
                is_over.wait()

        speaking = threading.Thread(target=speak)
        speaking.start()
        try:
            yield office
        finally:
            is_over.set()
            speaking.join()


class _Controller(Controller):
    def factory(self) -> SMTP:
        self.handler.connections += 1
        # It does not know that a line may be TLS from its first byte.
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            return _CuttableSmtp(self.handler, **self.SMTP_kwargs)


class _CuttableSmtp(SMTP):
    async def smtp_DATA(self, arg: str) -> None:
        office = self.event_handler
        if office.cuts and office.cuts[0] == "in data":
            office.cuts.pop(0)
            await self.push("354 go ahead")
            await self._reader.readexactly(1000)
            self.transport.abort()
            raise ConnectionResetError
        await super().smtp_DATA(arg)


def _is_known(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)
