"""The most memory each job holds, in a process that does only that job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from checkin_app.domain.scan import Scan
from checkin_app.services.check_in import CheckInDesk
from checkin_app.storage.event_file import EventFile
from tests.benchmarks import badges, list_import
from tests.benchmarks.figures import Figure, peak_memory_mb
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people, write_csv, write_xlsx


def measure(
    folder: Path, attendees: int, badge_count: int, in_own_process: Callable[..., Any]
) -> list[Figure]:
    """Every job beside its floor; processes start with the same imports."""
    xlsx, csv, event = folder / "list.xlsx", folder / "list.csv", folder / "desk.checkin"
    write_xlsx(xlsx, attendees)
    write_csv(csv, attendees)
    EventFile.create(event, EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW).close()
    pdf = folder / "badges.pdf"
    jobs: tuple[tuple[str, tuple[Any, ...], tuple[Any, ...]], ...] = (
        (f"desk on {attendees:,} attendees", (_desk, event, attendees), (_nothing,)),
        (f"import of {attendees:,} rows, CSV", (_import, csv, attendees), (_read_csv, csv)),
        (f"import of {attendees:,} rows, XLSX", (_import, xlsx, attendees), (_read_xlsx, xlsx)),
        (
            f"{badge_count:,} badges, proof-read",
            (_badges, pdf, badge_count),
            (_bare, pdf, badge_count),
        ),
    )
    return [
        Figure(f"memory: {what}", in_own_process(_peak, *ours), "MB", in_own_process(_peak, *floor))
        for what, ours, floor in jobs
    ]


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
    badges.print_badges(file, badges.attendees_to_print(count), proof=True)


def _bare(file: Path, count: int) -> None:
    badges.bare_badges(file, badges.attendees_to_print(count))
