"""The tables of an event file, and the steps that bring an older file up to date.

``entry`` is the ledger and the only truth; every other table is its fold and can be rebuilt, but
for ``print_job``, ``mailing`` and ``mail_job``, which belong to the desk: see ``print_jobs`` and
``mail_jobs``. ``online_send`` says what a server was told, ``unfinished_erasure`` that erased data
are still to be taken off the disk, ``parcel`` and ``hub`` what was shared with whom,
``late_entry`` what came in behind later entries, ``left_out`` what did not come in.
Times are milliseconds since 1970 (UTC); ids are UUIDs as 16 bytes. The id of an entry begins
with its clock, so the ledger lies in the order in which it is folded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw

from checkin_app.storage.jobs.mail_jobs import MAIL_JOBS
from checkin_app.storage.jobs.online_sends import ONLINE_SENDS
from checkin_app.storage.jobs.print_jobs import PRINT_JOBS
from checkin_app.storage.people.headcount import HEADCOUNT
from checkin_app.storage.privacy.refused_codes import ERASURES
from checkin_app.storage.privacy.remains import REMAINS
from checkin_app.storage.refolding import refold_presence
from checkin_app.storage.sharing.late_entries import LATE_ENTRIES
from checkin_app.storage.sharing.left_out import LEFT_OUT
from checkin_app.storage.sharing.merged_people import MERGED_PEOPLE
from checkin_app.storage.sharing.shared_ledger import SHARED_LEDGER
from checkin_app.whole_file import EVENT_FILE_MARK

APPLICATION_ID = int.from_bytes(EVENT_FILE_MARK)
"""Marks a SQLite file as an event file."""

_VERSION_1 = """
CREATE TABLE entry (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    desk TEXT NOT NULL,
    attendee BLOB,
    list TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_by_attendee ON entry (attendee) WHERE attendee IS NOT NULL;

CREATE TABLE event (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    document TEXT NOT NULL
) STRICT;

CREATE TABLE check_in_list (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE attendee (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    first_key TEXT NOT NULL,
    status TEXT NOT NULL,
    category TEXT NOT NULL,
    checked_in_at INTEGER,
    badge_prints INTEGER NOT NULL,
    badge_printed_at INTEGER,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT NOT NULL,
    attention TEXT NOT NULL,
    extra TEXT NOT NULL,
    walk_in INTEGER NOT NULL
) STRICT;
CREATE INDEX attendee_by_name ON attendee (sort_key);
CREATE INDEX attendee_by_first_name ON attendee (first_key);

CREATE TABLE code (
    code TEXT NOT NULL,
    attendee INTEGER NOT NULL,
    current INTEGER NOT NULL,
    PRIMARY KEY (code, attendee)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_in (
    attendee INTEGER NOT NULL,
    list TEXT NOT NULL,
    entry BLOB NOT NULL,
    at INTEGER NOT NULL,
    desk TEXT NOT NULL,
    reason TEXT NOT NULL,
    standing INTEGER NOT NULL,
    PRIMARY KEY (attendee, list, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_in_by_list ON check_in (list, standing, at);

CREATE VIRTUAL TABLE search USING fts5 (
    words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3'
);
"""

_VERSION_2 = """
ALTER TABLE attendee ADD COLUMN registered_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendee ADD COLUMN badge_spoilt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendee ADD COLUMN changed_since_print INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendee ADD COLUMN tray TEXT NOT NULL DEFAULT '';
ALTER TABLE attendee ADD COLUMN tray_place INTEGER NOT NULL DEFAULT 0;

CREATE INDEX entry_about_nobody ON entry (kind) WHERE attendee IS NULL;

CREATE TABLE kept (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT;
"""

_VERSION_4 = """
ALTER TABLE attendee ADD COLUMN gone_at INTEGER;
ALTER TABLE attendee ADD COLUMN ticket_sent_at INTEGER;
ALTER TABLE attendee ADD COLUMN is_erased INTEGER NOT NULL DEFAULT 0;
"""

_VERSION_5 = """
ALTER TABLE attendee ADD COLUMN open_conflicts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attendee ADD COLUMN resolved_conflicts INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attendee_in_conflict ON attendee (number)
    WHERE open_conflicts > 0 OR resolved_conflicts > 0;
CREATE INDEX code_by_attendee ON code (attendee);
"""


_MAIL_COLUMNS = {
    "sent_before": "INTEGER NOT NULL DEFAULT 0",
    "made_after": "BLOB NOT NULL DEFAULT x''",
}


def _to_version_1(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_1)


def _to_version_2(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_2)


def _to_version_3(connection: apsw.Connection) -> None:
    connection.execute(PRINT_JOBS)


def _to_version_4(connection: apsw.Connection) -> None:
    connection.execute(_VERSION_4)
    connection.execute(MAIL_JOBS)
    connection.execute(REMAINS)
    connection.execute(ONLINE_SENDS)


def _to_version_5(connection: apsw.Connection) -> None:
    _add_mail_columns(connection)
    connection.execute(_VERSION_5)
    connection.execute(MERGED_PEOPLE)
    connection.execute(SHARED_LEDGER)
    connection.execute(LATE_ENTRIES)


def _add_mail_columns(connection: apsw.Connection) -> None:
    """A file made by version 4 lacks them; one that comes from before has the table of today."""
    rows: list[Any] = connection.execute(
        "SELECT name FROM pragma_table_info('mail_job')"
    ).fetchall()
    for name, type_ in _MAIL_COLUMNS.items():
        if (name,) not in rows:
            connection.execute(f"ALTER TABLE mail_job ADD COLUMN {name} {type_}")


def _to_version_6(connection: apsw.Connection) -> None:
    connection.execute(HEADCOUNT)


def _to_version_7(connection: apsw.Connection) -> None:
    connection.execute(LEFT_OUT)


def _to_version_8(connection: apsw.Connection) -> None:
    connection.execute(ERASURES)


_MIGRATIONS: tuple[Callable[[apsw.Connection], None], ...] = (
    _to_version_1,
    _to_version_2,
    _to_version_3,
    _to_version_4,
    _to_version_5,
    _to_version_6,
    _to_version_7,
    _to_version_8,
)
"""Step n brings a file of version n to version n + 1; an empty file has version 0."""

SCHEMA_VERSION = len(_MIGRATIONS)


def file_version(connection: apsw.Connection) -> int:
    """The schema version of an open file."""
    return int(connection.pragma("user_version"))


def bring_up_to_date(connection: apsw.Connection) -> None:
    """Run the missing migrations in one transaction; another process may do it meanwhile."""
    if file_version(connection) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in _MIGRATIONS[file_version(connection) :]:
            step(connection)
        refold_presence(connection)
        connection.pragma("user_version", SCHEMA_VERSION)
        connection.pragma("application_id", APPLICATION_ID)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
