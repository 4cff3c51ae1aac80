"""Records that look like one person and were registered apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.language.search_text import fold
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.sharing.inbox import Origin


def people_alike(
    event_file: EventFile,
) -> tuple[tuple[tuple[str, str], ...], Mapping[str, Origin]]:
    """Pairs of ids of people registered apart who may be one, and where they were registered."""
    groups = event_file.inbox.alike()
    ids = sorted({id_ for group in groups for id_ in group})
    origins = event_file.inbox.origins(ids)
    attendees = {one.id: one for one in event_file.imports.of_ids([*map(bytes.fromhex, ids)])}
    pairs = dict.fromkeys(
        pair
        for group in groups
        for pair in _pairs_apart(tuple(id_ for id_ in group if id_ in attendees), origins)
        if _may_be_one_person(*(attendees[id_] for id_ in pair))
    )
    return tuple(pairs), origins


def _pairs_apart(
    group: tuple[str, ...], origins: Mapping[str, Origin]
) -> Iterable[tuple[str, str]]:
    """Everybody with each who was registered before, at another desk or by another import."""
    for position, double in enumerate(group):
        for kept in group[:position]:
            if kept in origins and double in origins and _is_apart(origins[kept], origins[double]):
                yield kept, double


def _is_apart(one: Origin, other: Origin) -> bool:
    return (one.desk, one.import_id) != (other.desk, other.import_id)


def _may_be_one_person(one: Attendee, other: Attendee) -> bool:
    if one.code == other.code:
        return True
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    employers = {fold(one.organisation), fold(other.organisation)} - {""}
    return len(employers) < 2


def is_one_row(one: Attendee, other: Attendee, *, is_apart: bool = False) -> bool:
    """Whether a list that names one of two people means the other as well.

    Args:
        is_apart: whoever read the list did not know of the other, so that nobody decided that a
            row of the same name is somebody else.
    """
    if fold(one.full_name) != fold(other.full_name):
        return False
    if one.code == other.code:
        return True
    if not is_apart:
        return False
    if one.email or other.email:
        return one.email.casefold() == other.email.casefold()
    return bool(one.organisation) and fold(one.organisation) == fold(other.organisation)


def are_one_row(people: Sequence[AttendeeRecord]) -> bool:
    """Whether one list, brought in at two desks that were apart, made all of them."""
    first, *others = (one.attendee for one in people)
    return all(is_one_row(first, other) for other in others)
