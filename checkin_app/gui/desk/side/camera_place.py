"""Puts the live picture where it was chosen to be, and takes it away again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.workplace import Workplace
from checkin_app.settings.device_settings import CameraSettings, CameraView

if TYPE_CHECKING:
    from checkin_app.gui.desk.side.camera_view import CameraViewCard

SWITCH_KEY = "F2"


class CameraPlace(QObject):
    """The place of the picture follows the settings; its buttons and a key change them.

    Attributes:
        card: the picture; None until the camera is first switched on.
    """

    def __init__(self, workplace: Workplace, parts: DeskLayout, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self._workplace = workplace
        self._parts = parts
        self._camera = workplace.devices.camera
        self.card: CameraViewCard | None = None
        self._camera.settings_taken.connect(self._follow)
        workplace.list_chosen.connect(self._camera.start_anew)
        # The page that tried the camera out may have gone with the event before.
        self._camera.try_out(False)
        self._follow()

    def switch(self) -> None:
        """Camera on or off."""
        settings = self._camera.settings
        self._want(replace(settings, is_on=not settings.is_on))

    def _follow(self) -> None:
        settings = self._camera.settings
        if self.card is None and not settings.is_on:
            return
        if self.card is None:
            from checkin_app.gui.desk.side.camera_view import CameraViewCard

            self.card = CameraViewCard(
                self._camera, self._parts.numbers.width(), SWITCH_KEY, self._screen
            )
            self.card.settings_wanted.connect(self._want)
        is_large = settings.view is CameraView.LARGE
        place = self._parts.beside_answer if is_large else self._parts.above_numbers
        if place.indexOf(self.card) < 0:
            place.addWidget(self.card)
        self.card.take_settings(settings)

    def _want(self, settings: CameraSettings) -> None:
        devices = self._workplace.settings.devices
        self._workplace.devices.settings_wanted.emit(replace(devices, camera=settings))
