"""The name of who was let in is spoken, by Qt's silent engine here."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtTextToSpeech import QTextToSpeech

from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.gui.devices.voice import NameVoice, spoken_tag
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, SoundSettings


def settings(*, speaks_names=True, sounds_on=True, voice="") -> Settings:
    sound = SoundSettings(speaks_names=speaks_names, voice=voice)
    return Settings(sounds_on=sounds_on, devices=DeviceSettings(sound=sound))


@pytest.fixture
def voice(qtbot):
    voice = NameVoice(settings(), engine_name="mock")
    voice.prepare()
    qtbot.waitUntil(lambda: voice.engine.state() is QTextToSpeech.State.Ready)
    yield voice
    voice.stop()


class TestSpeaking:
    def test_a_name_is_spoken_to_its_end(self, qtbot, voice):
        states = []
        voice.engine.stateChanged.connect(states.append)
        with qtbot.waitSignal(voice.speaking) as spoken:
            voice.say_name("Zuzanna Nowak", "pl", "PL")
        assert spoken.args == ["Zuzanna Nowak"]
        qtbot.waitUntil(lambda: states == [QTextToSpeech.State.Speaking, QTextToSpeech.State.Ready])
        (report,) = voice.reports()
        assert report.health is DeviceHealth.GOOD
        assert report.last_event == "Spoke"

    def test_a_newer_name_replaces_the_one_that_waits(self, qtbot, voice):
        spoken = []
        voice.speaking.connect(spoken.append)
        voice.say_name("Zuzanna Nowak", "pl", "PL")
        voice.say_name("Jean Dupont", "fr", "FR")
        qtbot.waitUntil(lambda: spoken == ["Jean Dupont"])

    def test_a_newer_name_breaks_off_the_one_being_spoken(self, qtbot, voice):
        # Qt's silent engine takes its time for each word: no stall outlasts so many.
        endless = "Maria Teresa de la Concepción y Fernández de Córdoba " * 1000
        with qtbot.waitSignal(voice.speaking):
            voice.say_name(endless, "es", "ES")
        qtbot.waitUntil(lambda: voice.engine.state() is QTextToSpeech.State.Speaking)
        with qtbot.waitSignal(voice.speaking) as spoken:
            voice.say_name("Bo Ek", "sv", "SE")
            assert voice.engine.state() is QTextToSpeech.State.Ready
        assert spoken.args == ["Bo Ek"]

    def test_the_language_of_the_guest_is_spoken_where_there_is_a_voice(self, qtbot, voice):
        own = voice.engine.locale()
        with qtbot.waitSignal(voice.speaking):
            voice.say_name("Aino Mäkelä", "fi", "FI")
        assert voice.engine.locale().bcp47Name().startswith("fi")
        with qtbot.waitSignal(voice.speaking):
            voice.say_name("Zuzanna Nowak", "pl", "PL")
        assert voice.engine.locale() == own

    def test_the_chosen_voice_speaks_all_names(self, qtbot, voice):
        name = voice.voice_names()[-1]
        voice.take_settings(settings(voice=name))
        with qtbot.waitSignal(voice.speaking):
            voice.say_name("Aino Mäkelä", "fi", "FI")
        assert voice.engine.voice().name() == name

    def test_an_empty_name_is_not_spoken(self, voice):
        voice.say_name("  ", "pl", "PL")
        assert not voice._after_sound.isActive()

    def test_the_test_button_speaks(self, qtbot, voice):
        with qtbot.waitSignal(voice.speaking):
            voice.test(voice.reports()[0].key)


class TestWithoutVoice:
    @pytest.mark.parametrize("given", [{"speaks_names": False}, {"sounds_on": False}])
    def test_who_does_not_want_it_hears_nothing_and_loads_nothing(self, qtbot, given):
        voice = NameVoice(settings(**given), engine_name="mock")
        voice.start()
        voice.say_name("Zuzanna Nowak", "pl", "PL")
        assert voice.engine is None
        (report,) = voice.reports()
        assert report.health is DeviceHealth.OFF
        assert not report.can_be_tested

    def test_a_system_without_voice_is_said_with_what_to_install(self, qtbot):
        voice = NameVoice(settings(), engine_name="none such")
        voice.prepare()
        voice.say_name("Zuzanna Nowak", "pl", "PL")
        (report,) = voice.reports()
        assert report.health is DeviceHealth.WARNING
        assert "no voice" in report.words
        assert report.next_step
        assert voice.voice_names() == ()

    def test_the_library_is_not_loaded_before_it_is_needed(self):
        question = (
            "import sys, checkin_app.gui.devices.voice;"
            " print('PySide6.QtTextToSpeech' in sys.modules)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", question], capture_output=True, text=True, check=True
        )
        assert ran.stdout == "False\n"


class TestChoiceOfLanguage:
    def test_the_country_chooses_among_the_voices_of_a_language(self):
        assert spoken_tag(["de-DE", "pt-BR", "pt-PT"], "pt", "PT") == "pt-PT"
        assert spoken_tag(["de-DE", "pt-BR", "pt-PT"], "pt", "AO") == "pt-BR"

    def test_both_norwegian_languages_will_do(self):
        assert spoken_tag(["en", "nn-NO"], "no", "NO") == "nn-NO"

    def test_a_language_without_voice_is_nobodys(self):
        assert spoken_tag(["en-GB"], "ka", "GE") == ""
