"""A registration list → people stored durably, against reading it and a bare SQLite insert.

The first list of an event, the same list with a few changes, and taking the first back.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from checkin_app.services.list_import.import_undo import undo_import
from checkin_app.services.list_import.registration_lists import (
    ImportReport,
    apply_import,
    plan_import,
    read_list,
)
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_floor, median
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, write_csv, write_xlsx

_MOST = 2.5
_STEPS = ("read", "plan", "store, the write lock held")
_CHANGES = 300

ReadOnly = Callable[[Path], list[list[object]]]


def measure(folder: Path, attendees: int, rounds: int) -> list[Figure]:
    """Import lists of both kinds into an empty event, each in turn with its floor."""
    figures = []
    for kind, write, read_only in (
        ("CSV", write_csv, read_only_csv),
        ("XLSX", write_xlsx, read_only_xlsx),
    ):
        path, again = (folder / f"{name}{attendees}.{kind.lower()}" for name in ("list", "again"))
        write(path, attendees)
        write(again, attendees, min(_CHANGES, attendees))
        figures += _import(path, again, kind, attendees, read_only, rounds)
    return figures


def _import(
    path: Path, again: Path, kind: str, attendees: int, read_only: ReadOnly, rounds: int
) -> list[Figure]:
    floor, first, second, undone = [], [], [], []
    for _ in range(rounds):
        begin = time.perf_counter()
        insert_bare(read_only(path), path.with_suffix(".sqlite"))
        floor.append(time.perf_counter() - begin)
        with _new_event(path) as event_file:
            steps, report = _timed_import(event_file, path)
            assert report.added == attendees
            first.append(steps)
            steps, report = _timed_import(event_file, again)
            assert report.updated == min(_CHANGES, attendees)
            second.append(steps)
        undone.append(_timed_undo(path, attendees))
    changes = f"again with {_CHANGES} changes"
    return [
        *_against(f"import of {attendees:,} rows, {kind}", first, floor),
        *_against(f"import of {attendees:,} rows, {kind}, {changes}", second, floor),
        Figure(f"undo of {attendees:,} rows, {kind}", median(undone), "s", median(floor)),
    ]


def _against(what: str, runs: list[tuple[float, float, float]], floor: list[float]) -> list[Figure]:
    total = median([sum(steps) for steps in runs])
    parts = [
        Figure(f"{what}: {name}", median(list(took)), "s", median(floor))
        for name, took in zip(_STEPS, zip(*runs, strict=True), strict=True)
    ]
    return [against_floor(what, total, median(floor), "s", _MOST), *parts]


def import_into_new_event(path: Path, attendees: int) -> None:
    """Read, plan and store; the event file is removed again."""
    with _new_event(path) as event_file:
        assert import_into(event_file, path).added == attendees


def import_into(event_file: EventFile, path: Path) -> ImportReport:
    """Read, plan and store a list."""
    _steps, report = _timed_import(event_file, path)
    return report


@contextmanager
def _new_event(path: Path) -> Iterator[EventFile]:
    """An empty event file beside a list; it is removed again."""
    event_path = path.with_suffix(".checkin")
    event_file = EventFile.create(event_path, EVENT, [CHECK_IN_LIST], [], desk="A", now=NOW)
    try:
        yield event_file
    finally:
        event_file.close()
        for leftover in path.parent.glob(f"{event_path.name}*"):
            leftover.unlink()


def _timed_import(
    event_file: EventFile, path: Path
) -> tuple[tuple[float, float, float], ImportReport]:
    """Seconds for reading, planning and storing, and what the import did."""
    begin = time.perf_counter()
    reading = read_list(path)
    read = time.perf_counter()
    plan = plan_import(event_file, reading)
    planned = time.perf_counter()
    report = apply_import(event_file, "Desk 1", NOW, plan, reading)
    stored = time.perf_counter()
    return (read - begin, planned - read, stored - planned), report


def _timed_undo(path: Path, attendees: int) -> float:
    """Seconds for taking the first import of an event back."""
    with _new_event(path) as event_file:
        _timed_import(event_file, path)
        begin = time.perf_counter()
        plan = undo_import(event_file, "Desk 1", NOW)
        took = time.perf_counter() - begin
        assert plan.removed == attendees
    return took


def read_only_csv(path: Path) -> list[list[object]]:
    """Half of the floor for CSV: the standard library's reader."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def read_only_xlsx(path: Path) -> list[list[object]]:
    """Half of the floor for XLSX: calamine, all cells as Python values."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def insert_bare(rows: list[list[object]], path: Path) -> None:
    """The other half: the same cells in one table, whose first column, the code, is unique."""
    marks = ", ".join("?" * len(rows[0]))
    columns = ", ".join(f"c{place}" for place in range(1, len(rows[0])))
    database = apsw.Connection(str(path))
    database.pragma("journal_mode", "wal")
    database.pragma("synchronous", "full")
    database.execute(f"CREATE TABLE row (code TEXT UNIQUE, {columns})")
    database.execute("BEGIN")
    database.executemany(f"INSERT INTO row VALUES ({marks})", rows)
    database.execute("COMMIT")
    database.close()
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
