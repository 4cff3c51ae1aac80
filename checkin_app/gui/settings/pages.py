"""The pages of the settings, in the order of the list. Each is imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from checkin_app.gui.workplace import Workplace

CONTEXT = "SettingsPages"
"""The translation context of the titles."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: how others name it, its title (to be translated), its icon, how to make it."""

    key: str
    title: str
    icon_name: str
    make: Callable[[Workplace], QWidget]


def _event(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.event.event_page import EventPage

    return EventPage(workplace)


def _online(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.online.online_page import OnlinePage

    return OnlinePage(workplace)


def _devices(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.devices_page import DevicesPage

    return DevicesPage(workplace)


def _camera(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.camera_page import CameraPage

    return CameraPage(workplace)


def _scanners(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.scanners.scanners_page import ScannersPage

    return ScannersPage(workplace)


def _printers(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.printers.printers_page import PrintersPage

    return PrintersPage(workplace)


def _sound(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.sound_page import SoundPage

    return SoundPage(workplace)


def _guest(workplace: Workplace) -> QWidget:
    from checkin_app.gui.settings.guest_page import GuestPage

    return GuestPage(workplace)


PAGES: tuple[PagePlan, ...] = (
    PagePlan("event", str(QT_TRANSLATE_NOOP("SettingsPages", "Event")), "event", _event),
    PagePlan("online", str(QT_TRANSLATE_NOOP("SettingsPages", "Online list")), "online", _online),
    PagePlan("devices", str(QT_TRANSLATE_NOOP("SettingsPages", "Devices")), "devices", _devices),
    PagePlan("scanners", str(QT_TRANSLATE_NOOP("SettingsPages", "Scanners")), "scan", _scanners),
    PagePlan("camera", str(QT_TRANSLATE_NOOP("SettingsPages", "Camera")), "camera", _camera),
    PagePlan("printers", str(QT_TRANSLATE_NOOP("SettingsPages", "Printers")), "print", _printers),
    PagePlan("sound", str(QT_TRANSLATE_NOOP("SettingsPages", "Sound")), "sound-on", _sound),
    PagePlan("guest", str(QT_TRANSLATE_NOOP("SettingsPages", "Guest window")), "guest", _guest),
)
