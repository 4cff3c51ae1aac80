"""Compares the tables that screens read with a fresh fold of the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import apsw

from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.fold import fold_attendee
from checkin_app.storage.kept import kept_entries, kept_rows
from checkin_app.storage.ledger import description_entries
from checkin_app.storage.people.headcount import is_counted_right
from checkin_app.storage.projection import described_rows, indexed_words
from checkin_app.storage.refolding import entries_by_attendee
from checkin_app.storage.rows import (
    ATTENDEE_COLUMNS,
    CHECK_IN_COLUMNS,
    attendee_row,
    check_in_rows,
    code_rows,
)
from checkin_app.storage.sharing.merged_people import entries_of_doubles, merging_holds

_SHARING_FAULTS = {
    "There are parcels with entries that the ledger does not know.": (
        "FROM parcel_entry WHERE NOT EXISTS (SELECT 1 FROM entry WHERE id = parcel_entry.entry)"
    ),
    "There are entries in a parcel that is not known.": (
        "FROM parcel_entry WHERE parcel NOT IN (SELECT number FROM parcel)"
    ),
    "There are parcels without any entry.": (
        "FROM parcel WHERE state <> 'released'"
        " AND NOT EXISTS (SELECT 1 FROM parcel_entry WHERE parcel = parcel.number)"
    ),
    "There are entries that are taken for shared and are in no parcel.": (
        "FROM entry WHERE id <= (SELECT entry FROM shared_up_to)"
        " AND NOT EXISTS (SELECT 1 FROM parcel_entry WHERE parcel_entry.entry = entry.id)"
    ),
    "A desk is taken to have shared parcels that are not here.": (
        "FROM desk_parcels WHERE all_up_to <> (SELECT count(DISTINCT sequence) FROM parcel"
        " WHERE parcel.desk = desk_parcels.desk AND sequence <= all_up_to)"
    ),
    "A hub is taken to have parcels that are not known.": (
        "FROM hub WHERE has_up_to > (SELECT coalesce(max(number), 0) FROM parcel)"
    ),
}
"""What may be wrong with the tables of sharing, each with how it is found."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the whole file found.

    Attributes:
        entries: how many ledger entries were folded.
        differences: one sentence each, naming attendees by id only; empty when all is well.
    """

    entries: int
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the file is whole and its tables equal the fold."""
        return not self.differences


def verify(connection: apsw.Connection) -> Verification:
    """Check the pages of the file, refold every attendee and compare with the tables."""
    connection.execute("BEGIN")
    try:
        differences = list(_damage(connection))
        try:
            differences += _description_differences(connection)
            differences += _fold_differences(connection)
            differences += _sharing_differences(connection)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            differences.append(f"The ledger cannot be folded: {type(error).__name__}.")
        entries = int(connection.execute("SELECT count(*) FROM entry").get)
    finally:
        connection.execute("COMMIT")
    return Verification(entries, tuple(differences))


def _damage(connection: apsw.Connection) -> Iterator[str]:
    for (message,) in connection.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield f"The file is damaged: {message}"


def _description_differences(connection: apsw.Connection) -> Iterator[str]:
    event, lists = described_rows(description_entries(connection))
    if connection.execute("SELECT only, document FROM event").fetchall() != event:
        yield "The description of the event differs from the ledger."
    rows = "SELECT id, position, document FROM check_in_list ORDER BY position"
    if connection.execute(rows).fetchall() != lists:
        yield "The check-in lists differ from the ledger."
    held = connection.execute("SELECT kind, name, document FROM kept ORDER BY kind, name")
    if held.fetchall() != kept_rows(kept_entries(connection)):
        yield "The layouts and stock that are kept differ from the ledger."


def _fold_differences(connection: apsw.Connection) -> Iterator[str]:
    folded = codes = check_ins = words = 0
    merged: set[tuple[bytes, bytes, int]] = set()
    stay = {id_.hex() for (id_,) in connection.execute("SELECT into_attendee FROM merged")}
    for attendee_id, entries in entries_by_attendee(connection):
        doubles = entries_of_doubles(connection, attendee_id) if attendee_id in stay else ()
        record = fold_attendee(entries, doubles)
        was_erased = is_erased(entries) or (record is not None and record.is_erased)
        if was_erased and any(blanked(entry) != entry for entry in entries):
            yield f"Attendee {attendee_id} was erased, but the ledger still tells of the person."
        if record is None:
            continue
        if into := record.merged_into:
            holds = merging_holds(connection, attendee_id, into)
            merged.add((bytes.fromhex(attendee_id), bytes.fromhex(into), int(holds)))
            if holds:
                continue
        folded += 1
        number = connection.execute(
            "SELECT number FROM attendee WHERE id = ?", (bytes.fromhex(attendee_id),)
        ).get
        if number is None:
            yield f"Attendee {attendee_id} is in the ledger, but not in the table."
            continue
        wanted = {
            "attendee": [attendee_row(record)],
            "check-ins": sorted(check_in_rows(record)),
        }
        check_ins += len(wanted["check-ins"])
        words += sum(hash((word, number)) for word in indexed_words(record.attendee))
        found = {
            "attendee": _rows(connection, "attendee", ATTENDEE_COLUMNS, "number", number),
            "check-ins": _rows(connection, "check_in", CHECK_IN_COLUMNS, "attendee", number),
        }
        for what, rows in wanted.items():
            if rows != found[what]:
                yield f"The {what} of attendee {attendee_id} differ from the ledger."
        for code, current in code_rows(record):
            codes += 1
            held = connection.execute(
                "SELECT current FROM code WHERE code = ? AND attendee = ?", (code, number)
            ).get
            if held != current:
                yield f"A code of attendee {attendee_id} differs from the ledger."
    if set(connection.execute("SELECT attendee, into_attendee, holds FROM merged")) != merged:
        yield "The people who were merged differ from the ledger."
    if connection.execute("SELECT count(*) FROM code").get != codes:
        yield "There are codes that the ledger does not know."
    if connection.execute("SELECT count(*) FROM check_in").get != check_ins:
        yield "There are check-ins that the ledger does not know."
    if sum(map(hash, _indexed_words(connection))) != words:
        yield "The search index differs from the ledger."
    for table in ("attendee", "search"):
        count = connection.execute(f"SELECT count(*) FROM {table}").get
        if count != folded:
            yield f"The table {table} holds {count} people, the ledger {folded}."
    if not is_counted_right(connection):
        yield "The numbers of attendees and arrivals are not what counting them comes to."


def _sharing_differences(connection: apsw.Connection) -> Iterator[str]:
    for sentence, question in _SHARING_FAULTS.items():
        if connection.execute(f"SELECT 1 {question} LIMIT 1").get:
            yield sentence


def _rows(
    connection: apsw.Connection, table: str, columns: str, key: str, number: int
) -> list[tuple[object, ...]]:
    rows = connection.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?", (number,))
    return sorted(tuple(row) for row in rows)


def _indexed_words(connection: apsw.Connection) -> Iterator[tuple[object, ...]]:
    """Every word of the search index with the row number of the person it stands for."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed USING fts5vocab(main, search, instance)"
    )
    return map(tuple, connection.execute("SELECT term, doc FROM temp.indexed"))
