"""What the event remembers of a finished run: who was printed where, by which layout and stock."""

from __future__ import annotations

from datetime import datetime

from checkin_app.services.bulk_badges.badge_layouts import keep_layout
from checkin_app.services.bulk_badges.badge_printing import BadgeJob
from checkin_app.services.bulk_badges.badge_records import record_job
from checkin_app.services.bulk_badges.badge_stock import keep_stock
from checkin_app.storage.event_file import EventFile


def remember_run(
    event_file: EventFile, desk_name: str, now: datetime, job: BadgeJob, run: str = ""
) -> None:
    """Note a run in the ledger, and keep its layout and stock in the event file.

    Args:
        run: its id, if it may have to be asked again: what was noted before a failure is not
            noted twice.

    Raises:
        EventFileError: the event file cannot be written.
    """
    keep_layout(event_file, job.plan.layout, desk_name, now)
    keep_stock(event_file, job.plan.stock, desk_name, now)
    record_job(event_file, desk_name, now, job, run)
