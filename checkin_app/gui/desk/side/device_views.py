"""What the desk screen shows of its devices: the live picture, the line of the print queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.panels.name_doubts import NameDoubts
from checkin_app.gui.desk.panels.several_codes import SeveralCodes
from checkin_app.gui.desk.side.camera_place import CameraPlace
from checkin_app.gui.printing.desk_printing import DeskPrinting
from checkin_app.gui.workplace import Workplace

if TYPE_CHECKING:
    from checkin_app.gui.desk.desk_screen import DeskScreen


class DeviceViews(QObject):
    """Puts the views of devices in their places on the desk screen.

    Attributes:
        camera: where the live picture is.
        several: asks when a picture shows more than one code.
        printing: prints badges, shows the line and the table of the print queue.
        doubts: says that a guest finds the name wrong.
    """

    def __init__(self, workplace: Workplace, parts: DeskLayout, screen: DeskScreen) -> None:
        super().__init__(screen)
        self._workplace = workplace
        self._parts = parts
        self.camera = CameraPlace(workplace, parts, screen)
        self.several = SeveralCodes(workplace, screen)
        self.printing = DeskPrinting(workplace, parts, screen)
        self.doubts = NameDoubts(workplace, screen)
