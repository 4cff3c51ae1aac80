"""Tells a code that a scanner sent twice at one trigger from one that was scanned again.

Some scanners send each code twice, and one left in presentation mode reads the code before it
again every half second or so. The same code from the same scanner within a second is the same
scan. Nobody aims, triggers and means it twice within a second; and the answer to the first is
still on the screen. As long as it goes on it stays one scan: the time runs anew with each.

One of these belongs to each scanner, so that the same ticket at two scanners is two scans.
"""

from __future__ import annotations

SAME_TRIGGER_MS = 1000


class RepeatedReadings:
    """Remembers the last reading of one scanner."""

    def __init__(self) -> None:
        self._text = ""
        self._ended_ms: int | None = None

    def is_repeat(self, text: str, began_ms: int, ended_ms: int) -> bool:
        """Whether this reading belongs to the trigger of the one before. Notes it.

        Args:
            began_ms: when its first character came, by any clock that goes on.
            ended_ms: when its last came.
        """
        is_same = text == self._text and self._ended_ms is not None
        between_ms = began_ms - self._ended_ms if self._ended_ms is not None else 0
        self._text, self._ended_ms = text, ended_ms
        return is_same and 0 <= between_ms < SAME_TRIGGER_MS
