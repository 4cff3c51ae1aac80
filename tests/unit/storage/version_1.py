"""Makes event files as the first version of the program made them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from checkin_app.storage.projection import searched_words
from checkin_app.storage.rows import ATTENDEE_COLUMNS, attendee_from_row
from checkin_app.storage.schema import APPLICATION_ID

SCHEMA = """
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
_ATTENDEE_COLUMNS = (
    "number, id, sort_key, first_key, status, category, checked_in_at, badge_prints,"
    " badge_printed_at, code, title, first_name, last_name, organisation, role, country, email,"
    " attention, extra, walk_in"
)
_COPIED = {
    "entry": "id, kind, at, desk, attendee, list, payload",
    "event": "only, document",
    "check_in_list": "id, position, document",
    "attendee": _ATTENDEE_COLUMNS,
    "code": "code, attendee, current",
    "check_in": "attendee, list, entry, at, desk, reason, standing",
}


def as_version_1(present: Path, path: Path) -> Path:
    """Write what a closed event file of today holds as the first version would have."""
    with closing(apsw.Connection(str(path))) as old:
        old.execute(SCHEMA)
        old.execute("ATTACH ? AS present", (str(present),))
        for table, columns in _COPIED.items():
            old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM present.{table}")
        people = old.execute(f"SELECT number, {ATTENDEE_COLUMNS} FROM present.attendee").fetchall()
        for number, *row in people:
            words = searched_words(attendee_from_row(row))
            old.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, words))
        old.pragma("user_version", 1)
        old.pragma("application_id", APPLICATION_ID)
    return path
