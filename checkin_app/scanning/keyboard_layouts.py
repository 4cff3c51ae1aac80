"""Undoes what wrong keyboard settings do to a code that a scanner typed.

A scanner presses the keys that write the code on *its* keyboard setting; the computer writes
what those keys mean on *its own*. Scanner on United States, computer on French: ``123`` comes
out as ``&é"``. Turning each character back into its key, and the key into what the scanner
meant by it, gives the code again. Which settings were at work is not known, so all of them
are tried and only plausible results are kept; the desk accepts one only if it is known.

Covered: scanner on United States and computer on any table of ``keyboard_tables``, the
reverse, and Caps Lock on with either. Every code of ours survives all of them.

Lost, for codes of other systems: characters under a dead key (``[`` on French and Belgian,
``=`` and the backtick on German) vanish or melt into the next letter; characters that a national
scanner setting reaches with AltGr (``@``, ``#``, ``{``) arrive as shortcuts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import islice, product

from checkin_app.domain.scan import Repair
from checkin_app.domain.tickets.codes import (
    ALPHABET,
    CODE_LENGTH,
    CodeKind,
    code_readings,
    describe_code,
    is_our_code,
)
from checkin_app.scanning.added_characters import other_readings
from checkin_app.scanning.keyboard_tables import (
    DEAD,
    NATIONAL_LAYOUTS,
    UNITED_STATES,
    KeyboardLayout,
)

_MOST_REPAIRS = 64
_MOST_READINGS = 64
_TELLING_KINDS = {CodeKind.WEB_LINK, CodeKind.CONTACT_CARD, CodeKind.WIFI, CodeKind.EMAIL}
_TELLING_MARKS = re.compile("[:@.]")
_MARKS = re.compile("[-_.:/ ]")
_NO_LETTERS = re.compile("[^0-9A-Za-z]")
_LONG = 10
"""From this length on, two codes of one event that differ only by exchanged keys are no
accident. Of shorter ones, as Y12 and Z12, both may exist: guessing would admit the wrong person."""


class CapsLock(Enum):
    """What Caps Lock does on the computer."""

    OFF = ""
    LETTERS = "letters in the other case"
    ALL_KEYS = "every key as with Shift"


@dataclass(frozen=True, slots=True)
class Garbling:
    """One combination of wrong settings.

    Attributes:
        scanner: the keyboard the scanner believes in.
        computer: the layout that the computer applies.
        caps_lock: the state of Caps Lock on the computer.
    """

    scanner: KeyboardLayout
    computer: KeyboardLayout
    caps_lock: CapsLock = CapsLock.OFF

    @property
    def name(self) -> str:
        """As shown to people: what to set right."""
        parts = [self.computer.name]
        if self.scanner is not UNITED_STATES:
            parts.append(f"scanner on {self.scanner.name}")
        if self.caps_lock is not CapsLock.OFF:
            parts.append("Caps Lock on")
        return ", ".join(parts)

    def garble(self, code: str) -> str | None:
        """What the computer writes for a code; None if a character cannot be typed or is lost."""
        writing = _writing(self)
        if not set(code) <= writing.keys():
            return None
        return "".join(writing[character] for character in code)

    def undo(self, text: str) -> Iterator[str]:
        """The codes that may be behind a garbled text.

        None where no key writes one of its characters. Several where two keys write the same:
        on Greek the keys of S and W, with Shift, both write Σ.
        """
        meaning = _meaning(self)
        if not set(text) <= meaning.keys():
            return
        meanings = [meaning[character] for character in text]
        if max(map(len, meanings), default=1) == 1:
            yield "".join(meanings)
        else:
            yield from map("".join, islice(product(*meanings), _MOST_READINGS))


def garblings() -> tuple[Garbling, ...]:
    """All combinations that are tried, the most frequent first."""
    return _GARBLINGS


def repairs(text: str) -> tuple[Repair, ...]:
    """What a garbled reading may have been: plausible codes, most likely first.

    The text itself is not among them. Any text may be given.
    """
    origins: dict[str, Garbling] = {}
    for garbling in _mixing_our_codes() if is_our_code(text) else _GARBLINGS:
        for undone in garbling.undo(text):
            for code in (undone, *other_readings(undone)):
                origins.setdefault(code, garbling)
    origins.pop(text, None)
    evidence = _Evidence(text)
    ranked: list[tuple[int, int, str]] = []
    for place, code in enumerate(origins):
        implausibility = evidence.implausibility(code)
        if implausibility is not None:
            ranked.append((implausibility, place, code))
    return tuple(Repair(code, origins[code].name) for _, _, code in sorted(ranked)[:_MOST_REPAIRS])


class _Evidence:
    """What a garbled text says for and against the codes it may have been."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_ours = is_our_code(text)
        self._strangeness = _strangeness(text)
        self._is_telling = _is_telling(text)

    def implausibility(self, code: str) -> int | None:
        """How doubtful a repair is, from 0; None: nothing speaks for it."""
        if is_our_code(code):
            return 0
        if self._is_ours:
            return None
        if len(code) >= CODE_LENGTH and any(map(is_our_code, code_readings(code))):
            return 1
        if not self._is_telling and _is_telling(code):
            return 2
        strangeness = _strangeness(code)
        if strangeness < self._strangeness or (
            strangeness == self._strangeness and self._may_differ_by_keys(code)
        ):
            return 3 + strangeness
        return None

    def _may_differ_by_keys(self, code: str) -> bool:
        return len(code) >= _LONG or code.lower() == self._text.lower()


