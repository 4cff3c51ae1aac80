"""A glyph → the path operators of a PDF."""

from __future__ import annotations

from typing import Any

_Point = tuple[float, float]


def glyph_outline(font: Any, glyph: int, scale: float) -> str:
    """The outline of a glyph, to be filled; empty for a blank.

    Args:
        font: HarfBuzz's.
        scale: from the font's units to those of the path.
    """
    pen = _Pen(scale)
    font.draw_glyph_with_pen(glyph, pen)
    return " ".join(pen.operators)


class _Pen:
    """Writes what HarfBuzz draws. TrueType's quadratic curves become cubic, PDF has no others."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._at: _Point = (0.0, 0.0)
        self.operators: list[str] = []

    def moveTo(self, to: _Point) -> None:  # noqa: N802 - fontTools' names
        self._write("m", to)

    def lineTo(self, to: _Point) -> None:  # noqa: N802
        self._write("l", to)

    def curveTo(self, first: _Point, second: _Point, to: _Point) -> None:  # noqa: N802
        self._write("c", first, second, to)

    def qCurveTo(self, control: _Point, to: _Point) -> None:  # noqa: N802
        self._write("c", _towards(self._at, control), _towards(to, control), to)

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def endPath(self) -> None:  # noqa: N802
        """Open paths are filled as closed ones."""

    def _write(self, operator: str, *points: _Point) -> None:
        self._at = points[-1]
        numbers = [f"{value * self._scale:.0f}" for point in points for value in point]
        self.operators.append(" ".join([*numbers, operator]))


def _towards(end: _Point, control: _Point) -> _Point:
    return tuple(one + (other - one) * 2 / 3 for one, other in zip(end, control, strict=True))  # type: ignore[return-value]
