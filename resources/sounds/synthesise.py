"""Makes the program's sounds: ``python synthesise.py [FOLDER]`` writes the same bytes every time.

Each answer of the desk has a rhythm and a melody of its own, not only a pitch, so that they are
told apart in a noisy hall and by people who hear only part of the range. All fundamentals lie
below 1,000 Hz, for the loss of hearing that comes with age begins above 2,000 Hz.

| file | rhythm | melody |
|---|---|---|
| ``in`` | short, long | rises |
| ``attention`` | short, gap, long | stays |
| ``already-in`` | short, short, long, without gaps | rises and falls back |
| ``refused`` | one long buzz | glides down |
| ``not-stored`` | four buzzes with gaps | steps down |
| ``print-trouble`` | two long ones that die away, softly | falls |
"""

from __future__ import annotations

import math
import struct
import sys
import wave
from pathlib import Path

RATE_HZ = 44_100
PEAK = 0.8
FADE_S = 0.006
SILENCE = 0.0

# A part: from and to pitch in Hz, seconds, strengths of the overtones from the first on.
Part = tuple[float, float, float, tuple[float, ...]]
SOFT_PEAK = 0.5
SOFT = (1.0, 0.25, 0.08)
BUZZ = (1.0, 0.0, 0.55, 0.0, 0.4, 0.0, 0.25)
SOUNDS: dict[str, list[Part]] = {
    "in": [(659.26, 659.26, 0.10, SOFT), (987.77, 987.77, 0.20, SOFT)],
    "attention": [
        (587.33, 587.33, 0.11, SOFT),
        (SILENCE, SILENCE, 0.07, SOFT),
        (587.33, 587.33, 0.15, SOFT),
    ],
    "already-in": [
        (493.88, 493.88, 0.09, SOFT),
        (739.99, 739.99, 0.09, SOFT),
        (493.88, 493.88, 0.20, SOFT),
    ],
    "refused": [(220.0, 130.0, 0.38, BUZZ)],
    "not-stored": [
        (392.00, 392.00, 0.08, BUZZ),
        (SILENCE, SILENCE, 0.05, BUZZ),
        (329.63, 329.63, 0.08, BUZZ),
        (SILENCE, SILENCE, 0.05, BUZZ),
        (277.18, 277.18, 0.08, BUZZ),
        (SILENCE, SILENCE, 0.05, BUZZ),
        (233.08, 233.08, 0.14, BUZZ),
    ],
    "print-trouble": [(739.99, 739.99, 0.24, SOFT), (554.37, 554.37, 0.30, SOFT)],
}
PEAKS = {"print-trouble": SOFT_PEAK}
"""Sounds that are not about the person at the desk are softer than its answers."""


def samples(parts: list[Part], peak: float = PEAK) -> list[float]:
    """The sound as numbers, its loudest at ``peak``."""
    sound = [value for part in parts for value in _part(*part)]
    loudest = max(map(abs, sound))
    return [value / loudest * peak for value in sound]


def _part(
    from_hz: float, to_hz: float, seconds: float, overtones: tuple[float, ...]
) -> list[float]:
    count = round(seconds * RATE_HZ)
    if from_hz == SILENCE:
        return [0.0] * count
    values, turns = [], 0.0
    for place in range(count):
        values.append(
            _loudness(place / RATE_HZ, seconds)
            * sum(
                strength * math.sin(math.tau * turns * (number + 1))
                for number, strength in enumerate(overtones)
            )
        )
        turns += (from_hz + (to_hz - from_hz) * place / count) / RATE_HZ
    return values


def _loudness(at_s: float, seconds: float) -> float:
    """Fades in and out, so that nothing clicks, and dies away a little in between."""
    fade = min(1.0, at_s / FADE_S, (seconds - at_s) / (4 * FADE_S))
    return max(0.0, fade) * math.exp(-1.5 * at_s / seconds)


def write(folder: Path) -> None:
    """Writes every sound as 16-bit mono WAV."""
    for name, parts in SOUNDS.items():
        values = [round(value * 32_767) for value in samples(parts, PEAKS.get(name, PEAK))]
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(struct.pack(f"<{len(values)}h", *values))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
