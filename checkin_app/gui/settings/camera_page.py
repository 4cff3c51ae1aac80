"""The page of the camera: on or off, which one, how it is shown, and a place to try it out.

While the page is in front, tickets are only read: nobody is checked in.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from checkin_app.domain.scan import Scan
from checkin_app.gui.appearance.theme import size_px, sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.desk.key_button import key_text
from checkin_app.gui.desk.side.camera_place import SWITCH_KEY
from checkin_app.gui.devices.camera.live_picture import LivePicture
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.code_owners import OwnedScan, owned_scans
from checkin_app.settings.device_settings import CameraSettings, CameraView

if TYPE_CHECKING:
    from checkin_app.gui.devices.camera.camera_list import CameraList, KnownCamera

_PICTURE_EM = 32
_VIEWS = (CameraView.SMALL, CameraView.LARGE)


class CameraPage(QWidget):
    """Asks all about the camera and shows its picture.

    Attributes:
        is_on, is_mirrored: the boxes.
        cameras, sizes: the choices.
        picture: what the camera sees.
        read: what was read last, and whose it is.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._camera = workplace.devices.camera
        self._list = _camera_list(self)
        self.is_on = QCheckBox(
            self.tr("Scan with a camera ({key} on the desk)").format(key=key_text(SWITCH_KEY))
        )
        self.cameras, self.sizes = CalmComboBox(), CalmComboBox()
        self.view = Segments((self.tr("Small"), self.tr("Large")))
        self.is_mirrored = QCheckBox(self.tr("As in a mirror, for people who face the screen"))
        self.picture = LivePicture(self._camera, self)
        width = round(_PICTURE_EM * size_px(self.font()))
        self.picture.setFixedSize(width, self.picture.heightForWidth(width))
        self.read = plain_label()
        self.read.setWordWrap(True)
        self.read.setFont(sized(self.font(), 1.07, bold=True))
        self._lay_out()
        self._show_settings()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on tickets are only read."""
        super().showEvent(event)
        self.read.setText("")
        self._camera.try_out(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tickets count again."""
        self._camera.try_out(False)
        super().hideEvent(event)

    def _connect(self) -> None:
        self.is_on.clicked.connect(self._switch)
        self.is_mirrored.clicked.connect(self._mirror)
        self.view.chosen.connect(self._choose_view)
        self.cameras.activated.connect(self._choose_camera)
        self.sizes.activated.connect(self._choose_size)
        self._camera.settings_taken.connect(self._show_settings)
        self._camera.tried.connect(self._take_tried)
        if self._list is not None:
            self._list.changed.connect(self._show_settings)

    # Shown

    def _show_settings(self) -> None:
        settings = self._camera.settings
        self.is_on.setChecked(settings.is_on)
        self.is_mirrored.setChecked(settings.is_mirrored)
        self.picture.set_mirrored(settings.is_mirrored)
        self.view.choose(_VIEWS.index(settings.view))
        self._show_cameras(settings)
        self._show_sizes(settings)

    def _show_cameras(self, settings: CameraSettings) -> None:
        known = self._known()
        self.cameras.clear()
        self.cameras.addItem(self.tr("The system's own choice"), "")
        for camera in known:
            self.cameras.addItem(shown(camera.name), camera.device)
        if settings.device and settings.device not in {camera.device for camera in known}:
            name = shown(settings.name or settings.device)
            self.cameras.addItem(self.tr("{name} (unplugged)").format(name=name), settings.device)
        self.cameras.setCurrentIndex(max(0, self.cameras.findData(settings.device)))
        self.cameras.setEnabled(self.cameras.count() > 1)

    def _show_sizes(self, settings: CameraSettings) -> None:
        wanted = (settings.width_px, settings.height_px)
        known = self._known()
        chosen = next((one for one in known if one.device == settings.device), None)
        offered = chosen.sizes if chosen else known[0].sizes if known else ()
        self.sizes.clear()
        self.sizes.addItem(self.tr("Chosen by the program"), "0x0")
        for width, height in dict.fromkeys((*offered, *([wanted] if any(wanted) else []))):
            self.sizes.addItem(f"{width} × {height}", f"{width}x{height}")
        self.sizes.setCurrentIndex(max(0, self.sizes.findData("{}x{}".format(*wanted))))
        self.sizes.setEnabled(self.sizes.count() > 1)

    def _known(self) -> tuple[KnownCamera, ...]:
        return self._list.cameras() if self._list is not None else ()

    # Chosen

    def _switch(self, is_on: bool) -> None:
        self._want(replace(self._camera.settings, is_on=is_on))

    def _mirror(self, is_mirrored: bool) -> None:
        self._want(replace(self._camera.settings, is_mirrored=is_mirrored))

    def _choose_view(self, place: int) -> None:
        self._want(replace(self._camera.settings, view=_VIEWS[place]))

    def _choose_camera(self) -> None:
        device = str(self.cameras.currentData())
        names = {camera.device: camera.name for camera in self._known()}
        name = names.get(device, self._camera.settings.name if device else "")
        self._want(
            replace(self._camera.settings, device=device, name=name, width_px=0, height_px=0)
        )

    def _choose_size(self) -> None:
        width, height = map(int, str(self.sizes.currentData()).split("x"))
        self._want(replace(self._camera.settings, width_px=width, height_px=height))

    def _want(self, settings: CameraSettings) -> None:
        if settings != self._camera.settings:
            devices = self._workplace.settings.devices
            self._workplace.devices.settings_wanted.emit(replace(devices, camera=settings))

    # Tried

    def _take_tried(self, scan: Scan) -> None:
        self._workplace.tasks.run_newest(
            Lane.SEARCH,
            partial(owned_scans, self._workplace.event_file, (scan,)),
            self._show_read,
            self._workplace.show_error,
        )

    def _show_read(self, read: tuple[OwnedScan, ...]) -> None:
        (one,) = read
        whose = one.owner.full_name if one.owner else self.tr("not a ticket of this event")
        self.read.setText(shown(self.tr("Read: {whose}").format(whose=whose)))
        self.read.setToolTip(shown(one.scan.text))

    # Inside

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Camera"), self.cameras)
        add_row(rows, self.tr("Resolution"), self.sizes)
        add_row(rows, self.tr("On the desk"), self.view)
        add_row(rows, self.tr("Mirrored"), self.is_mirrored)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.is_on)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            quiet_label(
                self.tr(
                    "Hold a ticket into the picture. On this page it is only read: nobody is"
                    " checked in."
                )
            )
        )
        column.addWidget(self.read)
        column.addLayout(rows)
        column.addStretch(1)


def _camera_list(parent: QWidget) -> CameraList | None:
    """None where Qt cannot use cameras."""
    try:
        from checkin_app.gui.devices.camera.camera_list import CameraList
    except ImportError:
        return None
    return CameraList(parent)
