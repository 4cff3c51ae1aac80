"""The whole dashboard as one picture: every chart on its card, laid out as on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkin_app.domain.dashboard import Dashboard
from checkin_app.errors import UsageError
from checkin_app.reports.charts.palette import PAPER, Palette
from checkin_app.reports.dashboard_cards import (
    Translate,
    as_of_text,
    cards_of,
    list_name,
)
from checkin_app.reports.dashboard_layout import board_places, card_at
from checkin_app.whole_file import whole_file

if TYPE_CHECKING:
    from checkin_app.reports.charts.surface import Look

WIDTH_PT, HEIGHT_PT = 1280.0, 800.0
LARGEST_SCALE = 6.0
_UNIT_PT = 15.0
_MARGIN_PT = 16.0
_GAP_PT = 12.0
_HEAD_PT = 40.0
_RADIUS_PT = 12.0


def write_dashboard_picture(
    path: Path,
    dashboard: Dashboard,
    *,
    scale: float = 2.0,
    palette: Palette = PAPER,
    translate: Translate = str,
) -> None:
    """Write a PNG of 1280 by 800 pixels times ``scale``.

    Raises:
        UsageError: the scale is not between 0.25 and 6.
        CheckinError: the file cannot be written.
        ResourceMissing: the fonts of the program are not there.
    """
    if not 0.25 <= scale <= LARGEST_SCALE:
        raise UsageError(f"Choose a scale between 0.25 and {LARGEST_SCALE:g}.")
    from PIL import Image

    from checkin_app.reports.charts.chart import pictures_of
    from checkin_app.reports.charts.surface import Look
    from checkin_app.reports.page import Typeface

    typeface = Typeface()
    drawing = _drawing_of(dashboard, Look(palette, typeface, _UNIT_PT), translate)
    (picture,) = pictures_of([drawing], typeface, scale)
    size = (picture.width_px, picture.height_px)
    image = Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride, 1)
    with whole_file(path) as unfinished:
        image.save(unfinished, format="PNG", optimize=True)


def _drawing_of(dashboard: Dashboard, look: Look, translate: Translate) -> Any:
    from reportlab.graphics.shapes import Group

    from checkin_app.reports.charts.chart import draw_chart
    from checkin_app.reports.charts.surface import Surface

    palette = look.palette
    sheet = Surface(WIDTH_PT, HEIGHT_PT, look)
    sheet.box(0, 0, WIDTH_PT, HEIGHT_PT, palette.ground)
    _draw_head(dashboard, sheet, translate)
    cards = cards_of(dashboard, translate)
    top = _MARGIN_PT + _HEAD_PT
    for place in board_places(WIDTH_PT - 2 * _MARGIN_PT, HEIGHT_PT - top - _MARGIN_PT, _GAP_PT):
        left, card_top = _MARGIN_PT + place.left, top + place.top
        sheet.box(
            left,
            card_top,
            place.width,
            place.height,
            palette.surface,
            radius=_RADIUS_PT,
            border=palette.border,
        )
        chart = draw_chart(card_at(cards, place), place.width, place.height, look)
        moved = Group(*chart.drawing.contents)
        moved.translate(left, HEIGHT_PT - card_top - place.height)
        sheet.drawing.add(moved)
    return sheet.drawing


def _draw_head(dashboard: Dashboard, sheet: Any, translate: Translate) -> None:
    palette, baseline = sheet.look.palette, _MARGIN_PT + 26
    right = WIDTH_PT - _MARGIN_PT
    as_of = f"{list_name(dashboard, translate)}  ·  {as_of_text(dashboard, translate)}"
    as_of_width = sheet.look.width_pt(as_of, _UNIT_PT)
    sheet.text(as_of, right, baseline, _UNIT_PT, colour=palette.muted, anchor="end")
    sheet.text(
        dashboard.event.name,
        _MARGIN_PT,
        baseline,
        _UNIT_PT * 1.4,
        bold=True,
        width=right - as_of_width - 3 * _MARGIN_PT,
    )
