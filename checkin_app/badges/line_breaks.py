"""A paragraph → lines: where it may be broken, and how to break it evenly.

Lines break after spaces, and after a hyphen, dash or slash between letters; words are never
hyphenated. Chinese and Japanese, which have no spaces, break between characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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


class Flow:
    """A text in parts that may each begin a line.

    Attributes:
        widest_em: the widest part.
    """

    def __init__(self, text: str, measure: Callable[[str], float]) -> None:
        self._text = text
        self._measure = measure
        self._whole_em = measure(text)
        self._parts: list[str] = []
        self._widths: list[float] = []
        self._gaps: list[float] = []
        self._space_em = 0.0
        self.widest_em = self._whole_em
        if " " in text or _BREAKS_WORDS.search(text):
            self._take_apart()

    def lines_needed(self, width_em: float) -> int:
        """On how many lines the text finds room. A part that is too wide takes a line."""
        if self._whole_em <= width_em + _ROUNDING:
            return 1
        return len(self._filled(width_em)[0])

    def on_lines(self, lines: int) -> tuple[str, ...]:
        """The text on at most so many lines, the longest of them as short as can be."""
        if lines == 1 or len(self._parts) < 2:
            return (self._text,)
        # The spaces at the ends of lines are not seen.
        least_em = (self._whole_em - (lines - 1) * self._space_em) / lines
        starts, wider_em = self._filled(max(self.widest_em, least_em))
        while len(starts) > lines:
            starts, wider_em = self._filled(wider_em)
        ends = [*starts[1:], len(self._parts)]
        pairs = zip(starts, ends, strict=True)
        return tuple(["".join(self._parts[start:end]).rstrip(" ") for start, end in pairs])

    def _take_apart(self) -> None:
        self._space_em = self._measure(" ")
        for word in self._text.split(" "):
            pieces = _PLACES.split(word) if _BREAKS_WORDS.search(word) else [word]
            for piece in pieces:
                self._parts.append(piece)
                self._widths.append(self._measure(piece))
                self._gaps.append(0.0)
            self._parts[-1] += " "
            self._gaps[-1] = self._space_em
        self.widest_em = max(self._widths)

    def _filled(self, width_em: float) -> tuple[list[int], float]:
        """The parts that begin lines, and the least width that would take in one more part."""
        starts: list[int] = []
        wider_em = float("inf")
        line_em = float("inf")
        limit_em = width_em + _ROUNDING
        for at, width in enumerate(self._widths):
            with_part = line_em + width
            if with_part > limit_em:
                if with_part < wider_em:
                    wider_em = with_part
                starts.append(at)
                with_part = width
            line_em = with_part + self._gaps[at]
        return starts, wider_em
