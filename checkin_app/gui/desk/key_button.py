"""A button that shows its key beside its words, so that the mouse is unlearnt by using it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, colours_of, size_px, sized
from checkin_app.gui.plain_text import shown

_PADDING_PX = 14
_GAP_PX = 9
_KEY_FACTOR = 0.82


def key_text(key: str) -> str:
    """A key as it stands on keyboards of this system; the large one is called Enter on most."""
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("Return", QCoreApplication.translate("Keys", "Enter"))


class KeyButton(QPushButton):
    """Icon, words, and the key in a quieter tone. Never takes the focus by a click."""

    def __init__(
        self, words: str, icon_name: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._icon_name = icon_name
        self._key = key_text(key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(words)

    @property
    def words(self) -> str:
        """What the button says, without its key."""
        return self._words

    def set_words(self, words: str) -> None:
        """Change what the button says."""
        self._words = shown(words, 60)
        self.setAccessibleName(f"{self._words} ({self._key})" if self._key else self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for words and key, high enough for a finger."""
        icon_side = self._icon_side()
        width = 2 * _PADDING_PX + icon_side + _GAP_PX
        width += QFontMetrics(self.font()).horizontalAdvance(self._words)
        if self._key:
            width += _GAP_PX + 4 + QFontMetrics(self._key_font()).horizontalAdvance(self._key)
        return QSize(width, TOUCH_PX)

    def minimumSizeHint(self) -> QSize:
        """Words may be cut when the window is narrow; the icon never."""
        return QSize(2 * _PADDING_PX + self._icon_side(), TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame as any button, then icon, words and key."""
        super().paintEvent(event)
        painter = QPainter(self)
        colours = colours_of(self.palette())
        is_primary = bool(self.property("primary"))
        ink = colours.on_accent if is_primary else colours.text
        quiet = ink if is_primary else colours.muted
        if not self.isEnabled():
            ink = quiet = colours.faded
        area = self.rect().adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        side = self._icon_side()
        icon_area = QRect(area.left(), area.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, self._icon_name, icon_area, ink)
        area.setLeft(icon_area.right() + _GAP_PX)
        key_width = QFontMetrics(self._key_font()).horizontalAdvance(self._key)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        metrics = QFontMetrics(self.font())
        room = area.width() - (key_width + _GAP_PX if self._key else 0)
        # A word that is whole says more than its key.
        fits_alone = room + 4 < metrics.horizontalAdvance(self._words) <= area.width() + 4
        if fits_alone:
            room = area.width()
        painter.setPen(ink)
        painter.setFont(self.font())
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room + 4)
        painter.drawText(area, int(flags | Qt.AlignmentFlag.AlignLeft), words)
        if not fits_alone:
            painter.setPen(quiet)
            painter.setFont(self._key_font())
            painter.drawText(area, int(flags | Qt.AlignmentFlag.AlignRight), self._key)

    def _icon_side(self) -> int:
        return round(size_px(self.font()) * 1.3)

    def _key_font(self) -> QFont:
        return sized(self.font(), _KEY_FACTOR)