def _is_telling(text: str) -> bool:
    return _TELLING_MARKS.search(text) is not None and describe_code(text) in _TELLING_KINDS


def _strangeness(text: str) -> int:
    """How unlike the codes of ticket systems a text is: digits and Latin letters, some marks."""
    marks = len(_MARKS.findall(text))
    return marks + 3 * (len(_NO_LETTERS.findall(text)) - marks)


@cache
def _mixing_our_codes() -> tuple[Garbling, ...]:
    """The settings that turn one of our codes into another, each effect once."""
    effects: dict[tuple[str, ...], Garbling] = {}
    for garbling in _GARBLINGS:
        meaning = _meaning(garbling)
        effect = tuple(code if (code := meaning.get(c, "")) in ALPHABET else "" for c in ALPHABET)
        if effect != tuple(ALPHABET) and any(effect):
            effects.setdefault(effect, garbling)
    return tuple(effects.values())


@cache
def _writing(garbling: Garbling) -> dict[str, str]:
    """From what the scanner means to what the computer writes."""
    pairs = _key_pairs(garbling)
    table = {meant: written for meant, written in pairs if DEAD not in (meant, written)}
    return table | _SAME_EVERYWHERE


@cache
def _meaning(garbling: Garbling) -> dict[str, str]:
    """From what the computer writes to all that the scanner may mean."""
    table: dict[str, str] = {}
    for meant, written in _key_pairs(garbling):
        if DEAD not in (meant, written) and meant not in table.get(written, ""):
            table[written] = table.get(written, "") + meant
    return table | _SAME_EVERYWHERE


def _key_pairs(garbling: Garbling) -> Iterator[tuple[str, str]]:
    """What each key, without and with Shift, means to the scanner and writes on the computer."""
    scanner, computer = garbling.scanner, garbling.computer
    plain_keys, shifted_keys = "".join(computer.plain), "".join(computer.shifted)
    for is_shifted in (False, True):
        meanings = "".join(scanner.shifted if is_shifted else scanner.plain)
        for meant, plain, shifted in zip(meanings, plain_keys, shifted_keys, strict=True):
            yield meant, _written(plain, shifted, is_shifted, garbling.caps_lock)


def _written(plain: str, shifted: str, is_shifted: bool, caps_lock: CapsLock) -> str:
    is_letter = plain != shifted and plain.upper() == shifted
    if caps_lock is CapsLock.ALL_KEYS or (caps_lock is CapsLock.LETTERS and is_letter):
        return plain if is_shifted else shifted
    written = shifted if is_shifted else plain
    if caps_lock is CapsLock.LETTERS and len(written.upper()) == 1:
        # é stands on the key of 2, whose Shift writes the digit: Linux capitalises it.
        return written.upper()
    return written


def _every_garbling() -> Iterator[Garbling]:
    for national in NATIONAL_LAYOUTS:
        yield Garbling(UNITED_STATES, national)
    for national in _SCANNER_LAYOUTS:
        yield Garbling(national, UNITED_STATES)
    yield Garbling(UNITED_STATES, UNITED_STATES, CapsLock.LETTERS)
    for national in NATIONAL_LAYOUTS:
        yield Garbling(UNITED_STATES, national, CapsLock.LETTERS)
        if national.caps_shifts_all:
            yield Garbling(UNITED_STATES, national, CapsLock.ALL_KEYS)
            yield Garbling(national, national, CapsLock.ALL_KEYS)
    for national in _SCANNER_LAYOUTS:
        yield Garbling(national, UNITED_STATES, CapsLock.LETTERS)


def _writes_codes(layout: KeyboardLayout) -> bool:
    return set(ALPHABET) <= set("".join(layout.plain + layout.shifted))


_SCANNER_LAYOUTS = tuple(filter(_writes_codes, NATIONAL_LAYOUTS))
_SAME_EVERYWHERE = {chr(code): chr(code) for code in range(0x21)}
_GARBLINGS = tuple(_every_garbling())
