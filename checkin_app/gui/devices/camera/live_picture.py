"""The live picture with a frame around the codes found; words in its place when there is none."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import colours_of, size_px, sized
from checkin_app.gui.devices.camera.camera_state import CameraState, next_step, state_words
from checkin_app.gui.devices.camera.desk_camera import DeskCamera, Sight

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from checkin_app.scanning.frame_search import SeenCode

_RADIUS_PX = 12
_BACKDROP = QColor("#0b0f13")
_SCANNED, _SEEN, _TO_CHOOSE = QColor("#3ddc84"), QColor("#ffffff"), QColor("#ffd34d")
_PICTURE_EVERY_MS = 60
"""A picture takes some milliseconds of the thread that answers keys: 16 a second look alive."""
_MARK_MS = 900
_SCAN_MARK_MS = 1600
_FADE_EVERY_MS = 50


@dataclass(slots=True)
class _Mark:
    """A frame around a code: where, in which colour, and until when it is to be seen.

    Attributes:
        number: of the button that chooses it; 0 when there is nothing to choose.
    """

    code: SeenCode
    number: int
    width_px: int
    height_px: int
    colour: QColor
    lasts_ms: float
    at_ms: float


class LivePicture(QWidget):
    """Shows what the camera sees. Takes no focus and no keys.

    Attributes:
        is_mirrored: shown as in a mirror; what is read does not change.
        words: said in place of the picture; empty while there is one.
        step: what to do about it.
        marked: what the codes say that have a frame around them now.
    """

    def __init__(self, camera: DeskCamera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = camera
        self.is_mirrored = True
        self._image = QImage()
        self._shown_ms = 0.0
        self._marks: dict[str, _Mark] = {}
        self._fade = QTimer(self)
        self._fade.setInterval(_FADE_EVERY_MS)
        self._fade.timeout.connect(self._fade_marks)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        camera.pictured.connect(self._take_frame)
        camera.seen.connect(self._mark)
        camera.state_changed.connect(self._follow_state)
        self._follow_state()

    @property
    def words(self) -> str:
        """How the camera is doing, when it shows nothing."""
        return "" if self._shows_picture else state_words(self._camera.state)

    @property
    def step(self) -> str:
        """What to do, when it shows nothing."""
        return "" if self._shows_picture else next_step(self._camera.state)

    @property
    def marked(self) -> tuple[str, ...]:
        """The texts of the codes in frames."""
        return tuple(self._marks)

    def set_mirrored(self, is_mirrored: bool) -> None:
        """Show it as in a mirror, or as it is."""
        self.is_mirrored = is_mirrored
        self.update()

    def sizeHint(self) -> QSize:
        """Sixteen to nine, as most cameras."""
        return QSize(320, 180)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Sixteen to nine."""
        return round(width * 9 / 16)

    def hideEvent(self, event: QHideEvent) -> None:
        """An old picture must not be seen when it is shown again."""
        self._forget()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Backdrop, picture or words, frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
        painter.setClipPath(shape)
        if self._shows_picture:
            painter.fillRect(self.rect(), _BACKDROP)
            self._paint_picture(painter)
        else:
            self._paint_words(painter)
        painter.setClipping(False)
        painter.setPen(colours_of(self.palette()).border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)

    # What the camera tells

    def _take_frame(self, frame: QVideoFrame) -> None:
        now_ms = _now_ms()
        if self.isVisible() and now_ms - self._shown_ms >= _PICTURE_EVERY_MS:
            self._shown_ms = now_ms
            self._image = frame.toImage()
            self.update()

    def _mark(self, sight: Sight) -> None:
        if not self.isVisible():
            return
        frame, now_ms = sight.frame, _now_ms()
        numbers = {code.text: place for place, code in enumerate(sight.several, start=1)}
        for code in (*sight.several, *frame.codes):
            colour, lasts_ms = _SEEN, float(_MARK_MS)
            if sight.scan is not None and code.text == sight.scan.text:
                colour, lasts_ms = _SCANNED, _SCAN_MARK_MS
            elif code.text in numbers:
                colour = _TO_CHOOSE
            elif (before := self._marks.get(code.text)) is not None:
                colour, lasts_ms = before.colour, before.lasts_ms
            self._marks[code.text] = _Mark(
                code,
                numbers.get(code.text, 0),
                frame.width_px,
                frame.height_px,
                colour,
                lasts_ms,
                now_ms,
            )
        if self._marks and not self._fade.isActive():
            self._fade.start()

    def _follow_state(self) -> None:
        if not self._shows_picture:
            self._forget()
        text = " ".join(filter(None, (self.words, self.step)))
        self.setAccessibleName(text or self.tr("Live picture of the camera"))
        self.update()

    def _forget(self) -> None:
        self._image = QImage()
        self._marks.clear()

    @property
    def _shows_picture(self) -> bool:
        return self._camera.state is CameraState.RUNNING

    def _fade_marks(self) -> None:
        now_ms = _now_ms()
        self._marks = {
            text: mark for text, mark in self._marks.items() if now_ms - mark.at_ms < mark.lasts_ms
        }
        if not self._marks:
            self._fade.stop()
        if now_ms - self._shown_ms > 2 * _PICTURE_EVERY_MS:
            # No picture comes that would show it anyway.
            self.update()

    # Painting

    def _paint_picture(self, painter: QPainter) -> None:
        if self._image.isNull():
            return
        place = self._place(self._image.size())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(self._mirroring(), True)
        painter.drawImage(place, self._image)
        painter.restore()
        for mark in self._marks.values():
            self._paint_mark(painter, mark)

    def _paint_mark(self, painter: QPainter, mark: _Mark) -> None:
        place = self._place(QSize(mark.width_px, mark.height_px))
        scale = place.width() / mark.width_px
        corners = [
            QPointF(place.left() + x * scale, place.top() + y * scale) for x, y in mark.code.corners
        ]
        outline = self._mirroring().map(QPolygonF(corners))
        left = 1 - (_now_ms() - mark.at_ms) / mark.lasts_ms
        colour = QColor(mark.colour)
        colour.setAlphaF(max(0.0, min(1.0, 2 * left)))
        shadow = QColor(0, 0, 0, round(colour.alpha() * 0.55))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((shadow, 6.0), (colour, 3.0)):
            pen = QPen(ink, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolygon(outline)
        if mark.number:
            self._paint_number(painter, outline.boundingRect().center(), mark.number)

    def _paint_number(self, painter: QPainter, centre: QPointF, number: int) -> None:
        radius = size_px(self.font()) * 0.85
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TO_CHOOSE)
        painter.drawEllipse(centre, radius, radius)
        painter.setPen(QColor("#221800"))
        painter.setFont(sized(self.font(), 1.0, bold=True))
        disc = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(number))

    def _place(self, size: QSize) -> QRectF:
        """Where a picture of this size lies: whole, as large as there is room."""
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, fitted.width(), fitted.height())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def _mirroring(self) -> QTransform:
        if not self.is_mirrored:
            return QTransform()
        return QTransform(-1, 0, 0, 1, self.width(), 0)

    def _paint_words(self, painter: QPainter) -> None:
        colours = colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        bold, plain = sized(self.font(), 1.0, bold=True), self.font()
        room = QRectF(self.rect()).adjusted(16, 10, -16, -12)
        wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)
        words = QFontMetricsF(bold).boundingRect(room, wrap, self.words)
        step = QFontMetricsF(plain).boundingRect(room, wrap, self.step)
        side = size_px(self.font()) * 2.2
        height = side + 8 + words.height() + (4 + step.height() if self.step else 0)
        top = max(room.top(), room.center().y() - height / 2)
        sign = QRectF(room.center().x() - side / 2, top, side, side)
        paint_icon(painter, "camera", sign, colours.muted)
        painter.setPen(colours.text)
        painter.setFont(bold)
        words.moveTop(sign.bottom() + 8)
        painter.drawText(
            QRectF(room.left(), words.top(), room.width(), words.height()), wrap, self.words
        )
        painter.setPen(colours.muted)
        painter.setFont(plain)
        top = words.bottom() + 4
        painter.drawText(
            QRectF(room.left(), top, room.width(), room.bottom() - top), wrap, self.step
        )


def _now_ms() -> float:
    return time.monotonic() * 1000
