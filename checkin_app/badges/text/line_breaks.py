"""A paragraph → lines: where it may be broken, and how to break it evenly.

Lines break after spaces, and after a hyphen, dash or slash between letters; words are never
hyphenated. Chinese and Japanese, which have no spaces, break between characters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

_ROUNDING = 1e-6
_IDEOGRAPHS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# Not at the end of a line, and not at its beginning (after JIS X 4051: closing brackets and
# stops, small kana, marks of repetition and length).
_NOT_LAST = "「『（【〔［｛〈《"
_NOT_FIRST = (
    "」』）】〕］｝〉》、。，．：；？！・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ"
)
_BREAKS_WORDS = re.compile(f"[-\u2010\u2013/{_IDEOGRAPHS}]")
_PLACES = re.compile(
    r"(?<=\w[-\u2010\u2013/])(?=\w)"
    rf"|(?<=[{_IDEOGRAPHS}])(?<![{_NOT_LAST}])(?=.)(?![{_NOT_FIRST}])"
    rf"|(?<=[^{_NOT_LAST}])(?=[{_IDEOGRAPHS}])(?![{_NOT_FIRST}])"
)


class Lines(NamedTuple):
    """A text on lines, and how wide they are."""

    texts: tuple[str, ...]
    widths_em: tuple[float, ...]
    widest_em: float


def lines_of(texts: Iterable[str], widths_em: Iterable[float]) -> Lines:
    """The lines as a value."""
    widths = tuple(widths_em)
    return Lines(tuple(texts), widths, max(widths))


class Flow:
    """A text in parts that may each begin a line. What it has measured it keeps."""

    def __init__(self, text: str, measure: Callable[[str], float]) -> None:
        self._text = text
        self._measure = measure
        self._whole_em = measure(text)
        self._space_em = 0.0
        self._parts: list[str] = []
        self._widths: list[float] = []
        self._gaps: list[float] = []
        self._on_lines = {1: lines_of((text,), (self._whole_em,))}
        self._within: dict[float, Lines] = {}

    def on_lines(self, lines: int) -> Lines:
        """The text on at most so many lines, the longest of them as short as can be."""
        known = self._on_lines.get(lines)
        if known is None:
            known = self._on_lines[lines] = self._broken(lines)
        return known

    def within(self, width_em: float) -> Lines:
        """The text on as few lines as the width allows. A part that is too wide stands alone."""
        if self._whole_em <= width_em + _ROUNDING:
            return self._on_lines[1]
        known = self._within.get(width_em)
        if known is None:
            self._take_apart()
            known = self._within[width_em] = self.on_lines(len(self._filled(width_em)[0]))
        return known

    def _broken(self, lines: int) -> Lines:
        self._take_apart()
        # The spaces at the ends of lines are not seen.
        least_em = (self._whole_em - (lines - 1) * self._space_em) / lines
        starts, wider_em = self._filled(max(*self._widths, least_em))
        while len(starts) > lines:
            starts, wider_em = self._filled(wider_em)
        ends = [*starts[1:], len(self._parts)]
        pairs = zip(starts, ends, strict=True)
        texts = ["".join(self._parts[start:end]).rstrip(" ") for start, end in pairs]
        return lines_of(texts, [self._measure(text) for text in texts])

    def _take_apart(self) -> None:
        if self._parts:
            return
        self._space_em = self._measure(" ")
        for word in self._text.split(" "):
            pieces = _PLACES.split(word) if _BREAKS_WORDS.search(word) else (word,)
            for piece in pieces:
                self._parts.append(piece)
                self._widths.append(self._measure(piece))
                self._gaps.append(0.0)
            self._parts[-1] += " "
            self._gaps[-1] = self._space_em

    def _filled(self, width_em: float) -> tuple[list[int], float]:
        """The parts that begin lines, and the least width that would take in one more part."""
        starts: list[int] = []
        wider_em = line_em = math.inf
        limit_em = width_em + _ROUNDING
        for at, (width, gap) in enumerate(zip(self._widths, self._gaps, strict=True)):
            with_part = line_em + width
            if with_part > limit_em:
                wider_em = min(wider_em, with_part)
                starts.append(at)
                with_part = width
            line_em = with_part + gap
        return starts, wider_em
