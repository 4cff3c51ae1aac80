"""Which desk this is, the clock of the event, and how the desk stands to the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import colours_of, sized
from checkin_app.gui.plain_text import shown

_WIDEST_PX = 300.0
_STATE_PADDING_PX = 12


class PlacePanel(QWidget):
    """The time at the venue in large figures; below it the desk and the place, and the state line
    where the event is shared.

    Signals:
        sharing_wanted: somebody wants to know more of the state line.
    """

    sharing_wanted = Signal()

    def __init__(
        self,
        event: Event,
        desk_name: str,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._programme = event
        self._desk_name = shown(desk_name, 60)
        self._clock = clock
        self._state_line, self._is_worrying = "", False
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    @property
    def time_text(self) -> str:
        """The local time shown."""
        return self._time

    @property
    def state_line(self) -> str:
        """How the desk stands to the others, as shown."""
        return self._state_line

    def show_sharing(self, state_line: str, what_to_do: str, *, is_worrying: bool) -> None:
        """Say how the desk stands to the others; nothing where there are none.

        Args:
            what_to_do: what a person should look after, for the tool tip.
            is_worrying: the line stands out.
        """
        self._state_line, self._is_worrying = shown(state_line, 60), is_worrying
        self.setToolTip(shown(what_to_do or state_line))
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if state_line else Qt.CursorShape.ArrowCursor
        )
        self.updateGeometry()
        self._show_time()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The state line leads to the hub."""
        if self._state_line and event.button() == Qt.MouseButton.LeftButton:
            self.sharing_wanted.emit()

    def sizeHint(self) -> QSize:
        """As wide as its texts."""
        small = QFontMetricsF(sized(self.font(), 0.87))
        state = small.horizontalAdvance(self._state_line) + _STATE_PADDING_PX
        below = max(small.horizontalAdvance(self._below()), state if self._state_line else 0)
        above = QFontMetricsF(sized(self.font(), 1.5, bold=True)).horizontalAdvance("00:00:00")
        return QSize(int(min(_WIDEST_PX, max(below, above))) + 6, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two or three lines, right-aligned, as one block in the middle."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        line = QFontMetricsF(sized(self.font(), 0.87)).height() - 2
        block = QFontMetricsF(sized(self.font(), 1.5)).height() + line
        if self._state_line:
            block += line
        area = QRectF(self.rect())
        area.adjust(0, (area.height() - block) / 2, 0, -(area.height() - block) / 2)
        right = int(Qt.AlignmentFlag.AlignRight)
        painter.setFont(sized(self.font(), 1.5, bold=True))
        painter.setPen(colours.text)
        painter.drawText(area, right | int(Qt.AlignmentFlag.AlignTop), self._time)
        small = sized(self.font(), 0.87)
        painter.setFont(small)
        painter.setPen(colours.muted)
        below = QFontMetricsF(small).elidedText(
            self._below(), Qt.TextElideMode.ElideMiddle, area.width()
        )
        bottom = right | int(Qt.AlignmentFlag.AlignBottom)
        if self._state_line:
            self._draw_state_line(painter, area, small)
            painter.setPen(colours.muted)
            area.adjust(0, 0, 0, -line)
        painter.drawText(area, bottom, below)

    def _draw_state_line(self, painter: QPainter, area: QRectF, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        room = area.width() - _STATE_PADDING_PX
        text = metrics.elidedText(self._state_line, Qt.TextElideMode.ElideRight, room)
        place = QRectF(area)
        place.setTop(area.bottom() - metrics.height())
        if self._is_worrying:
            tone = colours_of(self.palette()).warning
            place.setLeft(place.right() - metrics.horizontalAdvance(text) - _STATE_PADDING_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone.fill)
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(tone.ink)
            place.adjust(0, 0, -_STATE_PADDING_PX / 2, 0)
        painter.drawText(
            place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text
        )

    def _below(self) -> str:
        city = self._programme.timezone.rsplit("/", 1)[-1].replace("_", " ")
        return f"{self._desk_name} · {city}"

    def _show_time(self) -> None:
        self._time = f"{self._programme.local(self._clock()):%H:%M:%S}"
        parts = (self._below(), self._time, self._state_line)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()
