"""Which desk this is, and the clock of the event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkin_app.domain.programme import Event
from checkin_app.gui.plain_text import shown
from checkin_app.gui.theme import colours_of, sized


class PlacePanel(QWidget):
    """The time at the venue in large figures; below it the desk and the place."""

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
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()

    @property
    def time_text(self) -> str:
        """The local time shown."""
        return self._time

    def sizeHint(self) -> QSize:
        """As wide as its texts."""
        below = QFontMetricsF(sized(self.font(), 0.87)).horizontalAdvance(self._below())
        above = QFontMetricsF(sized(self.font(), 1.5, bold=True)).horizontalAdvance("00:00:00")
        return QSize(int(min(260.0, max(below, above))) + 6, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two lines, right-aligned, as one block in the middle."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        block = QFontMetricsF(sized(self.font(), 1.5)).height()
        block += QFontMetricsF(sized(self.font(), 0.87)).height() - 2
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
        painter.drawText(area, right | int(Qt.AlignmentFlag.AlignBottom), below)

    def _below(self) -> str:
        city = self._programme.timezone.rsplit("/", 1)[-1].replace("_", " ")
        return f"{self._desk_name} · {city}"

    def _show_time(self) -> None:
        self._time = f"{self._programme.local(self._clock()):%H:%M:%S}"
        self.setAccessibleName(f"{self._below()}, {self._time}")
        self.update()
