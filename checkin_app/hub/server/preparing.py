"""Makes the organiser's role and database in a server that has none."""

from __future__ import annotations

import psycopg
from psycopg import sql

from checkin_app.errors import HubError
from checkin_app.hub.server.configuration import DATABASE, OWNER
from checkin_app.hub.server.stored import ServerFile


def prepare(server_dsn: str, database_dsn: str, known: ServerFile) -> None:
    """Give the server what a hub needs, if it lacks it. Done again it changes nothing.

    The owner may make roles and end their sessions, and is no superuser.

    Raises:
        HubError: the server does not answer.
    """
    try:
        with psycopg.connect(server_dsn, autocommit=True, connect_timeout=10) as connection:
            _make_owner(connection, known.owner_password)
            _make_database(connection)
        with psycopg.connect(database_dsn, autocommit=True, connect_timeout=10) as connection:
            connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            _keep_from_filling(connection)
    except psycopg.Error as error:
        raise HubError(
            "The hub's PostgreSQL runs and does not let this program in. Stop the hub and start it"
            " again."
        ) from error


def _keep_from_filling(connection: psycopg.Connection) -> None:
    """Large objects fill the disk and advisory locks the table of all locks; no desk needs them,
    and PostgreSQL lets everybody make them.
    """
    functions = connection.execute(
        "SELECT oid::regprocedure::text FROM pg_catalog.pg_proc"
        " WHERE pronamespace = 'pg_catalog'::regnamespace"
        " AND (proname IN ('lo_create', 'lo_creat', 'lo_from_bytea')"
        " OR proname ~ '^pg_(try_)?advisory_.*lock')"
    ).fetchall()
    names = sql.SQL(", ").join(sql.SQL(signature) for (signature,) in functions)
    connection.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(names))


def _make_owner(connection: psycopg.Connection, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (OWNER,)).fetchone()
    owner = sql.Identifier(OWNER)
    if not known:
        connection.execute(sql.SQL("CREATE ROLE {} CREATEROLE").format(owner))
    connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(owner))
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(owner, sql.Literal(password))
    )


def _make_database(connection: psycopg.Connection) -> None:
    known = connection.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)
    ).fetchone()
    if not known:
        database, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(
        sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE))
    )
