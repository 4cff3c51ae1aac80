"""A clock that shows what a test says, in the place of the computer's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DURING_REGISTRATION = datetime(2024, 5, 6, 10, 40, tzinfo=UTC)
"""12:40 in Brussels on the day of the sample event."""


@dataclass
class SettableClock:
    """Stands still until it is moved."""

    now: datetime = DURING_REGISTRATION

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
