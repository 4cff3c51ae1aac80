"""The test code to be scanned off the screen: as a QR code, and as a barcode for older scanners."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.badges.codes import barcodes, qr
from checkin_app.scanning.scanner_test import TEST_CODE

_QR_MODULE_PX = 6
_BAR_MODULE_PX = 2
_BAR_HEIGHT_PX = 92
_RADIUS_PX = 12
_PAPER, _INK = QColor("#ffffff"), QColor("#000000")


class ShownTestCode(QWidget):
    """Both symbols on white, whatever the theme: scanners read dark on light."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        symbol = qr.QrEncoder().encode(TEST_CODE)
        assert symbol is not None, "the test code fits any symbol"
        self._symbol = symbol
        self._bars = barcodes.code128_widths(TEST_CODE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Test code for scanners, as a QR code and as a barcode"))

    def sizeHint(self) -> QSize:
        """Both symbols side by side with their quiet zones."""
        return QSize(self._qr_side_px + self._bars_width_px + 24, self._qr_side_px)

    def minimumSizeHint(self) -> QSize:
        """Symbols are not made smaller: scanners could not read them."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Modules are whole pixels, so that their edges are sharp."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(self.rect(), _RADIUS_PX, _RADIUS_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        spare = max(self.width() - self.sizeHint().width(), 0) // 2
        self._draw_qr(painter, QPointF(spare, 0))
        self._draw_bars(painter, QPointF(spare + self._qr_side_px + 24, 0))

    @property
    def _qr_side_px(self) -> int:
        return (self._symbol.side + 2 * qr.QUIET_ZONE_MODULES) * _QR_MODULE_PX

    @property
    def _bars_width_px(self) -> int:
        return (sum(self._bars) + 2 * barcodes.QUIET_ZONE_MODULES) * _BAR_MODULE_PX

    def _draw_qr(self, painter: QPainter, corner: QPointF) -> None:
        for row, modules in enumerate(self._symbol.rows()):
            for column in range(self._symbol.side):
                if modules >> column & 1:
                    left = corner.x() + (column + qr.QUIET_ZONE_MODULES) * _QR_MODULE_PX
                    top = corner.y() + (row + qr.QUIET_ZONE_MODULES) * _QR_MODULE_PX
                    painter.fillRect(QRectF(left, top, _QR_MODULE_PX, _QR_MODULE_PX), _INK)

    def _draw_bars(self, painter: QPainter, corner: QPointF) -> None:
        left = corner.x() + barcodes.QUIET_ZONE_MODULES * _BAR_MODULE_PX
        top = corner.y() + (self._qr_side_px - _BAR_HEIGHT_PX - 24) / 2
        for place, modules in enumerate(self._bars):
            width = modules * _BAR_MODULE_PX
            if place % 2 == 0:
                painter.fillRect(QRectF(left, top, width, _BAR_HEIGHT_PX), _INK)
            left += width
        painter.setPen(_INK)
        words = QRectF(corner.x(), top + _BAR_HEIGHT_PX + 4, self._bars_width_px, 24)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), TEST_CODE)
