"""How many mails a minute: servers close accounts that send in bursts."""

from __future__ import annotations

from collections.abc import Callable

MOST_PER_MINUTE = 6000


class MailPace:
    """Spaces mails evenly.

    Args:
        per_minute: from 1 to 6000.
        stopwatch: seconds since anything; never goes back, as a laptop's clock does when it is set.
    """

    def __init__(self, per_minute: int, stopwatch: Callable[[], float]) -> None:
        self._gap_s = 60 / max(1, min(per_minute, MOST_PER_MINUTE))
        self._stopwatch = stopwatch
        self._next_at_s = stopwatch()

    @property
    def left_s(self) -> float:
        """How long to wait before the next mail; 0 or less: it may be sent."""
        return self._next_at_s - self._stopwatch()

    def count(self) -> None:
        """A mail is sent now."""
        self._next_at_s = self._stopwatch() + self._gap_s

    def pause(self, seconds: float) -> None:
        """Send nothing for a while."""
        self._next_at_s = max(self._next_at_s, self._stopwatch() + seconds)
