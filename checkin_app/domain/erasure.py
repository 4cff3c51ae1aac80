"""What is left of the ledger when personal data are erased: an allow-list for each kind of entry.

What counts stays: category, status, walk-ins, when and where somebody was let in or refused, how
often a badge was printed. Everything else goes, and whatever no rule here names goes with it, so
a payload that a newer program writes is erased as well. Of a badge the place on the sheet goes
too, because sheets lie in the order of names, and so does the digest of its text, because names
can be tried against it. The country goes, because with a category and a time of arrival it often
means one person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from checkin_app.domain.attendee import AttendeeStatus
from checkin_app.domain.ledger import Entry, EntryKind
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.domain.traces import LEFT_OUT, NamedPeople, programme_names

_Keeps = Callable[[Any], bool]


def is_erased(entries: Iterable[Entry]) -> bool:
    """Whether the person of these entries was erased. Nothing takes that back."""
    return any(entry.kind is EntryKind.ERASED for entry in entries)


def blanked(entry: Entry) -> Entry:
    """The entry without personal data."""
    return replace(entry, payload=surviving_payload(entry.kind, entry.payload))


def surviving_payload(kind: EntryKind, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What of an entry's payload may stay when its person, or everybody, is erased."""
    match kind:
        case EntryKind.REGISTERED:
            return {"attendee": _kept(_FIELDS, payload.get("attendee"))}
        case EntryKind.AMENDED:
            changes = _kept(_FIELDS, payload.get("changes"))
            return {"changes": changes, **_kept(_SOURCES, payload)}
        case EntryKind.EVENT_DESCRIBED:
            return _event_without_people(payload)
        case EntryKind.LIST_DESCRIBED | EntryKind.EVENT_CLOSED:
            return dict(payload)
        case _:
            return _kept(_SURVIVORS.get(kind, {}), payload)


def named_titles(kind: EntryKind, payload: Mapping[str, Any], people: NamedPeople) -> list[str]:
    """Which titles of a description name somebody: ids of sessions; empty for a list's name."""
    titles = _titles(kind, payload)
    return [id_ for id_, title in titles if people.are_in(title)]


def without_titles(
    kind: EntryKind, payload: Mapping[str, Any], named: Collection[str]
) -> dict[str, Any]:
    """The description of an event or a check-in list without some titles, as ``named_titles``."""
    if kind is EntryKind.LIST_DESCRIBED:
        return {**payload, "name": LEFT_OUT} if "" in named else dict(payload)
    sessions = [
        {**session, "title": LEFT_OUT} if session.get("id") in named else session
        for session in payload.get("sessions", ())
    ]
    return {**payload, "sessions": sessions}


def closed_description(
    kind: EntryKind, payload: Mapping[str, Any], named: Collection[str]
) -> dict[str, Any]:
    """What of a description that comes from another desk may stay once the event is closed.

    Args:
        named: which titles of it name somebody, by the desk that closed the event. What names a
            speaker goes in any case: that desk may not have had the description.
    """
    speakers = NamedPeople(programme_names(payload))
    hidden = {*named, *named_titles(kind, payload, speakers)}
    return surviving_payload(kind, without_titles(kind, payload, hidden))


def _titles(kind: EntryKind, payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    if kind is EntryKind.LIST_DESCRIBED:
        return [("", payload.get("name", ""))]
    sessions = payload.get("sessions", ())
    return [(session.get("id", ""), session.get("title", "")) for session in sessions]


def _kept(rules: Mapping[str, _Keeps], values: Any) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        return {}
    return {
        name: values[name]
        for name, keeps in rules.items()
        if name in values and keeps(values[name])
    }


def _event_without_people(document: Mapping[str, Any]) -> dict[str, Any]:
    """The event with the times and titles of its programme, without speakers and free text."""
    kept = {name: document[name] for name in _EVENT if name in document}
    sessions = [
        {
            **{name: session[name] for name in _SESSION if name in session},
            "description": "",
            "topics": [],
            "talks": [],
            "people": [],
        }
        for session in document.get("sessions", ())
    ]
    return {**kept, "description": "", "themes": [], "bring": "", "sessions": sessions}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_word(value: Any) -> bool:
    """One of the program's own words or ids, which hold no name."""
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9 _-]{1,64}", value) is not None


def _is_one_of(values: Iterable[str]) -> _Keeps:
    known = frozenset(map(str, values))
    return lambda value: isinstance(value, str) and value in known


_EVENT = (
    "name", "timezone", "starts_on", "ends_on", "venue", "city", "language", "erase_on",
)  # fmt: skip
_SESSION = ("id", "title", "starts_at", "ends_at", "parent", "room")
_FIELDS: Mapping[str, _Keeps] = {
    "category": _is_text,
    "status": _is_one_of(AttendeeStatus),
    "walk_in": lambda value: value is True,
}
_IMPORT: Mapping[str, _Keeps] = {"import": _is_word}
_SOURCES: Mapping[str, _Keeps] = {"source": _is_word, **_IMPORT}
_MAILING: Mapping[str, _Keeps] = {"mailing": _is_word}
_SURVIVORS: Mapping[EntryKind, Mapping[str, _Keeps]] = {
    EntryKind.CODE_REPLACED: _IMPORT,
    EntryKind.CHECKED_IN: {"source": _is_word, "paper": lambda value: value is True},
    EntryKind.REFUSED: {"source": _is_word, "outcome": _is_word},
    EntryKind.UNDONE: {"undoes": _is_word, **_IMPORT},
    EntryKind.BADGE_PRINTED: {
        "run": _is_word,
        "copies": _is_count,
        "reason": _is_one_of(PrintCause),
    },
    EntryKind.BADGE_RUN: {"run": _is_word, "badges": _is_count},
    EntryKind.LIST_IMPORTED: {
        **_IMPORT,
        "read": _is_count,
        "added": _is_count,
        "changed": _is_count,
        "gone": _is_count,
    },
    EntryKind.GONE_FROM_LIST: _IMPORT,
    EntryKind.BACK_ON_LIST: _IMPORT,
    EntryKind.TICKET_SENT: _MAILING,
    EntryKind.TICKET_BOUNCED: _MAILING,
    EntryKind.DESK_JOINED: {"desk": _is_word, "name": _is_text},
    EntryKind.DESK_WITHDRAWN: {"desk": _is_word},
    EntryKind.CONFLICT_RESOLVED: {"later": _is_word, "as": _is_one_of(ResolvedAs)},
    EntryKind.MERGED: {"into": _is_word, "knowing": _is_word, "by": _is_word},
    EntryKind.NOT_DOUBLE: {"of": _is_word},
}
"""What of other kinds survives; of a kind that is not here, nothing does."""
