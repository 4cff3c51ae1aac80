"""A bulk print: choose attendees, look for misprints, write the PDF, read it back, record it.

``run_badge_job`` is a plain function of picklable values, so that the window can run it in a
process of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.badges.findings import Finding
from checkin_app.badges.layouts import DEFAULT_LAYOUT, built_in_layout
from checkin_app.domain.attendee import FIELDS, Attendee, AttendeeRecord, AttendeeStatus
from checkin_app.domain.badge_layout import Box
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.programme import Event
from checkin_app.domain.search_text import fold
from checkin_app.domain.stock import Stock
from checkin_app.errors import Cancelled, UsageError
from checkin_app.storage.event_file import EventFile

if TYPE_CHECKING:
    from checkin_app.badges.document import BadgeDocument, FilledSlot

Progress = Callable[[int, int], None]
DEFAULT_SORT = ("last_name", "first_name")
_PRINTS_PER_TRANSACTION = 200


class Wanted(StrEnum):
    """Who gets a badge. ``all`` leaves out only those who cancelled."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    UNPRINTED = "unprinted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class BadgeJob:
    """All that a bulk print needs to know, ready to be sent to another process.

    Attributes:
        categories: all categories of the event, so that colours do not depend on the choice.
        proof: whether every code of the finished file is read back and compared.
    """

    file: Path
    attendees: tuple[Attendee, ...]
    event: Event
    stock: Stock
    layout: str = DEFAULT_LAYOUT
    categories: tuple[str, ...] = ()
    first_slot: int = 1
    crop_marks: bool = False
    proof: bool = True


@dataclass(frozen=True, slots=True)
class BadgeReport:
    """What a bulk print did.

    Attributes:
        proof_read: how many codes were read back from the file; None without proof-reading.
        misread: ids of the attendees whose code could not be read back.
    """

    file: Path
    badges: int
    sheets: int
    findings: tuple[Finding, ...]
    proof_read: int | None
    misread: tuple[str, ...]
    seconds: float


def choose_attendees(
    event_file: EventFile,
    wanted: Wanted = Wanted.EXPECTED,
    categories: Sequence[str] = (),
    sort: Sequence[str] = DEFAULT_SORT,
) -> tuple[Attendee, ...]:
    """The people of a bulk print, in the order of the sheets.

    Args:
        categories: only these, ignoring case; empty means every category.
        sort: fields, the most important first.

    Raises:
        UsageError: there is no such field or category.
    """
    unknown = [name for name in sort if name not in FIELDS]
    if unknown:
        raise UsageError(f"Badges cannot be sorted by {unknown[0]}. Use {', '.join(FIELDS)}.")
    known = {category.casefold(): category for category in event_file.categories()}
    for category in categories:
        if category.casefold() not in known:
            raise UsageError(
                f"There is no category “{category}”. There are {', '.join(known.values())}."
            )
    chosen = {category.casefold() for category in categories}
    people = [
        record.attendee
        for record in event_file.records()
        if _is_wanted(record, wanted)
        and (not chosen or record.attendee.category.casefold() in chosen)
    ]
    return sort_attendees(people, sort)


def sort_attendees(
    attendees: Iterable[Attendee], sort: Sequence[str] = DEFAULT_SORT
) -> tuple[Attendee, ...]:
    """Attendees sorted by fields, ignoring case, accents and alphabet."""
    return tuple(
        sorted(attendees, key=lambda person: [fold(str(getattr(person, name))) for name in sort])
    )


def preflight(job: BadgeJob) -> tuple[Finding, ...]:
    """What is worth a look before paper is used."""
    from checkin_app.badges.preflight import check

    return check(job.attendees, built_in_layout(job.layout), job.stock, job.event, job.categories)


def run_badge_job(
    job: BadgeJob,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BadgeReport:
    """Check, write and proof-read the badges of a job.

    Raises:
        BadgeError: the file cannot be written, or there is nobody to print.
        Cancelled: the person stopped it; no file is left behind.
        UsageError: the sheet has no such first slot.
    """
    from checkin_app.badges.document import write_badges

    started = time.monotonic()
    findings = preflight(job)
    document = write_badges(
        job.file,
        job.attendees,
        built_in_layout(job.layout),
        job.stock,
        job.event,
        categories=job.categories,
        first_slot=job.first_slot,
        crop_marks=job.crop_marks,
        progress=progress,
        cancelled=cancelled,
    )
    misread: tuple[str, ...] = ()
    if job.proof:
        misread = _proof_read(document, cancelled)
    return BadgeReport(
        file=document.file,
        badges=document.badges,
        sheets=document.sheets,
        findings=findings,
        proof_read=document.badges - len(misread) if job.proof else None,
        misread=misread,
        seconds=round(time.monotonic() - started, 3),
    )


def record_prints(
    event_file: EventFile, desk_name: str, now: datetime, attendee_ids: Iterable[str]
) -> None:
    """Note in the ledger whose badge was printed.

    In short transactions, so that a scan never waits for a large run.

    Raises:
        EventFileError: the event file cannot be written.
    """
    waiting = iter(attendee_ids)
    while some := tuple(islice(waiting, _PRINTS_PER_TRANSACTION)):
        with event_file.transaction(desk_name, now) as transaction:
            for attendee_id in some:
                transaction.append(EntryKind.BADGE_PRINTED, attendee_id)


def _is_wanted(record: AttendeeRecord, wanted: Wanted) -> bool:
    confirmed = record.attendee.status is AttendeeStatus.CONFIRMED
    arrived = record.checked_in_at is not None
    match wanted:
        case Wanted.EXPECTED:
            return confirmed
        case Wanted.ARRIVED:
            return arrived
        case Wanted.UNPRINTED:
            return (confirmed or arrived) and not record.badge_prints
        case Wanted.ALL:
            return record.attendee.status is not AttendeeStatus.CANCELLED


def _proof_read(document: BadgeDocument, cancelled: Callable[[], bool] | None) -> tuple[str, ...]:
    """Read every code of the finished file and compare it with the person of its slot.

    Returns the ids of the attendees whose own code was not found in their own slot.
    """
    from checkin_app.scanning.pictures import iter_pdf_codes

    slots_of_page: dict[int, list[FilledSlot]] = {}
    for slot in document.slots:
        slots_of_page.setdefault(slot.page, []).append(slot)
    misread: list[str] = []
    for page, codes in enumerate(iter_pdf_codes(document.file)):
        if cancelled is not None and cancelled():
            document.file.unlink(missing_ok=True)
            raise Cancelled("Stopped. No file was left behind.")
        for slot in slots_of_page.get(page, ()):
            inside = {code.text for code in codes if _lies_in(slot.box, code.x, code.y)}
            if inside != {slot.code}:
                misread.append(slot.attendee_id)
    return tuple(misread)


def _lies_in(box: Box, x_mm: float, y_mm: float) -> bool:
    return box.x_mm <= x_mm <= box.right_mm and box.y_mm <= y_mm <= box.bottom_mm
