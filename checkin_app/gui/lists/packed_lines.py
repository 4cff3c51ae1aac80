"""Very many lines of a table, packed: they cross from another process and lie here as bytes.

Unpacking 100,000 values at one go would keep the interpreter, and with it the window, for a
second. Packed, they come home as a few hundred pieces of bytes, and only those pieces are
unpacked that somebody looks at.
"""

from __future__ import annotations

import pickle
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, Generic, TypeVar, overload

Line = TypeVar("Line")

_LINES_A_PACKET = 200
_PACKETS_AT_HAND = 16
_LEVEL = 1
"""Of compression: the lines of a list are much alike, and the quickest level sees that."""


class PackedLines(Sequence[Line], Generic[Line]):
    """A sequence that never changes; picklable, whatever it holds is.

    Args:
        lines: what it shall hold.
    """

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        source = iter(lines)
        self._packets: list[bytes] = []
        self._length = 0
        while some := tuple(islice(source, _LINES_A_PACKET)):
            self._packets.append(zlib.compress(pickle.dumps(some, -1), _LEVEL))
            self._length += len(some)
        self._at_hand: OrderedDict[int, tuple[Line, ...]] = OrderedDict()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(self._length))]
        if place < 0:
            place += self._length
        if not 0 <= place < self._length:
            raise IndexError(place)
        return self._unpacked(place // _LINES_A_PACKET)[place % _LINES_A_PACKET]

    def __iter__(self) -> Iterator[Line]:
        for packet in self._packets:
            yield from pickle.loads(zlib.decompress(packet))

    def __getstate__(self) -> dict[str, Any]:
        return {"_packets": self._packets, "_length": self._length, "_at_hand": OrderedDict()}

    def _unpacked(self, number: int) -> tuple[Line, ...]:
        at_hand = self._at_hand
        if number in at_hand:
            at_hand.move_to_end(number)
        else:
            at_hand[number] = pickle.loads(zlib.decompress(self._packets[number]))
            if len(at_hand) > _PACKETS_AT_HAND:
                at_hand.popitem(last=False)
        return at_hand[number]


class ChainedLines(Sequence[Line], Generic[Line]):
    """Several sequences one after the other, as one."""

    def __init__(self, parts: Iterable[Sequence[Line]] = ()) -> None:
        self._parts = tuple(part for part in parts if len(part))
        self._ends = tuple(accumulate(map(len, self._parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> list[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | list[Line]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        number = bisect_right(self._ends, place)
        return self._parts[number][place - (self._ends[number - 1] if number else 0)]

    def __iter__(self) -> Iterator[Line]:
        for part in self._parts:
            yield from part
