"""Compares the tables that screens read with a fresh fold of the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import apsw

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.erasure import blanked, is_erased
from checkin_app.domain.fold import fold_attendee
from checkin_app.storage.descriptions import described_rows
from checkin_app.storage.kept import kept_entries, kept_rows
from checkin_app.storage.ledger import description_entries
from checkin_app.storage.people.headcount import is_counted_right
from checkin_app.storage.projection import indexed_words
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


@dataclass(slots=True)
class _Sums:
    """What the fold of the whole ledger comes to, as far as it was folded.

    Attributes:
        words: of the search index, as the sum of their hashes.
        merged: the rows of the table of merged people.
    """

    people: int = 0
    codes: int = 0
    check_ins: int = 0
    words: int = 0
    merged: set[tuple[bytes, bytes, int]] = field(default_factory=set)


def _fold_differences(connection: apsw.Connection) -> Iterator[str]:
    sums = _Sums()
    stay = {id_.hex() for (id_,) in connection.execute("SELECT into_attendee FROM merged")}
    for attendee_id, entries in entries_by_attendee(connection):
        doubles = entries_of_doubles(connection, attendee_id) if attendee_id in stay else ()
        record = fold_attendee(entries, doubles)
        was_erased = is_erased(entries) or (record is not None and record.is_erased)
        if was_erased and any(blanked(entry) != entry for entry in entries):
            yield f"Attendee {attendee_id} was erased, but the ledger still tells of the person."
        if record is not None and not _is_in_another(connection, record, sums):
            yield from _person_differences(connection, record, sums)
    yield from _sum_differences(connection, sums)


def _is_in_another(connection: apsw.Connection, record: AttendeeRecord, sums: _Sums) -> bool:
    """Whether somebody's entries are folded with those of another record."""
    if not record.merged_into:
        return False
    attendee_id, into = record.attendee.id, record.merged_into
    holds = merging_holds(connection, attendee_id, into)
    sums.merged.add((bytes.fromhex(attendee_id), bytes.fromhex(into), int(holds)))
    return holds


def _person_differences(
    connection: apsw.Connection, record: AttendeeRecord, sums: _Sums
) -> Iterator[str]:
    """How the rows of one person differ; adds what the person has to the sums."""
    attendee_id = record.attendee.id
    sums.people += 1
    number = connection.execute(
        "SELECT number FROM attendee WHERE id = ?", (bytes.fromhex(attendee_id),)
    ).get
    if number is None:
        yield f"Attendee {attendee_id} is in the ledger, but not in the table."
        return
    check_ins = sorted(check_in_rows(record))
    sums.check_ins += len(check_ins)
    sums.words += sum(hash((word, number)) for word in indexed_words(record.attendee))
    if _rows(connection, "attendee", ATTENDEE_COLUMNS, "number", number) != [attendee_row(record)]:
        yield f"The record of attendee {attendee_id} differs from the ledger."
    if _rows(connection, "check_in", CHECK_IN_COLUMNS, "attendee", number) != check_ins:
        yield f"The check-ins of attendee {attendee_id} differ from the ledger."
    for code, current in code_rows(record):
        sums.codes += 1
        held = connection.execute(
            "SELECT current FROM code WHERE code = ? AND attendee = ?", (code, number)
        ).get
        if held != current:
            yield f"A code of attendee {attendee_id} differs from the ledger."


def _sum_differences(connection: apsw.Connection, sums: _Sums) -> Iterator[str]:
    """What the tables hold beyond the ledger, or lack, whomever it belongs to."""
    if set(connection.execute("SELECT attendee, into_attendee, holds FROM merged")) != sums.merged:
        yield "The people who were merged differ from the ledger."
    if connection.execute("SELECT count(*) FROM code").get != sums.codes:
        yield "There are codes that the ledger does not know."
    if connection.execute("SELECT count(*) FROM check_in").get != sums.check_ins:
        yield "There are check-ins that the ledger does not know."
    if sum(map(hash, _indexed_words(connection))) != sums.words:
        yield "The search index differs from the ledger."
    for table in ("attendee", "search"):
        count = connection.execute(f"SELECT count(*) FROM {table}").get
        if count != sums.people:
            yield f"The table {table} holds {count} people, the ledger {sums.people}."
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
