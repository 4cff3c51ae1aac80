"""A button that shows what is chosen: its picture, its name, a line about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from checkin_app.domain.badges.stock import Stock
from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.badges.sheets.sheet_painting import paint_sheet
from checkin_app.gui.plain_text import shown, tool_tip

_HEIGHT_EM = 4.4
_PADDING_PX = 8
_GAP_PX = 10
_CHEVRON_PX = 16


class PictureButton(QPushButton):
    """Opens the page on which something else can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._line = ""
        self._warns = False
        self._image: QImage | None = None
        self._stock: Stock | None = None

    @property
    def words(self) -> str:
        """The name shown."""
        return self._name

    @property
    def line(self) -> str:
        """The line below the name."""
        return self._line

    def show_choice(self, name: str, line: str, *, warns: bool = False) -> None:
        """Show what is chosen.

        Args:
            warns: whether the line asks for care.
        """
        self._name, self._line, self._warns = shown(name), shown(line), warns
        self.setToolTip(tool_tip(f"{name} · {line}"))
        self.setAccessibleDescription(f"{self._name}. {self._line}")
        self.update()

    def show_image(self, image: QImage) -> None:
        """The picture of it."""
        self._image, self._stock = image, None
        self.update()

    def show_stock(self, stock: Stock) -> None:
        """A drawing of a sheet as its picture."""
        self._image, self._stock = None, stock
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a picture and two lines."""
        return QSize(200, round(_HEIGHT_EM * size_px(self.font())))

    def minimumSizeHint(self) -> QSize:
        """Lines may be cut."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a button, then the picture and the lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        colours = colours_of(self.palette())
        area = self.rect().adjusted(_PADDING_PX, _PADDING_PX, -_PADDING_PX, -_PADDING_PX)
        picture = QRect(area.left(), area.top(), area.height(), area.height())
        if self._stock is not None:
            paint_sheet(painter, picture, self._stock, colours)
        elif self._image is not None:
            place = paint_fitted(painter, picture, self._image)
            painter.setPen(colours.border)
            painter.drawRect(place)
        chevron = QRect(0, 0, _CHEVRON_PX, _CHEVRON_PX)
        chevron.moveCenter(area.center())
        chevron.moveRight(area.right())
        paint_icon(painter, "next", chevron, colours.muted)
        text = area.adjusted(picture.width() + _GAP_PX, 0, -_CHEVRON_PX - _GAP_PX // 2, 0)
        self._paint_lines(painter, text)

    def _paint_lines(self, painter: QPainter, area: QRect) -> None:
        colours = colours_of(self.palette())
        upper, lower = QRect(area), QRect(area)
        upper.setBottom(area.center().y())
        lower.setTop(area.center().y() + 1)
        quiet = colours.warning.ink if self._warns else colours.muted
        for place, text, ink, factor, bold in (
            (upper, self._name, colours.text, 1.0, True),
            (lower, self._line, quiet, 0.87, False),
        ):
            painter.setFont(sized(self.font(), factor, bold=bold))
            painter.setPen(ink)
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)


def paint_fitted(painter: QPainter, room: QRect, image: QImage) -> QRect:
    """Paint an image as large as fits in the middle of a room; returns where it is."""
    size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    area = QRect(0, 0, size.width(), size.height())
    area.moveCenter(room.center())
    painter.drawImage(area, image)
    return area
