"""One list that was brought in at two desks while they were apart: its people are made one again.

Had the desks known of each other, the second import would have found everybody there already. So
a pair of records is merged without a question where that import would have seen one person: by the
code; or by e-mail and name, or organisation and name, where the two lists are the same or came
from two desks. Namesakes within one list, and whoever was taken apart before, are left to people;
so is whoever was let in twice, which comes to light by the merging.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from checkin_app.domain.attendee import Attendee, AttendeeRecord
from checkin_app.domain.ledger import EntryKind, undone_ids
from checkin_app.errors import EventClosed
from checkin_app.services.sharing.exchanging.shared_clock import elapsed_s
from checkin_app.services.sharing.files.merged_entries import write_merged
from checkin_app.services.sharing.inbox.alike import is_one_row, people_alike
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction
from checkin_app.storage.imports.imports_done import ImportDone

BY_LIST = "list"
"""Who says that two are one: nobody, the list does. Such a word keeps no import from being undone.
"""
_AT_ONCE = 50
_LOOK_EVERY_S = 5.0
"""A long list comes in many parcels, and looking through it takes a moment."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two people whom two imports registered."""

    kept: Attendee
    double: Attendee
    of: tuple[str, str]
    """The imports."""

    @property
    def ends(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Each person with the import in which the other is the partner."""
        return (self.kept.id, self.of[1]), (self.double.id, self.of[0])


class MeetingLists:
    """Merges what the lists of desks made of one person, as long as an event is shared."""

    def __init__(
        self,
        event_file: EventFile,
        desk_id: str,
        clock: Callable[[], datetime],
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        self._file = event_file
        self._desk_id = desk_id
        self._clock = clock
        self._elapsed = elapsed
        self._is_due = True
        self._looked_s = float("-inf")
        self._mark = (-1, b"")

    def merge(self, *, are_news: bool) -> tuple[str, ...]:
        """Merge what this desk has to, now and then after news. Returns the ids of who stays."""
        self._is_due |= are_news
        if not self._is_due or self._elapsed() - self._looked_s < _LOOK_EVERY_S:
            return ()
        self._is_due, self._looked_s = False, self._elapsed()
        mark = self._file.people_mark()
        if mark == self._mark:
            return ()
        self._mark = mark
        return merge_as_desk(self._file, self._desk_id, self._clock())


def merge_as_desk(event_file: EventFile, desk_id: str, now: datetime) -> tuple[str, ...]:
    """Merge what a desk has to, so that of fifty desks one does it: the one that imported later.

    What no desk of these imported, for example a command, is for the desk that joined first.
    """
    desks = event_file.sharing.desks()
    own = next((one for one in desks if one.id == desk_id), None)
    if own is None:
        return ()
    of_others = {name for one in desks if one.id != desk_id for name in one.names}
    known = of_others.union(own.names)
    return merge_met_lists(
        event_file,
        own.name,
        now,
        lambda name: name in own.names or (own is desks[0] and name not in known),
    )


def merge_met_lists(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    has_to: Callable[[str], bool] = lambda _name: True,
) -> tuple[str, ...]:
    """Merge what two imports made of one person. Returns the ids of those who stay.

    Args:
        has_to: whether to merge what a desk of that name imported after another.
    """
    imports = {one.id: one for one in event_file.imports.done() if not one.is_undone}
    if len(imports) < 2 or not any(has_to(one.desk) for one in imports.values()):
        return ()
    pairs = [
        (pair.kept.id, pair.double.id)
        for pair in _unmistakable(event_file, imports)
        if has_to(max((imports[id_] for id_ in pair.of), key=attrgetter("entry")).desk)
    ]
    merged: list[str] = []
    for start in range(0, len(pairs), _AT_ONCE):
        with (
            suppress(EventClosed),
            event_file.transaction(desk_name, now) as transaction,
        ):
            for kept, double in pairs[start : start + _AT_ONCE]:
                if _merge(transaction, event_file, kept, double):
                    merged.append(kept)
    return tuple(merged)


def _unmistakable(event_file: EventFile, imports: Mapping[str, ImportDone]) -> list[_Pair]:
    """Pairs of which each record has no other that it might be in the other import.

    By the code first, as a list is read: who is found by it is nobody's namesake any more.
    """
    pairs = list(_pairs_of_imports(event_file, imports))
    found: list[_Pair] = []
    for by_code in (True, False):
        taken = {end for pair in found for end in pair.ends}
        left = [
            pair
            for pair in pairs
            if (pair.kept.code == pair.double.code) is by_code and taken.isdisjoint(pair.ends)
        ]
        partners = Counter(end for pair in left for end in pair.ends)
        found += [pair for pair in left if all(partners[end] == 1 for end in pair.ends)]
    return found


def _pairs_of_imports(event_file: EventFile, imports: Mapping[str, ImportDone]) -> Iterator[_Pair]:
    alike, origins = people_alike(event_file)
    ids = sorted({id_ for pair in alike for id_ in pair})
    people = {one.id: one for one in event_file.imports.of_ids([*map(bytes.fromhex, ids)])}
    for kept, double in alike:
        of = (origins[kept].import_id, origins[double].import_id)
        if of[0] == of[1] or not (of[0] in imports and of[1] in imports):
            continue
        one, other = imports[of[0]], imports[of[1]]
        is_apart = one.desk != other.desk or one.content == other.content
        if is_one_row(people[kept], people[double], is_apart=is_apart):
            yield _Pair(people[kept], people[double], of)


def _merge(
    transaction: EventTransaction, event_file: EventFile, kept_id: str, double_id: str
) -> bool:
    kept, double = transaction.record(kept_id), transaction.record(double_id)
    if kept is None or double is None or kept.is_erased or double.is_erased:
        return False
    if kept.merged_into or double.merged_into or _was_taken_apart(event_file, kept, double):
        return False
    write_merged(transaction, kept, double, by=BY_LIST)
    return True


def _was_taken_apart(event_file: EventFile, kept: AttendeeRecord, double: AttendeeRecord) -> bool:
    """Whether somebody said that they are two, or took a merging back."""
    if kept.attendee.id in double.not_doubles or double.attendee.id in kept.not_doubles:
        return True
    history = event_file.history(double.attendee.id)
    undone = undone_ids(history)
    return any(
        entry.id in undone and entry.payload.get("into") == kept.attendee.id
        for entry in history
        if entry.kind is EntryKind.MERGED
    )
