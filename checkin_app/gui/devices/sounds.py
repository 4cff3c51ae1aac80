"""Plays one sound for each class of answer; a desk without loudspeaker stays silent, not broken.

QtMultimedia costs a good part of the start-up time and a system may lack its libraries, so it
is imported with ``prepare`` or the first sound, and the system's beep takes its place when it
is not to be had.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QApplication

from checkin_app.resource_files import resource_path

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

_log = logging.getLogger(__name__)


class Sound(StrEnum):
    """What the ear is told; the value is the name of the file."""

    IN = "in"
    ATTENTION = "attention"
    REFUSED = "refused"


class SoundPlayer(QObject):
    """Plays the sounds of the desk.

    Attributes:
        is_muted: play nothing at all.

    Args:
        volume: from 0 to 1.
        parent: owner.
    """

    def __init__(self, volume: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_muted = False
        self._volume = volume
        self._effects: dict[Sound, QSoundEffect] | None = None

    def prepare(self) -> None:
        """Loads the sounds, so that the first answer is heard without delay.

        Call it once the first window is shown; it takes some hundred milliseconds.
        """
        if self._effects is None:
            self._effects = self._loaded()

    def play(self, sound: Sound) -> None:
        """Plays a sound from its start, at once, without waiting for its end."""
        if self.is_muted:
            return
        self.prepare()
        for other in (self._effects or {}).values():
            other.stop()
        if self._effects:
            self._effects[sound].play()
        else:
            QApplication.beep()

    def set_volume(self, volume: float) -> None:
        """Sets the loudness, from 0 to 1."""
        self._volume = volume
        for effect in (self._effects or {}).values():
            effect.setVolume(volume)

    def _loaded(self) -> dict[Sound, QSoundEffect]:
        """The effects; none where the system cannot play sounds."""
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            _log.warning("QtMultimedia cannot be loaded, the system's beep is used: %s", error)
            return {}
        if QMediaDevices.defaultAudioOutput().isNull():
            _log.info("There is no audio output, the system's beep is used")
            return {}
        effects = {}
        for sound in Sound:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resource_path("sounds", f"{sound}.wav"))))
            effect.setVolume(self._volume)
            effects[sound] = effect
        return effects
