"""The sounds of the desk: each class of answer has its own, so nobody must look up to know it.

They are heard from the chosen loudspeaker, or from the system's first choice while that one is
unplugged. QtMultimedia is slow to load and needs libraries that some systems lack, so it is
loaded when the first sound is prepared, and the system's beep takes its place when it is not to
be had.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWidgets import QApplication

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.gui.devices.loudspeakers import Loudspeaker, Loudspeakers, choose_loudspeaker
from checkin_app.resource_files import resource_path
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QSoundEffect

_log = logging.getLogger(__name__)

_KEY = "loudspeaker"
# After the window is usable, before the first answer is heard.
_PREPARE_AFTER_MS = 700


class Sound(StrEnum):
    """What the ear is told; the value is the name of the file."""

    IN = "in"
    ATTENTION = "attention"
    ALREADY_IN = "already-in"
    REFUSED = "refused"
    NOT_STORED = "not-stored"
    PRINT_TROUBLE = "print-trouble"


class SoundPlayer(QObject):
    """Plays the sounds of the desk, and reports on the loudspeaker.

    Signals:
        reports_changed: as of every device.
        played: the ``Sound`` that has begun.

    Attributes:
        settings: volume and loudspeaker, as chosen.
        is_muted: answers are only seen.
        output: the loudspeaker that plays; None before ``prepare``, and without any.

    Args:
        settings: volume, loudspeaker, and whether anything is to be heard.
        clock: gives the present time (UTC).
    """

    reports_changed = Signal()
    played = Signal(object)

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_muted = not settings.sounds_on
        self.settings = settings.devices.sound
        self._clock = clock
        self.output: Loudspeaker | None = None
        self._is_prepared = False
        self._loudspeakers: Loudspeakers | None = None
        self._effects: dict[Sound, QSoundEffect] = {}
        self._played_at: datetime | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.prepare)

    # The life of a device

    def start(self) -> None:
        """Get ready in a moment, unless nothing is to be heard."""
        if not self.is_muted:
            self._soon.start(_PREPARE_AFTER_MS)

    def stop(self) -> None:
        """The window is about to close."""
        self._soon.stop()
        for effect in self._effects.values():
            effect.stop()

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen."""
        was_muted, self.is_muted = self.is_muted, not settings.sounds_on
        before, self.settings = self.settings, settings.devices.sound
        if before.output != self.settings.output and self._is_prepared:
            self._follow()
        for effect in self._effects.values():
            effect.setVolume(_amplitude(self.settings.volume))
        if was_muted and not self.is_muted and not self._is_prepared:
            self._soon.start(0)
        self.reports_changed.emit()

    def test(self, key: str) -> None:
        """Play a sound, also when the desk is muted: somebody has just asked for it."""
        self.try_out(Sound.IN)

    def reports(self) -> tuple[DeviceReport, ...]:
        """How the loudspeaker is doing."""
        health, words, next_step = self._state()
        return (
            DeviceReport(
                _KEY,
                DeviceKind.LOUDSPEAKER,
                self.output.name if self.output else self.tr("Loudspeaker"),
                health,
                words,
                next_step,
                last_event=self.tr("Played") if self._played_at else "",
                last_event_at=self._played_at,
                can_be_tested=True,
            ),
        )

    # Sounds

    def prepare(self) -> None:
        """Load the sounds, so that the first answer is heard without delay.

        Call it once the first window is shown; it takes some hundred milliseconds.
        """
        if self._is_prepared:
            return
        self._is_prepared = True
        try:
            self._loudspeakers = Loudspeakers(self)
        except ImportError as error:
            _log.warning("QtMultimedia cannot be loaded, the system's beep is used: %s", error)
        else:
            self._loudspeakers.changed.connect(self._follow)
            self._follow()
        self.reports_changed.emit()

    def outputs(self) -> tuple[Loudspeaker, ...]:
        """The loudspeakers that are connected now."""
        self.prepare()
        return self._loudspeakers.present() if self._loudspeakers else ()

    @property
    def is_playing(self) -> bool:
        """Whether a sound is being heard now."""
        return any(effect.isPlaying() for effect in self._effects.values())

    def play(self, sound: Sound) -> None:
        """Play a sound from its start, at once, without waiting for its end; unless muted."""
        if not self.is_muted:
            self.try_out(sound)

    def try_out(self, sound: Sound) -> None:
        """Play a sound, muted or not."""
        self.prepare()
        for other in self._effects.values():
            other.stop()
        if self._effects:
            self._effects[sound].play()
        else:
            QApplication.beep()
        self._played_at = self._clock()
        self.played.emit(sound)
        self.reports_changed.emit()

    # Inside

    def _follow(self) -> None:
        """Let the right loudspeaker play, at the chosen volume.

        The effects are made afresh even when it is the same as before: Qt's PulseAudio part does
        not tell when a loudspeaker goes, only when one comes, and meanwhile the sound server has
        moved the old effects to another one.
        """
        if self._loudspeakers is None:
            return
        self.output = choose_loudspeaker(
            self._loudspeakers.present(), self.settings.output, self._loudspeakers.first_choice()
        )
        self._forget_effects()
        if self.output is not None:
            self._effects = self._loaded(self._loudspeakers.device(self.output))
        self.reports_changed.emit()

    def _loaded(self, device: QAudioDevice) -> dict[Sound, QSoundEffect]:
        from PySide6.QtMultimedia import QSoundEffect

        effects = {}
        for sound in Sound:
            effect = QSoundEffect(device, self)
            effect.setSource(QUrl.fromLocalFile(str(resource_path("sounds", f"{sound}.wav"))))
            effect.setVolume(_amplitude(self.settings.volume))
            effects[sound] = effect
        return effects

    def _forget_effects(self) -> None:
        for effect in self._effects.values():
            effect.stop()
            # At once: effects of one loudspeaker share a stream, which must end with the old ones.
            shiboken6.delete(effect)
        self._effects = {}

    def _state(self) -> tuple[DeviceHealth, str, str]:
        """Health, words, and what to do."""
        if self.is_muted:
            return (
                DeviceHealth.OFF,
                self.tr("Sounds are off. Answers are only seen."),
                "",
            )
        if not self._is_prepared:
            return DeviceHealth.BUSY, self.tr("Getting ready."), ""
        if self._loudspeakers is None:
            return (
                DeviceHealth.WARNING,
                self.tr("The system lacks what is needed to play sounds; it beeps instead."),
                self.tr("On Linux install libpulse0, then start the program again."),
            )
        if self.output is None:
            return (
                DeviceHealth.WARNING,
                self.tr("No loudspeaker is found; the system beeps instead, if it can."),
                self.tr("Connect one or switch it on. It is used at once."),
            )
        if self.settings.output not in ("", self.output.id):
            return (
                DeviceHealth.WARNING,
                self.tr("The chosen loudspeaker is not connected. This one plays meanwhile."),
                self.tr("Connect the other one again. It is used at once."),
            )
        if self.settings.volume <= 0:
            return (
                DeviceHealth.WARNING,
                self.tr("The volume is set to nothing."),
                self.tr("Turn it up on the sound page."),
            )
        return DeviceHealth.GOOD, self.tr("Ready."), ""


def _amplitude(volume: float) -> float:
    """Loudness as people hear it, as a factor for the samples."""
    from PySide6.QtMultimedia import QtAudio

    scale = QtAudio.VolumeScale
    chosen = min(1.0, max(0.0, volume))
    return QtAudio.convertVolume(chosen, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
