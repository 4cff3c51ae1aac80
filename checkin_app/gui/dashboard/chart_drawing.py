"""Charts drawn in a lane, for the pixels of the screen. No Qt.

What draws them is imported there as well: that takes longer than the window may stand still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin_app.reports.charts.contents import Content
from checkin_app.reports.charts.palette import Palette

if TYPE_CHECKING:
    from checkin_app.reports.charts.chart import Chart, Picture
    from checkin_app.reports.charts.surface import Spot
    from checkin_app.reports.page import Typeface


@dataclass(frozen=True, slots=True)
class ChartWish:
    """What one card is to show, and in which room.

    Attributes:
        unit: the size of ordinary text; like width and height in pixels of Qt.
        pixel_ratio: pixels of the screen for one of Qt.
    """

    content: Content
    width: int
    height: int
    unit: float
    palette: Palette
    pixel_ratio: float


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """What was wished for, and what came of it."""

    wish: ChartWish
    picture: Picture
    spots: tuple[Spot, ...]


class ChartDrawer:
    """Draws wishes together, since fonts are packed once for all. For one thread."""

    def __init__(self) -> None:
        self._typeface: Typeface | None = None

    def draw(self, wishes: Sequence[tuple[str, ChartWish]]) -> dict[str, DrawnChart]:
        """The pictures, by the names of their cards.

        Args:
            wishes: card and wish; all for the same screen.

        Raises:
            ResourceMissing: the fonts of the program are not there.
        """
        from checkin_app.reports.charts.chart import pictures_of
        from checkin_app.reports.page import Typeface

        typeface = self._typeface = self._typeface or Typeface()
        charts = [_chart(wish, typeface) for _, wish in wishes]
        ratio = wishes[0][1].pixel_ratio
        pictures = pictures_of([chart.drawing for chart in charts], typeface, ratio)
        return {
            card: DrawnChart(wish, picture, chart.spots)
            for (card, wish), chart, picture in zip(wishes, charts, pictures, strict=True)
        }


def _chart(wish: ChartWish, typeface: Typeface) -> Chart:
    from checkin_app.reports.charts.chart import draw_chart
    from checkin_app.reports.charts.surface import Look

    look = Look(wish.palette, typeface, wish.unit)
    ground = wish.palette.surface
    return draw_chart(wish.content, wish.width, wish.height, look, ground=ground)
