"""Every class of answer has a sound of its own, and no computer is too silent for a desk."""

from __future__ import annotations

import runpy
import struct
import subprocess
import sys
import wave
from itertools import groupby, pairwise
from pathlib import Path

import pulse
import pytest

from checkin_app.gui.devices.device_report import DeviceHealth
from checkin_app.gui.devices.loudspeakers import Loudspeaker, choose_loudspeaker
from checkin_app.gui.devices.sounds import Sound, SoundPlayer
from checkin_app.resource_files import resource_path
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, SoundSettings

SCRIPT = runpy.run_path(str(resource_path("sounds", "synthesise.py")))


def frames(sound: Sound) -> tuple[int, list[int]]:
    with wave.open(str(resource_path("sounds", f"{sound}.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        count = file.getnframes()
        return file.getframerate(), list(struct.unpack(f"<{count}h", file.readframes(count)))


def test_the_files_are_what_the_script_makes(tmp_path):
    SCRIPT["write"](tmp_path)
    assert sorted(SCRIPT["SOUNDS"]) == sorted(Sound)
    for sound in Sound:
        made = (tmp_path / f"{sound}.wav").read_bytes()
        assert made == resource_path("sounds", f"{sound}.wav").read_bytes()


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_is_short_loud_and_does_not_clip(sound):
    rate_hz, values = frames(sound)
    assert len(values) / rate_hz < 0.56
    softest = 0.4 if sound is Sound.PRINT_TROUBLE else 0.7
    assert softest * 32_767 < max(map(abs, values)) < 0.9 * 32_767
    assert values[0] == 0
    assert abs(values[-1]) < 1_000


def rhythm(sound: Sound, window_s: float = 0.01) -> list[int]:
    """How long each tone and each silence lasts, in windows: tones at even places."""
    rate_hz, values = frames(sound)
    size = int(window_s * rate_hz)
    loud = [
        max(map(abs, values[start : start + size])) > 2_500
        for start in range(0, len(values) - size, size)
    ]
    return [len(list(group)) for _, group in groupby(loud)]


def contour(sound: Sound) -> str:
    """The melody by its steps: "+" up, "-" down. The files are what the script makes."""
    parts = SCRIPT["SOUNDS"][sound.value]
    pitches = [pitch for part in parts for pitch in part[:2] if pitch]
    steps = ["+" if b > a else "-" for a, b in pairwise(pitches) if a != b]
    return "".join(step for step, _ in groupby(steps))


def test_the_melodies_differ():
    assert contour(Sound.IN) == "+"
    assert contour(Sound.ATTENTION) == ""
    assert contour(Sound.ALREADY_IN) == "+-"
    for sound in (Sound.REFUSED, Sound.NOT_STORED, Sound.PRINT_TROUBLE):
        assert contour(sound) == "-"


def test_sounds_of_one_melody_differ_in_rhythm():
    assert len(rhythm(Sound.REFUSED)) <= 2
    assert len(rhythm(Sound.NOT_STORED)) >= 7
    assert len(rhythm(Sound.ATTENTION)) >= 3
    softness = {sound: max(map(abs, frames(sound)[1])) for sound in Sound}
    assert min(softness, key=softness.__getitem__) is Sound.PRINT_TROUBLE


@pytest.mark.parametrize("sound", list(Sound))
def test_no_tone_lies_where_hearing_fades_with_age(sound):
    assert max(max(part[:2]) for part in SCRIPT["SOUNDS"][sound.value]) < 1_000


class TestPlayer:
    def test_playing_works_whether_or_not_there_is_a_loudspeaker(self, qtbot):
        player = SoundPlayer(Settings())
        player.prepare()
        for sound in Sound:
            player.play(sound)
        (report,) = player.reports()
        assert report.health in (DeviceHealth.GOOD, DeviceHealth.WARNING)
        assert report.last_event == "Played"

    def test_a_muted_player_says_so_and_plays_only_when_tried_out(self, qtbot):
        player = SoundPlayer(Settings(sounds_on=False))
        played = []
        player.played.connect(played.append)
        player.play(Sound.IN)
        assert not played
        (report,) = player.reports()
        assert report.health is DeviceHealth.OFF
        player.test(report.key)
        assert played == [Sound.IN]

    def test_it_says_when_nothing_can_be_heard_for_the_volume(self, qtbot):
        silent = with_sound(SoundSettings(volume=0.0))
        player = SoundPlayer(silent)
        player.prepare()
        (report,) = player.reports()
        assert report.health is DeviceHealth.WARNING
        assert report.next_step


class TestChoiceOfLoudspeaker:
    built_in, headphones = Loudspeaker("a", "Built-in"), Loudspeaker("b", "Headphones")

    def test_the_chosen_one_plays(self):
        assert choose_loudspeaker((self.built_in, self.headphones), "b", "a") is self.headphones

    def test_the_systems_first_choice_plays_while_the_chosen_one_is_away(self):
        assert choose_loudspeaker((self.built_in,), "b", "a") is self.built_in

    def test_without_a_first_choice_any_plays(self):
        assert choose_loudspeaker((self.headphones,), "", "gone") is self.headphones

    def test_nobody_plays_where_there_is_none(self):
        assert choose_loudspeaker((), "b", "") is None


def with_sound(sound: SoundSettings) -> Settings:
    return Settings(devices=DeviceSettings(sound=sound))


UNPLUGGED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from pulse import SoundServer
server = SoundServer(Path(sys.argv[2]))
os.environ.update(server.environment)

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication
from checkin_app.gui.devices.sounds import Sound, SoundPlayer
from checkin_app.settings import Settings
from checkin_app.settings.device_settings import DeviceSettings, SoundSettings

application = QApplication([])
player = SoundPlayer(Settings(devices=DeviceSettings(sound=SoundSettings(output="headphones"))))
player.prepare()

def until(holds):
    deadline = QDeadlineTimer(60_000)
    while not holds():
        assert not deadline.hasExpired(), (heard_at(), player.reports())
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

def heard_at():
    sinks = dict(line.split()[:2] for line in server.control("list", "short", "sinks").splitlines())
    streams = server.control("list", "short", "sink-inputs").splitlines()
    return [sinks.get(stream.split()[1]) for stream in streams]

def play_until_heard_at(name):
    def is_heard():
        # Again and again: it may be over before a slow server is asked.
        if not player.is_playing:
            player.play(Sound.NOT_STORED)
        return heard_at() == [name]
    until(is_heard)

try:
    play_until_heard_at("built_in")
    print(player.reports()[0].health.name)
    plugged = server.plug("headphones", "Headphones")
    until(lambda: player.output.name == "Headphones")
    play_until_heard_at("headphones")
    print(player.reports()[0].health.name)
    server.unplug(plugged)
    play_until_heard_at("built_in")
    server.plug("headphones", "Headphones")
    play_until_heard_at("headphones")
    print("back")
finally:
    server.stop()
"""


@pytest.mark.skipif(not pulse.is_there(), reason="PulseAudio and its pactl are not installed.")
def test_headphones_unplugged_give_way_to_the_loudspeaker_and_come_back(tmp_path):
    here = str(Path(__file__).parent)
    ran = subprocess.run(
        [sys.executable, "-c", UNPLUGGED, here, str(tmp_path)], capture_output=True, text=True
    )
    assert ran.stdout.split() == ["WARNING", "GOOD", "back"], ran.stderr


WITHOUT_MULTIMEDIA = """
import sys
sys.modules["PySide6.QtMultimedia"] = None  # as where its libraries are missing
from PySide6.QtWidgets import QApplication
from checkin_app.gui.devices.sounds import Sound, SoundPlayer
from checkin_app.settings import Settings
application = QApplication([])
player = SoundPlayer(Settings())
player.play(Sound.REFUSED)
print("went on", player.reports()[0].health.name)
"""


def test_without_multimedia_the_desk_goes_on():
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_MULTIMEDIA], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "went on WARNING\n"


def test_multimedia_is_not_loaded_before_it_is_needed():
    question = (
        "import sys, checkin_app.gui.devices.sounds; print('PySide6.QtMultimedia' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"
