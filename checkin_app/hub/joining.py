"""A laptop becomes a desk of an event: from a pairing to an access of its own."""

from __future__ import annotations

from psycopg import sql

from checkin_app.errors import HubError, HubRefused
from checkin_app.hub import schema
from checkin_app.hub.access import BOUND_TLS, Address, HubAccess, Tls, TlsKind
from checkin_app.hub.pairing import Pairing, derived
from checkin_app.hub.reaching import log_in
from checkin_app.hub.replies import told_plainly
from checkin_app.hub.sealing import DeskKey
from checkin_app.hub.silence import PATIENT_S, PatientConnection

_EVENTS = """
SELECT nspname FROM pg_catalog.pg_namespace
WHERE left(nspname, %s) = %s AND has_schema_privilege(oid, 'USAGE')
"""
_JOIN = "SELECT login, wrapped FROM {schema}.join_event(%s, %s)"


def join(pairing: Pairing, desk_key: DeskKey, timeout_s: float = PATIENT_S) -> HubAccess:
    """Uses a pairing: the hub makes a login for this desk, and hands out the event's key.

    Whoever lost the answer may join again with the same key. A desk that was withdrawn needs a
    new one. Where the pairing demands no TLS and the server proves itself over TLS all the same,
    the access demands it from then on.

    Raises:
        HubUnreachable: no address of the pairing answered within ``timeout_s``.
        HubRefused: the pairing was withdrawn or has run out, the desk was withdrawn, the hub does
            not prove who it is, or this program is too old for it.
    """
    code = pairing.code
    found, connection = log_in(
        pairing.addresses, pairing.database, code.role, code.password, pairing.tls, timeout_s
    )
    password = _password(desk_key)
    with told_plainly(), connection:
        event_id = _event_to_join(connection)
        role, wrapped = _join(connection, event_id, desk_key.id, password)
        is_encrypted = bool(connection.pgconn.ssl_in_use)
    event_key, wrapped_event_id, hub_id = code.unwrap(wrapped)
    if wrapped_event_id != event_id:
        raise _nothing_to_join()
    tls = pairing.tls
    if tls.kind is TlsKind.NONE and is_encrypted:
        tls = _strongest_tls(found, pairing.database, role, password, timeout_s)
    others = (address for address in pairing.addresses if address != found)
    return HubAccess(
        event_id=event_id,
        hub_id=hub_id,
        addresses=(found, *others),
        database=pairing.database,
        role=role,
        password=password,
        tls=tls,
        event_key=event_key,
        desk_key=desk_key,
    )


def _event_to_join(connection: PatientConnection) -> str:
    prefix = schema.SCHEMA_PREFIX
    names = connection.execute(_EVENTS, (len(prefix), prefix)).fetchall()
    if len(names) != 1:
        raise _nothing_to_join()
    name: str = names[0][0]
    return name.removeprefix(prefix)


def _join(
    connection: PatientConnection, event_id: str, desk: str, password: str
) -> tuple[str, bytes]:
    """The desk's login, and what the hub keeps for whoever knows the code.

    The hub gets the verifier that PostgreSQL stores (RFC 5803), never the password.
    """
    _, version = schema.identity(connection, event_id)
    schema.require_version(version)
    verifier = connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256")
    query = sql.SQL(_JOIN).format(schema=sql.Identifier(schema.schema_name(event_id)))
    row = connection.execute(query, (desk, verifier.decode())).fetchone()
    assert row is not None, "join_event answers or raises"
    role, wrapped = row
    return role, wrapped


def _password(desk_key: DeskKey) -> str:
    """Always the same for a key, so that joining twice does no harm, and nobody else can choose
    another one for this desk."""
    return derived(desk_key.to_bytes(), b"checkin hub password", 32).hex()


def _strongest_tls(
    address: Address, database: str, role: str, password: str, timeout_s: float
) -> Tls:
    try:
        _, connection = log_in([address], database, role, password, BOUND_TLS, timeout_s)
    except HubError:
        return Tls(TlsKind.NONE)
    connection.close()
    return BOUND_TLS


def _nothing_to_join() -> HubRefused:
    return HubRefused(
        "The hub does not hold what this pairing promises. Ask at the laptop with the hub for a "
        "new one."
    )
