"""QR symbols from tables that are learnt from the ``qrcode`` package.

For one version, error correction and mask a symbol is an affine function of its data
codewords over GF(2): Reed-Solomon check words are linear, placement and mask are constant. So
a symbol is one constant, exclusive-or a table entry for each half of each data codeword. Where
``qrcode`` puts which bit is asked in binary: in probe k those bits are set whose number has bit
k, so a dozen symbols tell all places. The result is the symbol that ``qrcode`` makes with that
mask, module for module, in a hundredth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator

import qrcode.base
import qrcode.util
from qrcode.main import QRCode

from checkin_app.badges.codes.qr_payload import LEVELS, data_codewords
from checkin_app.domain.badges.badge_elements import ErrorCorrection

LARGEST_LEARNT = 15
"""The tables of version 15 take 10 MB; longer codes are rare and go to ``qrcode`` each time."""

_NIBBLE = 0x0F


def modules_as_bits(modules: list[list[bool | None]]) -> int:
    """A matrix of ``qrcode`` as one number, first module in the lowest bit."""
    flat = "".join(["1" if module else "0" for row in modules for module in row])
    return int(flat[::-1], 2)


class SymbolTables:
    """All symbols of one version at one level of error correction, with one mask.

    Attributes:
        side: modules along one side.
    """

    def __init__(self, version: int, level: ErrorCorrection, mask: int) -> None:
        self.side = 17 + 4 * version
        self._version, self._level, self._mask = version, LEVELS[level], mask
        self._blocks = qrcode.base.rs_blocks(version, self._level)
        self._size = data_codewords(version, level)
        self._pads = b"\xec\x11" * self._size
        self._blank = 0
        self._halves: list[tuple[list[int], list[int]]] = []
        self._learn()

    def symbol(self, value: int, length: int) -> int:
        """The symbol's modules for a segment, as ``modules_as_bits`` numbers them."""
        bits = self._blank
        for (high, low), codeword in zip(self._halves, self._codewords(value, length), strict=True):
            bits ^= high[codeword >> 4] ^ low[codeword & _NIBBLE]
        return bits

    def _codewords(self, value: int, length: int) -> bytes:
        """The segment with terminator and pad codewords (ISO/IEC 18004, 7.4.9 and 7.4.10)."""
        terminator = min(4, 8 * self._size - length)
        value, length = value << terminator, length + terminator
        value <<= -length % 8
        data = value.to_bytes((length + 7) // 8, "big")
        return data + self._pads[: self._size - len(data)]

    def _learn(self) -> None:
        total = sum(block.total_count for block in self._blocks)
        self._blank = self._probe([0] * total)
        places = self._places(total)
        for stream, checks in self._linear_parts():
            ones = []
            for bit in range(8):
                ones.append(_spread(places[stream], 1 << bit))
                for check, factor in checks:
                    ones[bit] ^= _spread(places[check], _product(1 << bit, factor))
            self._halves.append((_combinations(ones[4:]), _combinations(ones[:4])))

    def _places(self, total: int) -> list[list[int]]:
        """For each codeword of the stream the module of each of its bits, the lowest first."""
        numbers = [0] * (self.side * self.side)
        for digit in range((8 * total).bit_length()):
            stream = [
                sum((8 * word + bit + 1 >> digit & 1) << bit for bit in range(8))
                for word in range(total)
            ]
            found = self._probe(stream) ^ self._blank
            while found:
                lowest = found & -found
                numbers[lowest.bit_length() - 1] |= 1 << digit
                found ^= lowest
        places = [[0] * 8 for _ in range(total)]
        for module, number in enumerate(numbers):
            if number:
                places[(number - 1) // 8][(number - 1) % 8] = 1 << module
        return places

    def _probe(self, stream: list[int]) -> int:
        symbol = QRCode(version=self._version, error_correction=self._level, border=0)
        symbol.data_cache = stream
        symbol.makeImpl(False, self._mask)
        return modules_as_bits(symbol.modules)

    def _linear_parts(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """For each data codeword its place in the stream, and those of its check words.

        A check word is the codeword times a factor, in the field of the code.
        """
        counts = [block.data_count for block in self._blocks]
        first_check = sum(counts)
        for number, block in enumerate(self._blocks):
            checks = [
                first_check + row * len(self._blocks) + number
                for row in range(block.total_count - block.data_count)
            ]
            for at in range(block.data_count):
                before = sum(min(at, count) for count in counts)
                beside = sum(count > at for count in counts[:number])
                yield before + beside, list(zip(checks, _check_factors(block, at), strict=True))


def _check_factors(block: qrcode.base.RSBlock, at: int) -> list[int]:
    """The check words of a block whose only codeword that is not zero is a 1."""
    buffer = qrcode.util.BitBuffer()
    for place in range(block.data_count):
        buffer.put(int(place == at), 8)
    return list(qrcode.util.create_bytes(buffer, [block])[block.data_count :])


def _product(one: int, other: int) -> int:
    """In the field of 256 elements (ISO/IEC 18004, 7.5.2)."""
    if not (one and other):
        return 0
    return int(qrcode.base.gexp(qrcode.base.glog(one) + qrcode.base.glog(other)))


def _spread(places: list[int], codeword: int) -> int:
    """The modules of the bits of a codeword."""
    return sum(place for bit, place in enumerate(places) if codeword >> bit & 1)


def _combinations(ones: list[int]) -> list[int]:
    """What each value of four bits sets."""
    table = [0] * 16
    for value in range(1, 16):
        lowest = value & -value
        table[value] = table[value ^ lowest] ^ ones[lowest.bit_length() - 1]
    return table
