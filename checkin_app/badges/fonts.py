"""The embedded fonts: their widths, their kerning, and which characters they lack.

Inter (SIL Open Font License) comes with the program and holds Latin, Greek and Cyrillic.
"""

from __future__ import annotations

import functools
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from checkin_app.domain.badge_elements import Weight
from checkin_app.resource_files import resource_path

_FILES = {Weight.REGULAR: "Inter-Regular.ttf", Weight.BOLD: "Inter-Bold.ttf"}
# Ligatures and contextual forms stay off: a pair of characters must give a pair of glyphs, so
# that the text copied from the PDF is the text that was set.
_KERNING_ONLY = {"kern": True, "liga": False, "clig": False, "calt": False, "ccmp": False}
_WORDS_KEPT = 50_000


class Typeface:
    """One font, parsed once and used for measuring and for drawing.

    Lengths are in em, the size of the type. Words are measured with kerning inside them;
    against the space between words nothing is kerned, so a line is the sum of its words.

    Attributes:
        font: ReportLab's font, which embeds the glyphs that a document uses.
        cap_height_em: height of a capital letter.
        space_em: width of the space.
    """

    def __init__(self, weight: Weight) -> None:
        path = str(resource_path("fonts", _FILES[weight]))
        self.font: Any = TTFont(f"checkin-{weight.value}", path)
        pdfmetrics.registerFont(self.font)
        self.cap_height_em = self.font.face.capHeight / 1000
        self._advances: dict[int, float] = self.font.face.charWidths
        self._missing_advance: float = self.font.face.defaultWidth
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
        self._upem: int = self._shaper.face.upem
        self._pair_kern: dict[str, float] = {}
        self.space_em = self._advance(" ")
        self.word_width_em = functools.lru_cache(maxsize=_WORDS_KEPT)(self._measure_word)

    def width_em(self, text: str) -> float:
        """The width of a line of text."""
        words = text.split(" ")
        width = self.word_width_em
        return sum([width(word) for word in words]) + self.space_em * (len(words) - 1)

    def missing(self, text: str) -> str:
        """The characters of ``text`` that the font has no glyph for, each once."""
        known = self._advances
        return "".join(dict.fromkeys(char for char in text if ord(char) not in known))

    def kern_em(self, pair: str) -> float:
        """How much further apart (negative: closer) two characters are set than by width."""
        kern = self._pair_kern.get(pair)
        if kern is None:
            kern = self._pair_kern[pair] = self._shape_pair(pair)
        return kern

    def _measure_word(self, word: str) -> float:
        kerning = sum([self.kern_em(word[at : at + 2]) for at in range(len(word) - 1)])
        return sum([self._advance(char) for char in word]) + kerning

    def _advance(self, char: str) -> float:
        return self._advances.get(ord(char), self._missing_advance) / 1000

    def _shape_pair(self, pair: str) -> float:
        if self.missing(pair):
            return 0.0
        buffer = uharfbuzz.Buffer()
        buffer.add_str(pair)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._shaper, buffer, _KERNING_ONLY)
        advances = [position.x_advance for position in buffer.glyph_positions]
        if len(advances) != 2:
            return 0.0
        kerned_em: float = sum(advances) / self._upem
        return kerned_em - self._advance(pair[0]) - self._advance(pair[1])


@functools.cache
def typeface(weight: Weight) -> Typeface:
    """The font of a weight; parsing takes some 10 ms, so a process does it once."""
    return Typeface(weight)
