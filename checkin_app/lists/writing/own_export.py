"""How the program's own list of all attendees is laid out, so that it comes in again unchanged.

After the fields of an attendee stand the list's own columns, and after these what the program
knows besides. One of the list's own columns that is called as one of ours, as "desk" or "Status",
goes out as "extra: desk" and comes in under its name again. The preset "checkin-app" reads it.
"""

from __future__ import annotations

from checkin_app.domain.attendee import FIELDS
from checkin_app.lists.mapping.vocabulary import folded_words

KNOWN_COLUMNS = (
    "id",
    "walk_in",
    "registered_at",
    "gone_at",
    "ticket_sent_at",
    "checked_in_at",
    "desk",
    "badge_prints",
)
"""What the program knows besides the fields; no list changes it, so an import passes it over."""

GONE_COLUMN = "gone_at"
"""Filled for people who are not on the newest registration list, though they are on ours."""

_EXTRA = "extra: "
_TAKEN = frozenset("".join(folded_words(name)) for name in (*FIELDS, *KNOWN_COLUMNS))


def extra_heading(name: str) -> str:
    """How a column of the list that the program has no field for is called in the export."""
    needs_prefix = "".join(folded_words(name)) in _TAKEN or name.startswith(_EXTRA)
    return f"{_EXTRA}{name}" if needs_prefix else name


def extra_name(heading: str) -> str:
    """What ``extra_heading`` was given."""
    return heading.removeprefix(_EXTRA)
