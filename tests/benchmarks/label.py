"""Scan → the printer's spooler has the badge; and what printing adds to a scan."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from checkin_app.domain.admission import OutcomeKind
from checkin_app.domain.printers import PrinterId, SpoolerKind
from checkin_app.domain.scan import Scan
from checkin_app.printing.folder_spooler import FolderSpooler
from checkin_app.printing.printer_setups import PrinterSetups
from checkin_app.services.check_in import CheckInDesk
from checkin_app.services.desk_printing.badge_on_demand import BadgeFiles, BadgeOnDemand
from checkin_app.services.desk_printing.print_on_arrival import ArrivalPrinting
from checkin_app.services.desk_printing.print_queue import PrintQueue
from checkin_app.settings.device_settings import PrintingSettings, PrintOnArrival
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.people.attendee_filter import AttendeeFilter
from tests.benchmarks.figures import Figure, against_floor, against_limit, percentile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_SCANS = 400
_DRAWN = 200
_WARM_UP = 5
_MOST_MS, _MOST_BADGE_MS = 1000, 30


def measure(folder: Path, attendees: int) -> list[Figure]:
    """Check people in, one with printing and one without in turn; each badge goes to a folder."""
    event_file = EventFile.create(
        folder / "label.checkin", EVENT, [CHECK_IN_LIST], people(attendees), desk="A", now=NOW
    )
    badges = folder / "badges"
    badges.mkdir()
    printer = PrinterId(SpoolerKind.FOLDER, str(badges))
    choice = PrintingSettings(printer=str(printer), when=PrintOnArrival.UNLESS_PRINTED)
    setups = PrinterSetups(folder / "setups.json")
    files = BadgeFiles(folder / "stock", folder / "offsets", folder / "fonts")
    maker = BadgeOnDemand(event_file, setups, choice, files)
    queue = PrintQueue(
        event_file,
        "desk",
        "Desk 1",
        {SpoolerKind.FOLDER: FolderSpooler()},
        maker,
        setups,
        choice,
        lock_folder=folder,
    )
    silent = CheckInDesk(event_file, "Desk 1", CHECK_IN_LIST)
    printing = silent.with_printing(ArrivalPrinting.chosen("desk", choice))
    codes = [person.code for person in people(attendees)]
    chosen = random.Random(7).sample(codes, min(2 * _SCANS, attendees))
    plain, scanned, printed = [], [], []
    for place, (one, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        if place % 2:
            alone = _seconds(lambda code=one: silent.handle(Scan(code)))
        begin = time.perf_counter()
        outcome = printing.handle(Scan(other))
        answered = time.perf_counter()
        queue.work()
        end = time.perf_counter()
        if not place % 2:
            alone = _seconds(lambda code=one: silent.handle(Scan(code)))
        assert outcome.kind is OutcomeKind.ADMITTED
        assert len(list(badges.iterdir())) == place + 1
        if place >= _WARM_UP:
            plain.append(alone * 1000)
            scanned.append((answered - begin) * 1000)
            printed.append((end - begin) * 1000)
    queue.close()
    drawn = _drawn(maker, event_file, printer)
    event_file.close()
    what = f"scan to spooler accepted, {attendees:,} attendees"
    return [
        against_limit(f"{what}, p50", percentile(printed, 50), "ms", _MOST_MS),
        against_limit(f"{what}, p99", percentile(printed, 99), "ms", _MOST_MS),
        against_limit("one badge made, p99", percentile(drawn, 99), "ms", _MOST_BADGE_MS),
        against_floor(
            "scan that prints; scan alone, p50",
            percentile(scanned, 50),
            percentile(plain, 50),
            "ms",
        ),
    ]


def _drawn(maker: BadgeOnDemand, event_file: EventFile, printer: PrinterId) -> list[float]:
    some = event_file.attendees(AttendeeFilter())[:_DRAWN]
    return [_seconds(lambda person=person: maker.make(person, printer)) * 1000 for person in some]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
