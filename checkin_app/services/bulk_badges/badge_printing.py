"""A bulk print: look for misprints, write the PDF, read it back.

Whom it is for and in which order says ``badge_choice``; ``badge_records`` notes it in the ledger.
``run_badge_job`` is a plain function of picklable values, so that the window can run it in a
process of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checkin_app.badges.badge_plan import BadgePlan
from checkin_app.badges.filled_slots import FilledSlot
from checkin_app.badges.preflight.findings import USUAL_DPI, Finding
from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import SheetRange
from checkin_app.errors import Cancelled

if TYPE_CHECKING:
    from checkin_app.badges.document import BadgeDocument
    from checkin_app.badges.preflight.proof_choice import Pick
    from checkin_app.services.bulk_badges.proof_readers import ProofReaders

Progress = Callable[[int, int], None]
"""Told how many badges are done, and how many there are. Each is drawn, then read back: what is
beyond the number of badges was read back."""

_ENOUGH_FOR_A_PROOF = 4
_PROGRESS_REPORTS = 200


@dataclass(frozen=True, slots=True)
class BadgeJob:
    """All that a bulk print needs to know, ready to be sent to another process.

    Attributes:
        proof: whether every code of the finished file is read back and compared.
        printer_dpi: dots of the printer, which codes are to be printed with.
    """

    file: Path
    attendees: tuple[Attendee, ...]
    plan: BadgePlan
    proof: bool = True
    printer_dpi: int = USUAL_DPI


@dataclass(frozen=True, slots=True)
class BadgeReport:
    """What a bulk print did.

    Attributes:
        proof_read: how many badges had all their codes read back from the file; None without
            proof-reading, or where badges have no codes.
        misread: ids of the attendees whose codes could not be read back.
        misread_slots: where those lie.
    """

    file: Path
    badges: int
    sheets: int
    findings: tuple[Finding, ...]
    proof_read: int | None
    misread: tuple[str, ...]
    seconds: float
    misread_slots: tuple[FilledSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """A proof: a few badges that show soonest what is wrong.

    Attributes:
        picks: who is on it, in the order of the slots, each with the reason.
    """

    report: BadgeReport
    picks: tuple[Pick, ...]


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
    from checkin_app.badges.preflight.inspector import Inspector
    from checkin_app.services.bulk_badges.proof_readers import ProofReaders, readers_for
    from checkin_app.services.bulk_badges.proof_reading import has_codes

    started = time.monotonic()
    is_proof_read = job.proof and has_codes(job.plan)
    badges = len(job.attendees) * job.plan.imposition.copies
    with ProofReaders(readers_for(badges) if is_proof_read else 0) as readers:
        inspector = Inspector(job.plan, job.printer_dpi, job.plan.event.language)
        document = write_badges(
            job.file,
            job.attendees,
            job.plan,
            inspect=inspector.look_at,
            progress=progress,
            cancelled=cancelled,
        )
        misread: tuple[FilledSlot, ...] = ()
        if is_proof_read:
            try:
                misread = _proof_read(document, job.plan, readers, progress, cancelled)
            except BaseException:
                # Nobody shall print what was not read back to its end.
                document.file.unlink(missing_ok=True)
                raise
    bad_places = {(slot.attendee_id, slot.sheet, slot.slot) for slot in misread}
    return BadgeReport(
        file=document.file,
        badges=document.badges,
        sheets=document.sheets,
        findings=inspector.findings,
        proof_read=document.badges - len(bad_places) if is_proof_read else None,
        misread=tuple(dict.fromkeys(slot.attendee_id for slot in misread)),
        seconds=round(time.monotonic() - started, 3),
        misread_slots=misread,
    )


def run_proof_sheet(job: BadgeJob) -> ProofSheet:
    """Write one sheet with the longest, the shortest and the strangest names of a job.

    With the outlines of the badges, and without trays, copies or anything else that only the
    whole run has. Stock with fewer than four badges on a sheet takes some sheets.

    Raises:
        BadgeError: the file cannot be written, or there is nobody to print.
        UsageError: the choices of the imposition do not go with the stock.
    """
    from checkin_app.badges.preflight.proof_choice import proof_attendees

    slots = job.plan.stock.slots
    sheets = -(-_ENOUGH_FOR_A_PROOF // slots)
    picks = proof_attendees(job.attendees, job.plan, slots * sheets)
    imposition = replace(
        job.plan.imposition,
        first_slot=1,
        skipped_slots=frozenset(),
        copies=1,
        cut_and_stack=False,
        outlines=True,
        sheets=SheetRange(),
    )
    plan = replace(job.plan, imposition=imposition, trays=(), tray_pages=False)
    attendees = tuple(attendee for attendee, _reason in picks)
    return ProofSheet(run_badge_job(replace(job, attendees=attendees, plan=plan)), picks)


def _proof_read(
    document: BadgeDocument,
    plan: BadgePlan,
    readers: ProofReaders,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[FilledSlot, ...]:
    """The slots of the finished file whose codes are not all there, or not theirs."""
    from checkin_app.services.bulk_badges.proof_reading import chunks, proof_settings

    faces = len(document.slots)
    read = due = 0

    def more_read(more: int) -> None:
        nonlocal read, due
        read += more
        if progress is not None and (read >= due or read == faces):
            due = read + faces // _PROGRESS_REPORTS
            progress(document.badges + document.badges * read // faces, document.badges)

    settings = proof_settings(document, plan)
    misread = readers.read(chunks(document), settings, more_read, cancelled or _never)
    if misread is None:
        raise Cancelled("Stopped. No file was left behind.")
    return tuple(document.slots[number] for number in misread)


def _never() -> bool:
    return False
