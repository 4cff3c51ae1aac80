"""The live picture on the desk screen: small above the numbers, or large beside the answer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from checkin_app.gui.appearance.icons import paint_icon
from checkin_app.gui.appearance.theme import TOUCH_PX, size_px
from checkin_app.gui.desk.key_button import key_text
from checkin_app.gui.devices.camera.desk_camera import DeskCamera
from checkin_app.gui.devices.camera.live_picture import LivePicture
from checkin_app.settings.device_settings import CameraSettings, CameraView

_LARGE_SHARE = 0.4
"""Of the width of the desk screen."""

_LEAST_EM = 8.5
"""High enough for the words that stand in place of the picture."""

_DISC_PX = 32
_ANY_PX = 16_777_215
"""QWIDGETSIZE_MAX, which PySide6 does not name."""


class CameraViewCard(QWidget):
    """The picture with its two buttons. Nothing of it takes the focus from the field.

    Attributes:
        picture: what the camera sees.
        size_button: makes it large or small.
        off: switches the camera off.

    Signals:
        settings_wanted: the ``CameraSettings`` as a button changed them.
    """

    settings_wanted = Signal(object)

    def __init__(
        self, camera: DeskCamera, small_width_px: int, switch_key: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._screen = parent
        self._settings = CameraSettings()
        self._small_width_px = small_width_px
        self.picture = LivePicture(camera, self)
        self.size_button = _PictureButton(self)
        self.off = _PictureButton(self)
        self.off.show_words("close", self.tr("Camera off ({key})").format(key=key_text(switch_key)))
        self.size_button.clicked.connect(self._change_size)
        self.off.clicked.connect(self._switch_off)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picture)
        parent.installEventFilter(self)
        self.hide()

    def take_settings(self, settings: CameraSettings) -> None:
        """Follow what was chosen."""
        self._settings = settings
        is_large = settings.view is CameraView.LARGE
        self.picture.set_mirrored(settings.is_mirrored)
        self.size_button.show_words(
            "smaller" if is_large else "larger",
            self.tr("Small picture") if is_large else self.tr("Large picture"),
        )
        self._fit()
        self.setVisible(settings.is_on)

    def hasHeightForWidth(self) -> bool:
        """No: in a low window a small picture gives way to the numbers below it."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The large picture is as wide as the screen allows."""
        if watched is self._screen and event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stay in the upper right corner."""
        super().resizeEvent(event)
        right = self.width() - TOUCH_PX - 2
        self.off.move(right, 2)
        self.size_button.move(right - TOUCH_PX, 2)
        for button in (self.off, self.size_button):
            button.raise_()

    def _fit(self) -> None:
        if self._settings.view is CameraView.LARGE:
            self.setFixedWidth(round(self._screen.width() * _LARGE_SHARE))
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY_PX)
        else:
            width = self._small_width_px
            self.setFixedWidth(width)
            self.setMinimumHeight(round(_LEAST_EM * size_px(self.font())))
            self.setMaximumHeight(self.picture.heightForWidth(width))

    def _change_size(self) -> None:
        is_large = self._settings.view is CameraView.LARGE
        view = CameraView.SMALL if is_large else CameraView.LARGE
        self.settings_wanted.emit(replace(self._settings, view=view))

    def _switch_off(self) -> None:
        self.settings_wanted.emit(replace(self._settings, is_on=False))


class _PictureButton(QAbstractButton):
    """A white sign on a dark disc, to be seen on any picture. For mouse and touch only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = ""
        self.setFixedSize(TOUCH_PX, TOUCH_PX)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, icon_name: str, words: str) -> None:
        """Another sign, and what it does."""
        self._icon_name = icon_name
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(0, 0, _DISC_PX, _DISC_PX)
        disc.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 205 if self.underMouse() else 140))
        painter.drawEllipse(disc)
        paint_icon(painter, self._icon_name, disc.adjusted(7, 7, -7, -7), QColor("#ffffff"))
