"""What of a hub this file could not take in, and whether another copy of it shares as this desk.

A parcel may be left out because it was changed on its way, because a newer program wrote it, or
because it made this program stumble. It is remembered by its number on the hub, so that a later
start can look at it again, and no more than at it.
"""

from __future__ import annotations

from collections.abc import Iterable

import apsw

LEFT_OUT = """
CREATE TABLE left_out (
    hub BLOB NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (hub, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE key_elsewhere (
    desk BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
"""

LEFT_OUT_TABLES = ("left_out", "key_elsewhere")


def left_out(connection: apsw.Connection, hub: str) -> tuple[int, ...]:
    """The numbers of what was left out of a hub, in their order."""
    rows = connection.execute(
        "SELECT number FROM left_out WHERE hub = ? ORDER BY number", (bytes.fromhex(hub),)
    )
    return tuple(number for (number,) in rows)


def write_left_out(
    connection: apsw.Connection, hub: str, numbers: Iterable[int], first: int, last: int
) -> None:
    """Remember what of the parcels from ``first`` to ``last`` was left out; the others came in."""
    hub_id = bytes.fromhex(hub)
    connection.execute(
        "DELETE FROM left_out WHERE hub = ? AND number BETWEEN ? AND ?", (hub_id, first, last)
    )
    connection.executemany(
        "INSERT INTO left_out VALUES (?, ?)", [(hub_id, number) for number in numbers]
    )


def is_key_elsewhere(connection: apsw.Connection, desk: str) -> bool:
    """Whether somebody else was seen to sign with the key of this desk."""
    query = "SELECT 1 FROM key_elsewhere WHERE desk = ?"
    return connection.execute(query, (bytes.fromhex(desk),)).get is not None


def write_key_elsewhere(connection: apsw.Connection, desk: str) -> None:
    """Remember that somebody else signs with the key of this desk."""
    connection.execute("INSERT OR IGNORE INTO key_elsewhere VALUES (?)", (bytes.fromhex(desk),))


def not_kept(connection: apsw.Connection, parcel_ids: Iterable[str]) -> tuple[str, ...]:
    """Those parcels of which this file keeps nothing."""
    query = "SELECT 1 FROM parcel WHERE id = ?"
    return tuple(
        id_ for id_ in parcel_ids if connection.execute(query, (bytes.fromhex(id_),)).get is None
    )
