"""Where the guest window is shown, with two screens, one, and screens that come and go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.gui.guest.guest_screen import GuestScreen
from checkin_app.gui.guest.screens import ScreenPlace, WhyNot, choose_screen
from checkin_app.services.sample_event import load_sample_event
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, GuestSettings

LAPTOP = ScreenPlace("eDP-1", "Laptop", 0, 0, 1280, 800)
TABLET = ScreenPlace("HDMI-1", "Tablet", 1280, 0, 800, 1280)
PROJECTOR = ScreenPlace("DP-1", "Projector", 2080, 0, 1920, 1080)
MIRROR = ScreenPlace("HDMI-2", "Mirror", 0, 0, 1920, 1080)
SAMPLE = load_sample_event()


class TestChoice:
    def test_without_a_choice_it_is_the_screen_that_the_desk_does_not_use(self):
        assert choose_screen((LAPTOP, TABLET), "", "eDP-1") is TABLET
        assert choose_screen((LAPTOP, TABLET), "", "HDMI-1") is LAPTOP

    def test_the_desk_is_never_covered(self):
        assert choose_screen((LAPTOP,), "", "eDP-1") is WhyNot.ONLY_ONE
        assert choose_screen((LAPTOP, TABLET), "eDP-1", "eDP-1") is WhyNot.DESK

    def test_a_screen_that_mirrors_the_desk_is_the_desks(self):
        assert choose_screen((LAPTOP, MIRROR), "", "eDP-1") is WhyNot.ONLY_ONE
        assert choose_screen((LAPTOP, MIRROR), "HDMI-2", "eDP-1") is WhyNot.DESK

    def test_a_chosen_screen_that_is_gone_is_not_replaced_by_the_projector_of_the_hall(self):
        assert choose_screen((LAPTOP, PROJECTOR), "HDMI-1", "eDP-1") is WhyNot.GONE
        assert choose_screen((LAPTOP, PROJECTOR, TABLET), "HDMI-1", "eDP-1") is TABLET

    def test_while_the_screen_of_the_desk_is_not_known_none_is_taken(self):
        assert choose_screen((LAPTOP, TABLET), "", "") is WhyNot.ONLY_ONE


def wanted(**guest) -> Settings:
    return Settings(devices=DeviceSettings(guest=GuestSettings(is_on=True, **guest)))


class TestDevice:
    def test_it_is_off_until_it_is_wanted(self, qtbot):
        guest = GuestScreen(Settings())
        guest.take_place(SAMPLE.event, SAMPLE.check_in_lists[0])
        guest.start()
        (report,) = guest.reports()
        assert report.health is DeviceHealth.OFF
        assert guest.window is None
        guest.take_settings(wanted())
        assert guest.talk is not None
        guest.take_settings(Settings())
        assert guest.talk is None

    def test_a_desk_with_one_screen_is_told_to_connect_another(self, qtbot):
        guest = GuestScreen(wanted())
        guest.take_place(SAMPLE.event, SAMPLE.check_in_lists[0])
        guest.start()
        (report,) = guest.reports()
        assert report.health is DeviceHealth.WARNING
        assert "no screen for the guest" in report.words
        assert report.next_step
        assert not guest.window.isVisible()
        guest.stop()
        assert guest.window is None

    def test_a_window_closed_by_hand_stays_closed(self, qtbot):
        guest = GuestScreen(wanted(screen="HDMI-1"))
        guest.take_place(SAMPLE.event, SAMPLE.check_in_lists[0])
        guest.start()
        with qtbot.waitSignal(guest.settings_changed) as changed:
            guest.window.closed_by_hand.emit()
        assert changed.args == [GuestSettings(is_on=False, screen="HDMI-1")]
        guest.stop()


AT_TWO_SCREENS = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.opening import at_desk
from checkin_app.gui.appearance.look import set_up_look
from checkin_app.services.event_files import create_sample_event
from checkin_app.settings import Settings, Theme
from checkin_app.settings.device_settings import DeviceSettings, GuestSettings

application = QApplication([])
set_up_look(application, Theme.LIGHT)
folder = Path(sys.argv[1])
guest = GuestSettings(is_on=True)
settings = Settings(sounds_on=False, devices=DeviceSettings(guest=guest))
window = MainWindow(settings, folder / "log")
window.show_event(at_desk(create_sample_event(folder / "x.checkin"), "Desk 1"))
window.resize(1000, 700)
window.show()
assert QTest.qWaitForWindowExposed(window, 60_000)

def until(holds):
    from PySide6.QtCore import QDeadlineTimer, QEventLoop
    deadline = QDeadlineTimer(60_000)
    while not holds():
        assert not deadline.hasExpired()
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

def shown():
    face = window.devices.guest.window
    return face is not None and face.isVisible()

until(shown)
"""

OFFSCREEN = (
    AT_TWO_SCREENS
    + """
face = window.devices.guest.window
print(face.screen().name(), face.geometry().width(), face.geometry().height())
print(window.devices.guest.reports()[0].words)
window.devices.test("guest screen")
print(face.page.message.name)
window.close()
print(window.devices.guest.window)
"""
)


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def test_the_window_fills_the_other_screen_and_goes_with_the_desk(tmp_path):
    config = tmp_path / "screens.json"
    look = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    desk = {"name": "desk", "x": 0, "y": 0, "width": 1280, "height": 800, **look}
    tablet = {"name": "tablet", "x": 1280, "y": 0, "width": 800, "height": 1280, **look}
    config.write_text(json.dumps({"screens": [desk, tablet]}))
    ran = run(OFFSCREEN, tmp_path, QT_QPA_PLATFORM=f"offscreen:configfile={config}")
    assert ran.stdout.splitlines() == [
        "tablet 800 1280",
        "Shown on tablet 800×1280.",
        "Alexis Example",
        "None",
    ], ran.stderr
    assert ran.stderr == ""


ON_X11 = (
    AT_TWO_SCREENS
    + """
import subprocess
def monitors(*arguments):
    subprocess.run(["xrandr", *arguments], check=True, capture_output=True)

print(window.devices.guest.window.screen().name())
window.activateWindow()
until(window.isActiveWindow)
monitors("--delmonitor", "GUEST")
until(lambda: not shown())
print(window.devices.guest.reports()[0].health.name)
monitors("--setmonitor", "GUEST", "800/200x1280/300+1280+0", "none")
until(shown)
face = window.devices.guest.window
until(lambda: face.geometry().x() == 1280)
print(face.screen().name(), window.isActiveWindow())
window.close()
"""
)


@contextmanager
def display_of_two_monitors() -> Iterator[str]:
    """A display whose right part is a monitor of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "2080x1280x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        display = f":{number.readline().strip()}"
    environment = {**os.environ, "DISPLAY": display}
    try:
        for arguments in (
            ["DESK", "1280/300x800/200+0+0", "screen"],
            ["GUEST", "800/200x1280/300+1280+0", "none"],
        ):
            subprocess.run(
                ["xrandr", "--setmonitor", *arguments],
                env=environment,
                check=True,
                capture_output=True,
            )
        yield display
    finally:
        server.terminate()
        server.wait()


@pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xrandr")),
    reason="Xvfb and xrandr are not installed.",
)
def test_a_screen_that_is_unplugged_takes_the_window_along_and_brings_it_back(tmp_path):
    with display_of_two_monitors() as display:
        ran = run(ON_X11, tmp_path, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    assert ran.stdout.splitlines() == ["GUEST", "WARNING", "GUEST True"], ran.stderr
