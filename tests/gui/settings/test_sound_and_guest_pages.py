"""What is chosen on the pages of sound and guest window is followed at once, and remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from checkin_app.gui.devices.sounds import Sound
from checkin_app.gui.guest.guest_message import GuestMood
from checkin_app.gui.opening import at_desk
from checkin_app.gui.window.main_window import MainWindow
from checkin_app.gui.window.screens import SETTINGS
from checkin_app.settings import Settings


@pytest.fixture
def window(qtbot, sample_event_file, tmp_path):
    window = MainWindow(Settings(sounds_on=False), tmp_path / "log")
    qtbot.addWidget(window)
    window.show_event(at_desk(sample_event_file, "Desk 1"))
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window._actions is not None)
    yield window
    window.close()


def page(window, key):
    window.workplace.settings_wanted.emit(key)
    screen = window.screen_at(SETTINGS)
    screen.choose(key)
    return screen.page


class TestSoundPage:
    def test_sounds_are_switched_on_and_remembered(self, window):
        sound = page(window, "sound")
        assert not sound.are_on.isChecked()
        assert "off" in sound.loudspeaker_state.text()
        sound.are_on.click()
        assert window.settings.sounds_on
        assert sound.are_on.isChecked()
        assert "off" not in sound.loudspeaker_state.text()

    def test_the_menu_and_the_page_agree(self, window):
        sound = page(window, "sound")
        window._actions._switch_sounds()
        assert sound.are_on.isChecked()

    def test_each_sound_can_be_heard_though_the_desk_is_muted(self, window):
        sound = page(window, "sound")
        heard = []
        window.devices.sounds.played.connect(heard.append)
        for button in sound.sounds.values():
            button.click()
        assert heard == list(Sound)

    def test_the_volume_follows_the_keys(self, qtbot, window):
        sound = page(window, "sound")
        assert sound.volume.value() == 100
        sound.volume.setFocus()
        qtbot.keyClick(sound.volume, Qt.Key.Key_Left)
        assert window.settings.devices.sound.volume == 0.95
        assert sound.percent.text() == "95\u202f%"

    def test_speaking_is_off_until_it_is_wanted(self, window):
        sound = page(window, "sound")
        assert not window.settings.devices.sound.speaks_names
        assert not sound.try_voice.isEnabled()

    def test_a_loudspeaker_that_is_away_stays_chosen(self, window):
        devices = window.settings.devices
        gone = replace(devices, sound=replace(devices.sound, output="usb-7"))
        window.change_settings(devices=gone)
        sound = page(window, "sound")
        assert sound.outputs.currentData() == "usb-7"
        assert "not connected" in sound.outputs.currentText()


class TestGuestPage:
    def test_the_window_is_switched_on_and_says_what_it_needs(self, window):
        guest = page(window, "guest")
        assert guest.state.text() == "Off."
        guest.is_on.click()
        assert window.settings.devices.guest.is_on
        assert "no screen for the guest" in guest.state.text()
        guest.is_on.click()
        assert window.devices.guest.window is None

    def test_the_preview_shows_each_moment_in_each_language(self, window):
        guest = page(window, "guest")
        guest.languages.setCurrentIndex(guest.languages.findData("el"))
        assert guest.picture.message.headline == "Καλώς ορίσατε"
        assert guest.picture.message.question
        guest.moment.choose(0)
        assert guest.picture.message.mood is GuestMood.IDLE
        guest.moment.choose(2)
        assert guest.picture.message.mood is GuestMood.ASK_DESK
        wide = guest.picture.width()
        guest.shape.choose(1)
        assert guest.picture.width() < guest.picture.height()
        assert guest.picture.width() < wide

    def test_guests_need_not_be_asked(self, window):
        guest = page(window, "guest")
        guest.asks_if_correct.click()
        assert not window.settings.devices.guest.asks_if_correct
        assert guest.picture.message.question == ""

    def test_a_screen_that_is_unplugged_stays_chosen(self, window):
        devices = window.settings.devices
        away = replace(devices.guest, is_on=True, screen="HDMI-9")
        window.change_settings(devices=replace(devices, guest=away))
        guest = page(window, "guest")
        assert guest.screens.currentText() == "HDMI-9 (unplugged)"
        assert "chosen screen is not connected" in guest.state.text()
        guest.screens.setCurrentIndex(0)
        guest.screens.activated.emit(0)
        assert window.settings.devices.guest.screen == ""
        assert guest.screens.findData("HDMI-9") < 0
