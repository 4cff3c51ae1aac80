"""A registration list → people stored durably, against reading it and a bare SQLite insert."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import apsw

from checkin_app.services.registration_lists import apply_import, plan_import, read_list
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_floor, median
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, write_csv, write_xlsx

_MOST = 2.5
_STEPS = ("read", "plan", "store")


def measure(folder: Path, attendees: int, rounds: int) -> list[Figure]:
    """Import lists of both kinds into an empty event, each in turn with its floor."""
    figures = []
    for kind, write, read_only in (
        ("CSV", write_csv, read_only_csv),
        ("XLSX", write_xlsx, read_only_xlsx),
    ):
        path = folder / f"list{attendees}.{kind.lower()}"
        write(path, attendees)
        figures += _import(path, kind, attendees, read_only, rounds)
    return figures


def _import(
    path: Path,
    kind: str,
    attendees: int,
    read_only: Callable[[Path], list[list[object]]],
    rounds: int,
) -> list[Figure]:
    floor, steps = [], []
    for _ in range(rounds):
        begin = time.perf_counter()
        insert_bare(read_only(path), path.with_suffix(".sqlite"))
        floor.append(time.perf_counter() - begin)
        steps.append(import_into_new_event(path, attendees))
    what = f"import of {attendees:,} rows, {kind}"
    total = median([sum(step) for step in steps])
    parts = [
        Figure(f"{what}: {name}", median(list(took)), "s", median(floor))
        for name, took in zip(_STEPS, zip(*steps, strict=True), strict=True)
    ]
    return [against_floor(what, total, median(floor), "s", _MOST), *parts]


def import_into_new_event(path: Path, attendees: int) -> tuple[float, float, float]:
    """Seconds for reading, planning and storing; the event file is removed again."""
    event_path = path.with_suffix(".checkin")
    event_file = EventFile.create(event_path, EVENT, [CHECK_IN_LIST], [], desk="A", now=NOW)
    try:
        begin = time.perf_counter()
        reading = read_list(path)
        read = time.perf_counter()
        plan = plan_import(event_file, reading)
        planned = time.perf_counter()
        report = apply_import(event_file, "Desk 1", NOW, plan, reading)
        stored = time.perf_counter()
        assert report.added == attendees
    finally:
        event_file.close()
        for leftover in path.parent.glob(f"{event_path.name}*"):
            leftover.unlink()
    return read - begin, planned - read, stored - planned


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
    """The other half: the same cells in one table with nothing but a key, durable."""
    marks = ", ".join("?" * len(rows[0]))
    database = apsw.Connection(str(path))
    database.pragma("journal_mode", "wal")
    database.pragma("synchronous", "full")
    database.execute(f"CREATE TABLE row ({', '.join(f'c{n}' for n in range(len(rows[0])))})")
    database.execute("BEGIN")
    database.executemany(f"INSERT INTO row VALUES ({marks})", rows)
    database.execute("COMMIT")
    database.close()
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
