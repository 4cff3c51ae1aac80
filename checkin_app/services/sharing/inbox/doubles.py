"""People who were registered twice, at desks that did not know of each other.

Two desks register the same walk-in, or both read the same list while they are apart. What looks
like one person is offered and never merged by itself: the same code, or the same name with nothing
that speaks against it, from two places. Two people of one name on one list, or typed in at one
desk that was told of the first, are taken for two people.

Merging writes one entry about the double; ``domain.fold`` does the rest on every desk. Fields that
the record which stays has empty are filled from the double.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.language.search_text import fold
from checkin_app.domain.ledger import Entry, EntryKind, undone_ids
from checkin_app.domain.sharing import ResolvedAs
from checkin_app.errors import UsageError
from checkin_app.services.sharing.files.merged_entries import write_merged
from checkin_app.services.sharing.inbox.alike import people_alike
from checkin_app.services.sharing.inbox.conflicts import Said, undoing
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.sharing.inbox import Origin

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be, or were found to be, one person.

    Attributes:
        kept: the record that stays or would stay: it was registered first.
        double: the other one.
        kept_from, double_from: where each was registered.
        same_code: the two have one code between them.
        is_merged: somebody said that they are one person.
    """

    kept: AttendeeRecord
    double: AttendeeRecord
    kept_from: Origin
    double_from: Origin
    same_code: bool = False
    is_merged: bool = False


def possible_doubles(event_file: EventFile) -> tuple[Double, ...]:
    """Who may be registered twice, by name; what was answered is left out."""
    people, origins = people_alike(event_file)
    found = [
        Double(kept, double, origins[kept_id], origins[double_id], _have_one_code(kept, double))
        for kept_id, double_id in people
        if (kept := event_file.record(kept_id)) is not None
        and (double := event_file.record(double_id)) is not None
        and _is_unanswered(kept, double)
    ]
    return tuple(sorted(found, key=_by_name))


def count_possible_doubles(event_file: EventFile) -> int:
    """How many ``possible_doubles`` gives."""
    people, _origins = people_alike(event_file)
    records = ((event_file.record(kept), event_file.record(double)) for kept, double in people)
    return sum(
        kept is not None and double is not None and _is_unanswered(kept, double)
        for kept, double in records
    )


def merged_doubles(event_file: EventFile) -> tuple[Double, ...]:
    """The records that were merged, by name: first those of whom somebody said so, then those that
    one list made at two desks.
    """
    merged = event_file.inbox.merged()
    by_lists = event_file.inbox.merged_by_lists()
    origins = event_file.inbox.origins(id_ for pair in merged for id_ in pair)
    found = []
    for double_id, kept_id in merged:
        kept, double = event_file.record(kept_id), event_file.record(double_id)
        if kept is not None and double is not None and not double.is_erased:
            same_code = _have_one_code(kept, double)
            pair = (origins[kept_id], origins[double_id])
            found.append(Double(kept, double, *pair, same_code, is_merged=True))
    found.sort(key=lambda one: (one.double.attendee.id in by_lists, *_by_name(one)))
    return tuple(found)


def merge(event_file: EventFile, desk_name: str, now: datetime, one_id: str, other_id: str) -> Said:
    """Say that two records are one person. The one that was registered first stays.

    Second admissions that come of it are settled with it: whoever says so sees both.

    Raises:
        UsageError: they are merged already, one was erased, or is gone.
    """
    with event_file.transaction(desk_name, now) as transaction:
        return Said(tuple(_merge(transaction, *sorted((one_id, other_id)))))


def merge_several(
    event_file: EventFile, desk_name: str, now: datetime, doubles: Sequence[Double]
) -> Said:
    """Say of each of several pairs that it is one person.

    Who was merged or erased meanwhile is passed over. Some are written at a time, so that scans
    come between.
    """
    entries: list[Entry] = []
    for start in range(0, len(doubles), _AT_ONCE):
        with event_file.transaction(desk_name, now) as transaction:
            for double in doubles[start : start + _AT_ONCE]:
                with suppress(UsageError):
                    ids = (double.kept.attendee.id, double.double.attendee.id)
                    entries += _merge(transaction, *ids)
    return Said(tuple(entries))


