"""What report pages are drawn with: the program's typeface, and an A4 page measured in
millimetres from its top left corner.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from checkin_app.resource_files import resource_path

PAGE_WIDTH_MM = 210.0
PAGE_HEIGHT_MM = 297.0
MARGIN_MM = 18.0
POINTS_PER_MM = 72 / 25.4

Colour = tuple[float, float, float]
INK: Colour = (0.1, 0.11, 0.13)
GREY: Colour = (0.42, 0.45, 0.49)
FAINT: Colour = (0.955, 0.962, 0.97)
_RULE: Colour = (0.65, 0.68, 0.72)

_ELLIPSIS = "…"


class Typeface:
    """The regular and bold font of reports: Latin, Greek and Cyrillic. For one thread.

    ReportLab keeps fonts by name for the whole process, and packs one for one document at a time;
    so each thread has fonts of its own names.

    Raises:
        ResourceMissing: the fonts of the program are not there.
    """

    def __init__(self) -> None:
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        regular = f"Report-{threading.get_ident()}"
        self._names = {False: regular, True: f"{regular}-Bold"}
        self._fonts = {
            False: TTFont(self._names[False], str(resource_path("fonts", "Inter-Regular.ttf"))),
            True: TTFont(self._names[True], str(resource_path("fonts", "Inter-Bold.ttf"))),
        }
        for font in self._fonts.values():
            registerFont(font)
        self._glyphs = frozenset(self._fonts[False].face.charToGlyph)

    def name(self, *, bold: bool = False) -> str:
        """What ReportLab calls the font."""
        return self._names[bold]

    def canvas(self, path: Path, title: str) -> Any:
        """A ReportLab canvas of A4 pages that writes to ``path`` when saved."""
        from reportlab.pdfgen.canvas import Canvas

        size = (PAGE_WIDTH_MM * POINTS_PER_MM, PAGE_HEIGHT_MM * POINTS_PER_MM)
        canvas = Canvas(str(path), pagesize=size, pageCompression=1, initialFontName=self.name())
        canvas.setTitle(title)
        canvas.setCreator("checkin-app")
        return canvas

    def drawable(self, text: str) -> str:
        """The text in letters the fonts have; others are spelt in Latin ones."""
        if text.isascii() or self._glyphs.issuperset(map(ord, text)):
            return text
        from anyascii import anyascii

        return "".join(char if ord(char) in self._glyphs else anyascii(char) for char in text)

    def width_mm(self, text: str, size_pt: float, *, bold: bool = False) -> float:
        """How wide a drawable text is."""
        return float(self._fonts[bold].stringWidth(text, size_pt)) / POINTS_PER_MM

    def wrapped(
        self, text: str, size_pt: float, width_mm: float, most_lines: int, *, bold: bool = False
    ) -> list[str]:
        """The text in lines that fit the width; one too many ends the last in an ellipsis.

        Lines break at blanks, and within a word that is too wide for a line after its hyphens.
        """
        text = self.drawable(text)
        if self.width_mm(text, size_pt, bold=bold) <= width_mm:
            return [text]
        lines: list[str] = []
        rest = text.split()
        while rest and len(lines) < most_lines:
            if self.width_mm(rest[0], size_pt, bold=bold) > width_mm:
                rest[:1] = self._broken_at_hyphen(rest[0], size_pt, width_mm, bold)
            count = self._words_that_fit(rest, size_pt, width_mm, bold)
            lines.append(" ".join(rest[:count]))
            rest = rest[count:]
        if rest:
            lines[-1] += f" {_ELLIPSIS}"
        return [self.cut(line, size_pt, width_mm, bold=bold) for line in lines]

    def cut(self, text: str, size_pt: float, width_mm: float, *, bold: bool = False) -> str:
        """The text, or as much of its beginning as fits, with an ellipsis."""
        if self.width_mm(text, size_pt, bold=bold) <= width_mm:
            return text
        shortest, longest = 0, len(text)
        while shortest < longest:
            middle = (shortest + longest + 1) // 2
            shown = text[:middle].rstrip() + _ELLIPSIS
            if self.width_mm(shown, size_pt, bold=bold) <= width_mm:
                shortest = middle
            else:
                longest = middle - 1
        return text[:shortest].rstrip(f" {_ELLIPSIS}") + _ELLIPSIS

    def _broken_at_hyphen(
        self, word: str, size_pt: float, width_mm: float, bold: bool
    ) -> list[str]:
        """The longest beginning that ends in a hyphen and fits, and the rest; else the word."""
        ends = [place + 1 for place, letter in enumerate(word[:-1]) if letter == "-"]
        for end in reversed(ends):
            if self.width_mm(word[:end], size_pt, bold=bold) <= width_mm:
                return [word[:end], word[end:]]
        return [word]

    def _words_that_fit(self, words: list[str], size_pt: float, width_mm: float, bold: bool) -> int:
        """At least one, also when it does not fit."""
        count = 1
        while count < len(words):
            if self.width_mm(" ".join(words[: count + 1]), size_pt, bold=bold) > width_mm:
                break
            count += 1
        return count


class Page:
    """One page of a canvas, in millimetres from the top left; texts stand on their baseline."""

    def __init__(self, canvas: Any, typeface: Typeface) -> None:
        self._canvas = canvas
        self._typeface = typeface

    def text(
        self,
        text: str,
        left_mm: float,
        baseline_mm: float,
        size_pt: float,
        *,
        bold: bool = False,
        colour: Colour = INK,
        width_mm: float | None = None,
    ) -> None:
        """Draws one line, cut with an ellipsis where it is wider than ``width_mm``."""
        text = self._typeface.drawable(text)
        if width_mm is not None:
            text = self._typeface.cut(text, size_pt, width_mm, bold=bold)
        self._style(size_pt, bold, colour)
        self._canvas.drawString(left_mm * POINTS_PER_MM, _from_bottom_pt(baseline_mm), text)

    def pair(
        self,
        first: str,
        second: str,
        left_mm: float,
        baseline_mm: float,
        size_pt: float,
        width_mm: float,
    ) -> None:
        """Draws two texts in grey on one line; the first is cut for the sake of the second.

        The second is cut only where it leaves less than an eighth of the width for the first.
        """
        face = self._typeface
        second = face.cut(face.drawable(f" · {second}"), size_pt, width_mm * 7 / 8)
        room_mm = width_mm - face.width_mm(second, size_pt)
        text = face.cut(face.drawable(first), size_pt, room_mm) + second
        self.text(text, left_mm, baseline_mm, size_pt, colour=GREY)

    def text_right(
        self,
        text: str,
        right_mm: float,
        baseline_mm: float,
        size_pt: float,
        *,
        bold: bool = False,
        colour: Colour = INK,
    ) -> None:
        """Draws one line that ends at ``right_mm``."""
        self._style(size_pt, bold, colour)
        self._canvas.drawRightString(right_mm * POINTS_PER_MM, _from_bottom_pt(baseline_mm), text)

    def rule(self, left_mm: float, right_mm: float, y_mm: float) -> None:
        """Draws a hairline."""
        self._canvas.setStrokeColorRGB(*_RULE)
        self._canvas.setLineWidth(0.5)
        y_pt = _from_bottom_pt(y_mm)
        self._canvas.line(left_mm * POINTS_PER_MM, y_pt, right_mm * POINTS_PER_MM, y_pt)

    def tint(
        self, left_mm: float, top_mm: float, width_mm: float, height_mm: float, colour: Colour
    ) -> None:
        """Fills a rectangle."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(
            left_mm * POINTS_PER_MM,
            _from_bottom_pt(top_mm + height_mm),
            width_mm * POINTS_PER_MM,
            height_mm * POINTS_PER_MM,
            stroke=0,
            fill=1,
        )

    def outline(
        self, left_mm: float, top_mm: float, width_mm: float, height_mm: float, stroke_pt: float
    ) -> None:
        """Draws an empty rectangle."""
        self._canvas.setStrokeColorRGB(*INK)
        self._canvas.setLineWidth(stroke_pt)
        self._canvas.rect(
            left_mm * POINTS_PER_MM,
            _from_bottom_pt(top_mm + height_mm),
            width_mm * POINTS_PER_MM,
            height_mm * POINTS_PER_MM,
            stroke=1,
            fill=0,
        )

    def tick(self, left_mm: float, top_mm: float, size_mm: float) -> None:
        """Draws a tick into a square."""
        path = self._canvas.beginPath()
        corners = [(0.18, 0.55), (0.42, 0.8), (0.85, 0.2)]
        for place, (across, down) in enumerate(corners):
            x_pt = (left_mm + across * size_mm) * POINTS_PER_MM
            y_pt = _from_bottom_pt(top_mm + down * size_mm)
            (path.lineTo if place else path.moveTo)(x_pt, y_pt)
        self._canvas.setStrokeColorRGB(*INK)
        self._canvas.setLineWidth(1.6)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def finish(self) -> None:
        """Ends the page; what is drawn later comes on the next one."""
        self._canvas.showPage()

    def _style(self, size_pt: float, bold: bool, colour: Colour) -> None:
        self._canvas.setFont(self._typeface.name(bold=bold), size_pt)
        self._canvas.setFillColorRGB(*colour)


def _from_bottom_pt(y_mm: float) -> float:
    return (PAGE_HEIGHT_MM - y_mm) * POINTS_PER_MM
