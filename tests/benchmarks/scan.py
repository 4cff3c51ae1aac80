"""Scan → durable outcome, against a bare look-up, insert and commit in SQLite."""

from __future__ import annotations

import random
import time
from pathlib import Path

import apsw

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_floor, against_limit, percentile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_SCANS = 4000
_WARM_UP = 50


def measure(folder: Path, attendees: int) -> list[Figure]:
    """Check in people in random order, one here, one in the bare database, in turn."""
    event_file = EventFile.create(
        folder / "scan.checkin", EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW
    )
    desk = CheckInDesk(event_file, "Desk 1", CHECK_IN_LIST)
    bare = _BareDatabase(folder / "bare.sqlite", attendees)
    codes = [person.code for person in people(attendees)]
    chosen = random.Random(7).sample(codes, min(_SCANS, attendees))
    ours, floor = [], []
    for place, code in enumerate(chosen):
        begin = time.perf_counter()
        bare.check_in(code)
        middle = time.perf_counter()
        outcome = desk.handle(Scan(code))
        end = time.perf_counter()
        assert outcome.kind is OutcomeKind.ADMITTED
        if place >= _WARM_UP:
            floor.append((middle - begin) * 1000)
            ours.append((end - middle) * 1000)
    what = f"scan to durable outcome, {attendees:,} attendees"
    p50, p99 = percentile(ours, 50), percentile(ours, 99)
    return [
        against_floor(f"{what}, p50", p50, percentile(floor, 50), "ms", 2),
        Figure(f"{what}, p99", p99, "ms", percentile(floor, 99), "10 ms", p99 < 10),
        against_limit(f"{what}, slowest of {len(ours):,}", max(ours), "ms", 100),
    ]


class _BareDatabase:
    """The least a check-in can be: find the code, insert a row unless there is one, commit."""

    def __init__(self, path: Path, attendees: int) -> None:
        self._connection = apsw.Connection(str(path))
        self._connection.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE attendee (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
            " first_name TEXT, last_name TEXT, organisation TEXT, category TEXT);"
            "CREATE TABLE check_in (attendee INTEGER, list TEXT, desk TEXT, at TEXT,"
            " UNIQUE (attendee, list))"
        ).fetchall()
        with self._connection:
            self._connection.executemany(
                "INSERT INTO attendee VALUES (NULL, ?, ?, ?, ?, ?)",
                (
                    (p.code, p.first_name, p.last_name, p.organisation, p.category)
                    for p in people(attendees)
                ),
            )

    def check_in(self, code: str) -> tuple[object, ...]:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        found: tuple[object, ...] = execute(
            "SELECT id, first_name, last_name, organisation, category FROM attendee WHERE code = ?",
            (code,),
        ).get
        execute(
            "INSERT INTO check_in VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (found[0], "desk", "Desk 1", time.time()),
        )
        execute("COMMIT")
        return found
