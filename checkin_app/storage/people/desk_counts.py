"""How many people each desk let in: all at once, or what a few new entries changed.

Nothing on the disk is in the order of desks, so counting takes as long as people have come, a
twentieth of a second for 100,000; the counters of a desk change with every scan of any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry
from checkin_app.storage.people.new_entries import changes_others, entries_since, newest_entry
from checkin_app.storage.sharing.late_entries import last_late
from checkin_app.storage.sharing.merged_people import entries_of

MOST_NEW_ENTRIES = 100
"""With more of them everybody is counted anew, which is quicker then."""

_BY_DESK = "SELECT desk, count(*) FROM check_in WHERE standing = 1 AND list = ? GROUP BY desk"


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many people each desk let in on one check-in list, as of one entry of the ledger.

    Attributes:
        by_desk: name of a desk → people. Desks that let in nobody are left out.
        last_entry: id of the newest entry that is counted; empty before the first.
        last_late: number of the last that came in behind later ones.
    """

    list_id: str
    by_desk: Mapping[str, int]
    last_entry: bytes
    last_late: int


def count_desks(connection: apsw.Connection, list_id: str, before: DeskCounts | None) -> DeskCounts:
    """Count what each desk did on a check-in list.

    Args:
        connection: answers all questions as of one moment.
        before: what was counted earlier, to go on from; None counts everybody.
    """
    if before is None or before.list_id != list_id:
        return _count_all(connection, list_id)
    new = entries_since(connection, before.last_entry, before.last_late, MOST_NEW_ENTRIES)
    if not new:
        return before
    if len(new) > MOST_NEW_ENTRIES or changes_others(connection, new):
        return _count_all(connection, list_id)
    return _as_of_now(connection, list_id, _count_on(connection, before, new))


def _count_all(connection: apsw.Connection, list_id: str) -> DeskCounts:
    rows: list[Any] = connection.execute(_BY_DESK, (list_id,)).fetchall()
    return _as_of_now(connection, list_id, Counter(dict(rows)))


def _count_on(
    connection: apsw.Connection, before: DeskCounts, new: Sequence[Entry]
) -> Counter[str]:
    """Each person whom a new entry concerns is taken out as before and put in as now."""
    by_desk = Counter(before.by_desk)
    is_new = {entry.id for entry in new}.__contains__
    for attendee_id in {entry.attendee_id for entry in new if entry.attendee_id}:
        entries = entries_of(connection, attendee_id)
        old = fold_attendee(entry for entry in entries if not is_new(entry.id))
        by_desk.subtract(_desk_of(old, before.list_id))
        by_desk.update(_desk_of(fold_attendee(entries), before.list_id))
    return by_desk


def _desk_of(record: AttendeeRecord | None, list_id: str) -> tuple[str, ...]:
    """The desk that let somebody in; none where nobody did."""
    check_in = record.check_ins.get(list_id) if record else None
    return (check_in.desk,) if check_in else ()


def _as_of_now(connection: apsw.Connection, list_id: str, by_desk: Counter[str]) -> DeskCounts:
    return DeskCounts(list_id, +by_desk, newest_entry(connection), last_late(connection))
