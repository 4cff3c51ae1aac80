"""The sums of the dashboard: all at once, or what a few new entries changed.

Counting 100,000 people takes a third of a second, which is too long for every scan. The sums of
before are brought up to date instead: each person whom an entry since then concerns is folded as
of then and taken out, folded as of now and put in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import apsw

from checkin_app.domain.dashboard import Recent
from checkin_app.domain.fold import fold_attendee
from checkin_app.domain.ledger import Entry, EntryKind, milliseconds
from checkin_app.domain.tally import Counted, Tally
from checkin_app.storage.people.desk_counts import DeskCounts, count_desks
from checkin_app.storage.people.new_entries import (
    changes_others,
    entries_since,
    newest_entry,
    one_moment,
)
from checkin_app.storage.sharing.late_entries import last_late
from checkin_app.storage.sharing.merged_people import entries_of

MOST_NEW_ENTRIES = 1000
"""With more of them everything is counted anew: an import, a bulk print, a day without anybody
looking."""

Reading = Callable[[], AbstractContextManager[apsw.Connection]]

_MINUTE = timedelta(minutes=1)
_PEOPLE = """
SELECT category, organisation, country, status, gone_at IS NOT NULL AS is_gone, {came} AS has_come,
    count(*), sum(walk_in), sum(badge_prints > 0), sum(ticket_sent_at IS NOT NULL)
FROM attendee GROUP BY category, organisation, country, status, is_gone, has_come
"""
_CAME_TO_LIST = (
    "EXISTS (SELECT 1 FROM check_in c"
    " WHERE c.attendee = attendee.number AND c.list = :list AND standing)"
)
_CAME = "checked_in_at IS NOT NULL"
_MINUTES_OF_LIST = (
    "SELECT at / 60000 AS minute, count(*) FROM check_in WHERE standing = 1 AND list = :list"
    " GROUP BY minute"
)
_MINUTES = (
    "SELECT checked_in_at / 60000 AS minute, count(*) FROM attendee"
    " WHERE checked_in_at IS NOT NULL GROUP BY minute"
)
_DESKS = "SELECT desk, count(*) FROM check_in WHERE standing {of_list} GROUP BY desk"
_ENTRIES = """
SELECT kind, CASE kind WHEN :refused THEN payload ->> '$.outcome' ELSE payload ->> '$.reason' END
    AS why, count(*)
FROM entry WHERE kind = :refused {of_list} OR kind IN (:printed, :spoilt) GROUP BY kind, why
"""
_OF_LISTS = (
    "FROM check_in WHERE list IN (SELECT id FROM check_in_list {of_list})"
    " AND standing = 1 AND at BETWEEN :since AND :now"
)


@dataclass(frozen=True, slots=True)
class DashboardCounts:
    """Sums as of one entry of the ledger.

    Attributes:
        last_entry: id of the newest entry that is in them; empty before the first.
        last_late: number of the last that came in behind later ones.
    """

    counted: Counted
    tally: Tally
    last_entry: bytes = b""
    last_late: int = 0


class Numbers:
    """The sums of one event file.

    Args:
        reading: gives the calling thread's connection.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def count_all(self, counted: Counted) -> DashboardCounts:
        """Count everybody and everything."""
        with self._reading() as connection, one_moment(connection):
            return _count_all(connection, counted)

    def count_on(self, before: DashboardCounts) -> DashboardCounts:
        """Bring earlier sums up to date; after many new entries everything is counted anew."""
        with self._reading() as connection, one_moment(connection):
            new = entries_since(connection, before.last_entry, before.last_late, MOST_NEW_ENTRIES)
            if not new:
                return before
            if len(new) > MOST_NEW_ENTRIES or changes_others(connection, new):
                return _count_all(connection, before.counted)
            return _count_on(connection, before, new)

    def by_desk(self, list_id: str, before: DeskCounts | None = None) -> DeskCounts:
        """How many people each desk let in on a check-in list.

        Args:
            before: what was counted earlier, brought up to date where that is quicker.
        """
        with self._reading() as connection, one_moment(connection):
            return count_desks(connection, list_id, before)

    def recent(self, list_id: str, now: datetime, over: timedelta) -> Recent:
        """The pace over a while before ``now`` (UTC), and the last minute of each desk.

        Args:
            list_id: of one check-in list; empty: of all.
        """
        of_lists = _OF_LISTS.format(of_list="WHERE id = :list" if list_id else "")
        until = {"list": list_id, "now": milliseconds(now)}
        with self._reading() as connection:
            arrived = connection.execute(
                f"SELECT count(*) {of_lists}", {**until, "since": milliseconds(now - over)}
            ).get
            desks: list[Any] = connection.execute(
                f"SELECT desk, count(*) {of_lists} GROUP BY desk",
                {**until, "since": milliseconds(now - _MINUTE)},
            ).fetchall()
        return Recent(arrived / (over / _MINUTE), dict(desks))


