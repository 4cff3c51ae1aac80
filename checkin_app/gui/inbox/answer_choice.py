"""One of the large answers: a word with its key, and below it what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.desk.key_button import key_text
from checkin_app.gui.plain_text import shown

_PADDING_PX = 14
_HEAD = 1.9
"""Height of the word and its key in multiples of the size of ordinary text."""


class AnswerChoice(QPushButton):
    """A large button. Never takes the focus by a click.

    Attributes:
        key: presses it while it is seen; whoever shows the button listens for it.
    """

    def __init__(self, words: str, meaning: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._words, self._meaning, self._key = shown(words), shown(meaning), key_text(key)
        self.setAccessibleName(f"{self._words} ({self._key})")
        self.setAccessibleDescription(self._meaning)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Wide enough for the word and its key."""
        width = QFontMetrics(sized(self.font(), 1.15, bold=True)).horizontalAdvance(self._words)
        width += QFontMetrics(self.font()).horizontalAdvance(self._key) + 3 * _PADDING_PX
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Half of that: the word may be cut when the window is narrow."""
        width = self.sizeHint().width() // 2
        return QSize(width, self.heightForWidth(2 * width))

    def heightForWidth(self, width: int) -> int:
        """High enough for the whole explanation."""
        room = QRect(0, 0, max(1, width - 2 * _PADDING_PX), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        meaning = QFontMetrics(self.font()).boundingRect(room, flags, self._meaning).height()
        return self._head_px + 4 + meaning + 2 * _PADDING_PX

    @property
    def _head_px(self) -> int:
        return round(size_px(self.font()) * _HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame as any button, then the texts."""
        super().paintEvent(event)
        colours = colours_of(self.palette())
        is_enabled = self.isEnabled()
        painter = QPainter(self)
        area = self.rect().adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        head = QRect(area.topLeft(), QSize(area.width(), self._head_px))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(sized(self.font(), 0.85))
        key_width = painter.fontMetrics().horizontalAdvance(self._key)
        painter.setPen(colours.muted if is_enabled else colours.faded)
        painter.drawText(head, int(flags | Qt.AlignmentFlag.AlignRight), self._key)
        painter.setFont(sized(self.font(), 1.15, bold=True))
        painter.setPen(colours.text if is_enabled else colours.faded)
        room = head.width() - key_width - _PADDING_PX
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, max(room, 0)
        )
        painter.drawText(head, int(flags | Qt.AlignmentFlag.AlignLeft), words)
        painter.setFont(self.font())
        painter.setPen(colours.muted if is_enabled else colours.faded)
        painter.drawText(
            area.adjusted(0, head.height() + 4, 0, 0),
            int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap),
            self._meaning,
        )
