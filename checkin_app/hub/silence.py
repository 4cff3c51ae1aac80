"""A connection that does not wait for ever for a peer that fell silent.

A laptop that left the Wi-Fi, or a router that forgot the connection, answers nothing, not even
that it is gone. TCP finds out after minutes, and never when something in between acknowledges.
So each answer is waited for only as long as something moves.
"""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.rows import TupleRow

LONGEST_SILENCE_S = 4.0
PATIENT_S = 10.0
"""For what is done once, while somebody waits for it: a laptop that has just started PostgreSQL may
answer late, and nobody tries again but that person."""

_Result = TypeVar("_Result")
_Steps = Generator[Any, Any, _Result]


class PatientConnection(psycopg.Connection[TupleRow]):
    """Raises ``psycopg.OperationalError`` when nothing moved for too long.

    Attributes:
        longest_silence_s: how long is too long.
    """

    longest_silence_s = LONGEST_SILENCE_S

    def wait(
        self, gen: _Steps[_Result], interval: float = 0.1, timeout: float | None = None
    ) -> _Result:
        return super().wait(self._unless_silent(gen), interval, timeout)

    def _unless_silent(self, steps: _Steps[_Result]) -> _Steps[_Result]:
        """The same steps, given up when the socket was not ready for so long."""
        moved_at = monotonic()
        try:
            wanted = next(steps)
            while True:
                ready = yield wanted
                now = monotonic()
                if ready:
                    moved_at = now
                elif now - moved_at > self.longest_silence_s:
                    raise psycopg.OperationalError("the peer fell silent")
                wanted = steps.send(ready)
        except StopIteration as end:
            result: _Result = end.value
            return result
