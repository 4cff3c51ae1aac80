"""The last ten people let in, newest first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import Colours, colours_of, size_px, sized
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.storage.people.register import Arrival

MOST_ARRIVALS = 10
_PADDING_PX = 18
_COLUMNS = 2


class ArrivalsPanel(QFrame):
    """Paints arrivals in two columns, read downwards.

    Attributes:
        arrivals: what is shown.
    """

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.arrivals: tuple[Arrival, ...] = ()
        self._anybody_expected = True
        self._programme = event
        self._places: list[tuple[QRectF, Arrival]] = []
        self.setAccessibleName(self.tr("Last arrivals"))

    def show_arrivals(
        self, arrivals: tuple[Arrival, ...], *, anybody_expected: bool = True
    ) -> None:
        """Show a new list."""
        self.arrivals, self._anybody_expected = arrivals, anybody_expected
        self.setAccessibleDescription(
            "; ".join(shown(arrival.listed.attendee.full_name) for arrival in arrivals)
        )
        self.update()

    @property
    def nobody(self) -> str:
        """What is said while nobody has arrived."""
        if self._anybody_expected:
            return self.tr("Nobody has arrived yet. The first scan appears here.")
        return self.tr("Nobody is expected yet. Import the registration list: Ctrl+I.")

    def event(self, event: QEvent) -> bool:
        """What is cut in a line is read in full by pointing at it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_in_full(event)
            return True
        return super().event(event)

    def _show_in_full(self, event: QHelpEvent) -> None:
        for place, arrival in self._places:
            if place.contains(QPointF(event.pos())):
                attendee = arrival.listed.attendee
                text = tool_tip(f"{attendee.full_name} · {attendee.organisation}")
                QToolTip.showText(event.globalPos(), text, self)
                return
        QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title and lines, or a word that nobody has come yet."""
        super().paintEvent(event)
        painter = QPainter(self)
        colours = colours_of(self.palette())
        area = QRectF(self.rect()).adjusted(_PADDING_PX, 12, -_PADDING_PX, -12)
        title_font = sized(self.font(), 0.9, bold=True)
        metrics = QFontMetricsF(title_font)
        painter.setFont(title_font)
        painter.setPen(colours.muted)
        painter.drawText(
            int(area.left()), int(area.top() + metrics.ascent()), self.accessibleName()
        )
        area.setTop(area.top() + metrics.height() + 8)
        if not self.arrivals:
            painter.setFont(self.font())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.nobody)
            return
        self._draw_lines(painter, area, colours)

    def _draw_lines(self, painter: QPainter, area: QRectF, colours: Colours) -> None:
        rows = -(-MOST_ARRIVALS // _COLUMNS)
        height = min(area.height() / rows, 3.4 * size_px(self.font()))
        gap = 28.0
        width = (area.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        self._places.clear()
        for i, arrival in enumerate(self.arrivals[:MOST_ARRIVALS]):
            column, row = divmod(i, rows)
            line = QRectF(
                area.left() + column * (width + gap), area.top() + row * height, width, height
            )
            self._places.append((QRectF(line), arrival))
            self._draw_line(painter, line, arrival, colours)

    def _draw_line(
        self, painter: QPainter, line: QRectF, arrival: Arrival, colours: Colours
    ) -> None:
        local = self._programme.local(arrival.check_in.at)
        plain, bold = self.font(), sized(self.font(), 1.0, bold=True)
        small = sized(self.font(), 0.87)
        time_width = QFontMetricsF(plain).horizontalAdvance("00:00") + 14
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        one_line = int(Qt.TextFlag.TextSingleLine) | int(Qt.AlignmentFlag.AlignAbsolute)
        painter.setFont(plain)
        painter.setPen(colours.muted)
        painter.drawText(line, middle, f"{local:%H:%M}")
        line.setLeft(line.left() + time_width)
        attendee = arrival.listed.attendee
        has_two = line.height() >= 2.35 * size_px(plain)
        upper, lower = QRectF(line), QRectF(line)
        if has_two:
            half = QFontMetricsF(bold).height()
            block = half + QFontMetricsF(small).height()
            upper.setTop(line.center().y() - block / 2)
            upper.setHeight(half)
            lower.setTop(upper.bottom())
            lower.setHeight(block - half)
        painter.setFont(bold)
        painter.setPen(colours.text)
        metrics = QFontMetricsF(bold)
        whole_name = shown(attendee.full_name) or self.tr("(erased)")
        name = metrics.elidedText(whole_name, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, middle | one_line, name)
        if not has_two:
            lower.setLeft(line.left() + metrics.horizontalAdvance(name) + 12)
        painter.setFont(small)
        painter.setPen(colours.muted)
        organisation = QFontMetricsF(small).elidedText(
            shown(attendee.organisation), Qt.TextElideMode.ElideRight, max(0.0, lower.width())
        )
        painter.drawText(lower, middle | one_line, organisation)
