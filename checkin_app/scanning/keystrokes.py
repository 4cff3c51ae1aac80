"""Turns the keys a computer receives into typing and scans, told apart by their speed alone.

A scanner that plays keyboard types a code within a few milliseconds a character; no person
keeps that up. So every character is held back for a moment nobody notices. When the next
ones follow at a scanner's speed they are a scan and reach no widget; otherwise they are
given back as typing, each once, in order. Keys that a scanner does not send are never held.

Here is no keyboard, clock or window: keys come in with the time the system stamped on them,
and whoever feeds them says when it has been silent. ``gui.devices.keyboard_scanner`` does.

What stays undecidable by speed:

* A person's key in the few milliseconds before a scan joins it; ``KeyboardReading.slow_start``
  says how many characters stand apart, so that the code without them can be tried as well.
* Fewer than ``shortest_with_ending`` characters are typing even at a scanner's speed, for
  fingers rolling over two or three keys look the same. In the search field that comes to
  the same: the characters, then Enter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from checkin_app.domain.tickets.codes import LONGEST_CODE

K = TypeVar("K")

_APART_MS = 10
_APART_TIMES = 3


class KeyKind(Enum):
    """What a key press means to a scan."""

    CHARACTER = "character"
    CONTROL = "control character"
    """Ctrl with a key giving a control character: the GS inside a GS1 code, or a shortcut."""
    ENDING = "Enter or Tab"
    OTHER = "anything a scanner does not send as part of a code"


class Ending(Enum):
    """What closed a scan."""

    ENTER = "Enter"
    TAB = "Tab"
    SILENCE = "nothing"


@dataclass(frozen=True, slots=True)
class Keystroke(Generic[K]):
    """One key press.

    Attributes:
        kind: what it means to a scan.
        at_ms: the time stamped on it; only differences count.
        key: the press as the caller knows it, given back untouched when it was typing.
        text: what it writes; empty for ENDING and OTHER.
        ending: which ending it is, for ENDING.
        is_repeat: the keyboard repeats a key held down; no scanner does that.
    """

    kind: KeyKind
    at_ms: int
    key: K
    text: str = ""
    ending: Ending = Ending.ENTER
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Typed(Generic[K]):
    """This key was typed by a person: it goes where the focus is."""

    key: K


@dataclass(frozen=True, slots=True)
class KeyboardReading:
    """A scanner typed this.

    Attributes:
        text: the characters, at most ``LONGEST_CODE`` of them.
        ending: what closed it.
        characters: how many there were before any were dropped.
        slowest_gap_ms: the longest time between two of its characters.
        slow_start: leading characters set apart from the rest by a far longer gap, perhaps
            typed by a person just before; 0 for most.
        began_ms, ended_ms: the times stamped on its first and last key.
        keys: the presses with the ending, in order, as the caller knows them; for whoever finds
            that it was typing after all. At most ``LONGEST_CODE`` and the ending.
    """

    text: str
    ending: Ending
    characters: int
    slowest_gap_ms: int
    slow_start: int = 0
    began_ms: int = field(default=0, compare=False)
    ended_ms: int = field(default=0, compare=False)
    keys: tuple[Any, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ScannerSpeed:
    """Where the line between typing and a scan is drawn.

    Attributes:
        hold_ms: longest gap between the first characters of a scan; also how long a typed
            character waits. Fast typists are at 80 ms a key, scanners at 1 to 20.
        pause_ms: longest gap once it is certainly a scan; a scan without ending is complete
            after this silence.
        shortest: characters at this speed that are certainly a scan.
        shortest_with_ending: the same when Enter or Tab follows at this speed.
    """

    hold_ms: int = 35
    pause_ms: int = 80
    shortest: int = 6
    shortest_with_ending: int = 4


SLOW_SPEED = ScannerSpeed(hold_ms=65, pause_ms=250, shortest=8, shortest_with_ending=6)
"""For scanners that type at up to 65 ms a key, as some do over Bluetooth. A hurried person comes
near that for a few keys, so more of them are asked for."""

PATIENT_SPEED = ScannerSpeed(hold_ms=200, pause_ms=500)
"""For measuring a scanner while nobody types."""

Decisions: TypeAlias = "list[Typed[K] | KeyboardReading]"


@dataclass(slots=True)
class _Burst(Generic[K]):
    """Characters that came without a pause, and what is known of their rhythm."""

    held: list[K] = field(default_factory=list)
    text: str = ""
    characters: int = 0
    gaps_ms: list[int] = field(default_factory=list)
    slowest_gap_ms: int = 0
    is_scan: bool = False
    began_ms: int = 0

    def add(self, stroke: Keystroke[K], gap_ms: int) -> None:
        if self.characters:
            self.slowest_gap_ms = max(self.slowest_gap_ms, gap_ms)
        else:
            self.began_ms = stroke.at_ms
        if not self.is_scan:
            self.gaps_ms.append(gap_ms if self.characters else 0)
        if len(self.held) < LONGEST_CODE:
            self.held.append(stroke.key)
        self.add_text(stroke.text)

    def add_text(self, text: str) -> None:
        self.text += text[: LONGEST_CODE - len(self.text)]
        self.characters += len(text)

    def slow_start(self) -> int:
        """How many of the first characters a gap sets apart from the others."""
        place = self.gaps_ms.index(max(self.gaps_ms))
        after = self.gaps_ms[place + 1 :]
        is_apart = after and self.gaps_ms[place] >= max(_APART_MS, _APART_TIMES * max(after))
        return place if is_apart else 0


class KeystrokeSorter(Generic[K]):
    """Sorts key presses into typing and scans.

    Every press handed in comes back exactly once as ``Typed``, in order, or belongs to
    exactly one ``KeyboardReading``. An Enter or Tab right after a scan's ending belongs to
    that scan, and a key repeating by itself within a scan is no press at all.
    """

    def __init__(self, speed: ScannerSpeed | None = None) -> None:
        self._speed = speed or ScannerSpeed()
        self._burst: _Burst[K] = _Burst()
        self._last_ms = 0
        self._scan_ended_ms: int | None = None

    @property
    def is_inside(self) -> bool:
        """Whether characters are held: the next key may belong to a scan."""
        return self._burst.is_scan or bool(self._burst.held)

    @property
    def is_certain(self) -> bool:
        """Whether what is held is certainly a scan, though not at its end."""
        return self._burst.is_scan

    @property
    def wait_ms(self) -> int | None:
        """Call ``silence`` unless a key arrives within this time; None: nothing is held."""
        return self._longest_gap_ms if self.is_inside else None

    def follow(self, speed: ScannerSpeed) -> Decisions[K]:
        """Draw the line elsewhere from now on. What is held is decided as by silence."""
        decided = self.silence()
        self._speed = speed
        return decided

    def press(self, stroke: Keystroke[K]) -> Decisions[K]:
        """What this press decides, in order. The press itself may be held or part of a scan."""
        gap_ms = stroke.at_ms - self._last_ms
        self._last_ms = stroke.at_ms
        # A clock that runs backwards was exchanged; nothing is known about the gap.
        is_after_pause = not 0 <= gap_ms <= self._longest_gap_ms
        decided = self.silence() if is_after_pause else []
        return decided + (self._repeat(stroke) if stroke.is_repeat else self._sort(stroke, gap_ms))

    def compose(self, text: str) -> None:
        """Adds text to a certain scan that arrived without a key: dead keys combined it."""
        if not self._burst.is_scan:
            raise ValueError("only a certain scan takes composed text")
        self._burst.add_text(text)

    def silence(self) -> Decisions[K]:
        """What the silence after the last key decides: a scan without ending, or typing."""
        return self._close(Ending.SILENCE)

    @property
    def _longest_gap_ms(self) -> int:
        return self._speed.pause_ms if self._burst.is_scan else self._speed.hold_ms

    def _sort(self, stroke: Keystroke[K], gap_ms: int) -> Decisions[K]:
        scan_ended_ms, self._scan_ended_ms = self._scan_ended_ms, None
        match stroke.kind:
            case KeyKind.CHARACTER:
                return self._character(stroke, gap_ms)
            case KeyKind.CONTROL if self.is_inside:
                return self._character(stroke, gap_ms)
            case KeyKind.ENDING if self.is_inside:
                return self._ending(stroke)
            case KeyKind.ENDING if self._is_second_ending(stroke, scan_ended_ms):
                # Scanners that close a line with CR and LF, or Tab and Enter, press two keys.
                self._scan_ended_ms = stroke.at_ms
                return []
            case _:
                return self._other(stroke)

    def _character(self, stroke: Keystroke[K], gap_ms: int) -> Decisions[K]:
        burst = self._burst
        burst.add(stroke, gap_ms)
        if len(burst.held) >= self._speed.shortest:
            burst.is_scan = True
        return []

    def _ending(self, stroke: Keystroke[K]) -> Decisions[K]:
        burst = self._burst
        if not burst.is_scan and len(burst.held) < self._speed.shortest_with_ending:
            return self._other(stroke)
        burst.is_scan = True
        self._scan_ended_ms = stroke.at_ms
        burst.held.append(stroke.key)
        return self._close(stroke.ending)

    def _other(self, stroke: Keystroke[K]) -> Decisions[K]:
        # A dead key or function key inside a scan must not cut the code in two.
        before = [] if self._burst.is_scan else self.silence()
        return [*before, Typed(stroke.key)]

    def _repeat(self, stroke: Keystroke[K]) -> Decisions[K]:
        # The computer was too busy to see the release; the scanner pressed the key once.
        is_of_scan = self._burst.is_scan or (
            stroke.kind is KeyKind.ENDING and self._scan_ended_ms is not None
        )
        return [] if is_of_scan else [*self.silence(), Typed(stroke.key)]

    def _is_second_ending(self, stroke: Keystroke[K], scan_ended_ms: int | None) -> bool:
        return (
            scan_ended_ms is not None and 0 <= stroke.at_ms - scan_ended_ms <= self._speed.hold_ms
        )

    def _close(self, ending: Ending) -> Decisions[K]:
        burst, self._burst = self._burst, _Burst()
        if not burst.is_scan:
            return [Typed(key) for key in burst.held]
        return [
            KeyboardReading(
                burst.text,
                ending,
                burst.characters,
                burst.slowest_gap_ms,
                burst.slow_start(),
                burst.began_ms,
                self._last_ms,
                tuple(burst.held),
            )
        ]
