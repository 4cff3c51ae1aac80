"""Text and a box → the largest lines that fit.

Type first shrinks; below a comfortable size lines are broken at spaces and hyphens, as evenly
as they go; nothing is ever cut. What does not fit at the smallest readable size is set smaller
still, so that it stays in its box, and is marked as overflowing for the preflight to report.
Widths are given in em by a function, so that nothing here knows a font.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Measure = Callable[[str], float]

_Part = tuple[str, float, float]
"""What stays together on a line: the text, its width, and the width of the space after it."""

SIZE_STEP_PT = 0.5
_SCALE_STEP = 0.05
_SMALLEST_SCALE = 0.05
_EVENING_STEPS = 10
_ROUNDING = 1e-6
# Lines break after spaces, and after a hyphen, dash or slash between letters.
_PARTS = re.compile(r"[^ ]*?(?:(?<=\w)[-\u2010\u2013/](?=\w)|(?: +|$))")


@dataclass(frozen=True, slots=True)
class Setting:
    """How one paragraph wants to be set; the words are those of ``Paragraph``."""

    measure: Measure
    cap_height_em: float
    size_pt: float
    min_size_pt: float
    wrap_below_pt: float
    max_lines: int
    leading: float
    gap_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines of one paragraph at one size.

    Attributes:
        shrunk: set at the smallest readable size.
        overflows: needed less than the smallest readable size.
    """

    lines: tuple[str, ...]
    size_pt: float
    shrunk: bool = False
    overflows: bool = False


def fit_display(
    arrangements: Sequence[str], setting: Setting, width_pt: float, height_pt: float
) -> FittedText:
    """Sets a name or title as large as its box allows.

    Args:
        arrangements: ways to set the text, with line breaks; at equal size the first wins.
    """
    unbroken = [tuple(text.split("\n")) for text in arrangements]
    lines, size = _largest(unbroken, setting, width_pt, height_pt)
    if size < min(setting.wrap_below_pt, setting.size_pt):
        fullest = max(unbroken, key=len)
        broken = _breakings(fullest, setting.max_lines, setting.measure)
        lines, size = _largest([lines, *broken], setting, width_pt, height_pt)
    return _fitted(lines, size, setting)


def fit_stack(
    texts: Sequence[str], settings: Sequence[Setting], width_pt: float, height_pt: float
) -> tuple[FittedText, ...]:
    """Sets paragraphs one below the other, shrinking all of them evenly until they fit."""
    for sizes in _shrinking_sizes(settings):
        fitted = tuple(
            _fitted(wrap(text, width_pt / size, setting.measure), size, setting)
            for text, size, setting in zip(texts, sizes, settings, strict=True)
        )
        if _fits(fitted, settings, width_pt, height_pt):
            break
    return fitted


def stack_height_pt(fitted: Sequence[FittedText], settings: Sequence[Setting]) -> float:
    """From the top of the first capitals to the last base line."""
    height = sum(setting.gap_pt for setting in settings[1:])
    for one, setting in zip(fitted, settings, strict=True):
        height += one.size_pt * _height_em(len(one.lines), setting)
    return height


def break_evenly(text: str, lines: int, measure: Measure) -> tuple[str, ...]:
    """``text`` on at most so many lines, the longest of them as short as can be."""
    if lines == 1:
        return (text,)
    return _joined(_even_breaks(_parts(text, measure), lines))


def wrap(text: str, width_em: float, measure: Measure) -> tuple[str, ...]:
    """``text`` on as few lines as the width allows, evened out. A longer part stands alone."""
    if measure(text) <= width_em + _ROUNDING:
        return (text,)
    parts = _parts(text, measure)
    return _joined(_even_breaks(parts, len(_filled(parts, width_em))))


def _parts(text: str, measure: Measure) -> list[_Part]:
    space = measure(" ")
    parts = []
    for part in _PARTS.findall(text):
        word = part.rstrip(" ")
        if word:
            parts.append((part, measure(word), space if part != word else 0.0))
    return parts


