"""Code → the bits that a QR symbol holds (ISO/IEC 18004, 7.4): one segment of the densest kind."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import qrcode.base

from checkin_app.domain.badges.badge_elements import ErrorCorrection

SMALLEST_VERSION, LARGEST_VERSION = 1, 40

LEVELS = {
    ErrorCorrection.M: 0,
    ErrorCorrection.L: 1,
    ErrorCorrection.H: 2,
    ErrorCorrection.Q: 3,
}
"""The two bits that stand for a level in a symbol; ``qrcode`` calls levels by them."""

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {char: value for value, char in enumerate(_ALPHANUMERIC)}
_PAIRS = {a + b: _VALUES[a] * 45 + _VALUES[b] for a in _ALPHANUMERIC for b in _ALPHANUMERIC}
_IS_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+").fullmatch
_IS_NUMERIC = re.compile(r"[0-9]+").fullmatch
_DIGIT_BITS = (0, 4, 7)
_MODE_BITS = 4
# Widths of the character count in versions 1 to 9, 10 to 26 and 27 to 40.
_COUNT_BITS = {0b0001: (10, 12, 14), 0b0010: (9, 11, 13), 0b0100: (8, 16, 16)}
_WIDER_COUNTS_FROM = (10, 27)


class Payload(NamedTuple):
    """The characters of a code as bits.

    Attributes:
        mode: 1 digits, 2 capitals and digits, 4 bytes of UTF-8.
        characters: how many there are, as the header of the segment counts them.
        value, length: the bits after the header as a number, and how many they are.
    """

    mode: int
    characters: int
    value: int
    length: int

    def version(self, level: ErrorCorrection) -> int | None:
        """The smallest version that holds it; None when none does."""
        return smallest_version(self.mode, self.length, level)

    def segment(self, version: int) -> tuple[int, int]:
        """The bits with the header that a version asks for, and how many they are."""
        header = _header_bits(self.mode, version)
        return (
            (self.mode << header - _MODE_BITS | self.characters) << self.length | self.value,
            self.length + header,
        )


def payload(code: str) -> Payload:
    """The bits of a code that has any characters."""
    if _IS_NUMERIC(code):
        return _digits(code)
    if _IS_ALPHANUMERIC(code):
        return _capitals(code)
    data = code.encode()
    return Payload(0b0100, len(data), int.from_bytes(data, "big"), 8 * len(data))


@functools.cache
def data_codewords(version: int, level: ErrorCorrection) -> int:
    """How many bytes of data a symbol has, pads included."""
    return sum(block.data_count for block in qrcode.base.rs_blocks(version, LEVELS[level]))


def segment_size(code: str) -> tuple[int, int] | None:
    """Mode and length of a code's payload, without making it.

    None when there is nothing to hold: no characters, or half a surrogate pair.
    """
    characters = len(code)
    if _IS_NUMERIC(code):
        return 0b0001, characters // 3 * 10 + _DIGIT_BITS[characters % 3]
    if _IS_ALPHANUMERIC(code):
        return 0b0010, characters // 2 * 11 + characters % 2 * 6
    try:
        return (0b0100, 8 * len(code.encode())) if code else None
    except UnicodeEncodeError:
        return None


@functools.lru_cache(maxsize=1024)
def smallest_version(mode: int, length: int, level: ErrorCorrection) -> int | None:
    """The smallest version that holds a payload of a mode and length; None when none does."""
    for version in range(SMALLEST_VERSION, LARGEST_VERSION + 1):
        if length + _header_bits(mode, version) <= 8 * data_codewords(version, level):
            return version
    return None


@functools.cache
def _header_bits(mode: int, version: int) -> int:
    size = sum(version >= first for first in _WIDER_COUNTS_FROM)
    return _MODE_BITS + _COUNT_BITS[mode][size]


def _digits(code: str) -> Payload:
    value = 0
    for at in range(0, len(code) - 2, 3):
        value = value << 10 | int(code[at : at + 3])
    rest = len(code) % 3
    if rest:
        value = value << _DIGIT_BITS[rest] | int(code[-rest:])
    return Payload(0b0001, len(code), value, len(code) // 3 * 10 + _DIGIT_BITS[rest])


def _capitals(code: str) -> Payload:
    value, length = 0, len(code) // 2 * 11
    for at in range(0, len(code) - 1, 2):
        value = value << 11 | _PAIRS[code[at : at + 2]]
    if len(code) % 2:
        value, length = value << 6 | _VALUES[code[-1]], length + 6
    return Payload(0b0010, len(code), value, length)
