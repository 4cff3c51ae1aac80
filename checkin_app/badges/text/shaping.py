"""A stretch of text in one font → its glyphs with their places, as HarfBuzz shapes them.

Letters join, marks find their letters, ligatures form. In a PDF each code then stands for one
character of the text, in the order the glyphs are seen: that is what programs that copy or
search expect, and turn around themselves where a script runs from right to left. Characters
without a glyph of their own (the second half of a ligature, a mark) are carried by blanks of
hardly any width; glyphs that stand for no character are drawn as outlines.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import uharfbuzz

from checkin_app.badges.text.embedded_font import EmbeddedFont
from checkin_app.badges.text.glyph_outlines import glyph_outline

# Ornaments of Latin type; without them a pair of letters is a pair of glyphs, as in plain words.
_FEATURES = {"liga": False, "clig": False, "calt": False}
_FEATURES_RIGHT_TO_LEFT: dict[str, bool] = {}
# PDFium passes over glyphs of no width at all.
_WIDTH_OF_A_CARRIER = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A glyph that is drawn but is no text: a filled path, from the beginning of its stretch."""

    x_em: float
    y_em: float
    outline: str
    """Path operators in thousandths of an em."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapedText:
    """The glyphs of a stretch, from left to right.

    Attributes:
        font: whose glyphs they are.
        shown: characters of the font, each with what a PDF's TJ operator subtracts before it, in
            thousandths of an em.
        trailing: what it subtracts after the last one.
    """

    font: EmbeddedFont
    shown: tuple[tuple[int, str], ...]
    trailing: int
    width_em: float
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Glyph:
    number: int
    x: float
    y: float
    advance: float


class Shaper:
    """Shapes text in one font.

    Args:
        face: the same font, as HarfBuzz has it.
    """

    def __init__(self, font: EmbeddedFont, face: Any) -> None:
        self._font = font
        self._shaper = uharfbuzz.Font(face)
        self._scale = 1000 / face.upem
        self._blank: int = self._shaper.get_nominal_glyph(ord(" ")) or 0

    def shape(self, text: str, right_to_left: bool) -> ShapedText:
        """The glyphs of a stretch of one direction."""
        writer = _Writer(self._font)
        marks: list[Mark] = []
        pen = 0.0
        for part, glyphs in self._clusters(text, right_to_left):
            bearer = _bearer(glyphs)
            carried = part[1:] if bearer else part
            if right_to_left:
                self._carry(writer, carried[::-1], pen)
            for glyph in glyphs:
                if glyph is bearer:
                    writer.show(self._char(glyph.number, part[0]), pen + glyph.x)
                elif outline := glyph_outline(self._shaper, glyph.number, self._scale):
                    x_em, y_em = (pen + glyph.x) / 1000, glyph.y / 1000
                    marks.append(Mark(x_em, y_em, outline))
                pen += glyph.advance
            if not right_to_left:
                self._carry(writer, carried, pen)
        return ShapedText(
            self._font, tuple(writer.shown), writer.moved_to(pen), pen / 1000, tuple(marks)
        )

    def kerned_width(self, pair: str) -> float:
        """The width of two characters side by side, in thousandths of an em."""
        positions = self._positions(pair, False, {**_FEATURES, "ccmp": False})[1]
        return float(sum(position.x_advance for position in positions) * self._scale)

    def _carry(self, writer: _Writer, text: str, pen: float) -> None:
        for char in text:
            writer.show(self._font.stand_in(self._blank, char, _WIDTH_OF_A_CARRIER), pen)

    def _char(self, glyph: int, text: str) -> str:
        """The font's character for a glyph: the text itself where that is what it looks like."""
        face = self._font.face
        if face.charToGlyph.get(ord(text)) == glyph and text != "\u00a0":
            return text
        if glyph and unicodedata.mirrored(text) and glyph in face.glyphToChar:
            # Brackets of text from right to left are seen turned, and readers turn them back.
            return chr(face.glyphToChar[glyph][0])
        advance = self._shaper.get_glyph_h_advance(glyph) * self._scale
        return self._font.stand_in(glyph, text, advance)

    def _clusters(self, text: str, right_to_left: bool) -> Iterator[tuple[str, list[_Glyph]]]:
        """What was shaped together: characters, and their glyphs from left to right."""
        features = _FEATURES_RIGHT_TO_LEFT if right_to_left else _FEATURES
        infos, positions = self._positions(text, right_to_left, features)
        starts = sorted({info.cluster for info in infos})
        ends = dict(itertools.pairwise([*starts, len(text)]))
        both = zip(infos, positions, strict=True)
        for start, group in itertools.groupby(both, key=lambda pair: pair[0].cluster):
            yield text[start : ends[start]], [self._glyph(*pair) for pair in group]

    def _glyph(self, info: Any, position: Any) -> _Glyph:
        scale = self._scale
        return _Glyph(
            info.codepoint,
            position.x_offset * scale,
            position.y_offset * scale,
            position.x_advance * scale,
        )

    def _positions(
        self, text: str, right_to_left: bool, features: dict[str, bool]
    ) -> tuple[Any, Any]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        # Otherwise the language of the computer would choose among forms of letters.
        buffer.language = "und"
        uharfbuzz.shape(self._shaper, buffer, features)
        return buffer.glyph_infos, buffer.glyph_positions


class _Writer:
    """Collects characters for a TJ operator while keeping track of where it stands."""

    def __init__(self, font: EmbeddedFont) -> None:
        self._widths: dict[int, float] = font.face.charWidths
        self._default_width: float = font.face.defaultWidth
        self._at = 0.0
        self.shown: list[tuple[int, str]] = []

    def show(self, char: str, x: float) -> None:
        self.shown.append((self.moved_to(x), char))
        self._at += self._widths.get(ord(char), self._default_width)

    def moved_to(self, x: float) -> int:
        """What to subtract to stand at a place; rounding does not add up."""
        moved = round(self._at - x)
        self._at -= moved
        return moved


def _bearer(glyphs: list[_Glyph]) -> _Glyph | None:
    """The glyph that bears the text: the widest, if it stands on the base line.

    Text that is lifted would be copied as a line of its own.
    """
    widest = max(glyphs, key=lambda glyph: glyph.advance)
    return widest if widest.y == 0 else None
