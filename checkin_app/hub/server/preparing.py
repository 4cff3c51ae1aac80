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
    except psycopg.Error as error:
        raise HubError(
            "The hub's PostgreSQL runs and does not let this program in. Stop the hub and start it"
            " again."
        ) from error


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
