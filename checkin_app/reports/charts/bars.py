"""Draws groups as bars: each as long as its share that has come."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.dashboard import Share, top
from checkin_app.reports.charts.contents import Bars, grouped
from checkin_app.reports.charts.surface import Look, Surface
from checkin_app.reports.page import POINTS_PER_MM

_ROW, _NAME_LINE, _BAR = 2.35, 1.15, 0.5
"""Heights of a row with one line of name, of a further line, and of the bar, in units."""

_TEXT = 0.95
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """One group: the lines of its name, its figures, and all of it in words."""

    share: Share
    lines: tuple[str, ...]
    figures: str
    words: str

    @property
    def height(self) -> float:
        return _ROW + (len(self.lines) - 1) * _NAME_LINE


def draw_bars(content: Bars, surface: Surface) -> None:
    """As many groups as there is room for, the smallest added up in the last line."""
    unit, pad = surface.look.unit_pt, surface.look.unit_pt
    begin = surface.title(content.title, pad)
    if not content.shares:
        muted, width = surface.look.palette.muted, surface.width_pt - 2 * pad
        surface.text(content.empty, pad, begin + unit, unit, colour=muted, width=width)
        return
    room = (surface.height_pt - pad * 0.6 - begin) / unit
    rows = _rows(content, surface.look, room, surface.width_pt - 2 * pad)
    stretch = min(1.25, room / sum(row.height for row in rows))
    for row in rows:
        _draw_row(row, surface, begin)
        begin += row.height * stretch * unit


def _rows(content: Bars, look: Look, room: float, width: float) -> list[_Row]:
    """In one line a name; in two where that shows more of names that would mostly be cut.

    Args:
        room: in units.
        width: in points.
    """
    one_line = [
        _row(content, share, look, width, 1) for share in top(content.shares, _fitting(room, _ROW))
    ]
    two_lines = [_row(content, row.share, look, width, _MOST_LINES) for row in one_line]
    if sum(row.height for row in two_lines) <= room:
        return two_lines
    if 2 * sum(len(row.lines) > 1 for row in two_lines) <= len(two_lines):
        return one_line
    fewer = top(content.shares, _fitting(room, _ROW + _NAME_LINE))
    return [_row(content, share, look, width, _MOST_LINES) for share in fewer]


def _fitting(room: float, height: float) -> int:
    return max(1, int(room / height))


def _row(content: Bars, share: Share, look: Look, width: float, most_lines: int) -> _Row:
    name = content.name_of(share)
    figures = f"{grouped(share.arrived)} / {grouped(share.expected)}"
    size = look.unit_pt * _TEXT
    free = width - look.width_pt(figures, size) - look.unit_pt
    free_mm = max(free, size) / POINTS_PER_MM
    if most_lines > 1:
        lines = look.typeface.wrapped(name, size, free_mm, most_lines)
    else:
        lines = [look.typeface.cut(look.typeface.drawable(name), size, free_mm)]
    return _Row(share, tuple(lines), figures, f"{name}: {figures}")


def _draw_row(row: _Row, surface: Surface, begin: float) -> None:
    look, unit, pad = surface.look, surface.look.unit_pt, surface.look.unit_pt
    width, share = surface.width_pt - 2 * pad, row.share
    baseline = begin + unit * _TEXT
    muted = look.palette.muted
    surface.text(row.figures, pad + width, baseline, unit * _TEXT, colour=muted, anchor="end")
    for number, line in enumerate(row.lines):
        surface.text(line, pad, baseline + number * _NAME_LINE * unit, unit * _TEXT)
    baseline += (len(row.lines) - 1) * _NAME_LINE * unit
    bar_top, thick = baseline + unit * 0.4, unit * _BAR
    surface.box(pad, bar_top, width, thick, look.palette.track, radius=thick / 2)
    if share.arrived:
        part = max(thick, width * min(1.0, share.arrived / share.expected))
        is_complete = share.arrived >= share.expected
        colour = look.palette.complete if is_complete else look.palette.accent
        surface.box(pad, bar_top, part, thick, colour, radius=thick / 2)
    surface.spot(pad, begin, width, row.height * unit, row.words)
