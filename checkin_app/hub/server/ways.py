"""How other desks reach a PostgreSQL that the organiser reaches by a DSN."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from checkin_app.hub.access import POSTGRESQL_PORT, Address, Tls
from checkin_app.hub.organiser_login import log_in_by, tls_for_desks
from checkin_app.hub.server.addresses import lan_addresses

_THIS_LAPTOP = {"", "localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a database is, as other laptops see it, and what it must prove to them.

    Attributes:
        from_here: the addresses as this laptop sees them.
    """

    addresses: tuple[Address, ...]
    from_here: tuple[Address, ...]
    database: str
    tls: Tls


def way_to(dsn: str) -> Way:
    """Look at the database once.

    Raises:
        UsageError: that is no DSN, or names a socket of this machine, which no other one has.
        HubUnreachable: nobody answers there.
        HubRefused: the login was refused.
    """
    with closing(log_in_by(dsn)) as connection:
        info = connection.info
        tls = tls_for_desks(dsn, is_encrypted=connection.pgconn.ssl_in_use)
        addresses = (Address(info.host, info.port or POSTGRESQL_PORT),)
        return Way(_as_others(addresses), addresses, info.dbname, tls)


def _as_others(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    """A database on this laptop is at the laptop's addresses for all others."""
    (only,) = addresses
    if only.host not in _THIS_LAPTOP:
        return addresses
    return tuple(Address(host, only.port) for host in lan_addresses()) or addresses
