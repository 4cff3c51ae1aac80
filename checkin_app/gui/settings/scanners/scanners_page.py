"""The page of the scanners. While it is in front, scans check nobody in."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkin_app.gui.devices.sounds import Sound
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.settings.scanners.scanner_choice import ScannerChoice
from checkin_app.gui.settings.scanners.serial_card import SerialCard
from checkin_app.gui.settings.scanners.trial import Stage, Trial
from checkin_app.gui.settings.scanners.trial_card import TrialCard
from checkin_app.gui.workplace import Workplace

_SPACING_PX = 14
_SOUNDS = {
    Stage.SET_UP: Sound.IN,
    Stage.WORKS: Sound.IN,
    Stage.FAILED: Sound.ATTENTION,
    Stage.ANOTHER_CODE: Sound.REFUSED,
}


class ScannersPage(QWidget):
    """The self-test, and the scanners at serial ports.

    Attributes:
        trial: the self-test.
        trial_card, serial_card: the two parts of the page.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._devices = workplace.devices
        choice = ScannerChoice(workplace, self)
        self.trial = Trial(self._devices, choice, self)
        self.trial_card = TrialCard(self.trial, choice, self)
        self.serial_card = SerialCard(self._devices, choice, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING_PX)
        column.addWidget(
            quiet_label(
                self.tr(
                    "Try each scanner before the doors open: the desk sets itself up for it. On"
                    " this page scans check nobody in."
                )
            )
        )
        column.addWidget(self.trial_card)
        column.addWidget(self.serial_card)
        column.addStretch(1)
        self.trial.changed.connect(self._play)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on scans are looked at, not judged."""
        super().showEvent(event)
        if not event.spontaneous():
            self._devices.try_out(True)
            self.trial.start()
            self.serial_card.show_scanners()
            self.serial_card.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Scans check people in again."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.trial.stop()
            self._devices.try_out(False)

    def _play(self) -> None:
        if (sound := _SOUNDS.get(self.trial.stage)) is not None:
            self._devices.sounds.play(sound)
