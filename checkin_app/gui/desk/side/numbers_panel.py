"""The counters of the check-in list: arrived of expected, how fast, how many at this desk, and each
category's bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from checkin_app.gui.appearance.theme import Colours, colours_of, sized
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.services.desk_numbers import CategoryProgress, DeskNumbers

_PADDING_PX = 16
_BAR_PX = 6


class NumbersPanel(QFrame):
    """Paints the numbers it was last given.

    Attributes:
        numbers: what is shown; None before the first count.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.numbers: DeskNumbers | None = None
        self.setAccessibleName(self.tr("Counters"))

    def sizeHint(self) -> QSize:
        """A column beside the results."""
        return QSize(300, 280)

    def show_numbers(self, numbers: DeskNumbers) -> None:
        """Show a new count."""
        self.numbers = numbers
        whole = self.tr("{arrived} of {expected} arrived, {rate} a minute").format(
            arrived=numbers.arrived, expected=numbers.expected, rate=_rate(numbers)
        )
        self.setAccessibleDescription(", ".join(filter(None, (whole, self.here))))
        self.update()

    @property
    def here(self) -> str:
        """How many came in at this desk; empty where there is no other."""
        if self.numbers is None or self.numbers.at_this_desk is None:
            return ""
        return self.tr("{count} at this desk").format(count=grouped(self.numbers.at_this_desk))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Arrived and expected in large figures, then the categories as far as there is room."""
        super().paintEvent(event)
        if self.numbers is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = colours_of(self.palette())
        area = QRectF(self.rect()).adjusted(_PADDING_PX, 12, -_PADDING_PX, -10)
        area.setTop(self._draw_total(painter, area, self.numbers, colours))
        area.setTop(self._draw_here(painter, area, colours))
        self._draw_categories(painter, area, self.numbers.by_category, colours)

    def _draw_total(
        self, painter: QPainter, area: QRectF, numbers: DeskNumbers, colours: Colours
    ) -> float:
        """Returns where the next part may begin."""
        large, plain = sized(self.font(), 2.3, bold=True), self.font()
        large_metrics, metrics = QFontMetricsF(large), QFontMetricsF(plain)
        baseline = area.top() + large_metrics.ascent()
        painter.setFont(large)
        painter.setPen(colours.text)
        arrived = grouped(numbers.arrived)
        painter.drawText(int(area.left()), int(baseline), arrived)
        left = area.left() + large_metrics.horizontalAdvance(arrived) + 8
        painter.setFont(plain)
        painter.setPen(colours.muted)
        rate = self.tr("{rate}/min").format(rate=_rate(numbers))
        rate_left = area.right() - metrics.horizontalAdvance(rate)
        painter.drawText(int(rate_left), int(baseline), rate)
        of = self.tr("of {expected} arrived").format(expected=grouped(numbers.expected))
        if left + metrics.horizontalAdvance(of) + 8 > rate_left:
            of = self.tr("of {expected}").format(expected=grouped(numbers.expected))
        painter.drawText(int(left), int(baseline), of)
        top = baseline + 10
        _draw_bar(
            painter, area.left(), top, area.width(), numbers.arrived, numbers.expected, colours
        )
        return top + _BAR_PX + 12

    def _draw_here(self, painter: QPainter, area: QRectF, colours: Colours) -> float:
        """Returns where the next part may begin; what has no room is left to the description."""
        font = sized(self.font(), 0.9)
        metrics = QFontMetricsF(font)
        if not self.here or metrics.height() > area.height():
            return area.top()
        painter.setFont(font)
        painter.setPen(colours.muted)
        words = metrics.elidedText(self.here, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(int(area.left()), int(area.top() + metrics.ascent() - 3), words)
        return area.top() + metrics.height() + 7

    def _draw_categories(
        self,
        painter: QPainter,
        area: QRectF,
        categories: tuple[CategoryProgress, ...],
        colours: Colours,
    ) -> None:
        font = sized(self.font(), 0.9)
        row_px = QFontMetricsF(font).height() + _BAR_PX + 8
        room = max(1, int(area.height() // row_px))
        if room == 1 and len(categories) > 1:
            # All added up in one line would say the total again.
            return
        row_px = min(area.height() / room, row_px + 8)
        for i, progress in enumerate(self._fitting(categories, room)):
            top = area.top() + i * row_px
            self._draw_category(painter, font, area, top, progress, colours)

    def _fitting(
        self, categories: tuple[CategoryProgress, ...], room: int
    ) -> tuple[CategoryProgress, ...]:
        """As many as there are lines for; the smallest are added up in the last line."""
        if len(categories) <= room:
            return categories
        kept, rest = categories[: room - 1], categories[room - 1 :]
        others = CategoryProgress(
            self.tr("{count} more").format(count=len(rest)),
            sum(progress.arrived for progress in rest),
            sum(progress.expected for progress in rest),
        )
        return (*kept, others)

    def _draw_category(
        self,
        painter: QPainter,
        font: QFont,
        area: QRectF,
        top: float,
        progress: CategoryProgress,
        colours: Colours,
    ) -> None:
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        figures = f"{progress.arrived} / {progress.expected}"
        figures_width = metrics.horizontalAdvance(figures)
        name = metrics.elidedText(
            shown(progress.category) or self.tr("no category"),
            Qt.TextElideMode.ElideRight,
            area.width() - figures_width - 12,
        )
        baseline = int(top + metrics.ascent())
        painter.setPen(colours.text)
        painter.drawText(int(area.left()), baseline, name)
        painter.setPen(colours.muted)
        painter.drawText(int(area.right() - figures_width), baseline, figures)
        bar_top = top + metrics.height() + 1
        _draw_bar(
            painter,
            area.left(),
            bar_top,
            area.width(),
            progress.arrived,
            progress.expected,
            colours,
        )


def _draw_bar(
    painter: QPainter,
    left: float,
    top: float,
    width: float,
    part: int,
    whole: int,
    colours: Colours,
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.border)
    painter.drawRoundedRect(QRectF(left, top, width, _BAR_PX), _BAR_PX / 2, _BAR_PX / 2)
    if part:
        share = max(_BAR_PX, width * min(1.0, part / max(whole, 1)))
        painter.setBrush(colours.accent)
        painter.drawRoundedRect(QRectF(left, top, share, _BAR_PX), _BAR_PX / 2, _BAR_PX / 2)


def _rate(numbers: DeskNumbers) -> str:
    return f"{numbers.per_minute:.1f}"
