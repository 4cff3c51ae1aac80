"""Keeps the tables that screens read equal to the fold of the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

import apsw

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.language.search_text import index_text
from checkin_app.storage.privacy.vanishing import remove_people
from checkin_app.storage.rows import (
    ATTENDEE_COLUMNS,
    CHECK_IN_COLUMNS,
    NEW_PERSON_COLUMNS,
    PRESENCE_COLUMNS,
    attendee_row,
    check_in_rows,
    code_rows,
    new_attendee_row,
    placeholders,
    presence_row,
)
from checkin_app.storage.sharing.merged_people import (
    Change,
    concerned_by_merging,
    fold_person,
    is_hidden,
    note_merged,
    settle_mergings,
    unsettled,
)

_INSERT_ATTENDEE = (
    f"INSERT INTO attendee (number, {ATTENDEE_COLUMNS})"
    f" VALUES (?, {placeholders(ATTENDEE_COLUMNS)})"
)
_INSERT_NEW_ATTENDEE = (
    f"INSERT INTO attendee (number, {NEW_PERSON_COLUMNS})"
    f" VALUES (?, {placeholders(NEW_PERSON_COLUMNS)})"
)
_ATTENDEE_COLUMNS = ATTENDEE_COLUMNS.split(", ")
_OF_ATTENDEE = {
    "code": "attendee",
    "check_in": "attendee",
    "search": "rowid",
    "attendee": "number",
}
"""Tables with what belongs to an attendee, each with the column of the attendee's number; in the
order in which ``headcount`` can follow when it is taken out."""
_UPDATE_PRESENCE = (
    f"UPDATE attendee SET ({PRESENCE_COLUMNS}) = ({placeholders(PRESENCE_COLUMNS)})"
    " WHERE number = ?"
)
_UPDATE_PRESENCE_OF_ID = _UPDATE_PRESENCE.replace("number = ?", "id = ?")
_INSERT_CHECK_IN = (
    f"INSERT INTO check_in (attendee, {CHECK_IN_COLUMNS})"
    f" VALUES (?, {placeholders(CHECK_IN_COLUMNS)})"
    " ON CONFLICT (attendee, list, entry) DO UPDATE SET at = excluded.at, desk = excluded.desk,"
    " reason = excluded.reason, standing = excluded.standing"
)
_INSERT_CODE = "REPLACE INTO code (attendee, code, current) VALUES (?, ?, ?)"
_INSERT_WORDS = "INSERT INTO search (rowid, words) VALUES (?, ?)"
_INDEXED_WORD = re.compile("[a-z0-9]+")


def searched_words(attendee: Attendee) -> str:
    """What the search index is given of an attendee."""
    texts = (attendee.first_name, attendee.last_name, attendee.organisation, attendee.email)
    return " ".join([index_text(text) for text in (*texts, *attendee.extra.values()) if text])


def indexed_words(attendee: Attendee) -> set[str]:
    """The words that the search index makes of ``searched_words``."""
    return set(_INDEXED_WORD.findall(searched_words(attendee).lower()))


def number_of(connection: apsw.Connection, attendee_id: str) -> int | None:
    """The row number of an attendee in this file, or None."""
    number: int | None = connection.execute(
        "SELECT number FROM attendee WHERE id = ?", (bytes.fromhex(attendee_id),)
    ).get
    return number


def project(
    connection: apsw.Connection, before: AttendeeRecord | None, after: AttendeeRecord | None
) -> None:
    """Write what one new entry changed about an attendee.

    A check-in touches neither the search index nor the codes: it must cost as little as the
    commit that makes it durable.
    """
    _project_own(connection, before, after)
    _project_merged(connection, [(before, after)])


def _project_own(
    connection: apsw.Connection, before: AttendeeRecord | None, after: AttendeeRecord | None
) -> None:
    if after == before:
        return
    known = [record for record in (before, after) if record is not None]
    if any(record.merged_into for record in known):
        # Where it is written depends on others, too.
        into = "" if after is None else after.merged_into
        note_merged(connection, known[0].attendee.id, into)
        return
    if after is None:
        if before is not None:
            remove_people(connection, [bytes.fromhex(before.attendee.id)])
        return
    number = number_of(connection, after.attendee.id)
    if before is None or number is None:
        _insert_record(connection, _next_number(connection), after)
        return
    if _is_same_person(before, after):
        connection.execute(_UPDATE_PRESENCE, (*presence_row(after), number))
    else:
        _rewrite_attendee(connection, number, before, after)
    _project_check_ins(connection, number, before, after)


def project_many(
    connection: apsw.Connection,
    changes: Sequence[Change],
) -> None:
    """Write what new entries changed about several attendees, given before and after.

    Those about whom only arrival, prints or marks change are written in one go.
    """
    marked = []
    for before, after in changes:
        if before is None or after is None or not _is_only_marked(before, after):
            _project_own(connection, before, after)
        elif before != after:
            marked.append((*presence_row(after), bytes.fromhex(after.attendee.id)))
    connection.executemany(_UPDATE_PRESENCE_OF_ID, marked)
    _project_merged(connection, changes)


def settle_doubles(connection: apsw.Connection) -> None:
    """Look again who is shown as somebody else, after everybody was erased."""
    _write_concerned(connection, unsettled(connection))


def _project_merged(connection: apsw.Connection, changes: Sequence[Change]) -> None:
    """Write those anew about whom the entries of others tell as well."""
    _write_concerned(connection, concerned_by_merging(connection, changes))


def _write_concerned(connection: apsw.Connection, concerned: Collection[str]) -> None:
    if not concerned:
        return
    for attendee_id in settle_mergings(connection, concerned):
        record = fold_person(connection, attendee_id)
        if record is None or is_hidden(connection, attendee_id):
            _hide(connection, attendee_id)
        else:
            _write_anew(connection, record)


def _write_anew(connection: apsw.Connection, record: AttendeeRecord) -> None:
    number = number_of(connection, record.attendee.id)
    if number is None:
        number = _next_number(connection)
    else:
        _take_out(connection, number)
    _insert_record(connection, number, record)


def _hide(connection: apsw.Connection, attendee_id: str) -> None:
    """Take a double out of the tables; what waits for a printer or the mail goes its way."""
    number = number_of(connection, attendee_id)
    if number is not None:
        _take_out(connection, number)


def _take_out(connection: apsw.Connection, number: int) -> None:
    for table, column in _OF_ATTENDEE.items():
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


def _is_same_person(before: AttendeeRecord, after: AttendeeRecord) -> bool:
    """Whether neither the person changed nor a code that means it, late or long replaced."""
    return before.attendee == after.attendee and set(code_rows(before)) == set(code_rows(after))


def _is_only_marked(before: AttendeeRecord, after: AttendeeRecord) -> bool:
    return (
        _is_same_person(before, after)
        and before.check_ins == after.check_ins
        and before.later_check_ins == after.later_check_ins
        and before.merged_into == after.merged_into == ""
    )


def _rewrite_attendee(
    connection: apsw.Connection, number: int, before: AttendeeRecord, after: AttendeeRecord
) -> None:
    _update_attendee(connection, number, attendee_row(before), attendee_row(after))
    _replace_words(connection, number, before.attendee, after.attendee)
    had, has = code_rows(before), code_rows(after)
    if had != has:
        connection.executemany(
            "DELETE FROM code WHERE code = ? AND attendee = ?",
            ((code, number) for code, _ in had),
        )
        connection.executemany(_INSERT_CODE, ((number, *row) for row in has))


def _update_attendee(
    connection: apsw.Connection, number: int, before: Sequence[Any], after: Sequence[Any]
) -> None:
    """Write the columns that differ: the indexes over all others need not be touched."""
    changed = {
        name: new
        for name, old, new in zip(_ATTENDEE_COLUMNS, before, after, strict=True)
        if old != new
    }
    if changed:
        assigned = ", ".join(f"{name} = ?" for name in changed)
        statement = f"UPDATE attendee SET {assigned} WHERE number = ?"
        connection.execute(statement, (*changed.values(), number))


def _project_check_ins(
    connection: apsw.Connection, number: int, before: AttendeeRecord, after: AttendeeRecord
) -> None:
    had, has = set(check_in_rows(before)), set(check_in_rows(after))
    if gone := had - has:
        connection.executemany(
            "DELETE FROM check_in WHERE attendee = ? AND list = ? AND entry = ?",
            ((number, list_id, entry) for list_id, entry, *_ in gone),
        )
    if new := has - had:
        connection.executemany(_INSERT_CHECK_IN, ((number, *row) for row in new))


def insert_people(
    connection: apsw.Connection,
    people: Sequence[tuple[bytes, str, Attendee]],
    registered_at: int,
) -> None:
    """Write new people, each given as id, code and attendee, who have only been registered."""
    numbered = list(enumerate(people, _next_number(connection)))
    connection.executemany(
        _INSERT_NEW_ATTENDEE,
        [(n, *new_attendee_row(*person, registered_at)) for n, person in numbered],
    )
    connection.executemany(_INSERT_CODE, [(n, code, True) for n, (_, code, _) in numbered])
    connection.executemany(
        _INSERT_WORDS, [(n, searched_words(attendee)) for n, (_, _, attendee) in numbered]
    )


def _insert_record(connection: apsw.Connection, number: int, record: AttendeeRecord) -> None:
    """Write an attendee who is not in the tables, with all that happened before."""
    connection.execute(_INSERT_ATTENDEE, (number, *attendee_row(record)))
    connection.executemany(_INSERT_CODE, ((number, *row) for row in code_rows(record)))
    connection.executemany(_INSERT_CHECK_IN, ((number, *row) for row in check_in_rows(record)))
    connection.execute(_INSERT_WORDS, (number, searched_words(record.attendee)))


def _next_number(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT max(number) FROM attendee").get or 0) + 1


def _replace_words(
    connection: apsw.Connection, number: int, before: Attendee, after: Attendee
) -> None:
    words = searched_words(after)
    if words != searched_words(before):
        connection.execute("DELETE FROM search WHERE rowid = ?", (number,))
        connection.execute(_INSERT_WORDS, (number, words))
