"""Draws names with figures in columns, and a few figures side by side."""

from __future__ import annotations

from collections.abc import Sequence

from checkin_app.reports.charts.contents import Figure, Figures, Row, Table
from checkin_app.reports.charts.surface import Surface
from checkin_app.reports.page import POINTS_PER_MM

_ROW = 1.75


def draw_table(content: Table, surface: Surface) -> None:
    """As many rows as there is room for; the last line adds up the others."""
    look, unit, pad = surface.look, surface.look.unit_pt, surface.look.unit_pt
    begin = surface.title(content.title, pad)
    right = surface.width_pt - pad
    if not content.rows:
        surface.text(
            content.empty, pad, begin + unit, unit, colour=look.palette.muted, width=right - pad
        )
        return
    edges = _right_edges(content, surface, right)
    head_size = unit * 0.8
    for head, edge in zip(content.heads, edges, strict=True):
        surface.text(
            head, edge, begin + unit * 0.6, head_size, colour=look.palette.muted, anchor="end"
        )
    begin += unit * 1.05
    surface.rule(pad, right, begin, look.palette.track)
    room = max(1, int((surface.height_pt - pad * 0.6 - begin) / (_ROW * unit)))
    rows = content.rows if len(content.rows) <= room else content.rows[: room - 1]
    name_width = _name_width(content, surface, edges, pad)
    baseline = begin
    for row in rows:
        baseline += _ROW * unit
        surface.text(row.name, pad, baseline - unit * 0.4, unit, width=name_width)
        for figure, edge in zip(row.texts[1:], edges, strict=True):
            surface.text(figure, edge, baseline - unit * 0.4, unit, bold=True, anchor="end")
        spot = "  ·  ".join(row.texts)
        surface.spot(pad, baseline - _ROW * unit, right - pad, _ROW * unit, spot)
    if left_out := content.rows[len(rows) :]:
        baseline += _ROW * unit
        muted = look.palette.muted
        name, *figures = content.sum_of(left_out, _more(content, left_out)).texts
        surface.text(name, pad, baseline - unit * 0.4, unit, colour=muted, width=name_width)
        for figure, edge in zip(figures, edges, strict=True):
            surface.text(figure, edge, baseline - unit * 0.4, unit, colour=muted, anchor="end")
        spot = ",  ".join(" ".join(row.texts[:2]) for row in left_out)
        surface.spot(pad, baseline - _ROW * unit, right - pad, _ROW * unit, spot)


def _more(content: Table, left_out: Sequence[Row]) -> str:
    return content.more.format(count=len(left_out))


def _right_edges(content: Table, surface: Surface, right: float) -> list[float]:
    """Where each column of figures ends, the last one at the right."""
    look, unit = surface.look, surface.look.unit_pt
    edges: list[float] = []
    for column in range(len(content.heads), 0, -1):
        edges.insert(0, right)
        figures = [row.texts[column] for row in _with_sum(content)]
        widths = [look.width_pt(figure, unit, bold=True) for figure in figures]
        widths.append(look.width_pt(content.heads[column - 1], unit * 0.8))
        right -= max(widths) + unit
    return edges


def _name_width(content: Table, surface: Surface, edges: list[float], pad: float) -> float:
    look, unit = surface.look, surface.look.unit_pt
    first = max(look.width_pt(row.texts[1], unit, bold=True) for row in _with_sum(content))
    return edges[0] - first - unit - pad


def _with_sum(content: Table) -> tuple[Row, ...]:
    """All rows, and what the last line may have at most."""
    return (*content.rows, content.sum_of(content.rows, ""))


def draw_figures(content: Figures, surface: Surface) -> None:
    """Equal columns: the number, large, over what it counts."""
    look, unit, pad = surface.look, surface.look.unit_pt, surface.look.unit_pt
    begin = surface.title(content.title, pad)
    width = surface.width_pt - 2 * pad
    if not content.figures:
        surface.text(content.empty, pad, begin + unit, unit, colour=look.palette.muted, width=width)
        return
    room = surface.height_pt - pad * 0.6 - begin
    across = max(1, min(len(content.figures), int(width / (5.6 * unit))))
    down = max(1, min(-(-len(content.figures) // across), int(room / (2.6 * unit))))
    column, row = width / across, room / down
    for number, figure in enumerate(content.figures[: across * down]):
        left, top = pad + number % across * column, begin + number // across * row
        _draw_figure(figure, surface, left, top, (column, row))


def _draw_figure(
    figure: Figure, surface: Surface, left: float, top: float, room: tuple[float, float]
) -> None:
    look, unit = surface.look, surface.look.unit_pt
    width, height = room
    size = min(unit * 2.1, height * 0.5)
    wide = look.width_pt(figure.number, size, bold=True)
    size *= min(1.0, (width - unit * 0.5) / wide)
    colour = look.palette.alarm if figure.is_alarm and figure.number != "0" else look.palette.text
    surface.text(figure.number, left, top + size * 0.85, size, bold=True, colour=colour)
    most_lines = max(1, int((height - size * 0.9) / (unit * 1.15)))
    lines = look.typeface.wrapped(
        figure.label, unit * 0.9, (width - unit * 0.6) / POINTS_PER_MM, min(2, most_lines)
    )
    for number, line in enumerate(lines):
        baseline = top + size * 0.85 + unit * (1.2 + 1.1 * number)
        surface.text(line, left, baseline, unit * 0.9, colour=look.palette.muted)
    surface.spot(left, top, width, height, f"{figure.number} {figure.label}")
