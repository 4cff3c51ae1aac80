"""People who were registered twice: which record stays, and what both add up to.

The table ``merged`` is part of the fold. Whose merging holds is in no other folded table, so no
list, search or sum has to know of doubles; codes and admissions of doubles are with the one who
stays. A merging does not hold while the other record is not registered here, or was erased by a
desk that did not know of it: then the double is a person like any other, and nobody is lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.erasure import is_erased
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry
from checkin_app.storage.rows import ENTRY_COLUMNS, entry_from_row, stored_values

# Another desk's entry may name anything: of what is no id, unhex makes nothing.
_GIVEN_OF_ERASED = """
SELECT DISTINCT given.attendee FROM entry AS merging
JOIN entry AS given ON given.attendee = unhex(merging.payload ->> '$.into')
WHERE merging.attendee = unhex(?1) AND merging.kind = 'merged'
AND given.kind = 'amended' AND given.payload ->> '$.double' = ?1
AND EXISTS (SELECT 1 FROM entry WHERE attendee = merging.attendee AND kind = 'erased')
"""

Change = tuple[AttendeeRecord | None, AttendeeRecord | None]
"""What the own entries of one person tell, before and after."""

MERGED_PEOPLE = """
CREATE TABLE merged (
    attendee BLOB PRIMARY KEY,
    into_attendee BLOB NOT NULL,
    holds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_into ON merged (into_attendee);
"""

BY_PEOPLE = (
    "EXISTS (SELECT 1 FROM entry WHERE entry.attendee = merged.attendee AND kind = 'merged'"
    " AND payload ->> '$.by' IS NULL)"
)
"""Of a row of ``merged``: somebody said so. What two lists made of one person is merged without
anybody's word."""

_INTO = "SELECT into_attendee FROM merged WHERE attendee = ? AND holds"
_MERGED_INTO = "SELECT attendee FROM merged WHERE into_attendee = ? AND holds"
_ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM entry WHERE attendee = ? ORDER BY id"


def who_stays(connection: apsw.Connection, attendee_id: str) -> str:
    """The id of the record that stays of somebody: the same, unless it is a double's.

    The way has an end: people are merged into those with a smaller id.
    """
    id_ = bytes.fromhex(attendee_id)
    into: bytes | None
    while into := connection.execute(_INTO, (id_,)).get:
        id_ = into
    return id_.hex()


def whose(connection: apsw.Connection, entry_id: str) -> str:
    """The id of the record that an entry about somebody was written for, double or not."""
    id_: bytes = connection.execute(
        "SELECT attendee FROM entry WHERE id = ?", (bytes.fromhex(entry_id),)
    ).get
    return id_.hex()


def doubles_of(connection: apsw.Connection, attendee_id: str) -> list[str]:
    """The ids of all who were merged into somebody, and of those merged into them."""
    rows = connection.execute(_MERGED_INTO, (bytes.fromhex(attendee_id),))
    merged = [id_.hex() for (id_,) in rows]
    return merged + [further for id_ in merged for further in doubles_of(connection, id_)]


@stored_values()
def entries_of(connection: apsw.Connection, attendee_id: str) -> list[Entry]:
    """All entries about one attendee, in order, without those about doubles."""
    rows = connection.execute(_ENTRIES, (bytes.fromhex(attendee_id),))
    return [entry_from_row(row) for row in rows]


def entries_of_doubles(connection: apsw.Connection, attendee_id: str) -> list[Entry]:
    """All entries about those who were merged into somebody."""
    return [
        entry
        for double in doubles_of(connection, attendee_id)
        for entry in entries_of(connection, double)
    ]


def fold_person(connection: apsw.Connection, attendee_id: str) -> AttendeeRecord | None:
    """What the file knows about somebody, doubles included."""
    return fold_attendee(
        entries_of(connection, attendee_id), entries_of_doubles(connection, attendee_id)
    )


def who_has_of_erased(connection: apsw.Connection, double: str) -> list[str]:
    """The ids of those who were given something of a double, also where the merging was taken back.

    Args:
        double: who was erased; nobody has anything to be erased of anybody else, nor of no id.
    """
    rows = connection.execute(_GIVEN_OF_ERASED, (double,))
    return [id_.hex() for (id_,) in rows]


def is_hidden(connection: apsw.Connection, attendee_id: str) -> bool:
    """Whether somebody is shown as the record that stays."""
    return connection.execute(_INTO, (bytes.fromhex(attendee_id),)).get is not None


def note_merged(connection: apsw.Connection, attendee_id: str, into: str) -> None:
    """Remember into whom somebody is merged; an empty text for nobody."""
    connection.execute("DELETE FROM merged WHERE attendee = ?", (bytes.fromhex(attendee_id),))
    if into:
        connection.execute(
            "INSERT INTO merged VALUES (?, ?, 0)",
            (bytes.fromhex(attendee_id), bytes.fromhex(into)),
        )


def concerned_by_merging(connection: apsw.Connection, changes: Iterable[Change]) -> set[str]:
    """Ids of those about whom more is told than by the entries of their own.

    Args:
        changes: the people whose own entries are new, before and after.
    """
    records = [record for change in changes for record in change if record is not None]
    merged = {record.attendee.id for record in records if record.merged_into}
    if not merged and connection.execute("SELECT 1 FROM merged LIMIT 1").get is None:
        return set()
    targets = {record.merged_into for record in records if record.merged_into}
    ids = {record.attendee.id for record in records}
    return merged | targets | {id_ for id_ in ids if _mergings(connection, id_)}


def settle_mergings(connection: apsw.Connection, concerned: Iterable[str]) -> set[str]:
    """Decide anew which mergings hold. Gives everybody who may be shown otherwise now."""
    people = set(concerned)
    mergings = {one for id_ in people for one in _mergings(connection, id_)}
    people |= {double for double, _into in mergings}
    people |= {who_stays(connection, id_) for id_ in people}
    for double, into in mergings:
        connection.execute(
            "UPDATE merged SET holds = ? WHERE attendee = ?",
            (merging_holds(connection, double, into), bytes.fromhex(double)),
        )
    return people | {who_stays(connection, id_) for id_ in people}


def merging_holds(connection: apsw.Connection, double: str, into: str) -> bool:
    """Whether a double is shown as the other record."""
    target = fold_attendee(entries_of(connection, into))
    if target is None or not target.is_erased:
        return target is not None
    return is_erased(entries_of(connection, double))


def unsettled(connection: apsw.Connection) -> list[str]:
    """Ids of those whose merging does not hold."""
    return [
        id_.hex() for (id_,) in connection.execute("SELECT attendee FROM merged WHERE NOT holds")
    ]


def _mergings(connection: apsw.Connection, attendee_id: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT attendee, into_attendee FROM merged WHERE attendee = ?1 OR into_attendee = ?1",
        (bytes.fromhex(attendee_id),),
    )
    return [(double.hex(), into.hex()) for double, into in rows]
