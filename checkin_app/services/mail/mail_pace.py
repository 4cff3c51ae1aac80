"""How many mails a minute: servers close accounts that send in bursts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

MOST_PER_MINUTE = 6000


class MailPace:
    """Spaces mails evenly.

    Args:
        per_minute: from 1 to 6000.
    """

    def __init__(self, per_minute: int, clock: Callable[[], datetime]) -> None:
        self._gap = timedelta(minutes=1) / max(1, min(per_minute, MOST_PER_MINUTE))
        self._clock = clock
        self._next_at = clock()

    def next_at(self) -> datetime:
        """When the next mail may be sent."""
        return self._next_at

    def count(self) -> None:
        """A mail is sent now."""
        self._next_at = self._clock() + self._gap

    def pause(self, seconds: float) -> None:
        """Send nothing for a while."""
        self._next_at = max(self._next_at, self._clock() + timedelta(seconds=seconds))
