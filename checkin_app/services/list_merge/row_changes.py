"""What a row says of a person: as somebody new, or as changes to somebody who is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from checkin_app.domain.attendee import TEXT_FIELDS, Attendee, AttendeeStatus
from checkin_app.lists.people.rows import ListRow
from checkin_app.services.list_merge.names import name_words_of
from checkin_app.services.list_merge.plan import EXTRA

_LISTED_FIELDS = (*TEXT_FIELDS, "status")


def attendee_of(row: ListRow, code: str) -> Attendee:
    """The person whom a row describes, with another code if need be."""
    values = row.values
    return Attendee(
        id="",
        code=code,
        title=values.get("title", ""),
        first_name=values.get("first_name", ""),
        last_name=values.get("last_name", ""),
        organisation=values.get("organisation", ""),
        role=values.get("role", ""),
        country=values.get("country", ""),
        email=values.get("email", ""),
        category=values.get("category", ""),
        attention=values.get("attention", ""),
        status=AttendeeStatus(values.get("status") or AttendeeStatus.CONFIRMED),
        extra=row.extra,
    )


def changes_of(known: Attendee, row: ListRow) -> dict[str, Any]:
    """What a row says about a person and the event does not, but for the code."""
    values = row.values
    changes: dict[str, Any] = {
        name: value
        for name in _LISTED_FIELDS
        if (value := values.get(name)) and value != getattr(known, name)
    }
    if row.extra:
        ours = known.extra
        extra = {name: value for name, value in row.extra.items() if ours.get(name) != value}
        if extra:
            changes["extra"] = extra
    return changes


def taken_out(changes: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Take fields out of changes, those of extra columns by ``EXTRA`` and the column."""
    taken: dict[str, Any] = {}
    for name in names:
        if name in changes:
            taken[name] = changes.pop(name)
        elif name.startswith(EXTRA) and name.removeprefix(EXTRA) in changes.get("extra", {}):
            column = name.removeprefix(EXTRA)
            taken.setdefault("extra", {})[column] = changes["extra"].pop(column)
    if not changes.get("extra", True):
        del changes["extra"]
    return taken


def are_swapped(known: Attendee, changes: Mapping[str, Any]) -> bool:
    """Whether changes exchange first and last name, in whatever capitals and accents."""
    if not (known.first_name and known.last_name and {"first_name", "last_name"} <= set(changes)):
        return False
    before = name_words_of(known.first_name), name_words_of(known.last_name)
    after = name_words_of(changes["last_name"]), name_words_of(changes["first_name"])
    return before == after and before[0] != before[1]
