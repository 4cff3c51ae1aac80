"""When a mail is tried again that its server did not want yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from checkin_app.domain.mailings import MailJob

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""Greylisting usually wants five minutes."""


class MailRetries:
    """Waits by the clock and by a stopwatch, whichever is through first.

    A clock that is set back stalls nothing, and a stopwatch that stood still while the laptop
    slept neither.

    Args:
        stopwatch: seconds since anything; never goes back.
    """

    def __init__(self, clock: Callable[[], datetime], stopwatch: Callable[[], float]) -> None:
        self._clock = clock
        self._stopwatch = stopwatch
        self._due_s: dict[str, float] = {}

    def next_at(self, job: MailJob) -> datetime | None:
        """When a mail that was not wanted now is tried again; None: that was tried often enough."""
        if job.tries >= len(_PAUSES):
            return None
        pause = _PAUSES[job.tries]
        self._due_s[job.id] = self._stopwatch() + pause.total_seconds()
        return self._clock() + pause

    def left_s(self, job: MailJob) -> float:
        """How long a mail still has to wait; 0 or less: it may be tried."""
        if job.retry_at is None:
            return 0.0
        by_clock_s = (job.retry_at - self._clock()).total_seconds()
        if by_clock_s <= 0:
            return by_clock_s
        now_s = self._stopwatch()
        longest_s = _PAUSES[-1].total_seconds()
        due_s = self._due_s.setdefault(job.id, now_s + min(by_clock_s, longest_s))
        return min(by_clock_s, due_s - now_s)

    def is_last_time(self, job: MailJob) -> bool:
        """Whether a mail waits that was tried often enough before."""
        return job.tries > len(_PAUSES)
