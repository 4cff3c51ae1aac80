"""How many there are and how many have come, kept right by the file itself with every change.

Counting everybody takes as long as there are people, and the counters of every desk change with
every scan of any other. SQLite's own triggers keep the sums, whoever writes.
"""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from checkin_app.domain.attendee import AttendeeStatus

_GROUP = "category, status, list"
_SUMS = ("people", "walk_ins", "gone", "arrived", "arrived_gone")
_COLUMNS = f"{_GROUP}, {', '.join(_SUMS)}"
_INSERT = f"INSERT INTO headcount ({_COLUMNS})"
_ADD_UP = (
    f"ON CONFLICT ({_GROUP}) DO UPDATE SET {', '.join(f'{s} = {s} + excluded.{s}' for s in _SUMS)}"
)

_COUNTED = """
    SELECT category, status, '', count(*), sum(walk_in), sum(gone_at IS NOT NULL),
        sum(checked_in_at IS NOT NULL), sum(checked_in_at IS NOT NULL AND gone_at IS NOT NULL)
    FROM attendee GROUP BY category, status
    UNION ALL
    SELECT category, status, list, 0, 0, 0, count(*), sum(gone_at IS NOT NULL)
    FROM check_in JOIN attendee ON number = check_in.attendee WHERE standing
    GROUP BY category, status, list
"""


def _person(row: str, sign: str) -> str:
    """Add an attendee, ``OLD`` or ``NEW``, to those at the event, or take one away."""
    has_come, is_gone = f"({row}.checked_in_at IS NOT NULL)", f"({row}.gone_at IS NOT NULL)"
    sums = ("1", f"{row}.walk_in", is_gone, has_come, f"({has_come} AND {is_gone})")
    group = f"{row}.category, {row}.status, ''"
    return f"{_INSERT} VALUES ({group}, {', '.join(f'{sign}{s}' for s in sums)}) {_ADD_UP};"


def _arrivals(row: str, sign: str) -> str:
    """The same on each check-in list on which the attendee is in."""
    return (
        f"{_INSERT} SELECT {row}.category, {row}.status, list, 0, 0, 0,"
        f" {sign}1, {sign}({row}.gone_at IS NOT NULL)"
        f" FROM check_in WHERE attendee = {row}.number AND standing {_ADD_UP};"
    )


def _check_in(row: str, sign: str) -> str:
    """Add a check-in, ``OLD`` or ``NEW``, to its list, or take one away."""
    return (
        f"{_INSERT} SELECT category, status, {row}.list, 0, 0, 0,"
        f" {sign}{row}.standing, {sign}({row}.standing AND gone_at IS NOT NULL)"
        f" FROM attendee WHERE number = {row}.attendee {_ADD_UP};"
    )


_DROP_EMPTY = (
    "DELETE FROM headcount WHERE category = OLD.category AND status = OLD.status"
    " AND people = 0 AND arrived = 0;"
)
_OLD_GROUP, _NEW_GROUP = (
    f"({row}.category, {row}.status, {row}.walk_in, {row}.gone_at IS NULL)"
    for row in ("OLD", "NEW")
)

HEADCOUNT = f"""
CREATE TABLE headcount (
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    list TEXT NOT NULL,
    people INTEGER NOT NULL,
    walk_ins INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    arrived_gone INTEGER NOT NULL,
    PRIMARY KEY (category, status, list)
) STRICT, WITHOUT ROWID;
{_INSERT} {_COUNTED};

CREATE TRIGGER attendee_added AFTER INSERT ON attendee BEGIN
    {_person("NEW", "")}
END;
CREATE TRIGGER attendee_removed AFTER DELETE ON attendee BEGIN
    {_person("OLD", "-")}
    {_DROP_EMPTY}
END;
CREATE TRIGGER attendee_arrived AFTER UPDATE OF checked_in_at ON attendee
WHEN {_OLD_GROUP} = {_NEW_GROUP}
    AND (OLD.checked_in_at IS NULL) <> (NEW.checked_in_at IS NULL)
BEGIN
    {_person("OLD", "-")}
    {_person("NEW", "")}
END;
CREATE TRIGGER attendee_regrouped
AFTER UPDATE OF category, status, walk_in, gone_at ON attendee
WHEN {_OLD_GROUP} <> {_NEW_GROUP}
BEGIN
    {_person("OLD", "-")}
    {_person("NEW", "")}
    {_arrivals("OLD", "-")}
    {_arrivals("NEW", "")}
    {_DROP_EMPTY}
END;
CREATE TRIGGER check_in_added AFTER INSERT ON check_in BEGIN
    {_check_in("NEW", "")}
END;
CREATE TRIGGER check_in_removed AFTER DELETE ON check_in BEGIN
    {_check_in("OLD", "-")}
END;
CREATE TRIGGER check_in_changed AFTER UPDATE OF standing ON check_in
WHEN OLD.standing <> NEW.standing
BEGIN
    {_check_in("OLD", "-")}
    {_check_in("NEW", "")}
END;
"""
"""``list`` is empty for the whole event; of a check-in list only those who are in are counted.

An attendee's check-ins are removed before the attendee, and neither is ever replaced: REPLACE
deletes without telling a trigger.
"""


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many of a category and status there are, and how many of them have come.

    Attributes:
        gone: who is missing from the newest registration list, and has not come.
    """

    category: str
    status: AttendeeStatus
    registered: int
    arrived: int
    walk_ins: int
    gone: int = 0


def category_counts(connection: apsw.Connection, list_id: str = "") -> tuple[CategoryCount, ...]:
    """Registered and arrived by category and status; arrived on one list, or on any."""
    rows = connection.execute(
        "SELECT everybody.category, everybody.status, everybody.people,"
        " coalesce(here.arrived, 0), everybody.walk_ins,"
        " everybody.gone - coalesce(here.arrived_gone, 0)"
        " FROM headcount AS everybody LEFT JOIN headcount AS here"
        " ON here.category = everybody.category AND here.status = everybody.status"
        " AND here.list = ?"
        " WHERE everybody.list = '' AND everybody.people > 0"
        " ORDER BY everybody.category, everybody.status",
        (list_id,),
    )
    return tuple(
        CategoryCount(category, AttendeeStatus(status), *counts)
        for category, status, *counts in rows
    )


def present_count(connection: apsw.Connection, list_id: str) -> int:
    """How many people are in on a list."""
    return int(
        connection.execute(
            "SELECT coalesce(sum(arrived), 0) FROM headcount WHERE list = ?", (list_id,)
        ).get
    )


def is_counted_right(connection: apsw.Connection) -> bool:
    """Whether the sums are what counting everybody comes to."""
    held = f"SELECT {_COLUMNS} FROM headcount WHERE people <> 0 OR arrived <> 0"
    differences = (
        f"SELECT 1 FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}))"
        for one, other in ((held, _COUNTED), (_COUNTED, held))
    )
    return not any(connection.execute(difference).get for difference in differences)
