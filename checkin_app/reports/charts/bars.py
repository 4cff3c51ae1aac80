"""Draws groups as bars: each as long as its share that has come."""

from __future__ import annotations

from checkin_app.domain.dashboard import Share, top
from checkin_app.reports.charts.contents import Bars
from checkin_app.reports.charts.surface import Surface

_ROW = 2.35
_BAR = 0.5


def draw_bars(content: Bars, surface: Surface) -> None:
    """As many groups as there is room for, the smallest added up in the last line."""
    unit, pad = surface.look.unit_pt, surface.look.unit_pt
    begin = surface.title(content.title, pad)
    room = surface.height_pt - pad * 0.6 - begin
    if not content.shares:
        surface.text(
            content.empty,
            pad,
            begin + unit,
            unit,
            colour=surface.look.palette.muted,
            width=surface.width_pt - 2 * pad,
        )
        return
    shares = top(content.shares, max(1, int(room / (_ROW * unit))))
    row = min(room / len(shares), _ROW * unit * 1.25)
    for number, share in enumerate(shares):
        _draw_row(content, share, surface, begin + number * row, row)


def _draw_row(content: Bars, share: Share, surface: Surface, begin: float, height: float) -> None:
    look, unit, pad = surface.look, surface.look.unit_pt, surface.look.unit_pt
    width = surface.width_pt - 2 * pad
    name, figures = content.name_of(share), f"{share.arrived:,} / {share.expected:,}"
    figures_width = look.width_pt(figures, unit * 0.95)
    baseline = begin + unit * 0.95
    surface.text(name, pad, baseline, unit * 0.95, width=width - figures_width - unit)
    surface.text(
        figures, pad + width, baseline, unit * 0.95, colour=look.palette.muted, anchor="end"
    )
    bar_top, thick = baseline + unit * 0.4, unit * _BAR
    surface.box(pad, bar_top, width, thick, look.palette.track, radius=thick / 2)
    if share.arrived:
        part = max(thick, width * min(1.0, share.arrived / share.expected))
        is_complete = share.arrived >= share.expected
        colour = look.palette.complete if is_complete else look.palette.accent
        surface.box(pad, bar_top, part, thick, colour, radius=thick / 2)
    surface.spot(pad, begin, width, height, f"{name}: {figures}")
