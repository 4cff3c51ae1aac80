"""Code 128 (ISO/IEC 15417): text → the widths of its bars.

The three code sets are switched so that the symbol is as short as it can be.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

QUIET_ZONE_MODULES = 10
"""Light modules on each side, as the standard asks for."""

# Widths of bar, space, bar, space, bar, space for the values 0 to 105.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132"
    "122231113222123122123221223211221132221231213212223112312131311222321122321221312212"
    "322112322211212123212321232121111323131123131321112313132113132311211313231113231311"
    "112133112331132131113123113321133121313121211331231131213113213311213131311123311321"
    "331121312113312311332111314111221411431111111224111422121124121421141122141221112214"
    "112412122114122411142112142211241211221114413111241112134111111242121142121241114212"
    "124112124211411212421112421211212141214121412121111143111341131141114113114311411113"
    "411311113141114131311141411131211412211214211232"
)
_STOP = "2331112"
_START = {"A": 103, "B": 104, "C": 105}
_SWITCH_TO = {"A": 101, "B": 100, "C": 99}
_SHIFT = 98
_OTHER = {"A": "B", "B": "A"}
_CHECK_MODULUS = 103
_LARGEST = 128


@functools.lru_cache(maxsize=4096)
def code128_widths(text: str) -> tuple[int, ...]:
    """The widths of bars and spaces in turn, in modules, without quiet zones.

    Empty when there is nothing to encode or a character that Code 128 has not.
    """
    if not is_code128(text):
        return ()
    values = _values(text)
    check = values[0] + sum(place * value for place, value in enumerate(values))
    characters = (*values, check % _CHECK_MODULUS)
    widths = [_WIDTHS[6 * value : 6 * value + 6] for value in characters]
    return tuple(map(int, "".join(widths) + _STOP))


def code128_modules(text: str) -> int:
    """How wide a barcode is, in modules with its quiet zones; 0 when there is none."""
    widths = code128_widths(text)
    return sum(widths) + 2 * QUIET_ZONE_MODULES if widths else 0


def is_code128(text: str) -> bool:
    """Whether a text can be a Code 128 barcode: ASCII alone."""
    return bool(text) and text.isascii()


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to go on from a place in a code set.

    Attributes:
        cost: values from here to the end of the text.
        values: what is written.
        end: the place it leads to.
        code_set: the one in use from there.
    """

    cost: int
    values: tuple[int, ...]
    end: int
    code_set: str


def _values(text: str) -> list[int]:
    """The shortest way to write a text: the best steps are found from its end."""
    best = [dict.fromkeys("ABC", _Step(0, (), len(text), "B")) for _ in range(len(text) + 1)]
    for at in range(len(text) - 1, -1, -1):
        best[at] = {
            code_set: min(_steps_from(text, at, code_set, best), key=lambda step: step.cost)
            for code_set in "ABC"
        }
    code_set = min("BAC", key=lambda one: best[0][one].cost)
    values, at = [_START[code_set]], 0
    while at < len(text):
        step = best[at][code_set]
        values += step.values
        at, code_set = step.end, step.code_set
    return values


def _steps_from(
    text: str, at: int, code_set: str, best: Sequence[Mapping[str, _Step]]
) -> Iterator[_Step]:
    for to in "ABC":
        switch = () if to == code_set else (_SWITCH_TO[to],)
        for written, length in _ways(text, at, to):
            values, end = (*switch, *written), at + length
            yield _Step(len(values) + best[end][to].cost, values, end, to)


def _ways(text: str, at: int, code_set: str) -> Iterator[tuple[tuple[int, ...], int]]:
    """How the next characters can be written in a code set."""
    if code_set == "C":
        pair = text[at : at + 2]
        if len(pair) == 2 and pair.isdecimal():
            yield (int(pair),), 2
        return
    value = _value(text[at], code_set)
    if value is not None:
        yield (value,), 1
        return
    other = _value(text[at], _OTHER[code_set])
    if other is not None:
        yield (_SHIFT, other), 1


def _value(char: str, code_set: str) -> int | None:
    """Set A has capitals and control characters, set B capitals and small letters."""
    code = ord(char)
    if code_set == "A":
        return (code - 32) % 96 if code < 96 else None
    return code - 32 if 32 <= code < _LARGEST else None
