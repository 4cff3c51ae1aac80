"""The cards of a dashboard in their places; only what changed is drawn anew, in a lane."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.appearance.theme import Colours, colours_of
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.dashboard.chart_card import ChartCard
from checkin_app.gui.dashboard.chart_drawing import ChartDrawer, ChartWish, DrawnChart
from checkin_app.gui.workplace import Workplace
from checkin_app.reports.charts.palette import Palette
from checkin_app.reports.dashboard_cards import Cards, cards_of
from checkin_app.reports.dashboard_layout import CARD_NAMES, board_places, unit_of

_GAP_PX = 12
_LEAST_SIZE = QSize(760, 520)
_COMPLETE_ON_DARK, _ALARM_ON_DARK = "#43b581", "#ff8078"
_AFTER_RESIZING_MS = 60


class Board(QWidget):
    """All charts of one dashboard.

    Attributes:
        cards: by their names in ``reports.dashboard_layout``.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._drawer = ChartDrawer()
        self._contents: Cards | None = None
        self._is_drawing = False
        self.cards = {name: ChartCard(self) for name in CARD_NAMES}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_RESIZING_MS)
        self._pause.timeout.connect(self._draw)
        self.setMinimumSize(_LEAST_SIZE)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show new numbers."""
        self._contents = cards_of(dashboard, self.tr)
        for name, card in self.cards.items():
            card.describe(getattr(self._contents, name))
        self._draw()

    @property
    def is_up_to_date(self) -> bool:
        """Whether every card shows the newest numbers in its present size and colours."""
        return self._contents is not None and not self._wishes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cards keep their shares of the board."""
        super().resizeEvent(event)
        for place in board_places(self.width(), self.height(), _GAP_PX):
            left, top = round(place.left), round(place.top)
            right, bottom = round(place.left + place.width), round(place.top + place.height)
            self.cards[place.card].setGeometry(left, top, right - left, bottom - top)
        self._pause.start()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._pause.start()

    def _wishes(self) -> list[tuple[str, ChartWish]]:
        """What has to be drawn."""
        palette = chart_palette(colours_of(self.palette()))
        unit, ratio = unit_of(self.width(), self.height()), self.devicePixelRatioF()
        wishes = []
        for name, card in self.cards.items():
            room = card.room
            content = getattr(self._contents, name)
            wish = ChartWish(content, room.width(), room.height(), unit, palette, ratio)
            if card.drawn is None or card.drawn.wish != wish:
                wishes.append((name, wish))
        return wishes

    def _draw(self) -> None:
        """One round at a time; what changed meanwhile is seen at its end."""
        if self._is_drawing or self._contents is None or not self.isVisible():
            return
        if wishes := self._wishes():
            self._is_drawing = True
            work = partial(self._drawer.draw, wishes)
            self._workplace.tasks.run(Lane.NUMBERS, work, self._take, self._failed)

    def _take(self, charts: dict[str, DrawnChart]) -> None:
        self._is_drawing = False
        for name, drawn in charts.items():
            self.cards[name].show_chart(drawn)
        self._draw()

    def _failed(self, error: BaseException) -> None:
        self._is_drawing = False
        self._workplace.show_error(error)


def chart_palette(colours: Colours) -> Palette:
    """The colours of charts in a theme."""
    return Palette(
        ground=colours.ground.name(),
        surface=colours.surface.name(),
        border=colours.border.name(),
        track=colours.border.name(),
        text=colours.text.name(),
        muted=colours.muted.name(),
        accent=colours.accent.name(),
        complete=_COMPLETE_ON_DARK if colours.is_dark else colours.inside.fill.name(),
        alarm=_ALARM_ON_DARK if colours.is_dark else colours.refused.fill.name(),
    )
