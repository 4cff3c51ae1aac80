"""How far something long is that is done in several parts."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


class Counted:
    """Adds up what the parts have done, and tells it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, count: int) -> None:
        """So much more is done."""
        self._done += count
        self._progress(min(self._done, self._total), self._total)
