"""What an event's hub consists of in PostgreSQL, and the steps that bring an older one up to date.

Each event has a schema of its own, so that rights on one event give none on another. ``parcel``
holds what the desks share, ``desk`` and ``pairing`` who may, ``numbering`` the last number given,
``hub`` what this is. Desks may add parcels and read; only the owner of the schema changes anything.

A parcel's number comes from a row that stays locked until the parcel is committed, not from a
sequence: numbers have no gaps and appear in their order, so whoever has read up to one never misses
one below it.

Plain tables and PL/pgSQL, no extension; PostgreSQL 14 or later.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from psycopg import Connection, sql

from checkin_app.errors import HubRefused
from checkin_app.hub.schema_steps import HELD_UP, VERSION_1, VERSION_2, Step

SCHEMA_PREFIX = "checkin_"

STEPS: tuple[Step, ...] = (VERSION_1, VERSION_2)
"""Step n brings a hub of version n to version n + 1; an empty schema has version 0."""

VERSION = len(STEPS)


def schema_name(event_id: str) -> str:
    """The schema of an event."""
    return SCHEMA_PREFIX + event_id


def channel_name(event_id: str) -> str:
    """The channel on which a hub tells of new parcels."""
    return SCHEMA_PREFIX + event_id


def desks_role(hub_id: str) -> str:
    """The group of roles that may share. Roles belong to a whole server, and the hub's id is its
    own, so two hubs of one event on one server do not meddle with each other."""
    return f"checkin_desks_{hub_id}"


def pairings_role(hub_id: str) -> str:
    """The group of roles that may join."""
    return f"checkin_pairings_{hub_id}"


def desk_role_prefix(hub_id: str) -> str:
    """What the logins of a hub's desks begin with; the desk's id follows (62 of 63 characters)."""
    return f"checkin_desk_{hub_id[:16]}_"


def create(connection: Connection, event_id: str, steps: Sequence[Step] = STEPS) -> str:
    """Makes the schema, its tables and groups in the open transaction; returns the hub's new id.

    Raises:
        psycopg.errors.DuplicateSchema: the event has a hub in this database already.
    """
    hub_id = secrets.token_hex(16)
    names = _names(event_id, hub_id)
    connection.execute(sql.SQL("CREATE SCHEMA {schema}").format(**names))
    for group in ("desks", "pairings"):
        connection.execute(sql.SQL("CREATE ROLE {}").format(names[group]))
    _let_in(connection, hub_id)
    _take(connection, steps, names)
    connection.execute(
        sql.SQL("INSERT INTO {schema}.hub (id, version) VALUES ({id}, {version})").format(
            **names, id=hub_id, version=len(steps)
        )
    )
    return hub_id


def bring_up_to_date(connection: Connection, event_id: str, steps: Sequence[Step] = STEPS) -> str:
    """Takes the missing steps in the open transaction, as the owner; returns the hub's id.

    Raises:
        HubRefused: a newer program has been here.
        psycopg.errors.InsufficientPrivilege: this is not the owner.
    """
    hub_id, version = identity(connection, event_id)
    # Rights on a database are not in a dump of it.
    _let_in(connection, hub_id)
    if version < len(steps):
        names = _names(event_id, hub_id)
        _act_as_owner(connection, event_id)
        # Two laptops of the owner take the steps one after the other; so no step alters ``hub``.
        connection.execute(sql.SQL("SELECT FROM {schema}.hub FOR UPDATE").format(**names))
        _, version = identity(connection, event_id)
        _take(connection, steps[version:], names)
        connection.execute(
            sql.SQL("UPDATE {schema}.hub SET version = {version}").format(
                **names, version=len(steps)
            )
        )
    require_version(version, at_most=len(steps))
    return hub_id


def identity(connection: Connection, event_id: str) -> tuple[str, int]:
    """The hub's id and version.

    Raises:
        psycopg.errors.UndefinedTable: this database holds no hub of the event.
    """
    query = sql.SQL("SELECT id, version FROM {}.hub").format(_identifier(event_id))
    row = connection.execute(query).fetchone()
    assert row is not None, "a hub is founded whole or not at all"
    return row[0].hex, row[1]


def require_version(version: int, *, at_most: int = VERSION) -> None:
    """Whether this program knows the hub's schema.

    Raises:
        HubRefused: a newer program made it.
    """
    if version > at_most:
        raise HubRefused(
            "The hub works with a newer version of this program. Update this laptop to share "
            "again; until then it works on by itself."
        )


def _act_as_owner(connection: Connection, event_id: str) -> None:
    """Until the transaction ends: what a superuser adds has to belong to whoever has the rest."""
    query = (
        "SELECT pg_get_userbyid(nspowner), pg_has_role(nspowner, 'MEMBER')"
        " FROM pg_catalog.pg_namespace WHERE nspname = %s"
    )
    row = connection.execute(query, (schema_name(event_id),)).fetchone()
    if row is not None and row[1]:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(row[0])))


def _let_in(connection: Connection, hub_id: str) -> None:
    """Where a careful administrator took the right to connect from everybody."""
    for group in (desks_role(hub_id), pairings_role(hub_id)):
        query = "SELECT has_database_privilege(%s, current_database(), 'CONNECT')"
        if connection.execute(query, (group,)).fetchone() == (False,):
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(connection.info.dbname), sql.Identifier(group)
                )
            )


def _take(connection: Connection, steps: Sequence[Step], names: dict[str, sql.Composable]) -> None:
    for step in steps:
        connection.execute(sql.SQL(step).format(**names))


def _identifier(event_id: str) -> sql.Identifier:
    return sql.Identifier(schema_name(event_id))


def _names(event_id: str, hub_id: str) -> dict[str, sql.Composable]:
    return {
        "schema": _identifier(event_id),
        "channel": sql.Literal(channel_name(event_id)),
        "desks": sql.Identifier(desks_role(hub_id)),
        "desks_name": sql.Literal(desks_role(hub_id)),
        "pairings": sql.Identifier(pairings_role(hub_id)),
        "held_up": sql.Literal(HELD_UP),
        "desk_prefix": sql.Literal(desk_role_prefix(hub_id)),
    }
