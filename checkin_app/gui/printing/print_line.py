"""The slim line of the print queue on the desk screen. Of one height, so that nothing jumps."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, size_px, sized
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.plain_text import tool_tip
from checkin_app.gui.printing.line_words import LineTone, LineWords

QUEUE_KEY = "Ctrl+J"
_PADDING_PX = 12
_RADIUS_PX = 10


class PrintLine(QWidget):
    """Shows ``LineWords``, with what may be pressed. Never takes the focus.

    Signals:
        queue_wanted: the table of the queue.
        move_wanted: print on the other printer what waits for one that is stopped.
        release_wanted: let the badges on hold be printed.
    """

    queue_wanted = Signal()
    move_wanted = Signal()
    release_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = LineWords(LineTone.QUIET, "")
        self.text = _ElidedText(self)
        self.move_over = KeyButton(self.tr("Use the other printer"), "print", "", self)
        self.release = KeyButton(self.tr("Print them now"), "next", "", self)
        self.queue = KeyButton(self.tr("Print queue"), "list", QUEUE_KEY, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING_PX, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for button in (self.move_over, self.release, self.queue):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.setFixedHeight(TOUCH_PX)
        self.move_over.clicked.connect(self.move_wanted)
        self.release.clicked.connect(self.release_wanted)
        self.queue.clicked.connect(self.queue_wanted)
        self.show_words(self._words)

    @property
    def words(self) -> LineWords:
        """What is shown."""
        return self._words

    def show_words(self, words: LineWords) -> None:
        """Say something else."""
        self._words = words
        self.text.show_words(words)
        self.move_over.setVisible(words.moves_to is not None)
        self.release.setVisible(words.can_release)
        self.setAccessibleName(words.full_text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A coloured ground only where somebody is needed."""
        if self._words.tone is LineTone.CARE:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours_of(self.palette()).warning.fill)
            painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)


class _ElidedText(QWidget):
    """The sign, how it is doing, and in bold what to do; cut at the end where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = LineWords(LineTone.QUIET, "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_words(self, words: LineWords) -> None:
        """Say something else."""
        self._words = words
        self.setToolTip(tool_tip(words.full_text))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The step is worth more than the state: it keeps its room as far as there is any."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        needs_care = self._words.tone is LineTone.CARE
        ink = colours.warning.ink if needs_care else colours.muted
        side = round(size_px(self.font()) * 1.3)
        area = QRect(self.rect())
        sign = QRectF(0, area.center().y() - side / 2, side, side)
        paint_icon(painter, "warning" if needs_care else "print", sign, ink)
        area.setLeft(side + 10)
        painter.setPen(colours.text if self._words.tone is LineTone.BUSY else ink)
        bold = sized(self.font(), 1.0, bold=True)
        step_width = QFontMetrics(bold).horizontalAdvance(self._words.step)
        gap = size_px(self.font()) // 2 if self._words.step else 0
        room = max(area.width() - step_width - gap, area.width() * 9 // 20)
        used = self._draw(painter, area, self._words.text, room)
        area.setLeft(area.left() + used + gap)
        painter.setFont(bold)
        self._draw(painter, area, self._words.step, area.width())

    @staticmethod
    def _draw(painter: QPainter, area: QRect, text: str, room: int) -> int:
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(area, int(flags), cut)
        return metrics.horizontalAdvance(cut)
