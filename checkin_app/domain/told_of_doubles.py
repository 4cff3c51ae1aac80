"""What the entries about a double tell of the one who stays.

Whoever merges two records sees both, and what the double has that the other lacks is filled in by
an entry. What that desk did not know, a correction made apart or one made later by somebody who
had not heard of the merging, is said of the person all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from checkin_app.domain.attendee import FIELDS, AttendeeRecord
from checkin_app.domain.ledger import Entry, EntryKind

_PRINTS = (EntryKind.BADGE_PRINTED, EntryKind.BADGE_SPOILT)


def told_of_who_stays(
    others: Sequence[Entry], doubles: Sequence[AttendeeRecord]
) -> Iterator[Entry]:
    """What entries about doubles tell of the one who stays, beside their admissions."""
    known = since_merged(doubles, attrgetter("merged_knowing"))
    for entry in others:
        is_news = entry.kind is EntryKind.AMENDED and entry.attendee_id in known
        if entry.kind in _PRINTS or (is_news and entry.id > known[entry.attendee_id]):
            yield entry


def since_merged(
    doubles: Sequence[AttendeeRecord], of: Callable[[AttendeeRecord], str]
) -> dict[str, str]:
    """By the double's id what is given of its merging, or of a later one by which it is merged."""
    by_id = {double.attendee.id: double for double in doubles}
    since: dict[str, str] = {}
    # Those merged into others have the larger ids.
    for id_, double in sorted(by_id.items()):
        since[id_] = max(of(double), since.get(double.merged_into, ""))
    return since


def without_fields(changes: Mapping[str, Any], left_out: Collection[str]) -> dict[str, Any]:
    """Changes of an attendee without some fields, and columns as ``names_of_fields`` has them."""
    kept = {name: value for name, value in changes.items() if name not in left_out}
    if "extra" in kept:
        columns = kept["extra"].items()
        kept["extra"] = {name: text for name, text in columns if _column(name) not in left_out}
    return kept


def names_of_fields(changes: Mapping[str, Any]) -> Iterator[str]:
    """What changes are about: fields by their names, columns of the list marked as such."""
    yield from (name for name in changes if name in FIELDS)
    yield from map(_column, changes.get("extra", ()))


def _column(name: str) -> str:
    return f"extra:{name}"
