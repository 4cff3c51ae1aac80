"""How other desks reach a PostgreSQL that the organiser reaches by a DSN."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.errors import UsageError
from checkin_app.hub.access import BOUND_TLS, NO_TLS, POSTGRESQL_PORT, SYSTEM_TLS, Address, Tls
from checkin_app.hub.replies import told_plainly
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
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        wanted = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError as error:
        raise UsageError(
            "That is no address of a PostgreSQL. Write postgresql://user:password@host:5432/name."
        ) from error
    with told_plainly(), psycopg.connect(dsn, connect_timeout=10) as connection:
        info = connection.info
        tls = _tls(str(wanted.get("sslmode", "")), connection.pgconn.ssl_in_use)
        addresses = _addresses(info.host, info.port)
        return Way(_as_others(addresses), addresses, info.dbname, tls)


def _tls(mode: str, is_used: bool) -> Tls:
    if not is_used:
        return NO_TLS
    return SYSTEM_TLS if mode == "verify-full" else BOUND_TLS


def _addresses(host: str, port: int) -> tuple[Address, ...]:
    if host.startswith(("/", "@")):
        raise UsageError(
            "That address is a socket of this computer, which other desks do not have. Name its"
            " host."
        )
    return (Address(host, port or POSTGRESQL_PORT),)


def _as_others(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    """A database on this laptop is at the laptop's addresses for all others."""
    (only,) = addresses
    if only.host not in _THIS_LAPTOP:
        return addresses
    return tuple(Address(host, only.port) for host in lan_addresses()) or addresses
