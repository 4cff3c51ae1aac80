"""A run → its findings, stoppable at any badge; a plain function for a thread or a process."""

from __future__ import annotations

from collections.abc import Callable

from checkin_app.badges.findings import Finding
from checkin_app.errors import Cancelled
from checkin_app.services.badge_printing import BadgeJob

_REPORT_EVERY = 100


def check_badges(
    job: BadgeJob,
    printer_dpi: int,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Finding, ...]:
    """What is worth a look before paper is used.

    Raises:
        Cancelled: nobody waits for the answer any more.
    """
    from checkin_app.badges.preflight import Inspector

    composer = job.plan.composer()
    inspector = Inspector(job.plan, printer_dpi, job.plan.event.language, composer)
    for number, attendee in enumerate(job.attendees):
        if not number % _REPORT_EVERY:
            if cancelled():
                raise Cancelled("Stopped.")
            progress(number, len(job.attendees))
        inspector.look_at(composer.compose(attendee))
    return inspector.findings
