"""Which attendees are wanted, as a condition of the attendee table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.language.search_text import query_words
from checkin_app.domain.ledger import milliseconds
from checkin_app.storage.people.search import match_expression


@dataclass(frozen=True, slots=True)
class AttendeeFilter:
    """Which attendees are wanted; None means it does not matter, as does an empty tuple.

    Attributes:
        text: beginnings of words, as in the search.
        or_arrived: whoever has come passes, whatever the status.
        changed: the badge would show something else than the printed one.
        spoilt: the printed badge was lost before it was handed out.
        registered_since: only who was registered then (UTC) or later.
        erased: the personal data are gone; nobody needs a badge for them.
        ids: only these; here an empty tuple means nobody.
    """

    text: str = ""
    statuses: tuple[AttendeeStatus, ...] = ()
    or_arrived: bool = False
    categories: tuple[str, ...] = ()
    arrived: bool | None = None
    printed: bool | None = None
    changed: bool | None = None
    spoilt: bool | None = None
    registered_since: datetime | None = None
    erased: bool | None = None
    ids: tuple[str, ...] | None = None


def where(wanted: AttendeeFilter) -> tuple[str, tuple[object, ...]]:
    """The WHERE clause of a filter, empty for everybody, and its bindings."""
    conditions: list[str] = []
    bindings: list[object] = []
    if wanted.statuses:
        among = f"status IN ({', '.join('?' * len(wanted.statuses))})"
        conditions.append(f"({among} OR checked_in_at NOT NULL)" if wanted.or_arrived else among)
        bindings += [status.value for status in wanted.statuses]
    if wanted.categories:
        conditions.append(f"category IN ({', '.join('?' * len(wanted.categories))})")
        bindings += wanted.categories
    for condition, asked in (
        ("checked_in_at NOT NULL", wanted.arrived),
        ("badge_prints > 0", wanted.printed),
        ("changed_since_print", wanted.changed),
        ("badge_spoilt", wanted.spoilt),
        ("is_erased", wanted.erased),
    ):
        if asked is not None:
            conditions.append(condition if asked else f"NOT ({condition})")
    if wanted.registered_since is not None:
        conditions.append("registered_at >= ?")
        bindings.append(milliseconds(wanted.registered_since))
    if wanted.ids is not None:
        # One binding for all of them: SQLite takes only so many.
        conditions.append("id IN (SELECT unhex(value) FROM json_each(?))")
        bindings.append(json.dumps(wanted.ids))
    if words := query_words(wanted.text):
        conditions.append("number IN (SELECT rowid FROM search WHERE search MATCH ?)")
        bindings.append(match_expression(words))
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", tuple(bindings)
