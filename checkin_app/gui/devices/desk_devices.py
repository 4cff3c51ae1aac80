"""All devices of the desk, whichever event is open: what they read, and how they are doing.

A device is a QObject with ``reports()``, a signal ``reports_changed`` and ``test(key)``. Those
that read codes hand on ``Scan`` values; which one it came from does not matter to the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from checkin_app.domain.scan import Scan
from checkin_app.gui.devices.camera.desk_camera import DeskCamera
from checkin_app.gui.devices.device_report import DeviceReport
from checkin_app.gui.devices.keyboard_device import KeyboardDevice
from checkin_app.gui.devices.keyboard_scanner import KeyboardScanner
from checkin_app.gui.devices.printer_alarm import PrinterAlarm
from checkin_app.gui.devices.serial_scanners import SerialScanners
from checkin_app.gui.devices.sounds import SoundPlayer
from checkin_app.gui.devices.voice import NameVoice
from checkin_app.gui.guest.guest_screen import GuestScreen
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import CameraSettings, GuestSettings


class Device(Protocol):
    """What the device page asks of each device."""

    reports_changed: SignalInstance

    def reports(self) -> tuple[DeviceReport, ...]:
        """How it is doing; one for each part that may work or fail by itself."""

    def test(self, key: str) -> None:
        """Try it out: the answer is a change of its report, a sound, a page from the printer."""


class DeskDevices(QObject):
    """Owns the devices.

    Signals:
        scanned: a ``Scan`` of any device.
        tried_out: the same while scanners are being tried out: nobody is to be checked in.
        several_found: a tuple of ``Scan``: a picture shows several codes, and one is to be chosen.
        reports_changed: the reports are worth another look.
        settings_wanted: the ``DeviceSettings`` as a device changed them, to be remembered.
        sounds_wanted: whether answers are to be heard (bool), to be remembered.

    Attributes:
        keyboard: scanners that play keyboard.
        serial: scanners at serial ports.
        is_trying_out: scans go to ``tried_out`` for now.
        camera: reads codes that are held into its picture.
        sounds: the sounds of answers, and the loudspeaker.
        voice: speaks the names of people who are let in.
        guest: the window that faces the guest.
    """

    scanned = Signal(object)
    tried_out = Signal(object)
    several_found = Signal(object)
    reports_changed = Signal()
    settings_wanted = Signal(object)
    sounds_wanted = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._devices: list[Device] = []
        self.is_trying_out = False
        self.keyboard = KeyboardScanner(parent=self)
        self.keyboard.scanned.connect(self._take_scan)
        self.add(KeyboardDevice(self.keyboard, clock, self))
        self.serial = SerialScanners(clock, self)
        self.serial.scanned.connect(self._take_scan)
        self.add(self.serial)
        self.camera = DeskCamera(clock, self)
        self.camera.scanned.connect(self._take_scan)
        self.camera.several_found.connect(self._take_several)
        self.camera.settings_changed.connect(self._change_camera)
        self.add(self.camera)
        self.sounds = SoundPlayer(settings, clock, self)
        self.add(self.sounds)
        self._alarm = PrinterAlarm(self.sounds, self)
        self.reports_changed.connect(self._watch_printers)
        self.voice = NameVoice(settings, clock, self)
        self.add(self.voice)
        self.guest = GuestScreen(settings, clock, self)
        self.guest.settings_changed.connect(self._change_guest)
        self.add(self.guest)
        self.take_settings(settings)

    def start(self) -> None:
        """Begin to listen. Called once the first picture of the window is there."""
        self.keyboard.start()
        self.serial.start()
        self.camera.start()
        self.sounds.start()
        self.voice.start()
        self.guest.start()

    def stop(self) -> None:
        """The window is about to close."""
        self.keyboard.stop()
        self.serial.stop()
        self.camera.stop()
        self.sounds.stop()
        self.voice.stop()
        self.guest.stop()

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen; devices that did not change go on undisturbed."""
        self._settings = settings.devices
        self.keyboard.take_settings(settings.devices.scanners)
        self.serial.take_settings(settings.devices.scanners)
        self.camera.take_settings(settings.devices.camera)
        self.sounds.take_settings(settings)
        self.voice.take_settings(settings)
        self.guest.take_settings(settings)

    def try_out(self, is_wanted: bool) -> None:
        """Let scans check nobody in for now; keyboard scanners are measured patiently."""
        self.is_trying_out = is_wanted
        self.keyboard.be_patient(is_wanted)

    def add(self, device: Device) -> None:
        """Let a device appear on the device page: one of the open event, for example a printer."""
        self._devices.append(device)
        device.reports_changed.connect(self.reports_changed)
        self.reports_changed.emit()

    def remove(self, device: Device) -> None:
        """It belonged to an event that is closed."""
        if device in self._devices:
            self._devices.remove(device)
            self.reports_changed.emit()

    def reports(self) -> tuple[DeviceReport, ...]:
        """How all devices are doing, sorted by kind."""
        found = (report for device in self._devices for report in device.reports())
        return tuple(sorted(found, key=lambda report: report.kind.value))

    def test(self, key: str) -> None:
        """Try out the device with this key."""
        for device in tuple(self._devices):
            if any(report.key == key for report in device.reports()):
                device.test(key)

    def _change_camera(self, camera: CameraSettings) -> None:
        self.settings_wanted.emit(replace(self._settings, camera=camera))

    def _watch_printers(self) -> None:
        self._alarm.take_reports(self.reports())

    def _change_guest(self, guest: GuestSettings) -> None:
        self.settings_wanted.emit(replace(self._settings, guest=guest))

    def _take_scan(self, scan: Scan) -> None:
        (self.tried_out if self.is_trying_out else self.scanned).emit(scan)

    def _take_several(self, scans: tuple[Scan, ...]) -> None:
        if self.is_trying_out:
            self.tried_out.emit(scans[0])
        else:
            self.several_found.emit(scans)
