"""The time as the hub has it, also while the hub is out of reach and whatever the laptop says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from checkin_app.domain.hub_time import HubTime
from checkin_app.services.clock import utc_now


def elapsed_s() -> float:
    """Seconds since some moment, which no setting of the clock changes; sleep counts."""
    # On Linux the first counts sleep, on macOS the second; on Windows monotonic() itself does.
    for clock in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(time, clock):
            return time.clock_gettime(getattr(time, clock))
    return time.monotonic()


class SharedClock:
    """Gives the hub's time once it is known, the laptop's before.

    From the moment the hub's time was asked for the clock runs on by itself: somebody who puts
    the laptop's clock right in the middle of the registration changes nothing.

    Attributes:
        laptop: the laptop's own clock (UTC).
    """

    def __init__(
        self,
        error: timedelta | None = None,
        laptop: Callable[[], datetime] = utc_now,
        elapsed: Callable[[], float] = elapsed_s,
    ) -> None:
        """Begin with what was measured earlier, if anything was.

        Args:
            error: by how much the laptop was ahead of the hub.
        """
        self.laptop = laptop
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._error = error
        self._set_at: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        """Now (UTC), to the millisecond: a ``HubTime`` once the hub was heard.

        Before that, what was measured an earlier time may be wrong: somebody may have set the
        laptop's clock since.
        """
        with self._lock:
            if self._set_at is not None:
                hub, elapsed = self._set_at
                return _to_milliseconds(
                    HubTime.at(hub + timedelta(seconds=self._elapsed() - elapsed))
                )
            return _to_milliseconds(self.laptop() - (self._error or timedelta()))

    @property
    def error(self) -> timedelta | None:
        """By how much the laptop's clock was ahead of the hub's when last asked."""
        with self._lock:
            return self._error

    def set_by(self, error: timedelta) -> None:
        """Take over the hub's time.

        Args:
            error: by how much the laptop is ahead of the hub now.
        """
        with self._lock:
            self._error = error
            self._set_at = (self.laptop() - error, self._elapsed())


def _to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
