"""QR symbols from tables that are learnt from the ``qrcode`` package.

For one version, error correction and mask a symbol is an affine function of its data
codewords over GF(2): Reed-Solomon check words are linear, placement and mask are constant. So
a symbol is one constant, exclusive-or one table entry for each data codeword. The tables come
from probing ``qrcode`` with one bit at a time; the mask is chosen by the penalty rules of
ISO/IEC 18004, 7.8.3, counted on whole symbols as big integers. The result is the symbol that
``qrcode`` makes, module for module, in a thirtieth of the time.
"""

from __future__ import annotations

import re

import qrcode.base
import qrcode.constants
import qrcode.util
from qrcode.main import QRCode

LARGEST_VERSION = 6
"""Learning grows steeply with the version (version 6: about a second)."""

_LEVEL = qrcode.constants.ERROR_CORRECT_M
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {char: value for value, char in enumerate(_ALPHANUMERIC)}
_PAIRS = {a + b: _VALUES[a] * 45 + _VALUES[b] for a in _ALPHANUMERIC for b in _ALPHANUMERIC}
_IS_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+").fullmatch
_IS_NUMERIC = re.compile(r"[0-9]+").fullmatch
_MASKS = range(8)
# An all-zero block makes qrcode 8.2 fail (glog(0)), so probing starts from this codeword.
_PROBE = 0x01


def _data_codewords(version: int) -> int:
    return sum(block.data_count for block in qrcode.base.rs_blocks(version, _LEVEL))


_CAPACITIES = {version: 8 * _data_codewords(version) for version in range(1, LARGEST_VERSION + 1)}


def payload(code: str) -> tuple[int, int]:
    """The segment of a code for versions 1 to 9: its bits as a number, and how many they are."""
    if _IS_NUMERIC(code):
        value, length = 0b0001 << 10 | len(code), 14
        for at in range(0, len(code), 3):
            digits = code[at : at + 3]
            width = (4, 7, 10)[len(digits) - 1]
            value, length = value << width | int(digits), length + width
        return value, length
    if _IS_ALPHANUMERIC(code):
        value, length = 0b0010 << 9 | len(code), 13
        for at in range(0, len(code) - 1, 2):
            value = value << 11 | _PAIRS[code[at : at + 2]]
        length += len(code) // 2 * 11
        if len(code) % 2:
            value, length = value << 6 | _VALUES[code[-1]], length + 6
        return value, length
    data = code.encode()
    return (0b0100 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data, "big"), (
        12 + 8 * len(data)
    )


def smallest_version(bits: int) -> int | None:
    """The version that holds so many bits, if it is one that can be learnt."""
    for version, capacity in _CAPACITIES.items():
        if bits <= capacity:
            return version
    return None


def modules_as_bits(modules: list[list[bool | None]]) -> int:
    """A matrix of ``qrcode`` as one number, first module in the lowest bit."""
    flat = "".join("1" if module else "0" for row in modules for module in row)
    return int(flat[::-1], 2)


