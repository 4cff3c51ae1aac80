"""Draws the large figure: how many have come, of how many, and the ring of their share."""

from __future__ import annotations

from checkin_app.reports.charts.contents import Figure, Headline
from checkin_app.reports.charts.surface import Look, Surface
from checkin_app.reports.page import POINTS_PER_MM


def draw_headline(content: Headline, surface: Surface) -> None:
    """Ring at the left, figures beside it, one sentence below."""
    look = surface.look
    unit, pad = look.unit_pt, look.unit_pt
    top = surface.title(content.title, pad)
    foot = _draw_sentence(content.sentence, surface, pad)
    room = foot - top
    across = min(room, (surface.width_pt - 2 * pad) * 0.42)
    middle = (pad + across / 2, top + room / 2)
    _draw_ring(content, surface, middle, across / 2)
    left = pad * 2 + across
    right = surface.width_pt - pad
    number_size = _largest(look, content.number, right - left, min(room * 0.46, 7 * unit))
    rows = _rows(look, content.figures, right - left)
    height = number_size * 0.8 + unit * 1.5 + len(rows) * unit * 1.75
    baseline = top + max(0.0, (room - height) / 2) + number_size * 0.78
    surface.text(content.number, left, baseline, number_size, bold=True)
    baseline += unit * 1.5
    surface.text(
        content.of, left, baseline, unit * 1.1, colour=look.palette.muted, width=right - left
    )
    for row in rows:
        baseline += unit * 1.75
        _draw_figures(row, surface, left, right, baseline)


def _draw_ring(
    content: Headline, surface: Surface, middle: tuple[float, float], radius: float
) -> None:
    palette = surface.look.palette
    thickness = radius * 0.2
    share = content.part / content.whole if content.whole else 0.0
    is_complete = bool(content.whole) and content.part >= content.whole
    surface.ring(middle, radius, thickness, 1.0, palette.track)
    surface.ring(
        middle, radius, thickness, share, palette.complete if is_complete else palette.accent
    )
    size = radius * 0.46
    surface.text(
        content.percent, middle[0], middle[1] + size * 0.36, size, bold=True, anchor="middle"
    )
    x, y = middle
    surface.spot(x - radius, y - radius, 2 * radius, 2 * radius, f"{content.number} {content.of}")


def _draw_sentence(sentence: str, surface: Surface, pad: float) -> float:
    """Up to two lines at the foot; returns where they begin."""
    unit = surface.look.unit_pt
    width_mm = (surface.width_pt - 2 * pad) / POINTS_PER_MM
    lines = surface.look.typeface.wrapped(sentence, unit, width_mm, 2) if sentence else []
    top = surface.height_pt - pad - len(lines) * unit * 1.35
    for number, line in enumerate(lines):
        baseline = top + unit * (0.95 + 1.35 * number)
        surface.text(line, pad, baseline, unit, colour=surface.look.palette.muted)
    return top - unit * 0.4


def _rows(look: Look, figures: tuple[Figure, ...], width: float) -> list[list[Figure]]:
    """The small figures in as few lines as they fit in."""
    rows: list[list[Figure]] = []
    left = 0.0
    for figure in figures:
        wide = _width(look, figure)
        if rows and left + wide <= width:
            rows[-1].append(figure)
        else:
            rows.append([figure])
            left = 0.0
        left += wide + look.unit_pt * 1.2
    return rows


def _draw_figures(
    figures: list[Figure], surface: Surface, left: float, right: float, baseline: float
) -> None:
    look = surface.look
    for figure in figures:
        number_width = look.width_pt(figure.number, look.unit_pt * 1.15, bold=True)
        surface.text(figure.number, left, baseline, look.unit_pt * 1.15, bold=True)
        text_left = left + number_width + look.unit_pt * 0.35
        surface.text(
            figure.label,
            text_left,
            baseline,
            look.unit_pt,
            colour=look.palette.muted,
            width=right - text_left,
        )
        left += _width(look, figure) + look.unit_pt * 1.2


def _width(look: Look, figure: Figure) -> float:
    number = look.width_pt(figure.number, look.unit_pt * 1.15, bold=True)
    return number + look.unit_pt * 0.35 + look.width_pt(figure.label, look.unit_pt)


def _largest(look: Look, text: str, width: float, most: float) -> float:
    """The largest size in which the text fits."""
    return min(most, most * width / max(1.0, look.width_pt(text, most, bold=True)))
