"""A window whose camera is a video made by the test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget

from checkin_app.gui.appearance.look import set_up_look
from checkin_app.gui.desk.desk_screen import DeskScreen
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.settings import Settings, Theme
from checkin_app.settings.device_settings import CameraSettings, DeviceSettings
from tests.made_video import write_video
from tests.played_video import video


class DeskWithCamera:
    """The window, its desk and its camera, which sees what it is shown."""

    def __init__(self, window: MainWindow, qtbot, folder: Path) -> None:
        self.window = window
        self.camera = window.devices.camera
        self.screen = window.findChild(QWidget, "deskScreen")
        assert isinstance(self.screen, DeskScreen)
        self._qtbot = qtbot
        self._folder = folder
        self._videos = 0

    @property
    def event_file(self):
        return self.window.workplace.event_file

    def see(self, frames: Iterable[Image.Image]) -> None:
        """Let the camera see a video again and again: a slow machine leaves frames out."""
        self._videos += 1
        path = write_video(self._folder / f"{self._videos}.avi", frames)
        self.camera.feed_from(video(path))

    def choose(self, **changes) -> None:
        """Change settings of the camera as its buttons do."""
        camera = replace(self.camera.settings, **changes)
        devices = replace(self.window.settings.devices, camera=camera)
        self.window.devices.settings_wanted.emit(devices)

    def wait_for_answer(self, word: str, name: str = ""):
        answer = self.screen.parts.answer
        self.wait_until(lambda: answer.answer.word == word and name in answer.answer.name)
        return answer.answer

    def wait_until(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds)

    def confirmed(self, count: int):
        """People of the list who may come in."""
        records = self.event_file.records()
        return [r.attendee for r in records if r.attendee.status.value == "confirmed"][:count]

    def check_ins(self, attendee) -> int:
        record = self.event_file.record(attendee.id)
        return len(record.check_ins) + len(record.later_check_ins)


@pytest.fixture
def desk(qtbot, qapp, sample_event_file, tmp_path):
    set_up_look(qapp, Theme.LIGHT)
    settings = Settings(sounds_on=False, devices=DeviceSettings(camera=CameraSettings(is_on=True)))
    window = MainWindow(settings, tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    desk = DeskWithCamera(window, qtbot, tmp_path)
    qtbot.waitUntil(desk.screen.parts.field.hasFocus)
    yield desk
    window.close()
    log = tmp_path / "log" / "faults.log"
    assert not log.exists() or not re.search(r"checkin-app \S+\nbuiltins", log.read_text())
