"""Registration lists as tests write them: a line of titles, then a line for each person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import apsw
import pytest
from settable_clock import DURING_REGISTRATION

from checkin_app.lists.mapping.columns import guess_mapping
from checkin_app.lists.table import Table
from checkin_app.services.event_files import create_event
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    ListReading,
    apply_import,
    plan_import,
)
from checkin_app.services.list_merge.decisions import UNDECIDED, MergeDecisions
from checkin_app.services.list_merge.plan import ImportPlan
from checkin_app.storage.event_file import EventFile

ORGANISER = "Organiser"


@contextmanager
def an_event(factory: pytest.TempPathFactory) -> Iterator[EventFile]:
    """An event without anybody, for one example of a property."""
    path = factory.mktemp("event") / "a.checkin"
    with create_event(path, "Assembly", date(2024, 5, 6), "Europe/Brussels") as event_file:
        yield event_file


def reading_of(*lines: str, file: str = "list.csv") -> ListReading:
    """A list of comma-separated lines, as it is understood; the rows count from 2."""
    columns, *rows = [tuple(line.split(",")) for line in lines]
    table = Table(
        path=Path(file),
        columns=columns,
        rows=rows,
        numbers=range(2, len(rows) + 2),
        header_row=1,
    )
    return ListReading(table, guess_mapping(table))


def plan_of(
    event_file: EventFile, *lines: str, decisions: MergeDecisions = UNDECIDED
) -> ImportPlan:
    """What importing a list would do."""
    return plan_import(event_file, reading_of(*lines), decisions)


def take(
    event_file: EventFile,
    *lines: str,
    decisions: MergeDecisions = UNDECIDED,
    now: datetime = DURING_REGISTRATION,
) -> ImportReport:
    """Import a list."""
    reading = reading_of(*lines)
    plan = plan_import(event_file, reading, decisions)
    return apply_import(event_file, ORGANISER, now, plan, reading)


def people(event_file: EventFile) -> dict[str, str]:
    """Everybody in the event: full name → id."""
    return {r.attendee.full_name: r.attendee.id for r in event_file.records()}


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What lies in the folded tables of an event file, words of the search index included."""
    queries = {
        "attendee": "SELECT * FROM attendee ORDER BY number",
        "code": "SELECT * FROM code ORDER BY code, attendee",
        "check_in": "SELECT * FROM check_in ORDER BY entry",
        "event": "SELECT * FROM event",
        "search": "SELECT term, doc FROM temp.words ORDER BY term, doc",
    }
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
    found = {name: [tuple(row) for row in connection.execute(q)] for name, q in queries.items()}
    connection.close()
    return found
