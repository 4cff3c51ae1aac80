"""Whether an entry of another desk can be stored and folded: no desk may harm the others.

A signature only says who wrote an entry. One that no version of this program writes, from a broken
or a hostile laptop, would stop every desk that folds it, and an id far in the future would leave
no room for later ones. Every desk judges by the entry alone, so all come to the same end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from checkin_app.domain.attendee import FIELDS, AttendeeStatus
from checkin_app.domain.badges.badge_prints import PrintRun, run_from_payload
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.declared_types import is_as_declared, is_moment
from checkin_app.domain.event_document import event_from_document, list_from_document
from checkin_app.domain.ledger import Entry, EntryKind, entry_id, next_clock
from checkin_app.domain.parcels import Parcel
from checkin_app.domain.programme import Event

_ENTRY_ID = re.compile("0[0-9a-f]{11}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
"""A UUIDv7 of before the year 2527: far enough, and then there is room for ever."""
_ID = re.compile("[0-9a-f]{32}")
_LARGEST_NUMBER = 1 << 53
_FURTHEST_AHEAD = timedelta(days=36_525)
_STATUSES = frozenset(map(str, AttendeeStatus))

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def newest_believed(now: datetime) -> str:
    """The id above which no entry is taken in now.

    A desk that does not know the hub's time follows the newest entry it has, so that what it
    records comes later, also one of a laptop whose clock is wrong by decades. But whoever wrote the
    last id that is sound would leave no room for any other desk, and this limit moves on faster
    than desks write.
    """
    return entry_id(next_clock(0, now + _FURTHEST_AHEAD), 0)


def is_sound_parcel(parcel: Parcel, first_entry: str = "", newest: str = "") -> bool:
    """Whether all entries of a parcel are sound, in order, and not older than the event.

    Args:
        first_entry: the id of the event's first entry; empty where it is not known yet.
        newest: what all have to be older than; empty for no limit.
    """
    ids = [entry.id for entry in parcel.entries]
    return (
        _ID.fullmatch(parcel.id) is not None
        and _ID.fullmatch(parcel.desk) is not None
        and 0 < parcel.sequence < _LARGEST_NUMBER
        and bool(ids)
        and ids[0] >= first_entry
        and (not newest or ids[-1] < newest)
        and all(before < after for before, after in pairwise(ids))
        and are_sound(parcel.entries)
    )


def are_sound(entries: Sequence[Entry]) -> bool:
    """Whether all entries can be stored and folded by every desk."""
    try:
        # Together: to set the encoder up for each takes longer than all the rest.
        _encode([(entry.desk, entry.list_id, entry.payload) for entry in entries]).encode()
    except (ValueError, TypeError, RecursionError):
        return False
    return all(map(_is_sound, entries))


def _is_sound(entry: Entry) -> bool:
    if not _ENTRY_ID.fullmatch(entry.id):
        return False
    if entry.attendee_id and not _ID.fullmatch(entry.attendee_id):
        return False
    if not is_moment(entry.at):
        return False
    try:
        return _has_its_shape(entry)
    except (ValueError, TypeError, LookupError, AttributeError):
        return False


def _has_its_shape(entry: Entry) -> bool:
    payload = entry.payload
    if entry.kind in _ABOUT_PEOPLE and not entry.attendee_id:
        return False
    match entry.kind:
        case EntryKind.REGISTERED:
            return _is_person(payload["attendee"])
        case EntryKind.AMENDED:
            return _is_person(payload["changes"]) and _has(payload, _AMENDED)
        case EntryKind.EVENT_DESCRIBED:
            event = event_from_document(payload)
            ZoneInfo(event.timezone)
            return not (entry.attendee_id or entry.list_id) and is_as_declared(event, Event)
        case EntryKind.LIST_DESCRIBED:
            described = list_from_document(entry.list_id, payload)
            return not entry.attendee_id and is_as_declared(described, CheckInList)
        case EntryKind.BADGE_RUN:
            return is_as_declared(run_from_payload(payload, entry.at, entry.desk), PrintRun)
        case EntryKind.LAYOUT_KEPT | EntryKind.STOCK_KEPT | EntryKind.MAIL_TEXT_KEPT:
            return ("name" in payload or "document" not in payload) and _has(payload, _KEPT)
        case _:
            needed, possible = _SHAPES.get(entry.kind, ({}, {}))
            return needed.keys() <= payload.keys() and _has(payload, {**needed, **possible})


def _is_person(fields: Any) -> bool:
    return (
        isinstance(fields, Mapping)
        and all(isinstance(fields.get(name, ""), str) for name in FIELDS)
        and fields.get("status", AttendeeStatus.CONFIRMED) in _STATUSES
        and isinstance(fields.get("walk_in", False), bool)
        and isinstance(extra := fields.get("extra", {}), Mapping)
        and all(isinstance(text, str) for text in extra.values())
    )


def _has(payload: Mapping[str, Any], shape: Mapping[str, Callable[[Any], bool]]) -> bool:
    return all(is_so(payload[name]) for name, is_so in shape.items() if name in payload)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < _LARGEST_NUMBER


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_texts_by_id(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_id(i) and _is_texts(t) for i, t in value.items())


_Shape = Mapping[str, Callable[[Any], bool]]
_AMENDED: _Shape = {"source": _is_text, "import": _is_text}
_KEPT: _Shape = {"name": _is_text, "document": _is_object}
_SHAPES: Mapping[EntryKind, tuple[_Shape, _Shape]] = {
    EntryKind.CODE_REPLACED: ({}, {"code": _is_text, "reason": _is_text}),
    EntryKind.CHECKED_IN: ({}, {"reason": _is_text, "source": _is_text}),
    EntryKind.REFUSED: ({}, {"code": _is_text, "outcome": _is_text}),
    EntryKind.UNDONE: ({"undoes": _is_id}, {}),
    EntryKind.BADGE_PRINTED: (
        {},
        {"mark": _is_text, "fields": _is_texts, "tray": _is_text, "place": _is_count},
    ),
    EntryKind.EVENT_CLOSED: ({"erased": _is_count}, {"titles": _is_texts_by_id}),
    EntryKind.DESK_JOINED: ({"desk": _is_id, "name": _is_text}, {}),
    EntryKind.DESK_WITHDRAWN: ({"desk": _is_id}, {}),
    EntryKind.CONFLICT_RESOLVED: ({"later": _is_id}, {"as": _is_text, "note": _is_text}),
    EntryKind.MERGED: ({"into": _is_id}, {"knowing": _is_id}),
    EntryKind.NOT_DOUBLE: ({"of": _is_id}, {}),
}
"""What a payload must and may say of what the fold reads; the rest is stored as it comes."""
_ABOUT_PEOPLE = frozenset(
    {
        EntryKind.REGISTERED,
        EntryKind.AMENDED,
        EntryKind.CHECKED_IN,
        EntryKind.ERASED,
        EntryKind.MERGED,
        EntryKind.NOT_DOUBLE,
    }
)
