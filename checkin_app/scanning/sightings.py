"""The codes of one camera frame after the other → scans, each once.

A camera sees the same ticket thirty times a second, from the first glimpse until it is put
away. Here it becomes one scan. There is no camera and no clock: codes come in with the time of
their frame, and the rule is what these sentences say.

* A code is one scan for as long as it stays, however long that is. Once it has not been seen
  for ``AWAY_MS`` it is gone, and coming back makes a new scan.
* Only while somebody looks can a code be away: when a busy computer has let no frame through for
  a while, that counts as ``LONGEST_LOOK_MS``, and a ticket that is still there is the same scan.
* What one frame may have misread (a Code 128 has one check character) counts from its second
  frame on.
* Codes that say the same, a QR with a Code 128 beside it, are one.
* Several that say different things are nobody's guess: none is a scan until the others have
  left the picture or somebody has chosen. That they are there is said when they have stood
  together for ``STEADY_MS``, so that a ticket that leaves while the next comes asks nothing.
* A code that was dealt with and stays on for ``BACKGROUND_MS`` is part of the room, a poster or
  a badge on the table, and no longer in the way of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkin_app.scanning.frame_search import SeenCode

AWAY_MS = 3000
"""Not seen for so long, a code is gone."""

LINGER_MS = 400
"""A code not seen for less than this is still taken to be in the picture: a hand shakes, light
glances off, and the search does not look for everything in every frame."""

STEADY_MS = 300
"""Codes that stand together for so long are there on purpose."""

LONGEST_LOOK_MS = 1000
"""From one frame to the next; the slowest cameras in poor light send a few a second."""

_STEADY_FRAMES = 3

BACKGROUND_MS = 5000
"""A code stays so long after it was dealt with: it belongs to the room."""

_SECOND_LOOK_MS = 1000
"""Within so long a doubtful code must be read again."""

_DOUBTFUL = frozenset({"Code128", "MicroQRCode"})
"""Kinds of codes that are read wrongly now and then: one check character, or none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a frame comes to.

    Attributes:
        scan: the code that is a scan from this frame on; None almost always.
        several: different codes that are in the picture together, so that none of them is a
            scan; told in every frame for as long as it is so, and empty otherwise.
    """

    scan: SeenCode | None = None
    several: tuple[SeenCode, ...] = ()


class Sightings:
    """What one camera has seen lately.

    Times are in milliseconds and must not run backwards; only differences count.
    """

    def __init__(self) -> None:
        self._sightings: dict[str, _Sighting] = {}
        self._last_frame_ms: float | None = None
        self._unseen_ms = 0.0

    def see(self, codes: Iterable[SeenCode], at_ms: float) -> Seen:
        """Take in the codes of a frame, also when there are none: others may have left."""
        looked_ms = self._looked_ms(at_ms)
        self._unseen_ms, self._last_frame_ms = at_ms - looked_ms, at_ms
        return self._see(codes, looked_ms)

    def _looked_ms(self, at_ms: float) -> float:
        """The time by a clock that stands still while no frame comes through."""
        last_ms = at_ms if self._last_frame_ms is None else self._last_frame_ms
        return min(at_ms, last_ms + LONGEST_LOOK_MS) - self._unseen_ms

    def _see(self, codes: Iterable[SeenCode], at_ms: float) -> Seen:
        self._forget_what_left(at_ms)
        self._note(codes, at_ms)
        there = [one for one in self._sightings.values() if one.is_there(at_ms)]
        waiting = [one for one in there if one.is_certain and one.done_ms is None]
        if not waiting:
            return Seen()
        waiting_ms = at_ms - min(one.came_ms for one in waiting)
        rivals = [
            one for one in there if one not in waiting and one.is_in_the_way(at_ms, waiting_ms)
        ]
        together = waiting + rivals
        if len(together) == 1:
            waiting[0].done_ms = at_ms
            return Seen(scan=waiting[0].code)
        if _stand_together(together):
            return Seen(several=tuple(one.code for one in together))
        return Seen()

    def settle(self, at_ms: float) -> None:
        """Somebody has chosen among several codes, or wants none: all of them are dealt with.

        The chosen one is a scan by its choice; no frame tells it again. Each may be scanned
        anew once it has left the picture.
        """
        for sighting in self._sightings.values():
            if sighting.done_ms is None:
                sighting.done_ms = self._looked_ms(at_ms)

    def start_anew(self) -> None:
        """Everything in the picture counts again, for example at another check-in list."""
        self._sightings.clear()

    def _forget_what_left(self, at_ms: float) -> None:
        self._sightings = {
            text: one for text, one in self._sightings.items() if not one.is_gone(at_ms)
        }

    def _note(self, codes: Iterable[SeenCode], at_ms: float) -> None:
        noted: set[str] = set()
        for code in codes:
            sighting = self._sightings.setdefault(code.text, _Sighting(code, at_ms, at_ms))
            if code.text not in noted:
                noted.add(code.text)
                sighting.count(at_ms)
            sighting.code = code
            sighting.is_certain |= code.format not in _DOUBTFUL or sighting.frames > 1


def _stand_together(sightings: Sequence[_Sighting]) -> bool:
    """Whether the first to leave was still seen a while after the last had come."""
    last_came_ms = max(one.came_ms for one in sightings)
    first_left_ms = min(one.last_ms for one in sightings)
    frames = min(one.frames for one in sightings)
    return first_left_ms - last_came_ms >= STEADY_MS and frames >= _STEADY_FRAMES


@dataclass(slots=True, eq=False)
class _Sighting:
    """One text that is or was in the picture.

    Attributes:
        code: as it was seen last.
        came_ms: since when it is there without a gap of ``LINGER_MS``.
        last_ms: when it was seen last.
        frames: how often since it came.
        is_certain: it was not misread.
        done_ms: when it became a scan or was otherwise dealt with.
    """

    code: SeenCode
    came_ms: float
    last_ms: float
    frames: int = 0
    is_certain: bool = False
    done_ms: float | None = None

    def count(self, at_ms: float) -> None:
        if not self.is_there(at_ms) and self.is_certain:
            self.came_ms, self.frames = at_ms, 0
        self.last_ms = at_ms
        self.frames += 1

    def is_there(self, at_ms: float) -> bool:
        return at_ms - self.last_ms < LINGER_MS

    def is_gone(self, at_ms: float) -> bool:
        patience_ms = AWAY_MS if self.is_certain else _SECOND_LOOK_MS
        return at_ms - self.last_ms >= patience_ms

    def is_in_the_way(self, at_ms: float, waiting_ms: float) -> bool:
        """Whether it keeps one that has waited so long from being a scan."""
        if self.done_ms is None:
            return waiting_ms < STEADY_MS
        return at_ms - self.done_ms < BACKGROUND_MS
