"""What was printed, in the ledger of the event: badges, runs, and what was spoilt."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from checkin_app.badges.sheets.sheet_plan import plan_batches
from checkin_app.domain.badges.badge_prints import BadgePrint, PrintRun, RunPlace
from checkin_app.domain.ledger import EntryKind
from checkin_app.services.bulk_badges.badge_printing import BadgeJob
from checkin_app.storage.event_file import EventFile

_PER_TRANSACTION = 200
_RUN_BYTES = 4


def new_run_id() -> str:
    """A short name for a bulk print, unlike any other's."""
    return secrets.token_hex(_RUN_BYTES)


def record_job(
    event_file: EventFile, desk_name: str, now: datetime, job: BadgeJob, run: str = ""
) -> str:
    """Note a finished bulk print: who was printed, on which sheet and slot, in which tray.

    Badges of sheets that the job leaves out are not noted. Returns the id of the run.

    Args:
        run: its id, if it is to be noted again after a failure: what was noted of it then is
            not noted twice.

    Raises:
        EventFileError: the event file cannot be written.
    """
    run = run or new_run_id()
    noted = {place.attendee_id for place in event_file.run_places(run)}
    prints = list(_prints_of(job, run))
    plan = job.plan
    described = PrintRun(run, plan.stock.name, plan.layout.name, plan.imposition, len(prints))
    missing = [one for one in prints if one.attendee.id not in noted]
    record_prints(event_file, desk_name, now, missing, described)
    return run


def record_prints(
    event_file: EventFile,
    desk_name: str,
    now: datetime,
    prints: Iterable[BadgePrint],
    run: PrintRun | None = None,
) -> None:
    """Note in the ledger whose badge was printed.

    In short transactions, so that a scan never waits for a large run.

    Args:
        run: the bulk print they belong to; noted with the first of them, and only once.

    Raises:
        EventFileError: the event file cannot be written.
    """
    waiting = iter(prints)
    while some := tuple(islice(waiting, _PER_TRANSACTION)):
        with event_file.transaction(desk_name, now) as transaction:
            if run is not None and not transaction.has_run(run.id):
                transaction.append(EntryKind.BADGE_RUN, payload=run.payload())
            run = None
            for badge in some:
                transaction.append(
                    EntryKind.BADGE_PRINTED, badge.attendee.id, payload=badge.payload()
                )


def record_spoilt(
    event_file: EventFile, desk_name: str, now: datetime, attendee_ids: Iterable[str]
) -> None:
    """Note whose badge jammed, was misprinted or got lost before it was handed out.

    Raises:
        EventFileError: the event file cannot be written.
    """
    waiting = iter(attendee_ids)
    while some := tuple(islice(waiting, _PER_TRANSACTION)):
        with event_file.transaction(desk_name, now) as transaction:
            for attendee_id in some:
                transaction.append(EntryKind.BADGE_SPOILT, attendee_id)


def last_runs(event_file: EventFile, limit: int = 10) -> tuple[PrintRun, ...]:
    """The latest bulk prints, newest first."""
    return event_file.last_runs(limit)


def run_places(event_file: EventFile, run: str) -> tuple[RunPlace, ...]:
    """Who lay on which sheet and slot of a bulk print, sheet by sheet; empty for an unknown run."""
    return event_file.run_places(run)


def _prints_of(job: BadgeJob, run: str) -> Iterator[BadgePrint]:
    from checkin_app.badges.compose import own_fields

    plan, imposition = job.plan, job.plan.imposition
    design = plan.layout.design_for(plan.stock.face_width_mm, plan.stock.face_height_mm)
    # The category colours a badge also where no text of it shows it.
    fields = (*own_fields(design), "category")
    number = 0
    for batch in plan_batches(len(job.attendees), plan.stock, imposition, plan.trays):
        tray = "" if batch.tray is None else plan.trays[batch.tray].name
        for place in range(batch.places // imposition.copies):
            sheet, slot = batch.sheet_and_slot(place * imposition.copies)
            if imposition.sheets.holds(batch.first_sheet + sheet):
                yield BadgePrint(
                    job.attendees[number],
                    run=run,
                    sheet=batch.first_sheet + sheet,
                    slot=slot + 1,
                    copies=imposition.copies,
                    tray=tray,
                    place=place + 1 if tray else 0,
                    fields=fields,
                )
            number += 1
