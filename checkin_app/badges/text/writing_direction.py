"""A line of text → its stretches of one direction, from left to right as they are printed.

The Unicode Bidirectional Algorithm (UAX #9) for one line without embedding characters, which
no list holds and badges remove. Letters within a stretch stay in the order they are read in.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from itertools import groupby

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "L", "R"
_RIGHT_TO_LEFT_LETTERS = frozenset({"R", "AL"})
_COUNTS_AS_RIGHT_TO_LEFT = frozenset({"R", "EN", "AN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_WEAK_REMAINS = frozenset({"ES", "ET", "CS"})
# Not printed and without direction of their own, such as the joiners of Persian (rule X9).
_TRANSPARENT = frozenset({"NSM", "BN"})
_CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "「": "」", "『": "』", "【": "】", "（": "）"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


@functools.lru_cache(maxsize=4096)
def reads_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter decides (rules P2, P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RIGHT_TO_LEFT_LETTERS:
            return True
        if kind == _LEFT_TO_RIGHT:
            return False
    return False


def stretches(text: str, right_to_left: bool) -> list[tuple[str, bool]]:
    """The stretches of a line as printed from left to right: text, and whether it runs leftwards.

    Args:
        right_to_left: the direction of the paragraph that the line belongs to.
    """
    levels = _levels(text, int(right_to_left))
    numbered = zip(text, levels, strict=True)
    runs = [
        (level, "".join([char for char, _level in group]))
        for level, group in groupby(numbered, key=lambda pair: pair[1])
    ]
    return [(run, bool(level % 2)) for level, run in _reordered(runs)]


def _levels(text: str, base: int) -> list[int]:
    """The depth of each character: odd ones run from right to left."""
    kinds = _weak_resolved(list(map(unicodedata.bidirectional, text)), base)
    kinds = _neutrals_resolved(text, kinds, base)
    levels = [_level(kind, base) for kind in kinds]
    for at in range(len(text) - 1, -1, -1):
        if not text[at].isspace():
            break
        levels[at] = base
    return levels


def _level(kind: str, base: int) -> int:
    """Rules I1 and I2."""
    if base:
        return 1 if kind == _RIGHT_TO_LEFT else 2
    return {_LEFT_TO_RIGHT: 0, _RIGHT_TO_LEFT: 1}.get(kind, 2)


def _weak_resolved(kinds: list[str], base: int) -> list[str]:
    """Rules W1 to W7: what marks, digits and the signs between digits count as."""
    start = _RIGHT_TO_LEFT if base else _LEFT_TO_RIGHT
    kinds = _between_digits(_letters_resolved(kinds, start))
    kinds = _beside_digits(kinds)
    strong = start
    for at, kind in enumerate(kinds):
        if kind in (_LEFT_TO_RIGHT, _RIGHT_TO_LEFT):
            strong = kind
        elif kind == "EN" and strong == _LEFT_TO_RIGHT:
            kinds[at] = _LEFT_TO_RIGHT
    return kinds


def _letters_resolved(kinds: list[str], start: str) -> list[str]:
    """Rules W1 to W3: marks follow their letter, digits after Arabic letters are Arabic."""
    resolved: list[str] = []
    before = strong = start
    for kind in kinds:
        if kind in _TRANSPARENT:
            kind = before
        if kind == "EN" and strong == "AL":
            kind = "AN"
        elif kind in (_LEFT_TO_RIGHT, *_RIGHT_TO_LEFT_LETTERS):
            strong = kind
        before = kind
        resolved.append(kind)
    return [_RIGHT_TO_LEFT if kind == "AL" else kind for kind in resolved]


def _between_digits(kinds: list[str]) -> list[str]:
    """Rule W4: one sign between two numbers, as in 1.5 or 12:30, is part of them."""
    for at in range(1, len(kinds) - 1):
        before, sign, after = kinds[at - 1 : at + 2]
        joins = sign == "CS" or (sign == "ES" and before == "EN")
        if joins and before == after and before in ("EN", "AN"):
            kinds[at] = before
    return kinds


def _beside_digits(kinds: list[str]) -> list[str]:
    """Rules W5 and W6: signs such as % belong to the digits they touch, the rest is neutral."""
    resolved: list[str] = []
    runs = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for number, (kind, length) in enumerate(runs):
        beside = runs[max(number - 1, 0) : number + 2]
        if kind == "ET" and any(neighbour == "EN" for neighbour, _length in beside):
            kind = "EN"
        elif kind in _WEAK_REMAINS:
            kind = "ON"
        resolved += [kind] * length
    return resolved


def _neutrals_resolved(text: str, kinds: list[str], base: int) -> list[str]:
    """Rules N0 to N2: brackets go with what they hold, other signs with what is around them."""
    embedding = _RIGHT_TO_LEFT if base else _LEFT_TO_RIGHT
    kinds = list(kinds)
    for opening, closing in _bracket_pairs(text, kinds):
        direction = _bracket_direction(kinds, opening, closing, embedding)
        if direction:
            for bracket in (opening, closing):
                kinds[bracket] = direction
                _carry_to_marks(text, kinds, bracket)
    resolved: list[str] = []
    runs = [(neutral, list(group)) for neutral, group in groupby(kinds, _NEUTRAL.__contains__)]
    for number, (neutral, group) in enumerate(runs):
        if neutral:
            before = _strong(runs[number - 1][1][-1]) if number else embedding
            after = _strong(runs[number + 1][1][0]) if number + 1 < len(runs) else embedding
            group = [before if before == after else embedding] * len(group)
        resolved += group
    return resolved


def _strong(kind: str) -> str:
    return _RIGHT_TO_LEFT if kind in _COUNTS_AS_RIGHT_TO_LEFT else kind


def _bracket_pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    pairs = []
    unclosed: list[int] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON":
            continue
        if char in _CLOSING:
            unclosed.append(at)
        elif char in _OPENING:
            for number in range(len(unclosed) - 1, -1, -1):
                if text[unclosed[number]] == _OPENING[char]:
                    pairs.append((unclosed[number], at))
                    del unclosed[number:]
                    break
    return sorted(pairs)


def _bracket_direction(kinds: Sequence[str], opening: int, closing: int, embedding: str) -> str:
    """Rule N0; empty when the brackets hold nothing with a direction."""
    held = {_strong(kind) for kind in kinds[opening + 1 : closing]} & {"L", "R"}
    if not held or embedding in held:
        return embedding if held else ""
    for kind in reversed(kinds[:opening]):
        if _strong(kind) in ("L", "R"):
            return _strong(kind)
    return embedding


def _carry_to_marks(text: str, kinds: list[str], bracket: int) -> None:
    for at in range(bracket + 1, len(text)):
        if unicodedata.bidirectional(text[at]) not in _TRANSPARENT:
            break
        kinds[at] = kinds[bracket]


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rule L2: from the deepest level down to the lowest odd one, sequences turn around."""
    for depth in (2, 1):
        turned: list[tuple[int, str]] = []
        for deep, group in groupby(runs, key=lambda run: run[0] >= depth):
            sequence = list(group)
            turned += reversed(sequence) if deep else sequence
        runs = turned
    return runs
