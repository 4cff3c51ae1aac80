"""All attendees out as a list, against bare reading and writing; and whether memory stays flat."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
from xlsxwriter import Workbook

from checkin_app.services.documents.exports import Export, export
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_floor, median, peak_memory_mb
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_MOST_GROWTH = 1.5
_SMALLER = 10


def measure(
    folder: Path, attendees: int, rounds: int, in_own_process: Callable[..., Any]
) -> list[Figure]:
    """Each kind of file beside its floor, then the memory of ten times as many people."""
    event, smaller = folder / "event.checkin", folder / "smaller.checkin"
    _fill(event, attendees)
    _fill(smaller, attendees // _SMALLER)
    figures = []
    for kind, write in (("csv", _bare_csv), ("json", _bare_json), ("xlsx", _bare_xlsx)):
        ours, floor = [], []
        for _ in range(rounds):
            ours.append(_seconds(_export, event, kind))
            floor.append(_seconds(write, event))
        what = f"export of {attendees:,} rows, {kind.upper()}"
        figures.append(against_floor(what, median(ours), median(floor), "s"))
        peaks = [in_own_process(_peak, path, kind) for path in (event, smaller)]
        told = f"memory: {what}, beside a tenth of them"
        figures.append(against_floor(told, *peaks, "MB", _MOST_GROWTH))
    return figures


def _fill(path: Path, attendees: int) -> None:
    EventFile.create(path, EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW).close()


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    begin = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begin


def _peak(event: Path, kind: str) -> float:
    _export(event, kind)
    return peak_memory_mb()


def _export(event: Path, kind: str) -> None:
    with EventFile(event) as event_file:
        export(event_file, event.with_suffix(f".{kind}"), Export.ATTENDEES, delimiter=",")


def _rows(event: Path) -> Iterator[tuple[Any, ...]]:
    """The columns that an export shows, as the table has them."""
    return apsw.Connection(str(event)).execute(
        "SELECT code, title, first_name, last_name, organisation, role, country, email, category,"
        " attention, status, hex(id), walk_in, registered_at, gone_at, ticket_sent_at,"
        " checked_in_at, '', badge_prints FROM attendee ORDER BY number"
    )


def _bare_csv(event: Path) -> None:
    with event.with_suffix(".floor").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(_rows(event))


def _bare_json(event: Path) -> None:
    with event.with_suffix(".floor").open("w", encoding="utf-8") as handle:
        for row in _rows(event):
            json.dump(row, handle, ensure_ascii=False)


def _bare_xlsx(event: Path) -> None:
    with Workbook(str(event.with_suffix(".floor")), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(_rows(event)):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                elif value is not None:
                    sheet.write_number(place, column, value)
