"""Takes people out of the tables whom the ledger no longer registers."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

_NUMBERED = "(SELECT number FROM temp.vanishing)"
_IDENTIFIED = "(SELECT id FROM temp.vanishing)"
_DELETIONS = (
    f"DELETE FROM check_in WHERE attendee IN {_NUMBERED}",
    f"DELETE FROM code WHERE attendee IN {_NUMBERED}",
    f"DELETE FROM search WHERE rowid IN {_NUMBERED}",
    f"DELETE FROM print_job WHERE attendee IN {_IDENTIFIED}",
    f"DELETE FROM mail_job WHERE attendee IN {_IDENTIFIED}",
    f"DELETE FROM attendee WHERE number IN {_NUMBERED}",
)


def remove_people(connection: apsw.Connection, ids: Iterable[bytes]) -> None:
    """Delete people from every table: themselves, codes, words, check-ins, waiting jobs.

    However many they are, each table is gone through once.
    """
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS vanishing (id BLOB PRIMARY KEY, number INTEGER)"
    )
    connection.executemany(
        "INSERT INTO temp.vanishing SELECT id, number FROM attendee WHERE id = ?",
        ((id_,) for id_ in ids),
    )
    for deletion in _DELETIONS:
        connection.execute(deletion)
    connection.execute("DELETE FROM temp.vanishing")
