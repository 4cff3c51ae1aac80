"""What the desk screen shows of its devices: the live picture, the line of the print queue."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from checkin_app.domain.attendee import Attendee
from checkin_app.gui.desk.checking_in import CheckingIn
from checkin_app.gui.desk.desk_layout import DeskLayout
from checkin_app.gui.desk.panels.desk_panels import DeskPanels
from checkin_app.gui.desk.panels.name_doubts import NameDoubts
from checkin_app.gui.desk.panels.several_codes import SeveralCodes
from checkin_app.gui.desk.side.camera_place import CameraPlace
from checkin_app.gui.printing.desk_printing import DeskPrinting
from checkin_app.gui.workplace import Workplace


class DeviceViews(QObject):
    """Puts the views of devices in their places on the desk screen.

    Attributes:
        camera: where the live picture is.
        several: asks when a picture shows more than one code.
        printing: prints badges, shows the line and the table of the print queue.
        doubts: says that a guest finds the name wrong.
    """

    def __init__(
        self,
        workplace: Workplace,
        parts: DeskLayout,
        panels: DeskPanels,
        checking_in: CheckingIn,
        person_in_hand: Callable[[], Attendee | None],
        screen: QWidget,
    ) -> None:
        super().__init__(screen)
        self.camera = CameraPlace(workplace, parts, screen)
        self.several = SeveralCodes(workplace, parts, panels, screen)
        self.printing = DeskPrinting(workplace, parts, panels, person_in_hand, screen)
        self.doubts = NameDoubts(workplace, parts, panels, screen)
        checking_in.undone.connect(self.doubts.settle_of)
        checking_in.corrected.connect(self.doubts.settle_of)
        checking_in.corrected.connect(self.printing.print_corrected)
