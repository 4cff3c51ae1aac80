"""A known code, scanned → what the scanner and the keyboard settings of the computer make of it.

The self-test page shows ``TEST_CODE``. Whatever arrives is compared with what it would be under
each combination of keyboard layouts, and what stands around it is what the scanner adds.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from checkin_app.scanning.keyboard_layouts import CapsLock, Garbling, garblings
from checkin_app.scanning.keyboard_tables import UNITED_STATES
from checkin_app.scanning.keystrokes import SLOW_SPEED, Ending, KeyboardReading, ScannerSpeed
from checkin_app.scanning.scanner_scans import keyboard_scan, serial_scan
from checkin_app.scanning.serial_lines import LineEnd, SerialReading
from checkin_app.settings.device_settings import ScannerSettings

TEST_CODE = "azqwmy-AZQWMY/0123456789"
"""Letters that stand elsewhere on other keyboards, small and capital, all digits, two marks; none
of them lies under a dead key on any layout known here, so nothing of it can vanish."""

_SIMILAR = 0.5


class Heard(Enum):
    """What kind of thing was scanned."""

    TEST_CODE = "the test code, perhaps garbled in a known way"
    SPOILT = "the test code, spoilt beyond what is known"
    ANOTHER_CODE = "something else"


class Speed(Enum):
    """How fast a keyboard scanner types."""

    FAST = "no setting is needed"
    SLOW = "the desk must be told"
    TOO_SLOW = "no different from a person"
    NOT_TYPED = "it comes by a serial port"


@dataclass(frozen=True, slots=True)
class ScannerFindings:
    """What one scan of the test code showed.

    Attributes:
        heard: whether it was the test code at all; if not, the rest means nothing.
        prefix, suffix: what stood around the code, as the computer wrote it.
        garblings: the combinations of settings that explain its letters; empty when they came
            right. Some cannot be told apart by letters and digits, so there may be several.
        ending: how it was closed, in the words of the reading's own enum: "Enter", "nothing".
        is_closed: there was an ending at all.
        slowest_gap_ms: the longest time between two characters; 0 for serial.
        is_sent_twice: the scanner repeats each code.
    """

    heard: Heard
    prefix: str = ""
    suffix: str = ""
    garblings: tuple[Garbling, ...] = ()
    ending: str = ""
    is_closed: bool = True
    speed: Speed = Speed.NOT_TYPED
    slowest_gap_ms: int = 0
    is_sent_twice: bool = False

    @property
    def has_caps_lock(self) -> bool:
        """Caps Lock was on."""
        return bool(self.garblings) and self.garblings[0].caps_lock is not CapsLock.OFF

    @property
    def layouts(self) -> tuple[str, ...]:
        """The computer's keyboard layouts that explain the letters, the most frequent first.

        Empty when layouts have no part in it; Caps Lock alone is told by ``has_caps_lock``.
        """
        names = (
            garbling.computer.name
            for garbling in self.garblings
            if garbling.scanner is UNITED_STATES and garbling.computer is not UNITED_STATES
        )
        is_caps_lock_alone = any(
            garbling.scanner is garbling.computer is UNITED_STATES for garbling in self.garblings
        )
        return () if is_caps_lock_alone else tuple(dict.fromkeys(names))

    @property
    def scanner_layouts(self) -> tuple[str, ...]:
        """The keyboards the scanner may believe in, where it is not set to United States."""
        if any(garbling.scanner is UNITED_STATES for garbling in self.garblings):
            return ()
        return tuple(dict.fromkeys(garbling.scanner.name for garbling in self.garblings))

    def meant_by(self, written: str) -> str:
        """What the scanner meant by characters that the computer wrote."""
        if not self.garblings:
            return written
        return next(self.garblings[0].undo(written), written)

    def settings(self, before: ScannerSettings) -> ScannerSettings:
        """The settings under which this scanner works at this desk.

        A desk has them once for all its scanners, so a fast one does not make it impatient with
        the slow one beside it, and a serial one says nothing about speed.
        """
        is_slow = before.is_slow or self.speed in (Speed.SLOW, Speed.TOO_SLOW)
        return replace(before, prefix=self.prefix, suffix=self.suffix, is_slow=is_slow)


def judge_typed(reading: KeyboardReading, *, is_sent_twice: bool = False) -> ScannerFindings:
    """What a scan by a keyboard scanner shows."""
    text = reading.text[reading.slow_start :]
    return replace(
        _judge(text),
        ending=reading.ending.value,
        is_closed=reading.ending is not Ending.SILENCE,
        speed=_speed(reading.slowest_gap_ms),
        slowest_gap_ms=reading.slowest_gap_ms,
        is_sent_twice=is_sent_twice or _is_doubled(text),
    )


def judge_sent(reading: SerialReading, *, is_sent_twice: bool = False) -> ScannerFindings:
    """What a scan by a serial scanner shows."""
    return replace(
        _judge(reading.text),
        ending=reading.ending.value,
        is_closed=reading.ending is not LineEnd.SILENCE,
        is_sent_twice=is_sent_twice or _is_doubled(reading.text),
    )


def is_understood(reading: KeyboardReading | SerialReading, settings: ScannerSettings) -> bool:
    """Whether the desk, set up like this, finds the test code in a reading."""
    if isinstance(reading, SerialReading):
        scan = serial_scan(reading, settings)
    else:
        scan = keyboard_scan(reading, settings)
        as_set = SLOW_SPEED if settings.is_slow else ScannerSpeed()
        if reading.slowest_gap_ms > as_set.hold_ms:
            return False
    return TEST_CODE in (scan.text, *(repair.text for repair in scan.repairs))


def _judge(text: str) -> ScannerFindings:
    if TEST_CODE in text:
        return ScannerFindings(Heard.TEST_CODE, *_around(text, TEST_CODE))
    written = {garbling: garbling.garble(TEST_CODE) for garbling in garblings()}
    fitting = [garbling for garbling, code in written.items() if code and code in text]
    if fitting:
        around = _around(text, written[fitting[0]] or "")
        return ScannerFindings(Heard.TEST_CODE, *around, garblings=tuple(fitting))
    return ScannerFindings(Heard.SPOILT if _is_similar(text) else Heard.ANOTHER_CODE)


def _around(text: str, code: str) -> tuple[str, str]:
    prefix, _, rest = text.partition(code)
    # A code that came twice has no suffix that begins with itself.
    return prefix, "" if code in rest else rest


def _is_doubled(text: str) -> bool:
    return any(text.count(code) > 1 for code in _every_writing())


def _every_writing() -> Iterator[str]:
    yield TEST_CODE
    yield from filter(None, (garbling.garble(TEST_CODE) for garbling in garblings()))


def _is_similar(text: str) -> bool:
    if abs(len(text) - len(TEST_CODE)) > len(TEST_CODE) // 2:
        return False
    matcher = difflib.SequenceMatcher(a=TEST_CODE.casefold(), b=text.casefold(), autojunk=False)
    return matcher.ratio() >= _SIMILAR


def _speed(slowest_gap_ms: int) -> Speed:
    if slowest_gap_ms <= ScannerSpeed().hold_ms:
        return Speed.FAST
    return Speed.SLOW if slowest_gap_ms <= SLOW_SPEED.hold_ms else Speed.TOO_SLOW
