"""Second admissions: who was let in at two desks that did not know of each other, and what it was.

One word resolves each. What the words mean for who is in, and for the counts, is said in
``domain.check_ins``: whatever is found, the person counts once, by the admission that stands. A
word is an entry like any other, so it reaches every desk, and taking it back is one as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.ledger import Entry, EntryKind, undone_ids
from checkin_app.domain.sharing import Conflict, ResolvedAs
from checkin_app.errors import UsageError
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

LONGEST_NOTE = 500
_AT_ONCE = 100
"""Entries written in one go; scans come between."""


@dataclass(frozen=True, slots=True)
class InboxConflict:
    """One second admission with all that helps to tell what it was.

    Attributes:
        record: the person the badge belongs to.
        list_name: of the check-in list.
        stands, later: the entries of the two admissions.
        other_entries: what else desks recorded about the person between the two, and after.
        resolution: the entry that says what it was; None while it waits.
    """

    conflict: Conflict
    record: AttendeeRecord
    list_name: str
    stands: Entry
    later: Entry
    other_entries: tuple[Entry, ...] = ()
    resolution: Entry | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the inbox, for taking it back: the entries and whom they are about."""

    entries: tuple[Entry, ...]


def inbox_conflicts(event_file: EventFile) -> tuple[InboxConflict, ...]:
    """All second admissions: those that wait first, the newest of them on top."""
    lists = {one.id: one.name for one in event_file.check_in_lists()}
    found = [
        one
        for attendee_id in event_file.inbox.people_in_conflict()
        for one in _of_person(event_file, attendee_id, lists)
    ]
    found.sort(key=lambda one: one.conflict.later, reverse=True)
    found.sort(key=lambda one: not one.conflict.is_open)
    return tuple(found)


def find_conflict(event_file: EventFile, later: str, attendee_id: str = "") -> Conflict:
    """The second admission that an id of an entry names, or how it begins.

    Args:
        attendee_id: whose it is, when that is known; else everybody in the inbox is looked at.

    Raises:
        UsageError: there is no such second admission, or several begin like that.
    """
    people = (attendee_id,) if attendee_id else event_file.inbox.people_in_conflict()
    records = [record for one in people if (record := event_file.record(one)) is not None]
    found = [
        conflict
        for record in records
        for conflict in record.conflicts
        if later and conflict.later.startswith(later)
    ]
    if not found:
        raise UsageError("There is no such second check-in. List them with: conflicts EVENT.")
    if len(found) > 1:
        raise UsageError("Several second check-ins begin like that. Give more of the id.")
    return found[0]


def resolve(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    later: str,
    found: ResolvedAs,
    note: str = "",
    attendee_id: str = "",
) -> Said:
    """Say what a second admission was. The latest word about it holds, on whichever desk.

    Args:
        later: the id of the entry of the second admission, or how it begins.
        attendee_id: whose it is, when that is known; else everybody in the inbox is looked at.

    Raises:
        UsageError: there is no such second admission, or several begin like that.
    """
    conflict = find_conflict(event_file, later, attendee_id)
    with event_file.transaction(desk_name, now) as transaction:
        record = transaction.record(conflict.attendee_id)
        if record is None or conflict.later not in {one.later for one in record.conflicts}:
            raise UsageError(
                "This was settled elsewhere meanwhile: one of the two check-ins was taken back."
            )
        return Said((_say(transaction, conflict, found, note),))


def resolve_several(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    conflicts: Sequence[Conflict],
    found: ResolvedAs,
    note: str = "",
) -> Said:
    """Say the same of several second admissions: what came of one break of the network.

    What was answered or settled elsewhere meanwhile is passed over: whoever looked at one alone
    knows more of it. Some are written at a time, so that scans come between.
    """
    entries: list[Entry] = []
    for start in range(0, len(conflicts), _AT_ONCE):
        with event_file.transaction(desk_name, now) as transaction:
            entries += [
                _say(transaction, conflict, found, note)
                for conflict in conflicts[start : start + _AT_ONCE]
                if _still_waits(transaction, conflict)
            ]
    return Said(tuple(entries))


def take_back(event_file: EventFile, desk_name: str, now: datetime, said: Said) -> None:
    """Take back what was said in the inbox; everything is as it was before."""
    for start in range(0, len(said.entries), _AT_ONCE):
        with event_file.transaction(desk_name, now) as transaction:
            for entry in said.entries[start : start + _AT_ONCE]:
                transaction.append(
                    EntryKind.UNDONE, entry.attendee_id, entry.list_id, undoing(entry)
                )


def wait_again(event_file: EventFile, desk_name: str, now: datetime, conflict: Conflict) -> None:
    """Take back all that desks said about a second admission, so that it waits again."""
    with event_file.transaction(desk_name, now) as transaction:
        history = event_file.history(conflict.attendee_id)
        taken_back = undone_ids(history)
        for entry in history:
            is_about_it = entry.payload.get("later") == conflict.later
            if is_about_it and entry.id not in taken_back:
                transaction.append(
                    EntryKind.UNDONE, entry.attendee_id, entry.list_id, undoing(entry)
                )


def undoing(entry: Entry) -> dict[str, str]:
    """The payload that takes back what was said in the inbox."""
    return {"undoes": entry.id, "said": entry.kind.value}


def _still_waits(transaction: EventTransaction, conflict: Conflict) -> bool:
    record = transaction.record(conflict.attendee_id)
    return record is not None and conflict.later in {one.later for one in record.open_conflicts}


def _say(transaction: EventTransaction, conflict: Conflict, found: ResolvedAs, note: str) -> Entry:
    written = {"note": clean_line(note)[:LONGEST_NOTE]} if note.strip() else {}
    return transaction.append(
        EntryKind.CONFLICT_RESOLVED,
        conflict.attendee_id,
        conflict.list_id,
        {"later": conflict.later, "as": found.value, **written},
    )


def _of_person(
    event_file: EventFile, attendee_id: str, lists: dict[str, str]
) -> Iterator[InboxConflict]:
    record = event_file.record(attendee_id)
    if record is None:
        return
    history = {entry.id: entry for entry in event_file.history(attendee_id)}
    for conflict in record.conflicts:
        yield InboxConflict(
            conflict=conflict,
            record=record,
            list_name=lists.get(conflict.list_id, conflict.list_id),
            stands=history[conflict.stands],
            later=history[conflict.later],
            other_entries=tuple(
                entry
                for entry in history.values()
                if entry.id > conflict.stands
                and entry.id not in (conflict.later, conflict.resolution)
            ),
            resolution=history.get(conflict.resolution),
        )
