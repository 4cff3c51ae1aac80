"""Words → PDF operators with the codes that a document gives to the glyphs of its fonts."""

from __future__ import annotations

import functools
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from checkin_app.badges.fonts import Typeface

_WORDS_KEPT = 50_000
_ESCAPED = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_BYTES = [
    _ESCAPED.get(code) or (chr(code) if 32 <= code < 127 else f"\\{code:03o}")
    for code in range(256)
]

Shown = tuple[tuple[str, str], ...]
"""Runs of a word: the font's name in the document, and the inside of a TJ array."""


class Lettering:
    """The words of one font in one document."""

    def __init__(self, face: Typeface, canvas: Canvas) -> None:
        self._face = face
        # The subset a glyph falls into is known per document only, which the canvas keeps here.
        self._document: Any = canvas._doc
        self._word = functools.lru_cache(maxsize=_WORDS_KEPT)(self._show_word)
        self._space = self._word(" ")

    def runs(self, text: str) -> Shown:
        """The runs of a line; neighbouring runs of one font are joined."""
        words = text.split(" ")
        if len(words) == 1:
            return self._word(text)
        joined = list(self._word(words[0]))
        for word in words[1:]:
            for name, inside in (*self._space, *self._word(word)):
                if joined and joined[-1][0] == name:
                    joined[-1] = name, joined[-1][1][:-1] + inside[1:]
                else:
                    joined.append((name, inside))
        return tuple(joined)

    def _show_word(self, word: str) -> Shown:
        runs: list[tuple[str, list[str]]] = []
        for at, char in enumerate(word):
            name, letter = self._glyph(char)
            if not runs or runs[-1][0] != name:
                runs.append((name, ["("]))
            inside = runs[-1][1]
            inside.append(letter)
            kern = round(self._face.kern_em(word[at : at + 2]) * 1000) if at + 1 < len(word) else 0
            if kern:
                inside.append(f"){-kern}(")
        return tuple((name, "".join(inside) + ")") for name, inside in runs)

    def _glyph(self, char: str) -> tuple[str, str]:
        font, document = self._face.font, self._document
        ((subset, code),) = font.splitString(char, document)
        return font.getSubsetInternalName(subset, document), _BYTES[code[0]]
