"""A printer that stops is heard once, softly, and never over the sound of an answer."""

from __future__ import annotations

import pytest

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.devices.printer_alarm import PrinterAlarm
from checkin_app.gui.devices.sounds import Sound, SoundPlayer
from checkin_app.settings import Settings


def printer(health, key="zebra", kind=DeviceKind.PRINTER) -> tuple[DeviceReport, ...]:
    return (DeviceReport(key, kind, "Zebra", health, ""),)


@pytest.fixture
def heard(qtbot):
    sounds = SoundPlayer(Settings())
    alarm = PrinterAlarm(sounds)
    played = []
    sounds.played.connect(played.append)
    return alarm, played


def test_a_printer_that_stops_is_heard_once(qtbot, heard):
    alarm, played = heard
    alarm.take_reports(printer(DeviceHealth.GOOD))
    for _ in range(3):
        alarm.take_reports(printer(DeviceHealth.TROUBLE))
    qtbot.waitUntil(lambda: played == [Sound.PRINT_TROUBLE])
    alarm.take_reports(printer(DeviceHealth.GOOD))
    alarm.take_reports(printer(DeviceHealth.TROUBLE))
    assert not alarm.soon.isActive()


@pytest.mark.parametrize(
    "before_and_after",
    [
        [printer(DeviceHealth.TROUBLE)],
        [printer(DeviceHealth.GOOD), printer(DeviceHealth.WARNING)],
        [printer(DeviceHealth.GOOD), printer(DeviceHealth.TROUBLE, "another")],
        [
            printer(DeviceHealth.GOOD, kind=DeviceKind.CAMERA),
            printer(DeviceHealth.TROUBLE, kind=DeviceKind.CAMERA),
        ],
    ],
    ids=["from the start", "labels low", "just connected", "no printer"],
)
def test_what_is_no_news_of_a_printer_is_not_heard(heard, before_and_after):
    alarm, _ = heard
    for reports in before_and_after:
        alarm.take_reports(reports)
    assert not alarm.soon.isActive()
