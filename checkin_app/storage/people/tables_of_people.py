"""Which tables of an event file hold something about people beside the ledger and its fold."""

from __future__ import annotations

from typing import Any

import apsw

from checkin_app.storage.sharing.left_out import LEFT_OUT_TABLES
from checkin_app.storage.sharing.shared_ledger import SHARING_TABLES

_FOLDED = (
    "entry",
    "event",
    "check_in_list",
    "attendee",
    "code",
    "check_in",
    "headcount",
    "kept",
    "search",
    "merged",
)
_OF_NOBODY = ("online_send", "unfinished_erasure", *SHARING_TABLES, *LEFT_OUT_TABLES)
"""What was sent to which server, or shared with which hub, names only entries: without it they
would be sent again."""


def other_tables(connection: apsw.Connection) -> list[str]:
    """All tables that are neither the ledger nor its fold."""
    tables: list[Any] = connection.execute(
        "SELECT name, type FROM pragma_table_list WHERE schema = 'main'"
    ).fetchall()
    return [
        name
        for name, kind in tables
        if kind == "table"
        and name not in (*_FOLDED, *_OF_NOBODY)
        and not name.startswith("sqlite_")
    ]


def tables_by_person(connection: apsw.Connection) -> list[str]:
    """Of those, the ones that name people by their ids, in a column "attendee"."""
    return [
        table
        for table in other_tables(connection)
        if connection.execute(
            "SELECT 1 FROM pragma_table_info(?) WHERE name = 'attendee' AND type = 'BLOB'", (table,)
        ).get
    ]
