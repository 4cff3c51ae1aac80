"""What a soak comes to: every code brought is a check-in once, every check-in a badge once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import apsw

from checkin_app.domain.ledger import EntryKind
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class Account:
    """The books of a soak.

    Attributes:
        brought: codes that were brought to the desk.
        lost: codes brought that admitted nobody.
        doubled: people admitted more than once.
        refused: answers other than admitted.
        unprinted: people admitted without a badge noted as printed.
        printed_twice: people with more than one badge noted, or more than one at the printer.
        at_printer: badges that the printer received.
        by_source: check-ins by device.
    """

    brought: int
    lost: tuple[str, ...]
    doubled: int
    refused: int
    unprinted: int
    printed_twice: int
    at_printer: int
    by_source: dict[str, int]

    @property
    def is_clean(self) -> bool:
        """Nothing was lost, and nothing happened twice."""
        return not (
            self.lost or self.doubled or self.refused or self.unprinted or self.printed_twice
        )


def account(event_file: EventFile, brought: Sequence[str], received: Iterable[str]) -> Account:
    """Compare what was brought with the ledger, and with what the printer received.

    Args:
        brought: the codes, each of a person of its own.
        received: the codes read back from the badges at the printer, one for each badge.
    """
    codes = {record.attendee.id: record.attendee.code for record in event_file.records()}
    admitted: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    refused = 0
    for entry in event_file.ledger():
        match entry.kind:
            case EntryKind.CHECKED_IN:
                admitted[codes[entry.attendee_id]] += 1
                sources[str(entry.payload.get("source"))] += 1
            case EntryKind.BADGE_PRINTED:
                printed[codes[entry.attendee_id]] += 1
            case EntryKind.REFUSED:
                refused += 1
            case _:
                pass
    at_printer = Counter(received)
    twice = {code for count in (printed, at_printer) for code, times in count.items() if times > 1}
    return Account(
        brought=len(brought),
        lost=tuple(code for code in brought if not admitted[code]),
        doubled=sum(times > 1 for times in admitted.values()),
        refused=refused,
        unprinted=sum(not (printed[code] and at_printer[code]) for code in admitted),
        printed_twice=len(twice),
        at_printer=at_printer.total(),
        by_source=dict(sources),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """The memory of this process at one moment, in MB.

    Attributes:
        at_s: seconds since the start.
        all_mb: resident (Linux).
        sqlite_mb: of that, what SQLite holds: mostly pages of the event file, up to a limit for
            each connection.
    """

    at_s: float
    all_mb: float
    sqlite_mb: float


def held_now(at_s: float) -> Held:
    """What this process holds now."""
    status = Path("/proc/self/status").read_text().splitlines()
    (resident,) = (int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    return Held(at_s, resident / 1024, apsw.memory_used() / 1024**2)


def slope_mb_per_hour(samples: Sequence[tuple[float, float]]) -> float:
    """How fast memory grows: least squares over (seconds, MB)."""
    if len(samples) < 2:
        return 0.0
    count = len(samples)
    mean_s = sum(at for at, _ in samples) / count
    mean_mb = sum(mb for _, mb in samples) / count
    spread = sum((at - mean_s) ** 2 for at, _ in samples)
    slope = sum((at - mean_s) * (mb - mean_mb) for at, mb in samples) / spread if spread else 0.0
    return slope * 3600