def is_plainly_one(double: Double) -> bool:
    """Whether two records have one code and one name, as one list at two desks makes of everybody,
    and nobody needs to look at them.
    """
    one, other = double.kept.attendee, double.double.attendee
    return double.same_code and fold(one.full_name) == fold(other.full_name)


def _merge(transaction: EventTransaction, kept_id: str, double_id: str) -> list[Entry]:
    """Write that two are one, and settle the second check-ins that come of it."""
    kept, double = _both(transaction, kept_id, double_id)
    entries = write_merged(transaction, kept, double)
    known = {one.later for record in (kept, double) for one in record.open_conflicts}
    after = transaction.record(kept_id)
    for conflict in after.open_conflicts if after is not None else ():
        if conflict.later not in known:
            found = {"later": conflict.later, "as": ResolvedAs.SAME_PERSON.value}
            entries.append(
                transaction.append(
                    EntryKind.CONFLICT_RESOLVED,
                    kept_id,
                    conflict.list_id,
                    {**found, "double": double_id},
                )
            )
    return entries


def keep_apart(
    event_file: EventFile, desk_name: str, now: datetime, one_id: str, other_id: str
) -> Said:
    """Say that two records that look alike are two people; they are not offered again.

    Raises:
        UsageError: one of them is gone.
    """
    kept_id, double_id = sorted((one_id, other_id))
    with event_file.transaction(desk_name, now) as transaction:
        if transaction.record(kept_id) is None or transaction.record(double_id) is None:
            raise UsageError(_GONE)
        entry = transaction.append(EntryKind.NOT_DOUBLE, double_id, payload={"of": kept_id})
    return Said((entry,))


def part(event_file: EventFile, desk_name: str, now: datetime, double_id: str) -> AttendeeRecord:
    """Take a merging back, whoever said so, with all that came of it. Returns the double.

    Two desks may have said the same while they were apart, so every such entry is taken back.

    Raises:
        UsageError: that record was not merged, or the person was erased since.
    """
    with event_file.transaction(desk_name, now) as transaction:
        double = transaction.record(double_id)
        if double is None or not double.merged_into:
            raise UsageError("These two are not merged (any more).")
        kept = transaction.record(double.merged_into)
        if double.is_erased or (kept is not None and kept.is_erased):
            raise UsageError("This person was erased. Nothing is left to take apart.")
        for entry in _of_merging(event_file, double):
            transaction.append(EntryKind.UNDONE, entry.attendee_id, entry.list_id, undoing(entry))
        parted = transaction.record(double_id)
        assert parted is not None
        return parted


_GONE = "This person is no longer on the list. Look at the inbox again."


def _by_name(double: Double) -> tuple[str, str, str]:
    person = double.kept.attendee
    return fold(person.last_name), fold(person.first_name), double.double.attendee.id


def _is_unanswered(kept: AttendeeRecord, double: AttendeeRecord) -> bool:
    return not (
        kept.is_erased
        or double.is_erased
        or kept.attendee.id in double.not_doubles
        or double.attendee.id in kept.not_doubles
    )


def _have_one_code(kept: AttendeeRecord, double: AttendeeRecord) -> bool:
    return kept.attendee.code == double.attendee.code


def _both(
    transaction: EventTransaction, kept_id: str, double_id: str
) -> tuple[AttendeeRecord, AttendeeRecord]:
    kept, double = transaction.record(kept_id), transaction.record(double_id)
    if kept is None or double is None:
        raise UsageError(_GONE)
    if kept_id == double_id or kept.merged_into or double.merged_into:
        raise UsageError("These two are one person already. Look at the inbox again.")
    if kept.is_erased or double.is_erased:
        raise UsageError("A person who was erased is merged with nobody.")
    return kept, double


def _of_merging(event_file: EventFile, double: AttendeeRecord) -> list[Entry]:
    """What stands of all that was said when a double was merged into the record that stays."""
    history = event_file.history(double.merged_into)
    taken_back = undone_ids(history)
    return [
        entry
        for entry in history
        if entry.id not in taken_back
        and (
            entry.payload.get("double") == double.attendee.id
            or (
                entry.kind is EntryKind.MERGED
                and entry.attendee_id == double.attendee.id
                and entry.payload.get("into") == double.merged_into
            )
        )
    ]
