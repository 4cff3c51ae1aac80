"""A run → its findings: at one go in a process of its own, or in short steps between previews."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from checkin_app.badges.preflight.findings import Finding
from checkin_app.errors import Cancelled
from checkin_app.services.bulk_badges.badge_printing import BadgeJob

if TYPE_CHECKING:
    from checkin_app.badges.compose import Composer
    from checkin_app.badges.preflight.inspector import Inspector

_STEP = 40
"""So many badges take some 20 ms."""
_REPORT_EVERY = 25 * _STEP


class StepwiseCheck:
    """Checks the badges of a run, some at a time; whoever asks for no further step has stopped it.

    Fonts are shared by all threads and meant for one at a time, so the steps belong in the lane
    that draws the preview.

    Attributes:
        done: how many badges were checked.
    """

    def __init__(self, job: BadgeJob) -> None:
        self._job = job
        self._waiting = iter(job.attendees)
        self._tools: tuple[Composer, Inspector] | None = None
        self.done = 0

    def step(self) -> tuple[Finding, ...] | None:
        """Check some badges; all findings when those were the last, None before."""
        composer, inspector = self._tools = self._tools or self._begin()
        some = list(islice(self._waiting, _STEP))
        self.done += len(some)
        for attendee in some:
            inspector.look_at(composer.compose(attendee))
        return None if some else inspector.findings

    def _begin(self) -> tuple[Composer, Inspector]:
        from checkin_app.badges.preflight.inspector import Inspector

        plan = self._job.plan
        composer = plan.composer()
        return composer, Inspector(plan, self._job.printer_dpi, plan.event.language, composer)


def check_badges(
    job: BadgeJob,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Finding, ...]:
    """Check all badges of a run.

    Raises:
        Cancelled: nobody waits for the answer any more.
    """
    check = StepwiseCheck(job)
    while (findings := check.step()) is None:
        if cancelled():
            raise Cancelled("Stopped.")
        if not check.done % _REPORT_EVERY:
            progress(check.done, len(job.attendees))
    return findings
