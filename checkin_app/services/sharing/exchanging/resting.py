"""How long news of others wait after each round of sharing, so that many are taken in together.

A round costs as much as taking in three or four scans, whatever it brings, here and on the hub.
What this desk writes never waits.
"""

from __future__ import annotations

import math

_OF_A_ROUND = 3.0
"""So many times as long as the round took: no more than a quarter of a processor goes into it."""
_LONGEST_S = 0.4
_STEADY_PER_S = 20.0
"""Parcels of others: ten desks with a queue each, or a backlog. Nobody follows each of them."""
_STEADY_S = 0.2
_REMEMBERED_S = 2.0


class Resting:
    """Remembers how often news came of late, and says how long to rest."""

    def __init__(self) -> None:
        self._per_s = 0.0
        self._last_s = float("-inf")

    def after_round(self, began_s: float, ended_s: float, parcels: int) -> float:
        """Seconds to rest after a round.

        Args:
            began_s, ended_s: moments of a clock that is never set.
            parcels: how many of others it brought.
        """
        # An average in which what came weighs the less, the longer ago it was.
        self._per_s *= math.exp((self._last_s - ended_s) / _REMEMBERED_S)
        self._per_s += parcels / _REMEMBERED_S
        self._last_s = ended_s
        least_s = _STEADY_S if self._per_s > _STEADY_PER_S else 0.0
        return min(max(least_s, _OF_A_ROUND * (ended_s - began_s)), _LONGEST_S)
