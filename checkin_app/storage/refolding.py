"""Folds the ledger of an older file into the columns that a newer program added."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import apsw

from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry
from checkin_app.storage.rows import (
    ENTRY_COLUMNS,
    PRESENCE_COLUMNS,
    entry_from_row,
    placeholders,
    presence_row,
    stored_values,
)
from checkin_app.storage.sharing.merged_people import entries_of_doubles

_UPDATE_PRESENCE = (
    f"UPDATE attendee SET ({PRESENCE_COLUMNS}) = ({placeholders(PRESENCE_COLUMNS)}) WHERE id = ?"
)


def entries_by_attendee(connection: apsw.Connection) -> Iterator[tuple[str, list[Entry]]]:
    """Everybody in the ledger with the entries about them."""
    rows = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee IS NOT NULL ORDER BY attendee"
    )
    for attendee_id, group in groupby(map(entry_from_row, rows), lambda e: e.attendee_id):
        yield attendee_id, list(group)


@stored_values()
def refold_presence(connection: apsw.Connection) -> None:
    """Write arrival, prints and registration of everybody anew."""
    stay = {id_.hex() for (id_,) in connection.execute("SELECT into_attendee FROM merged")}
    for attendee_id, entries in entries_by_attendee(connection):
        doubles = entries_of_doubles(connection, attendee_id) if attendee_id in stay else ()
        record = fold_attendee(entries, doubles)
        if record is not None:
            connection.execute(
                _UPDATE_PRESENCE, (*presence_row(record), bytes.fromhex(attendee_id))
            )
