"""Lines of text → PDF operators with the codes that a document gives to the glyphs of its fonts."""

from __future__ import annotations

import functools
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.text.embedded_font import EmbeddedFont
from checkin_app.badges.text.fonts import FontList
from checkin_app.badges.text.shaping import ShapedText

_WORDS_KEPT = 4096
_LINES_KEPT = 4096
_ESCAPED = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_BYTES = [
    _ESCAPED.get(code) or (chr(code) if 32 <= code < 127 else f"\\{code:03o}")
    for code in range(256)
]

_Run = tuple[str, str]
"""The font's name in the document, and a TJ array without the parentheses at its ends."""


class Lettering:
    """Text in one list of fonts in one document."""

    def __init__(self, fonts: FontList, canvas: Canvas) -> None:
        self._fonts = fonts
        self._first = fonts.first
        # The subset a glyph falls into is known per document only, which the canvas keeps here.
        self._document: Any = canvas._doc
        # Organisations, roles and countries come again and again, names do not.
        self._line = functools.lru_cache(maxsize=_LINES_KEPT)(self._show_line)
        self._word = functools.lru_cache(maxsize=_WORDS_KEPT)(self._show_word)
        self._part = functools.lru_cache(maxsize=_WORDS_KEPT)(self._show_part)
        self._glyph = functools.lru_cache(maxsize=_WORDS_KEPT)(self._find_glyph)

    def line(
        self,
        text: str,
        x_pt: float,
        y_pt: float,
        size_pt: float,
        tracking_pt: float = 0.0,
        right_to_left: bool = False,
    ) -> str:
        """The operators that draw a line in the current colour.

        Args:
            x_pt, y_pt: the left end of its base line.
            tracking_pt: white space after each letter; text that is shaped has none.
            right_to_left: the direction of its paragraph.
        """
        shown = None if right_to_left else self._line(text, size_pt)
        if shown is None:
            return self._shaped_line(text, x_pt, y_pt, size_pt, right_to_left)
        if tracking_pt:
            shown = f"{tracking_pt:.3f} Tc {shown} 0 Tc"
        return f"BT {x_pt:.2f} {y_pt:.2f} Td {shown} ET"

    def _show_line(self, text: str, size_pt: float) -> str | None:
        """The operators of a line wherever it lies; None for one that has to be shaped."""
        if not self._fonts.is_plain(text):
            return None
        return self._shown(self._runs(text), size_pt)

    def _runs(self, text: str) -> list[_Run]:
        """The runs of a line of plain words, neighbours of one font joined.

        A space is code 32 in every subset that ReportLab makes.
        """
        joined: list[_Run] = []
        name, inside = "", ""
        for number, word in enumerate(text.split(" ")):
            if number:
                inside += " "
            for font, part in self._word(word):
                if font != name:
                    if name:
                        joined.append((name, inside))
                        inside = ""
                    name = font
                inside += part
        if name:
            joined.append((name, inside))
        return joined

    def _shown(self, runs: list[_Run], size_pt: float) -> str:
        return " ".join([f"{name} {size_pt:g} Tf [({inside})] TJ" for name, inside in runs])

    def _show_word(self, word: str) -> tuple[_Run, ...]:
        runs: list[tuple[str, list[str]]] = []
        font, kern_em = self._first.font, self._first.kern_em
        for at, char in enumerate(word):
            name, letter = self._glyph(font, char)
            if not runs or runs[-1][0] != name:
                runs.append((name, []))
            inside = runs[-1][1]
            inside.append(letter)
            kern = round(kern_em(word[at : at + 2]) * 1000) if at + 1 < len(word) else 0
            if kern:
                inside.append(f"){-kern}(")
        return tuple([(name, "".join(inside)) for name, inside in runs])

    def _shaped_line(
        self, text: str, x_pt: float, y_pt: float, size_pt: float, right_to_left: bool
    ) -> str:
        shown: list[str] = []
        marks: list[str] = []
        scale, left_pt = size_pt / 1000, x_pt
        for part in self._fonts.shaped_line(text, right_to_left):
            shown.append(self._shown(list(self._part(part)), size_pt))
            for mark in part.marks:
                place = f"{left_pt + mark.x_em * size_pt:.2f} {y_pt + mark.y_em * size_pt:.2f}"
                marks.append(f"q {scale:.5f} 0 0 {scale:.5f} {place} cm {mark.outline} f Q")
            left_pt += part.width_em * size_pt
        return " ".join([f"BT {x_pt:.2f} {y_pt:.2f} Td {' '.join(shown)} ET", *marks])

    def _show_part(self, part: ShapedText) -> tuple[_Run, ...]:
        runs: list[tuple[str, list[str]]] = []
        for before, char in part.shown:
            name, letter = self._glyph(part.font, char)
            if not runs or runs[-1][0] != name:
                runs.append((name, []))
            runs[-1][1].append(f"){before}({letter}" if before else letter)
        if part.trailing:
            runs[-1][1].append(f"){part.trailing}(")
        return tuple([(name, "".join(inside)) for name, inside in runs])

    def _find_glyph(self, font: EmbeddedFont, char: str) -> _Run:
        ((subset, code),) = font.splitString(char, self._document)
        return font.getSubsetInternalName(subset, self._document), _BYTES[code[0]]
