"""A bulk print: look for misprints, write the PDF, read it back.

Whom it is for and in which order says ``badge_choice``; ``badge_records`` notes it in the ledger.
``run_badge_job`` is a plain function of picklable values, so that the window can run it in a
process of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.findings import Finding
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badge_elements import Box
from checkin_app.errors import Cancelled

if TYPE_CHECKING:
    from checkin_app.badges.document import BadgeDocument, FilledSlot

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BadgeJob:
    """All that a bulk print needs to know, ready to be sent to another process.

    Attributes:
        proof: whether every code of the finished file is read back and compared.
    """

    file: Path
    attendees: tuple[Attendee, ...]
    plan: BadgePlan
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


def preflight(job: BadgeJob) -> tuple[Finding, ...]:
    """What is worth a look before paper is used."""
    from checkin_app.badges.preflight import check

    return check(job.attendees, job.plan)


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
    from checkin_app.badges.preflight import Inspector

    started = time.monotonic()
    inspector = Inspector(job.plan)
    document = write_badges(
        job.file,
        job.attendees,
        job.plan,
        inspect=inspector.look_at,
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
        findings=inspector.findings,
        proof_read=document.badges - len(misread) if job.proof else None,
        misread=misread,
        seconds=round(time.monotonic() - started, 3),
    )


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
            if inside != set(slot.codes):
                misread.append(slot.attendee_id)
    return tuple(misread)


def _lies_in(box: Box, x_mm: float, y_mm: float) -> bool:
    return box.x_mm <= x_mm <= box.right_mm and box.y_mm <= y_mm <= box.bottom_mm
