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
from typing import LiteralString

from psycopg import Connection, sql

from checkin_app.errors import HubRefused

SCHEMA_PREFIX = "checkin_"

Step = LiteralString
"""SQL with the names of ``_names`` in braces."""

_VERSION_1: Step = """
CREATE TABLE {schema}.hub (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id uuid NOT NULL,
    version integer NOT NULL
);

CREATE TABLE {schema}.numbering (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last bigint NOT NULL
);
INSERT INTO {schema}.numbering (last) VALUES (0);

CREATE TABLE {schema}.desk (
    id uuid PRIMARY KEY,
    role name NOT NULL UNIQUE,
    pairing name NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    heard_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz
);

CREATE TABLE {schema}.pairing (
    role name PRIMARY KEY,
    wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    valid_until timestamptz NOT NULL,
    withdrawn_at timestamptz
);

CREATE TABLE {schema}.parcel (
    number bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    desk uuid NOT NULL,
    carrier uuid,
    at timestamptz NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 16777216)
);

CREATE FUNCTION {schema}.number_parcel() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT desk.id INTO NEW.carrier FROM {schema}.desk
        WHERE desk.role = session_user AND desk.withdrawn_at IS NULL;
    IF NOT FOUND AND NOT pg_has_role(session_user, current_user, 'MEMBER') THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM {schema}.numbering FOR UPDATE;
    IF EXISTS (SELECT FROM {schema}.parcel WHERE parcel.id = NEW.id) THEN
        RETURN NULL;
    END IF;
    UPDATE {schema}.numbering SET last = last + 1 RETURNING last INTO NEW.number;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER number_parcel BEFORE INSERT ON {schema}.parcel
    FOR EACH ROW EXECUTE FUNCTION {schema}.number_parcel();

CREATE FUNCTION {schema}.tell_of_parcels() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify({channel}, '');
    RETURN NULL;
EXCEPTION WHEN feature_not_supported OR undefined_function THEN
    RETURN NULL; -- distributed databases may not notify: desks look now and then anyway
END $$;
CREATE TRIGGER tell_of_parcels AFTER INSERT ON {schema}.parcel
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.tell_of_parcels();

CREATE FUNCTION {schema}.hear() RETURNS TABLE (desk uuid, heard_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE {schema}.desk AS d SET heard_at = clock_timestamp()
        WHERE d.role = session_user AND d.withdrawn_at IS NULL;
    RETURN QUERY SELECT d.id, d.heard_at FROM {schema}.desk AS d WHERE d.withdrawn_at IS NULL;
END $$;

CREATE FUNCTION {schema}.join_event(joining uuid, verifier text)
RETURNS TABLE (login name, hub uuid, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    pairing {schema}.pairing;
    known {schema}.desk;
BEGIN
    SELECT p.* INTO pairing FROM {schema}.pairing AS p
        WHERE p.role = session_user AND p.withdrawn_at IS NULL
        AND p.valid_until > clock_timestamp() FOR SHARE;
    IF NOT FOUND OR verifier !~ '^SCRAM-SHA-256[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=:]+$' THEN
        RAISE EXCEPTION 'this pairing was withdrawn' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.* INTO known FROM {schema}.desk AS d WHERE d.id = joining;
    IF known.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'this desk was withdrawn' USING ERRCODE = 'insufficient_privilege';
    ELSIF known.id IS NULL THEN
        known.role := {desk_prefix} || replace(joining::text, '-', '');
        EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 10 PASSWORD %L IN ROLE %I',
            known.role, verifier, {desks_name});
        INSERT INTO {schema}.desk (id, role, pairing) VALUES (joining, known.role, pairing.role);
    END IF;
    RETURN QUERY SELECT known.role, h.id, pairing.wrapped FROM {schema}.hub AS h;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {desks}, {pairings};
GRANT SELECT ON {schema}.hub TO {desks}, {pairings};
GRANT SELECT ON {schema}.parcel, {schema}.desk TO {desks};
GRANT INSERT (id, desk, body) ON {schema}.parcel TO {desks};
GRANT EXECUTE ON FUNCTION {schema}.hear() TO {desks};
GRANT EXECUTE ON FUNCTION {schema}.join_event(uuid, text) TO {pairings};
"""

STEPS: tuple[Step, ...] = (_VERSION_1,)
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
    if version < len(steps):
        names = _names(event_id, hub_id)
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
        "desk_prefix": sql.Literal(desk_role_prefix(hub_id)),
    }
