"""Sets a text as large as its box allows, on one line or two, and cuts it only when it must."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

_PROBE_PX = 100
# Rounding of glyph widths at small sizes must not push the last letter out of the box.
_SLACK = 0.985
# Each is measured; a text of many words must not hold the window up.
_MOST_BREAKS = 12
PLAIN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
"""Left for every alphabet: Qt would move right-to-left text to the other side."""


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines of a text and the size at which they fit.

    Attributes:
        is_cut: something had to be left out, the lines end in an ellipsis.
    """

    lines: tuple[str, ...]
    size_px: int
    line_height_px: float
    is_cut: bool = False

    @property
    def height_px(self) -> float:
        """All lines together."""
        return len(self.lines) * self.line_height_px

    def draw(self, painter: QPainter, font: QFont, left_px: float, top_px: float) -> None:
        """Paint the lines as plain text."""
        sized_font = QFont(font)
        sized_font.setPixelSize(self.size_px)
        painter.setFont(sized_font)
        flags = PLAIN_LEFT | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for i, line in enumerate(self.lines):
            area = QRectF(left_px, top_px + i * self.line_height_px, 100_000, self.line_height_px)
            painter.drawText(area, int(flags), line)


def fit(
    text: str,
    font: QFont,
    width_px: float,
    height_px: float,
    *,
    least_px: int,
    most_px: int,
    most_lines: int = 2,
    even: bool = True,
) -> FittedText:
    """The largest setting of ``text`` in the box, between two sizes.

    Args:
        even: two lines are to be of about the same length, as suits a name; a sentence fills
            its first line.
    """
    probe = QFont(font)
    probe.setPixelSize(_PROBE_PX)
    metrics = QFontMetricsF(probe)
    line_height = metrics.height() / _PROBE_PX
    choices = [(text,), *(_two_lines(text) if most_lines > 1 else ())]
    size, lines = max(
        (
            (_size(lines, metrics, width_px, height_px, line_height, most_px), lines)
            for lines in choices
        ),
        key=lambda choice: _merit(*choice, even=even),
    )
    if size >= least_px:
        return FittedText(lines, size, size * line_height)
    return _cut(text, font, width_px, height_px, line_height, least_px, most_lines)


def _two_lines(text: str) -> list[tuple[str, str]]:
    """Ways to break a text at a blank or after a hyphen, those near its middle."""
    middle = len(text) / 2
    breaks = [i for i, c in enumerate(text) if c in " -" and 0 < i < len(text) - 1]
    nearest = sorted(breaks, key=lambda i: abs(i - middle))[:_MOST_BREAKS]
    return [(text[: i + 1].rstrip(" "), text[i + 1 :]) for i in nearest]


def _merit(size_px: int, lines: tuple[str, ...], *, even: bool) -> tuple[float, int]:
    """Two lines must win clearly over one: a name on one line is read faster."""
    if len(lines) == 1:
        return (size_px, 0)
    first, second = map(len, lines)
    return (size_px * 0.82, -abs(first - second) if even else first)


def _size(
    lines: tuple[str, ...],
    metrics: QFontMetricsF,
    width_px: float,
    height_px: float,
    line_height: float,
    most_px: int,
) -> int:
    widest = max(1.0, *map(metrics.horizontalAdvance, lines))
    by_width = width_px * _SLACK / widest * _PROBE_PX
    return int(min(most_px, by_width, height_px / (len(lines) * line_height)))


def _cut(
    text: str,
    font: QFont,
    width_px: float,
    height_px: float,
    line_height: float,
    least_px: int,
    most_lines: int,
) -> FittedText:
    """At the least size: as many lines as there is room for, the last one elided."""
    small = QFont(font)
    small.setPixelSize(least_px)
    metrics = QFontMetricsF(small)
    lines: list[str] = []
    rest = text
    room = max(1, min(most_lines, int(height_px / (least_px * line_height))))
    while len(lines) < room - 1 and metrics.horizontalAdvance(rest) > width_px:
        head = _head_that_fits(rest, metrics, width_px)
        lines.append(head)
        rest = rest[len(head) :].lstrip(" ")
    last = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)
    return FittedText((*lines, last), least_px, least_px * line_height, last != rest)


def _head_that_fits(text: str, metrics: QFontMetricsF, width_px: float) -> str:
    """The longest beginning that fits a line, broken at a blank where there is one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(text[:middle]) <= width_px:
            low = middle
        else:
            high = middle - 1
    blank = text.rfind(" ", 0, low + 1)
    return text[:blank] if blank > low // 2 else text[:low]
