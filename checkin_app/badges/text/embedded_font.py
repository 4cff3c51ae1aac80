"""A TrueType font in a PDF, with glyphs that no character alone stands for.

ReportLab embeds glyphs by character. A shaped glyph, such as the middle form of an Arabic
letter, has none, so it is given a private one; the map that copying and searching use then says
which text of the list it stands for.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont, makeToUnicodeCMap

_FIRST_STAND_IN = 0x100000
"""Supplementary Private Use Area-B: 65,536 characters that no text for people holds."""


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """One font file of a document.

    Args:
        name: what ReportLab tells fonts apart by.
        source: the file, or its bytes.
        index: of the font within a collection (.ttc).
        tag: what is added to the name it has in the document, where two fonts may call
            themselves alike.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: the file is no font with TrueType outlines.
    """

    def __init__(self, name: str, source: Path | BytesIO, index: int = 0, tag: str = "") -> None:
        file = str(source) if isinstance(source, Path) else source
        super().__init__(name, file, subfontIndex=index)
        self.face.subfontNameX += tag.encode("ascii")
        self._stand_ins: dict[tuple[int, str], str] = {}
        self._texts: dict[int, str] = {}

    def stand_in(self, glyph: int, text: str, advance: float) -> str:
        """A private character for a glyph.

        Args:
            text: what copying it gives.
            advance: its width in thousandths of an em.
        """
        known = self._stand_ins.get((glyph, text))
        if known is None:
            code = _FIRST_STAND_IN + len(self._stand_ins)
            known = self._stand_ins[glyph, text] = chr(code)
            self._texts[code] = text
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = advance
        return known

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Adds the font to the document, as ReportLab does at its end."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        objects = doc.idToObject
        for name, subset in zip(names, subsets, strict=True):
            # ReportLab's own map holds 16-bit characters only.
            if any(code > 0xFFFF for code in subset):
                font = objects["BasicFonts"].dict[name]
                objects[font.ToUnicode.name].content = self._to_unicode(font.BaseFont, subset)

    def _to_unicode(self, base_font: str, subset: list[int]) -> str:
        """The map from codes to text (ISO 32000-1, 9.10.3)."""
        texts = [self._texts.get(code) or chr(code) for code in subset]
        lines = makeToUnicodeCMap(base_font, [0] * len(subset)).split("\n")
        first = next(at for at, line in enumerate(lines) if line.endswith("beginbfchar")) + 1
        lines[first : first + len(subset)] = [
            f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
            for code, text in enumerate(texts)
        ]
        return "\n".join(lines)
