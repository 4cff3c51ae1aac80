"""Bulk prints in the ledger: which there were, and who lay where on their sheets."""

from __future__ import annotations

import json

import apsw

from checkin_app.domain.badges.badge_prints import (
    PrintRun,
    RunPlace,
    place_from_payload,
    run_from_payload,
)
from checkin_app.domain.ledger import EntryKind, from_milliseconds


def last_runs(connection: apsw.Connection, limit: int) -> tuple[PrintRun, ...]:
    """The latest runs, newest first."""
    rows = connection.execute(
        "SELECT payload, at, desk FROM entry WHERE attendee IS NULL AND kind = ?"
        " ORDER BY id DESC LIMIT ?",
        (EntryKind.BADGE_RUN.value, limit),
    )
    return tuple(
        run_from_payload(json.loads(payload), from_milliseconds(at), desk)
        for payload, at, desk in rows
    )


def run_entry(connection: apsw.Connection, run: str) -> bytes | None:
    """The id of the entry that describes a run, or None when no such run is recorded."""
    found: bytes | None = connection.execute(
        "SELECT id FROM entry WHERE attendee IS NULL AND kind = ? AND payload ->> '$.run' = ?"
        " ORDER BY id LIMIT 1",
        (EntryKind.BADGE_RUN.value, run),
    ).get
    return found


def run_places(connection: apsw.Connection, run: str) -> tuple[RunPlace, ...]:
    """Where everybody of a run lies, in the order of the sheets; empty for an unknown run.

    The prints of a run follow the entry that describes it, so only what came after is read.
    """
    rows = connection.execute(
        "SELECT attendee, payload FROM entry"
        " WHERE id > ? AND kind = ? AND attendee NOT NULL AND payload ->> '$.run' = ?",
        (run_entry(connection, run), EntryKind.BADGE_PRINTED.value, run),
    )
    places = [place_from_payload(id_.hex(), json.loads(payload)) for id_, payload in rows]
    return tuple(sorted(places, key=lambda place: (place.sheet, place.slot)))
