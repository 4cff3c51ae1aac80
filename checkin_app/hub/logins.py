"""The logins of an event's desks and pairings, as their owner ends them."""

from __future__ import annotations

from psycopg import Connection, sql


def end_sessions(connection: Connection, role: str) -> None:
    """Who is a member of a role may end its sessions: the right a superuser has anyway."""
    query = sql.SQL("SELECT pg_has_role({}, 'USAGE')").format(role)
    if connection.execute(query).fetchone() == (False,):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (role,)
    )


def drop_role(connection: Connection, role: str) -> None:
    """Also whatever it made elsewhere, as old servers allow in the schema ``public``."""
    for statement in (
        "GRANT {} TO CURRENT_USER",
        "DROP OWNED BY {}",
        "DROP ROLE {}",
    ):
        connection.execute(sql.SQL(statement).format(sql.Identifier(role)))