class SymbolTables:
    """All symbols of one version at error correction M.

    Attributes:
        side: modules along one side.
    """

    def __init__(self, version: int) -> None:
        self.version = version
        self.side = 17 + 4 * version
        self._size = _data_codewords(version)
        self._learn()
        self._rules = _PenaltyRules(self.side)

    def symbol(self, value: int, length: int) -> int:
        """The symbol's modules for a payload, as ``modules_as_bits`` numbers them."""
        data = 0
        for table, codeword in zip(self._tables, self._codewords(value, length), strict=True):
            data ^= table[codeword]
        penalty = self._rules.penalty
        penalties = [penalty(blank ^ data) for blank in self._blanks_for_choice]
        return self._blanks[penalties.index(min(penalties))] ^ data

    def _codewords(self, value: int, length: int) -> bytes:
        """The payload with terminator and pad codewords (ISO/IEC 18004, 7.4.9 and 7.4.10)."""
        terminator = min(4, 8 * self._size - length)
        value, length = value << terminator, length + terminator
        value <<= -length % 8
        data = value.to_bytes((length + 7) // 8, "big")
        return data + (b"\xec\x11" * self._size)[: self._size - len(data)]

    def _learn(self) -> None:
        start = bytes([_PROBE]) * self._size
        origin = self._probe(start, mask=0)
        self._tables = []
        for place in range(self._size):
            flipped = []
            for bit in range(8):
                data = bytearray(start)
                data[place] ^= 1 << bit
                flipped.append(self._probe(bytes(data), mask=0) ^ origin)
            table = [0] * 256
            for codeword in range(1, 256):
                lowest = codeword & -codeword
                table[codeword] = table[codeword ^ lowest] ^ flipped[lowest.bit_length() - 1]
            self._tables.append(table)
        start_data = 0
        for table in self._tables:
            start_data ^= table[_PROBE]
        self._blanks = [self._probe(start, mask) ^ start_data for mask in _MASKS]
        # qrcode weighs the masks with the format information left white.
        self._blanks_for_choice = [
            self._probe(start, mask, for_choice=True) ^ start_data for mask in _MASKS
        ]

    def _probe(self, data: bytes, mask: int, *, for_choice: bool = False) -> int:
        buffer = qrcode.util.BitBuffer()
        for codeword in data:
            buffer.put(codeword, 8)
        blocks = qrcode.base.rs_blocks(self.version, _LEVEL)
        symbol = QRCode(version=self.version, error_correction=_LEVEL, border=0)
        symbol.data_cache = qrcode.util.create_bytes(buffer, blocks)
        symbol.makeImpl(for_choice, mask)
        return modules_as_bits(symbol.modules)


class _PenaltyRules:
    """The penalty of a symbol as ``qrcode`` counts it, by shifts and bit counts.

    A window of n modules "starting here" is a bit of the symbol shifted over itself n times;
    the frames keep windows from running over the end of a row or column.
    """

    def __init__(self, side: int) -> None:
        self._side = side
        self._all = (1 << side * side) - 1
        self._row_frame = {length: self._rows_starting(length) for length in (2, 11)}
        self._column_frame = {length: (1 << (side - length + 1) * side) - 1 for length in (2, 11)}

    def penalty(self, symbol: int) -> int:
        side = self._side
        same_right = ~(symbol ^ symbol >> 1) & self._row_frame[2]
        same_below = ~(symbol ^ symbol >> side) & self._column_frame[2]
        squares = same_right & same_right >> side & same_below & self._column_frame[2]
        return (
            self._runs(same_right, 1)
            + self._runs(same_below, side)
            + 3 * squares.bit_count()
            + 40 * self._finder_likes(symbol, 1, self._row_frame[11])
            + 40 * self._finder_likes(symbol, side, self._column_frame[11])
            + self._imbalance(symbol)
        )

    def _rows_starting(self, length: int) -> int:
        row = (1 << self._side - length + 1) - 1
        return sum(row << start * self._side for start in range(self._side))

    @staticmethod
    def _runs(same: int, step: int) -> int:
        """Rule 1: runs of five or more of one colour cost their length less two."""
        fives = same & same >> step
        fives &= fives >> 2 * step
        starts = fives & ~(fives << step)
        return fives.bit_count() + 2 * starts.bit_count()

    def _finder_likes(self, symbol: int, step: int, frame: int) -> int:
        """Rule 3: dark-light 1:1:3:1:1 with four light modules before or after it."""
        light = symbol ^ self._all
        common = light >> step & symbol >> 4 * step & light >> 5 * step & symbol >> 6 * step
        common &= light >> 9 * step & frame
        if not common:
            return 0
        before = symbol & symbol >> 2 * step & symbol >> 3 * step
        before &= light >> 7 * step & light >> 8 * step & light >> 10 * step
        after = light & light >> 2 * step & light >> 3 * step
        after &= symbol >> 7 * step & symbol >> 8 * step & symbol >> 10 * step
        return (common & before).bit_count() + (common & after).bit_count()

    def _imbalance(self, symbol: int) -> int:
        """Rule 4: ten for each five per cent away from half dark."""
        dark_percent = symbol.bit_count() * 100 / (self._side * self._side)
        return int(abs(dark_percent - 50) / 5) * 10
