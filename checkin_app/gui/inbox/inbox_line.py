"""The slim line on the desk screen that leads to the inbox while something waits there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, size_px
from checkin_app.gui.desk.key_button import KeyButton
from checkin_app.gui.inbox.inbox_items import translated
from checkin_app.gui.plain_text import shown, tool_tip
from checkin_app.gui.workplace import Workplace
from checkin_app.services.sharing.inbox.inbox_wording import waiting_sentence

_PADDING_PX = 12
_RADIUS_PX = 10


class InboxLine(QWidget):
    """Says what waits, in words. Asks nothing at once, and never takes the focus."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.text = ""
        self.look = KeyButton(self.tr("Look"), "inbox", "", self)
        self.look.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.look.clicked.connect(self._want_inbox)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.look)
        self.setFixedHeight(TOUCH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        workplace.inbox.changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(self.look.minimumSizeHint().width(), TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A coloured ground, the sign, the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = colours_of(self.palette()).warning
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.fill)
        painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)
        side = size_px(self.font()) * 1.3
        sign = QRectF(_PADDING_PX, (self.height() - side) / 2, side, side)
        paint_icon(painter, "warning", sign, tone.ink)
        painter.setPen(tone.ink)
        area = self.rect().adjusted(round(sign.right()) + 10, 0, -self.look.width() - 10, 0)
        words = painter.fontMetrics().elidedText(
            self.text, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _show(self) -> None:
        self.text = shown(waiting_sentence(self._workplace.inbox.count, translated))
        self.setToolTip(tool_tip(self.text))
        self.setAccessibleName(self.text)
        self.setVisible(bool(self.text))
        self.update()

    def _want_inbox(self) -> None:
        self._workplace.inbox_wanted.emit("")
