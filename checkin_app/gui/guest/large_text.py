"""Breaks a text into the lines in which its letters can be largest.

A name is read from one and a half metres, on a screen that may stand upright: two surnames and a
hyphen then go on three lines rather than into small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

_PROBE_PX = 100
_SLACK = 0.985
"""Rounding of glyph widths must not push the last letter out of its line."""
_LINE_COSTS = 0.82
"""A further line must win clearly: what stands on one line is read faster."""
_MOST_PIECES = 40
_PIECE = re.compile(r"\S+?-(?=\w)|\S+")


@dataclass(frozen=True, slots=True)
class LargeText:
    """Lines, and the size at which the widest of them fits."""

    lines: tuple[str, ...]
    size_px: int
    line_height_px: float

    @property
    def height_px(self) -> float:
        """All lines together."""
        return len(self.lines) * self.line_height_px


def enlarge(
    text: str, font: QFont, width_px: float, *, least_px: int, most_px: int, most_lines: int
) -> LargeText:
    """The largest setting of ``text`` in a width; below ``least_px`` it is cut by an ellipsis."""
    probe = QFont(font)
    probe.setPixelSize(_PROBE_PX)
    metrics = QFontMetricsF(probe)
    most_px = max(least_px, most_px)

    def size_of(lines: tuple[str, ...]) -> int:
        widest = max(map(metrics.horizontalAdvance, lines), default=0.0)
        return int(min(most_px, width_px * _SLACK / max(widest, 1.0) * _PROBE_PX))

    choices = list(_breaks(text, metrics, most_lines))
    lines = max(choices, key=lambda choice: size_of(choice) * _LINE_COSTS ** len(choice))
    if size_of(lines) < least_px:
        # Small letters beat lost ones: as many lines as there may be.
        lines = max(choices, key=size_of)
    size_px = max(least_px, size_of(lines))
    probe.setPixelSize(size_px)
    fitting = QFontMetricsF(probe)
    shown = tuple(fitting.elidedText(line, Qt.TextElideMode.ElideRight, width_px) for line in lines)
    return LargeText(shown, size_px, fitting.height())


def _breaks(text: str, metrics: QFontMetricsF, most_lines: int) -> Iterator[tuple[str, ...]]:
    """For each number of lines the way whose widest line is narrowest."""
    pieces = [(match[0], match.start()) for match in _PIECE.finditer(text)]
    yield (" ".join(text.split()),)
    if len(pieces) > _MOST_PIECES:
        pieces = []
    for count in range(2, min(most_lines, len(pieces)) + 1):
        yield _narrowest(text, pieces, count, metrics)


def _narrowest(
    text: str, pieces: list[tuple[str, int]], count: int, metrics: QFontMetricsF
) -> tuple[str, ...]:
    ends = [start + len(piece) for piece, start in pieces]

    def line(first: int, last: int) -> str:
        return text[pieces[first][1] : ends[last]]

    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {}

    def lines_from(first: int, left: int) -> tuple[float, tuple[str, ...]]:
        """The narrowest way to set the pieces from ``first`` on in ``left`` lines."""
        if (first, left) in best:
            return best[first, left]
        if left == 1:
            found = _joined(metrics, line(first, len(pieces) - 1), (0.0, ()))
        else:
            found = min(
                _joined(metrics, line(first, last), lines_from(last + 1, left - 1))
                for last in range(first, len(pieces) - left + 1)
            )
        best[first, left] = found
        return found

    return lines_from(0, count)[1]


def _joined(
    metrics: QFontMetricsF, head: str, rest: tuple[float, tuple[str, ...]]
) -> tuple[float, tuple[str, ...]]:
    return max(metrics.horizontalAdvance(head), rest[0]), (head, *rest[1])
