"""A QR symbol as large as there is room, sharp and with its quiet zone, in every colour scheme."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.gui.appearance.theme import size_px

_LEAST_EM = 14
_RADIUS_PX = 8
_WHITE = QColor("#ffffff")


class QrPicture(QWidget):
    """Shows the symbol of a text, or words in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = QImage()
        self._words = ""
        side = _LEAST_EM * size_px(self.font())
        self.setMinimumSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_code(self, code: str) -> None:
        """The symbol of a code."""
        # Loads the encoder, which most dialogs never need.
        from checkin_app.badges.codes.qr import qr_png

        self._symbol.loadFromData(qr_png(code, 1))
        self.update()

    def show_words(self, words: str) -> None:
        """No symbol; why."""
        self._symbol, self._words = QImage(), words
        self.update()

    def sizeHint(self) -> QSize:
        """Easily read from an arm's length."""
        return self.minimumSize() * 1.5

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each module has the same whole number of device pixels."""
        painter = QPainter(self)
        if self._symbol.isNull():
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect(), int(flags), self._words)
            return
        ratio = self.devicePixelRatioF()
        room = int(min(self.width(), self.height()) * ratio)
        modules = self._symbol.width()
        side = room // modules * modules / ratio
        place = QRect(0, 0, round(side), round(side))
        place.moveCenter(QPoint(self.width() // 2, self.height() // 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_WHITE)
        painter.drawRoundedRect(place, _RADIUS_PX, _RADIUS_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        inside = self._symbol.rect().adjusted(1, 1, -1, -1)
        module = side / modules
        painter.drawImage(
            place.adjusted(*(round(module * by) for by in (1, 1, -1, -1))), self._symbol, inside
        )
