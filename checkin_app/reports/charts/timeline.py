"""Draws arrivals over time as bars, with the curve of what was expected and a mark for now."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from checkin_app.reports.charts.contents import Timeline, grouped
from checkin_app.reports.charts.surface import Point, Surface

_GRID_LINES = 4


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the chart lies, and its scale."""

    left: float
    top: float
    right: float
    bottom: float
    steps: int
    highest: float

    def x(self, step: float) -> float:
        return self.left + (self.right - self.left) * step / self.steps

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(value / self.highest, 1.0)


def draw_timeline(content: Timeline, surface: Surface) -> None:
    """Title and legend above, times below."""
    unit, pad = surface.look.unit_pt, surface.look.unit_pt
    top = surface.title(content.title, pad)
    top = _draw_legend(content, surface, pad, top)
    grid = _grid(max((max(s.count, s.expected or 0) for s in content.steps), default=0))
    axis_width = surface.look.width_pt(grouped(grid[-1]), unit * 0.85) + unit * 0.5
    plot = _Plot(
        left=pad + axis_width,
        top=top + unit * 0.4,
        right=surface.width_pt - pad - unit * 0.6,
        bottom=surface.height_pt - pad - unit * 1.1,
        steps=max(1, len(content.steps)),
        highest=grid[-1],
    )
    _draw_grid(grid, plot, surface)
    _draw_times(content, plot, surface)
    if content.is_empty and not content.assumed:
        middle = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
        colour = surface.look.palette.muted
        surface.text(content.empty, *middle, unit * 1.1, colour=colour, anchor="middle")
    expected = _expected(content, plot)
    if expected:
        outline = [(expected[0][0], plot.bottom), *expected, (expected[-1][0], plot.bottom)]
        surface.area(outline, surface.look.palette.muted, 0.12)
    _draw_steps(content, plot, surface)
    if expected:
        surface.curve(expected, surface.look.palette.text, unit * 0.12)
    if content.now is not None:
        surface.upright(plot.x(content.now), plot.top, plot.bottom, surface.look.palette.alarm)


def _draw_legend(content: Timeline, surface: Surface, pad: float, top: float) -> float:
    """What bars and curve are, and the sentence; returns where the chart may begin."""
    look, unit = surface.look, surface.look.unit_pt
    size, baseline, left = unit * 0.9, top + unit * 0.75, pad
    surface.box(left, baseline - unit * 0.6, unit * 0.6, unit * 0.6, look.palette.accent, radius=2)
    left += unit * 0.9
    surface.text(content.counted, left, baseline, size, colour=look.palette.muted)
    left += look.width_pt(content.counted, size) + unit * 1.4
    if content.assumed:
        middle = baseline - unit * 0.3
        surface.curve([(left, middle), (left + unit * 1.6, middle)], look.palette.text, unit * 0.12)
        left += unit * 2
        room = surface.width_pt - pad - left
        surface.text(content.assumed, left, baseline, size, colour=look.palette.muted, width=room)
        left += min(look.width_pt(content.assumed, size), room) + unit * 1.4
    sentence = content.empty if content.is_empty and content.assumed else content.sentence
    if not sentence:
        return top + unit * 1.3
    if left + look.width_pt(sentence, size) <= surface.width_pt - pad:
        surface.text(sentence, surface.width_pt - pad, baseline, size, anchor="end")
        return top + unit * 1.3
    baseline += unit * 1.35
    surface.text(sentence, pad, baseline, size, width=surface.width_pt - 2 * pad)
    return top + unit * 2.65


def _grid(highest: float) -> list[int]:
    """Round values for the lines across, from the first above nothing to one not below the top."""
    rough = max(highest, _GRID_LINES) / _GRID_LINES
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    step = max(1, round(step))
    return [step * number for number in range(1, max(1, ceil(highest / step)) + 1)]


def _draw_grid(grid: list[int], plot: _Plot, surface: Surface) -> None:
    palette, unit = surface.look.palette, surface.look.unit_pt
    surface.rule(plot.left, plot.right, plot.bottom, palette.border)
    for value in grid:
        y = plot.y(value)
        surface.rule(plot.left, plot.right, y, palette.track)
        surface.text(
            grouped(value),
            plot.left - unit * 0.5,
            y + unit * 0.3,
            unit * 0.85,
            colour=palette.muted,
            anchor="end",
        )


def _draw_times(content: Timeline, plot: _Plot, surface: Surface) -> None:
    """As many times as have room beside each other."""
    look, unit = surface.look, surface.look.unit_pt
    baseline, size, free_from = plot.bottom + unit * 1.15, unit * 0.85, 0.0
    for step, time in content.ticks:
        half = look.width_pt(time, size) / 2
        x = plot.x(step)
        if x - half >= free_from and x + half <= surface.width_pt:
            surface.text(time, x, baseline, size, colour=look.palette.muted, anchor="middle")
            free_from = x + half + unit * 0.8


def _draw_steps(content: Timeline, plot: _Plot, surface: Surface) -> None:
    wide = plot.x(1) - plot.left
    gap = min(wide * 0.2, surface.look.unit_pt * 0.25)
    for number, step in enumerate(content.steps):
        x, y = plot.x(number), plot.y(step.count)
        if step.count:
            surface.box(
                x + gap / 2,
                y,
                wide - gap,
                plot.bottom - y,
                surface.look.palette.accent,
                radius=min(3.0, (wide - gap) / 3),
            )
        surface.spot(x, plot.top, wide, plot.bottom - plot.top, step.text)


def _expected(content: Timeline, plot: _Plot) -> list[Point]:
    """The curve through the middle of each step."""
    return [
        (plot.x(number + 0.5), plot.y(step.expected))
        for number, step in enumerate(content.steps)
        if step.expected is not None
    ]