def _even_breaks(parts: list[_Part], lines: int) -> list[list[_Part]]:
    """Halves the column's width towards the narrowest that needs no more lines."""
    too_narrow = max((width for _text, width, _space in parts), default=0.0) - 2 * _ROUNDING
    wide_enough = sum(width + space for _text, width, space in parts)
    best = _filled(parts, wide_enough)
    for _ in range(_EVENING_STEPS):
        limit = (too_narrow + wide_enough) / 2
        tried = _filled(parts, limit)
        if len(tried) <= lines:
            best, wide_enough = tried, limit
        else:
            too_narrow = limit
    return best


def _filled(parts: list[_Part], width_em: float) -> list[list[_Part]]:
    lines: list[list[_Part]] = []
    room = -1.0
    for part in parts:
        _text, width, space = part
        if width > room + _ROUNDING:
            lines.append([])
            room = width_em
        lines[-1].append(part)
        room -= width + space
    return lines


def _joined(lines: list[list[_Part]]) -> tuple[str, ...]:
    return tuple("".join([part[0] for part in line]).rstrip(" ") for line in lines)


def _breakings(
    lines: tuple[str, ...], max_lines: int, measure: Measure
) -> Iterator[tuple[str, ...]]:
    """Every way to spread further line breaks over lines that stay apart, fewest first."""
    shares = itertools.product(range(1, max_lines + 1), repeat=len(lines))
    for share in sorted(shares, key=sum):
        if sum(share) <= max_lines:
            broken = (break_evenly(*one, measure) for one in zip(lines, share, strict=True))
            yield tuple(itertools.chain.from_iterable(broken))


def _largest(
    candidates: Sequence[tuple[str, ...]], setting: Setting, width_pt: float, height_pt: float
) -> tuple[tuple[str, ...], float]:
    """The candidate that can be set largest, and its size in steps of half a point."""
    best, best_size = candidates[0], 0.0
    for lines in candidates:
        widest = max(setting.measure(line) for line in lines)
        by_width = width_pt / widest if widest else setting.size_pt
        by_height = height_pt / _height_em(len(lines), setting)
        size = _stepped_down(min(setting.size_pt, by_width, by_height))
        if size > best_size:
            best, best_size = lines, size
    return best, best_size


def _shrinking_sizes(settings: Sequence[Setting]) -> Iterator[list[float]]:
    """Sizes to try: all shrink evenly but none below its minimum; then, unreadably, further."""
    scale = 1.0
    while any(setting.size_pt * scale > setting.min_size_pt for setting in settings):
        yield [max(setting.size_pt * scale, setting.min_size_pt) for setting in settings]
        scale -= _SCALE_STEP
    scale = 1.0
    while scale > _SMALLEST_SCALE:
        yield [setting.min_size_pt * scale for setting in settings]
        scale -= _SCALE_STEP


def _fits(
    fitted: Sequence[FittedText], settings: Sequence[Setting], width_pt: float, height_pt: float
) -> bool:
    for one, setting in zip(fitted, settings, strict=True):
        if len(one.lines) > setting.max_lines:
            return False
        if max(map(setting.measure, one.lines)) * one.size_pt > width_pt + _ROUNDING:
            return False
    return stack_height_pt(fitted, settings) <= height_pt + _ROUNDING


def _fitted(lines: tuple[str, ...], size_pt: float, setting: Setting) -> FittedText:
    return FittedText(
        lines,
        size_pt,
        shrunk=size_pt <= setting.min_size_pt < setting.size_pt,
        overflows=size_pt < setting.min_size_pt,
    )


def _height_em(lines: int, setting: Setting) -> float:
    return setting.cap_height_em + (lines - 1) * setting.leading


def _stepped_down(size_pt: float) -> float:
    """Whole half points, so that badges share sizes; tiny sizes stay exact."""
    stepped = math.floor(size_pt / SIZE_STEP_PT + _ROUNDING) * SIZE_STEP_PT
    return stepped or size_pt
