"""The hub's time, and how far a desk's clock follows what laptops with wrong clocks recorded.

A hybrid logical clock never falls behind what it has seen. One laptop whose clock is years ahead
would so pull along every desk that hears of it, for good: from then on their entries only count
on, and of two admissions made apart no longer the earlier stands, but the one of the desk that had
less to do. A desk that knows the hub's time knows better, and follows by a minute at most.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from checkin_app.domain.ledger import entry_id, next_clock
from checkin_app.domain.sharing import LARGEST_CLOCK_ERROR


class HubTime(datetime):
    """A moment (UTC) by the clock of the hub, not of this laptop."""

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """A moment that was counted from what the hub said."""
        return cls.combine(moment.date(), moment.timetz())


def as_told(moment: datetime) -> datetime:
    """A moment that somebody told: what is recorded with it is not recorded at that time."""
    return datetime.combine(moment.date(), moment.timetz())


def first_not_followed(now: datetime) -> str:
    """The id from which on entries are not followed; empty where a laptop's clock is all there is.

    Then nobody can say whether that one is behind, or the entries are ahead.
    """
    if not isinstance(now, HubTime):
        return ""
    return entry_id(next_clock(0, now + LARGEST_CLOCK_ERROR), 0)