def _count_all(connection: apsw.Connection, counted: Counted) -> DashboardCounts:
    tally = Tally()
    _add_people(connection, counted, tally)
    _add_arrivals(connection, counted, tally)
    _add_entries(connection, counted, tally)
    return DashboardCounts(counted, tally, newest_entry(connection), last_late(connection))


def _count_on(
    connection: apsw.Connection, before: DashboardCounts, new: Sequence[Entry]
) -> DashboardCounts:
    tally, counted = before.tally.copy(), before.counted
    is_new = {entry.id for entry in new}.__contains__
    for entry in new:
        tally.add_entry(entry, counted)
    for attendee_id in {entry.attendee_id for entry in new if entry.attendee_id}:
        entries = entries_of(connection, attendee_id)
        old = fold_attendee(entry for entry in entries if not is_new(entry.id))
        tally.add_person(old, counted, people=-1)
        tally.add_person(fold_attendee(entries), counted)
    return DashboardCounts(counted, tally, newest_entry(connection), last_late(connection))


def _add_people(connection: apsw.Connection, counted: Counted, tally: Tally) -> None:
    came = _CAME_TO_LIST if counted.list_id else _CAME
    rows = connection.execute(_PEOPLE.format(came=came), {"list": counted.list_id})
    for row in rows:
        category, organisation, country, status, is_gone, has_come = row[:6]
        people, walk_ins, badges, tickets = row[6:]
        tally.registered += people
        tally.walk_ins += walk_ins
        tally.badges += badges
        tally.tickets_sent += tickets
        tally.add_group(
            (category, organisation, country),
            people,
            belongs=counted.belongs(category, status, is_gone=bool(is_gone)),
            has_come=bool(has_come),
            is_gone=bool(is_gone),
        )


def _add_arrivals(connection: apsw.Connection, counted: Counted, tally: Tally) -> None:
    bindings = {"list": counted.list_id}
    minutes = _MINUTES_OF_LIST if counted.list_id else _MINUTES
    tally.minutes.update(dict(connection.execute(minutes, bindings)))
    of_list = "AND list = :list" if counted.list_id else ""
    tally.desks.update(dict(connection.execute(_DESKS.format(of_list=of_list), bindings)))


def _add_entries(connection: apsw.Connection, counted: Counted, tally: Tally) -> None:
    rows = connection.execute(
        _ENTRIES.format(of_list="AND list = :list" if counted.list_id else ""),
        {
            "list": counted.list_id,
            "refused": EntryKind.REFUSED.value,
            "printed": EntryKind.BADGE_PRINTED.value,
            "spoilt": EntryKind.BADGE_SPOILT.value,
        },
    )
    for kind, why, count in rows:
        match EntryKind(kind):
            case EntryKind.REFUSED:
                tally.refusals[why or ""] += count
            case EntryKind.BADGE_PRINTED:
                tally.prints[why or ""] += count
            case _:
                tally.spoilt += count
