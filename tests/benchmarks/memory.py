"""The most memory each job holds, in a process that does only that job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile
from tests.benchmarks import badges, list_import
from tests.benchmarks.badge_floor import bare_badges, symbol_by_zxing
from tests.benchmarks.figures import Figure, peak_memory_mb
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people, write_csv, write_xlsx

_MOST_BADGES_MB = 150


def measure(
    folder: Path, attendees: int, badge_count: int, in_own_process: Callable[..., Any]
) -> list[Figure]:
    """Every job beside its floor; processes start with the same imports."""
    xlsx, csv, event = folder / "list.xlsx", folder / "list.csv", folder / "desk.checkin"
    write_xlsx(xlsx, attendees)
    write_csv(csv, attendees)
    EventFile.create(event, EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW).close()
    pdf = folder / "badges.pdf"
    figures = [
        Figure(f"memory: {what}", in_own_process(_peak, *ours), "MB", in_own_process(_peak, *floor))
        for what, ours, floor in _jobs(xlsx, csv, event, attendees)
    ]
    figures += _per_row(folder, attendees, in_own_process)
    bare = in_own_process(_peak, _bare, pdf, badge_count)
    held = in_own_process(_peak, _badges, pdf, badge_count)
    aim, met = f"{_MOST_BADGES_MB} MB", held < _MOST_BADGES_MB
    return [*figures, Figure(f"memory: {badge_count:,} badges", held, "MB", bare, aim, met)]


def _per_row(folder: Path, attendees: int, in_own_process: Callable[..., Any]) -> list[Figure]:
    """What each row of a list adds while it is imported, in a list and in one a tenth as long.

    Memory is flat when both are the same: what is held beside the rows does not grow with them.
    """
    held = {}
    for rows in (attendees // 100, attendees // 10, attendees):
        path = folder / f"list{rows}.csv"
        write_csv(path, rows)
        held[rows] = in_own_process(_peak, _import, path, rows)
    (few, least), *longer = held.items()
    return [
        Figure(
            f"memory: each of {rows:,} rows of an imported CSV",
            (peak - least) * 1024 / (rows - few),
            "KB",
        )
        for rows, peak in longer
    ]


def _jobs(
    xlsx: Path, csv: Path, event: Path, attendees: int
) -> tuple[tuple[str, tuple[Any, ...], tuple[Any, ...]], ...]:
    """What each is called, the job, and its floor."""
    return (
        (f"desk on {attendees:,} attendees", (_desk, event, attendees), (_nothing,)),
        (f"import of {attendees:,} rows, CSV", (_import, csv, attendees), (_read_csv, csv)),
        (f"import of {attendees:,} rows, XLSX", (_import, xlsx, attendees), (_read_xlsx, xlsx)),
    )


def _peak(job: Callable[..., None], *arguments: Any) -> float:
    job(*arguments)
    return peak_memory_mb()


def _nothing() -> None:
    """A process that has only imported the program without Qt."""


def _desk(event: Path, attendees: int) -> None:
    event_file = EventFile(event)
    desk = CheckInDesk(event_file, "Desk 1", CHECK_IN_LIST)
    for place, person in enumerate(people(attendees)):
        if place % 100 == 0:
            desk.handle(Scan(person.code))
            event_file.search(person.last_name)
    event_file.close()


def _import(path: Path, attendees: int) -> None:
    list_import.import_into_new_event(path, attendees)


def _read_csv(path: Path) -> None:
    list_import.read_only_csv(path)


def _read_xlsx(path: Path) -> None:
    list_import.read_only_xlsx(path)


def _badges(file: Path, count: int) -> None:
    badges.print_badges(file, badges.attendees_to_print(count), proof=False)


def _bare(file: Path, count: int) -> None:
    bare_badges(file, badges.attendees_to_print(count), symbol_by_zxing)
