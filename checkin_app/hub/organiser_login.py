"""How the organiser logs in to a PostgreSQL: by its DSN, as libpq reads it.

The driver's words may hold all of it, with the password, so they go nowhere.

What the DSN leaves open is closed here. The password goes to nobody who does not prove that he is
the server: no login but SCRAM, over TLS bound to it, and certificates are looked up among the roots
that this system trusts, for the driver's own library looks nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from checkin_app.errors import HubError, HubRefused, HubUnreachable, UsageError
from checkin_app.hub.access import BOUND_TLS, NO_TLS, SYSTEM_TLS, Tls
from checkin_app.hub.reaching import system_roots
from checkin_app.hub.replies import in_plain_words, told_plainly
from checkin_app.hub.silence import PatientConnection

_LONGEST_STATEMENT_S = 120.0
"""A step of a migration may rewrite a table, and says nothing meanwhile."""

_LONGEST_LOGIN_S = 10

_VERIFIED = ("verify-ca", "verify-full")
_SYSTEM = "system"
"""libpq's word for the system's roots (manual, sslrootcert)."""

_NO_PASSWORD = ("no password supplied",)
_NO_TLS = ("does not support SSL",)
_NO_SCRAM = ("channel binding", "authentication method requirement")
_NO_PROOF = ("certificate", "host name", "server signature")


def log_in_by(dsn: str) -> PatientConnection:
    """An open connection, in autocommit, whose times are UTC.

    Raises:
        UsageError: that is no DSN, or names a socket of this computer, which no other one has.
        HubUnreachable: nobody answers there.
        HubRefused: the login was refused, or the server did not prove who it is.
    """
    given, wanted = _read(dsn), _wanted(dsn)
    if wanted.get("hostaddr", wanted.get("host", "/")).startswith(("/", "@")):
        raise UsageError(
            "That address is a socket of this computer, which other desks do not have. Name its"
            " host."
        )
    whole = make_conninfo(dsn, **_demands(wanted, given))
    try:
        connection = PatientConnection.connect(
            whole, autocommit=True, connect_timeout=_LONGEST_LOGIN_S
        )
    except (psycopg.Error, OSError, UnicodeError) as error:  # the last: no name of a host
        raise _what_to_check(error) from None
    connection.longest_silence_s = _LONGEST_STATEMENT_S
    with told_plainly():
        connection.execute("SET timezone = 'UTC'")
    return connection


def tls_for_desks(dsn: str, *, is_encrypted: bool) -> Tls:
    """What desks have to demand of a server that the organiser reached by this DSN.

    Whoever names roots of his own vouches for the server on this laptop only; desks do not have
    them, and the login proves it to them.
    """
    if not is_encrypted:
        return NO_TLS
    wanted = _wanted(dsn)
    is_vouched_for = wanted.get("sslmode") == "verify-full" and _by_the_system(wanted)
    return SYSTEM_TLS if is_vouched_for else BOUND_TLS


def _read(dsn: str) -> Mapping[str, str]:
    try:
        return {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    except psycopg.ProgrammingError:
        raise UsageError(
            "That is no address of a PostgreSQL. Write postgresql://user@host:5432/name."
        ) from None


def _wanted(dsn: str) -> dict[str, str]:
    """What the DSN says, and what the environment says where it is silent."""
    usual = {
        option.keyword.decode(): option.val.decode()
        for option in Conninfo.get_defaults()
        if option.val is not None
    }
    return {**usual, **_read(dsn)}


def _demands(wanted: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    demands = {}
    if "require_auth" not in wanted:
        demands["require_auth"] = "scram-sha-256"
    if wanted.get("sslmode") == "require" and "channel_binding" not in given:
        demands["channel_binding"] = "require"
    if wanted.get("sslmode") in _VERIFIED and _by_the_system(wanted):
        demands["sslrootcert"] = system_roots()
    return demands


def _by_the_system(wanted: Mapping[str, str]) -> bool:
    return wanted.get("sslrootcert", _SYSTEM) == _SYSTEM


def _what_to_check(error: psycopg.Error | OSError | UnicodeError) -> HubError:
    said = str(error)

    def says(texts: tuple[str, ...]) -> bool:
        return any(text in said for text in texts)

    if says(_NO_PASSWORD):
        return HubRefused(
            "The database asks for the organiser’s password. Give it in the variable PGPASSWORD, or"
            " keep it in PostgreSQL’s password file."
        )
    if says(_NO_TLS):
        return HubRefused(
            "The database does not encrypt connections, though its address demands it. Ask whoever"
            " looks after it."
        )
    if says(_NO_SCRAM):
        return HubRefused(
            "The database cannot prove itself by the login, so the password was not sent. It needs"
            " password_encryption = scram-sha-256, and an address without a pooler in between."
        )
    if says(_NO_PROOF):
        return HubRefused(
            "Nobody whom this laptop trusts vouches for the database’s certificate, so the password"
            " was not sent. If the provider has a root of its own, write sslmode=require."
        )
    if not isinstance(error, psycopg.Error) or isinstance(in_plain_words(error), HubUnreachable):
        return HubUnreachable(
            "The database does not answer. Check the host and the port in its address, and that its"
            " firewall lets this laptop in."
        )
    return HubRefused(
        "The database does not let the organiser in. Check the user, the password and the name of"
        " the database in its address, postgresql://USER@HOST:PORT/DATABASE."
    )
