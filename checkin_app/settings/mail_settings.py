"""The account from which this laptop sends mail, without its password: see secrets_store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MailSecurity(StrEnum):
    """How the line to the mail server is kept from being read."""

    STARTTLS = "starttls"
    """Plain at first, then TLS: usually port 587."""
    TLS = "tls"
    """TLS from the first byte: usually port 465."""
    NONE = "none"
    """Plain: only for a server on this computer or in one's own network, without a password."""

    @property
    def usual_port(self) -> int:
        """The port that servers have for it (RFC 6409, RFC 8314)."""
        return {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}[self]


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The account.

    Attributes:
        host: name of the server for outgoing mail; empty before one is set up.
        port: 0 takes the usual one.
        user: the name to log in with; empty logs in with none.
        sender_name, sender_address: whom mails are from.
        reply_to: where answers go; empty: to the sender.
        per_minute: how many mails at most.
    """

    host: str = ""
    port: int = 0
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    per_minute: int = 30

    @property
    def real_port(self) -> int:
        """The port that is connected to."""
        return self.port or self.security.usual_port

    @property
    def account(self) -> str:
        """What the keyring calls the account."""
        return f"{self.user} at {self.host}"

    @property
    def is_complete(self) -> bool:
        """Whether mail can be sent from it."""
        return bool(self.host and self.sender_address)
