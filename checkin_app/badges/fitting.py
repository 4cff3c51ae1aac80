"""Text and a box → the largest lines that fit.

Type first shrinks; below a comfortable size lines are broken at spaces and hyphens, as evenly
as they go; nothing is ever cut. What does not fit at the smallest readable size is set smaller
still, so that it stays in its box, and is marked as overflowing for the preflight to report.
Widths are given in em by a function, so that nothing here knows a font.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checkin_app.badges.line_breaks import Flow

Measure = Callable[[str], float]

SIZE_STEP_PT = 0.5
_SCALE_STEP = 0.05
_SMALLEST_SCALE = 0.05
_ROUNDING = 1e-6


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
    unbroken = [tuple(text.split("\n")) for text in arrangements]
    best = _largest(unbroken, setting, width_pt, height_pt)
    if best.size_pt < min(setting.wrap_below_pt, setting.size_pt):
        fullest = max(unbroken, key=len)
        broken = _breakings(fullest, setting)
        best = _largest([best.lines, *broken], setting, width_pt, height_pt)
        if best.overflows and len(unbroken) > 1:
            anywhere = [lines for way in unbroken for lines in _breakings(way, setting)]
            best = _largest([best.lines, *anywhere], setting, width_pt, height_pt)
    return best


def fit_stack(
    texts: Sequence[str], settings: Sequence[Setting], width_pt: float, height_pt: float
) -> tuple[FittedText, ...]:
    """Sets paragraphs one below the other, shrinking all of them evenly until they fit."""
    flows = [Flow(text, one.measure) for text, one in zip(texts, settings, strict=True)]
    for sizes in _shrinking_sizes(settings):
        if _has_room(flows, sizes, settings, width_pt, height_pt):
            fitted = _set(flows, sizes, settings, width_pt)
            if _is_narrow_enough(fitted, width_pt):
                return fitted
    return _set(flows, sizes, settings, width_pt)


def stack_height_pt(fitted: Sequence[FittedText], settings: Sequence[Setting]) -> float:
    """From the top of the first capitals to the last base line."""
    return _height_pt([len(one.lines) for one in fitted], [one.size_pt for one in fitted], settings)


def break_evenly(text: str, lines: int, measure: Measure) -> tuple[str, ...]:
    """``text`` on at most so many lines, the longest of them as short as can be."""
    return Flow(text, measure).on_lines(lines)


def wrap(text: str, width_em: float, measure: Measure) -> tuple[str, ...]:
    """``text`` on as few lines as the width allows, evened out. A longer part stands alone."""
    flow = Flow(text, measure)
    return flow.on_lines(flow.lines_needed(width_em))


def _has_room(
    flows: Sequence[Flow],
    sizes: Sequence[float],
    settings: Sequence[Setting],
    width_pt: float,
    height_pt: float,
) -> bool:
    """Whether the paragraphs find room, as far as can be told without breaking their lines."""
    counts = []
    for flow, size, setting in zip(flows, sizes, settings, strict=True):
        width_em = width_pt / size
        if flow.widest_em > width_em + _ROUNDING:
            return False
        lines = flow.lines_needed(width_em)
        if lines > setting.max_lines:
            return False
        counts.append(lines)
    return _height_pt(counts, sizes, settings) <= height_pt + _ROUNDING


def _set(
    flows: Sequence[Flow], sizes: Sequence[float], settings: Sequence[Setting], width_pt: float
) -> tuple[FittedText, ...]:
    fitted = []
    for flow, size, setting in zip(flows, sizes, settings, strict=True):
        lines = flow.on_lines(flow.lines_needed(width_pt / size))
        widths = tuple([setting.measure(line) for line in lines])
        fitted.append(_fitted(lines, widths, size, setting))
    return tuple(fitted)


def _is_narrow_enough(fitted: Sequence[FittedText], width_pt: float) -> bool:
    return all(max(one.widths_em) * one.size_pt <= width_pt + _ROUNDING for one in fitted)


def _breakings(lines: tuple[str, ...], setting: Setting) -> Iterator[tuple[str, ...]]:
    """Every way to spread further line breaks over lines that stay apart, fewest first."""
    flows = [Flow(line, setting.measure) for line in lines]
    shares = itertools.product(range(1, setting.max_lines + 1), repeat=len(lines))
    for share in sorted(shares, key=sum):
        if sum(share) <= setting.max_lines:
            broken = (flow.on_lines(count) for flow, count in zip(flows, share, strict=True))
            yield tuple(itertools.chain.from_iterable(broken))


def _largest(
    candidates: Sequence[tuple[str, ...]], setting: Setting, width_pt: float, height_pt: float
) -> FittedText:
    """The candidate that can be set largest, in steps of half a point."""
    best, best_size = candidates[0], 0.0
    best_widths: tuple[float, ...] = ()
    for lines in candidates:
        widths = tuple([setting.measure(line) for line in lines])
        widest = max(widths)
        size = min(setting.size_pt, height_pt / _height_em(len(lines), setting))
        if widest * size > width_pt:
            size = width_pt / widest
        size = _stepped_down(size)
        if size > best_size:
            best, best_widths, best_size = lines, widths, size
    return _fitted(best, best_widths, best_size, setting)


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


def _fitted(
    lines: tuple[str, ...], widths_em: tuple[float, ...], size_pt: float, setting: Setting
) -> FittedText:
    return FittedText(
        lines,
        widths_em,
        size_pt,
        shrunk=size_pt <= setting.min_size_pt < setting.size_pt,
        overflows=size_pt < setting.min_size_pt,
    )


def _height_pt(counts: Sequence[int], sizes: Sequence[float], settings: Sequence[Setting]) -> float:
    height = -settings[0].gap_pt
    for count, size, setting in zip(counts, sizes, settings, strict=True):
        height += setting.gap_pt + size * _height_em(count, setting)
    return height


def _height_em(lines: int, setting: Setting) -> float:
    return setting.cap_height_em + (lines - 1) * setting.leading


def _stepped_down(size_pt: float) -> float:
    """Whole half points, so that badges share sizes; tiny sizes stay exact."""
    stepped = math.floor(size_pt / SIZE_STEP_PT + _ROUNDING) * SIZE_STEP_PT
    return stepped or size_pt
