"""Text and a box → the largest lines that fit.

Type first shrinks; below a comfortable size lines are broken at spaces and hyphens, as evenly
as they go; nothing is ever cut. What does not fit at the smallest readable size is set smaller
still, so that it stays in its box, and is marked as overflowing for the preflight to report.
Widths are given in em by a function, so that nothing here knows a font.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checkin_app.badges.text.line_breaks import Flow, Lines, lines_of

Measure = Callable[[str], float]

SIZE_STEP_PT = 0.5
_SCALE_STEP = 0.05
_SMALLEST_SCALE = 1e-4
_ROUNDING = 1e-6
_size_of = operator.itemgetter(0)


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


class FittedText(NamedTuple):
    """Lines of one paragraph at one size.

    Attributes:
        widths_em: how wide the lines are.
        shrunk: set at the smallest readable size.
        overflows: needed less than the smallest readable size.
    """

    lines: tuple[str, ...]
    widths_em: tuple[float, ...]
    size_pt: float
    shrunk: bool = False
    overflows: bool = False


def fit_display(
    arrangements: Sequence[str], setting: Setting, width_pt: float, height_pt: float
) -> FittedText:
    """Sets a name or title as large as its box allows.

    Lines of an arrangement stay apart when they are broken further, so that a first name does
    not run into the last; only what would be too small to read is broken anywhere.

    Args:
        arrangements: ways to set the text, with line breaks; at equal size the first wins.
    """
    ways = [text.split("\n") for text in arrangements]
    unbroken = [lines_of(way, map(setting.measure, way)) for way in ways]
    best = _largest(unbroken, setting, width_pt, height_pt)
    if best.size_pt < min(setting.wrap_below_pt, setting.size_pt):
        apart = [*unbroken, *_breakings(max(ways, key=len), setting)]
        best = _largest(apart, setting, width_pt, height_pt)
        if best.overflows and len(ways) > 1:
            anywhere = [lines for way in ways for lines in _breakings(way, setting)]
            best = _largest([*apart, *anywhere], setting, width_pt, height_pt)
    return best


def fit_stack(
    flows: Sequence[Flow], settings: Sequence[Setting], width_pt: float, height_pt: float
) -> tuple[FittedText, ...]:
    """Sets paragraphs one below the other, shrinking all of them evenly until they fit."""
    for sizes in _shrinking_sizes(settings):
        broken = [flow.within(width_pt / size) for flow, size in zip(flows, sizes, strict=True)]
        if _have_room(broken, sizes, settings, width_pt, height_pt):
            break
    return tuple(map(_fitted, broken, sizes, settings))


def stack_height_pt(fitted: Sequence[FittedText], settings: Sequence[Setting]) -> float:
    """From the top of the first capitals to the last base line."""
    height = -settings[0].gap_pt
    for one, setting in zip(fitted, settings, strict=True):
        height += setting.gap_pt + one.size_pt * _height_em(len(one.lines), setting)
    return height


def wrap(text: str, width_em: float, measure: Measure) -> tuple[str, ...]:
    """``text`` on as few lines as the width allows, evened out. A longer part stands alone."""
    return Flow(text, measure).within(width_em).texts


def _have_room(
    broken: Sequence[Lines],
    sizes: Sequence[float],
    settings: Sequence[Setting],
    width_pt: float,
    height_pt: float,
) -> bool:
    height = -settings[0].gap_pt
    for lines, size, setting in zip(broken, sizes, settings, strict=True):
        count = len(lines.texts)
        if count > setting.max_lines or lines.widest_em * size > width_pt + _ROUNDING:
            return False
        height += setting.gap_pt + size * _height_em(count, setting)
    return height <= height_pt + _ROUNDING


def _breakings(lines: Sequence[str], setting: Setting) -> Iterator[Lines]:
    """Every way to spread further line breaks over lines that stay apart, fewest first."""
    flows = [Flow(line, setting.measure) for line in lines]
    shares = itertools.product(range(1, setting.max_lines + 1), repeat=len(lines))
    for share in sorted(shares, key=sum):
        if sum(share) <= setting.max_lines:
            broken = [flow.on_lines(count) for flow, count in zip(flows, share, strict=True)]
            texts = [text for one in broken for text in one.texts]
            yield lines_of(texts, [width for one in broken for width in one.widths_em])


def _largest(
    candidates: Iterable[Lines], setting: Setting, width_pt: float, height_pt: float
) -> FittedText:
    """The candidate that can be set largest, in steps of half a point; of equals the first."""
    sized = [(_largest_size(one, setting, width_pt, height_pt), one) for one in candidates]
    size, best = max(sized, key=_size_of)
    return _fitted(best, size, setting)


def _largest_size(lines: Lines, setting: Setting, width_pt: float, height_pt: float) -> float:
    size = min(setting.size_pt, height_pt / _height_em(len(lines.texts), setting))
    if lines.widest_em * size > width_pt:
        size = width_pt / lines.widest_em
    return _stepped_down(size)


def _shrinking_sizes(settings: Sequence[Setting]) -> Iterator[list[float]]:
    """Sizes to try: all shrink evenly but none below its minimum; then, unreadably, further."""
    yield [setting.size_pt for setting in settings]
    scale = 1.0 - _SCALE_STEP
    while any(setting.size_pt * scale > setting.min_size_pt for setting in settings):
        yield [max(setting.size_pt * scale, setting.min_size_pt) for setting in settings]
        scale -= _SCALE_STEP
    scale = 1.0
    while scale > _SMALLEST_SCALE:
        yield [setting.min_size_pt * scale for setting in settings]
        scale *= 1.0 - _SCALE_STEP


def _fitted(lines: Lines, size_pt: float, setting: Setting) -> FittedText:
    return FittedText(
        lines.texts,
        lines.widths_em,
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
