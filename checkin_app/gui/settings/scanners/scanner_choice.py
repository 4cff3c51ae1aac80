"""What is chosen for the scanners of this desk, and how to choose something else."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from checkin_app.gui.workplace import Workplace
from checkin_app.settings.device_settings import ScannerSettings, SerialScanner


class ScannerChoice(QObject):
    """Reads and writes the scanners' part of the settings."""

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace

    @property
    def settings(self) -> ScannerSettings:
        """What holds now."""
        return self._workplace.settings.devices.scanners

    def choose(self, scanners: ScannerSettings) -> None:
        """Let this hold from now on."""
        devices = replace(self._workplace.settings.devices, scanners=scanners)
        self._workplace.devices.settings_wanted.emit(devices)

    def add(self, scanner: SerialScanner) -> None:
        """Read one more serial scanner; again, with another speed, the one at that port."""
        kept = (one for one in self.settings.serial if not _is_same(one, scanner))
        self.choose(replace(self.settings, serial=(*kept, scanner)))

    def remove(self, scanner: SerialScanner) -> None:
        """Read this one no longer."""
        kept = tuple(one for one in self.settings.serial if one != scanner)
        self.choose(replace(self.settings, serial=kept))


def _is_same(one: SerialScanner, other: SerialScanner) -> bool:
    return (one.usb_id, one.port) == (other.usb_id, other.port)
