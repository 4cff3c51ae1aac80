"""What a desk has to know to reach its event's hub, as it is kept between two starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checkin_app.hub.sealing import DeskKey

POSTGRESQL_PORT = 5432
_FORMAT = 1


class TlsKind(StrEnum):
    """What a desk demands of the connection before it logs in."""

    NONE = "none"
    """Nothing was promised: encrypted where the server offers it. Bodies are sealed anyway, and
    the login gives no password away."""

    SYSTEM = "system"
    """A certificate for the server's name that this system's roots vouch for."""

    PINNED = "pinned"
    """This one self-signed certificate and no other."""

    BOUND = "bound"
    """Any certificate, proved by the login itself: both ends show that they know the password
    and see the same certificate (SCRAM with channel binding, RFC 5929). For managed databases,
    whose certificates are signed by a root of their own."""


@dataclass(frozen=True, slots=True)
class Tls:
    """How the server proves who it is.

    Attributes:
        fingerprint: SHA-256 of the certificate (32 bytes) where it is pinned, else empty.
    """

    kind: TlsKind = TlsKind.NONE
    fingerprint: bytes = b""

    @classmethod
    def pinned(cls, fingerprint: bytes) -> Tls:
        """Only the certificate with this SHA-256 digest."""
        return cls(TlsKind.PINNED, fingerprint)


NO_TLS = Tls(TlsKind.NONE)
SYSTEM_TLS = Tls(TlsKind.SYSTEM)
BOUND_TLS = Tls(TlsKind.BOUND)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a hub listens: a name or an IP address, and a port."""

    host: str
    port: int = POSTGRESQL_PORT

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class HubAccess:
    """One desk's membership in one event's hub. Holds secrets: never print or log it.

    Attributes:
        event_id: 32 hexadecimal digits.
        hub_id: 32 hexadecimal digits, made when the hub was founded.
        addresses: where it listens, the likeliest first.
        database: the name of the PostgreSQL database.
        role: the login of this desk alone.
        event_key: what parcels are sealed with (32 bytes).
        desk_key: what this desk signs with.
    """

    event_id: str
    hub_id: str
    addresses: tuple[Address, ...]
    database: str
    role: str
    password: str = field(repr=False)
    tls: Tls
    event_key: bytes = field(repr=False)
    desk_key: DeskKey = field(repr=False)

    def document(self) -> dict[str, Any]:
        """All of it as JSON values."""
        return {
            "format": _FORMAT,
            "event": self.event_id,
            "hub": self.hub_id,
            "addresses": [[address.host, address.port] for address in self.addresses],
            "database": self.database,
            "role": self.role,
            "password": self.password,
            "tls": self.tls.kind.value,
            "fingerprint": self.tls.fingerprint.hex(),
            "event_key": self.event_key.hex(),
            "desk_key": self.desk_key.to_bytes().hex(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> HubAccess:
        """What ``document`` described.

        Raises:
            ValueError: it is damaged, or a newer program wrote it.
        """
        try:
            if document["format"] != _FORMAT:
                raise ValueError(f"format {document['format']}")
            return cls(
                event_id=str(document["event"]),
                hub_id=str(document["hub"]),
                addresses=tuple(
                    Address(str(host), int(port)) for host, port in document["addresses"]
                ),
                database=str(document["database"]),
                role=str(document["role"]),
                password=str(document["password"]),
                tls=Tls(TlsKind(document["tls"]), bytes.fromhex(document["fingerprint"])),
                event_key=bytes.fromhex(document["event_key"]),
                desk_key=DeskKey.from_bytes(bytes.fromhex(document["desk_key"])),
            )
        except (LookupError, TypeError) as error:
            raise ValueError("no access to a hub") from error
