"""Every class of answer has a sound of its own, and no computer is too silent for a desk."""

from __future__ import annotations

import runpy
import struct
import subprocess
import sys
import wave
from itertools import pairwise

import pytest

from checkin_app.gui.devices.sounds import Sound, SoundPlayer
from checkin_app.resource_files import resource_path


def frames(sound: Sound) -> tuple[int, list[int]]:
    with wave.open(str(resource_path("sounds", f"{sound}.wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        count = file.getnframes()
        return file.getframerate(), list(struct.unpack(f"<{count}h", file.readframes(count)))


def test_the_files_are_what_the_script_makes(tmp_path):
    script = runpy.run_path(str(resource_path("sounds", "synthesise.py")))
    script["write"](tmp_path)
    assert sorted(script["SOUNDS"]) == sorted(Sound)
    for sound in Sound:
        made = (tmp_path / f"{sound}.wav").read_bytes()
        assert made == resource_path("sounds", f"{sound}.wav").read_bytes()


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_is_short_loud_and_does_not_clip(sound):
    rate_hz, values = frames(sound)
    assert len(values) / rate_hz < 0.4
    assert 0.7 * 32_767 < max(map(abs, values)) < 0.9 * 32_767
    assert values[0] == 0
    assert abs(values[-1]) < 1_000


def pitches_hz(sound: Sound, window_s: float = 0.03) -> list[int]:
    """The pitch in each window, by the times the wave rises through zero; 0 for silence."""
    rate_hz, values = frames(sound)
    size = int(window_s * rate_hz)
    pitches = []
    for start in range(0, len(values) - size, size):
        window = values[start : start + size]
        is_silent = max(map(abs, window)) < 500
        rises = sum(a < 0 <= b for a, b in pairwise(window))
        pitches.append(0 if is_silent else round(rises / window_s))
    return pitches


def test_the_patterns_differ_not_only_the_pitches():
    rising, repeated, falling = (pitches_hz(sound) for sound in Sound)
    assert rising[0] < rising[-1]
    assert 0 in repeated
    assert repeated[0] == pytest.approx(repeated[-1], abs=70)
    assert falling[0] > falling[-1]
    assert 0 not in rising + falling


def test_playing_works_whether_or_not_there_is_a_loudspeaker(qtbot):
    player = SoundPlayer(volume=0.5)
    player.prepare()
    for sound in Sound:
        player.play(sound)
    player.set_volume(0)
    player.is_muted = True
    player.play(Sound.IN)


WITHOUT_MULTIMEDIA = """
import sys
sys.modules["PySide6.QtMultimedia"] = None  # as where its libraries are missing
from PySide6.QtWidgets import QApplication
from checkin_app.gui.devices.sounds import Sound, SoundPlayer
application = QApplication([])
player = SoundPlayer()
player.play(Sound.REFUSED)
player.set_volume(0.3)
print("went on")
"""


def test_without_multimedia_the_desk_goes_on():
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_MULTIMEDIA], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "went on\n"


def test_multimedia_is_not_loaded_before_it_is_needed():
    question = (
        "import sys, checkin_app.gui.devices.sounds; print('PySide6.QtMultimedia' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"
