"""Speaks the name of who was let in, where the system has a voice.

Only names of people who were admitted are given to it: a refusal or a remark, heard by the queue,
would tell everybody what concerns one person and the desk. A newer name takes the place of the one
being spoken, for there is a queue.

The library and the voices are slow to load, so they are asked for when names are to be spoken.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QProcess, QTimer, Signal

from checkin_app.gui.devices.device_report import DeviceHealth, DeviceKind, DeviceReport
from checkin_app.services.clock import utc_now
from checkin_app.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

_log = logging.getLogger(__name__)

_KEY = "voice"
_SILENT_ENGINE = "mock"  # Qt's own, for tests.
# After the sounds are loaded; the first name is not expected before.
_PREPARE_AFTER_MS = 1200
# The sound of the answer comes first.
_SPEAK_AFTER_MS = 350
_ONE_LANGUAGE = {"nb": "no", "nn": "no", "iw": "he"}


class NameVoice(QObject):
    """Speaks names, and reports on the voice.

    Signals:
        reports_changed: as of every device.
        speaking: the name (str) that is begun.

    Attributes:
        engine: Qt's speech, once it is prepared; None before, and where there is no voice.

    Args:
        settings: whether names are spoken, by which voice, how loud.
        clock: gives the present time (UTC).
        engine_name: which of Qt's engines; empty takes the system's.
    """

    reports_changed = Signal()
    speaking = Signal(str)

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
        *,
        engine_name: str = "",
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._engine_name = engine_name
        self.engine: QTextToSpeech | None = None
        self._own_locale = QLocale()
        self._is_prepared = False
        self._next: tuple[str, str, str] | None = None
        self._spoke_at: datetime | None = None
        self._soon = self._single_shot(self._wake_server)
        self._server: QProcess | None = None
        self._after_sound = self._single_shot(self._speak)

    # The life of a device

    def start(self) -> None:
        """Get ready in a moment, if names are to be spoken."""
        if self.is_wanted:
            self._soon.start(_PREPARE_AFTER_MS)

    def stop(self) -> None:
        """The window is about to close."""
        self._soon.stop()
        self.be_silent()

    def take_settings(self, settings: Settings) -> None:
        """Follow what was chosen."""
        self._settings = settings
        if self.is_wanted and not self._is_prepared:
            self._soon.start(0)
        if not self.is_wanted:
            self.be_silent()
        self._take_voice()
        self.reports_changed.emit()

    def test(self, key: str) -> None:
        """Speak a name, for somebody has just asked for it."""
        self.prepare()
        self._next = (self.tr("Welcome"), "", "")
        self._after_sound.start(0)

    def reports(self) -> tuple[DeviceReport, ...]:
        """How the voice is doing."""
        health, words, next_step = self._state()
        return (
            DeviceReport(
                _KEY,
                DeviceKind.VOICE,
                self.tr("Spoken names"),
                health,
                words,
                next_step,
                last_event=self.tr("Spoke") if self._spoke_at else "",
                last_event_at=self._spoke_at,
                can_be_tested=health is not DeviceHealth.OFF,
            ),
        )

    # Speaking

    def prepare(self, *_: object) -> None:
        """Load the system's voice. Takes some hundred milliseconds where there is one."""
        if self._is_prepared:
            return
        self._is_prepared = True
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:
            _log.warning("QtTextToSpeech cannot be loaded, names are not spoken: %s", error)
        else:
            named = [self._engine_name] if self._engine_name else QTextToSpeech.availableEngines()
            if engines := [one for one in named if one != _SILENT_ENGINE or self._engine_name]:
                self._take_engine(QTextToSpeech(engines[0], self))
        self.reports_changed.emit()

    def say_name(self, name: str, language: str, country: str) -> None:
        """Speak a name after the sound of its answer, instead of any name before.

        Args:
            language: tag of the language whose rules the name is read by, if there is a voice.
            country: ISO code, to choose among the voices of that language; may be empty.
        """
        if self.is_wanted and name.strip():
            self.be_silent()
            self._next = (name, language, country)
            self._after_sound.start(_SPEAK_AFTER_MS)

    def be_silent(self) -> None:
        """Break off."""
        self._after_sound.stop()
        self._next = None
        if self.engine is not None:
            self.engine.stop()

    def voice_names(self) -> tuple[str, ...]:
        """The voices of the system's language, for people to choose from."""
        self.prepare()
        names = (voice.name() for voice in self._voices_of(self._own_locale))
        # espeak-ng offers each of its voices in a hundred disguises: "Polish+Adam".
        return tuple(name for name in names if "+" not in name)

    # Inside

    @property
    def is_wanted(self) -> bool:
        """Whether names are to be spoken."""
        return self._settings.sounds_on and self._settings.devices.sound.speaks_names

    @property
    def _has_voice(self) -> bool:
        if self.engine is None:
            return False
        return self.engine.state() is not type(self.engine).State.Error

    def _wake_server(self) -> None:
        """Start the speech server of Linux ahead of Qt, which would hold the window for 2 s."""
        server = shutil.which("speech-dispatcher")
        if server is None or self._engine_name or self._is_prepared:
            self.prepare()
        elif self._server is None:
            self._server = QProcess(self)
            self._server.finished.connect(self.prepare)
            self._server.errorOccurred.connect(self.prepare)
            self._server.start(server, ["--spawn"])

    def _take_engine(self, engine: QTextToSpeech) -> None:
        self.engine = engine
        self._own_locale = engine.locale()
        engine.stateChanged.connect(self._state_changed)
        self._take_voice()

    def _state_changed(self) -> None:
        self.reports_changed.emit()

    def _take_voice(self) -> None:
        """The voice and volume that were chosen."""
        if self.engine is None or not self._has_voice:
            return
        sound = self._settings.devices.sound
        self.engine.setVolume(min(1.0, max(0.0, sound.volume)))
        for voice in self._voices_of(self._own_locale) if sound.voice else ():
            if voice.name() == sound.voice:
                self.engine.setVoice(voice)

    def _speak(self) -> None:
        if self._next is None or self.engine is None or not self._has_voice:
            return
        (name, language, country), self._next = self._next, None
        if not self._settings.devices.sound.voice:
            self._take_language(language, country)
        self.engine.say(name)
        self._spoke_at = self._clock()
        self.speaking.emit(name)
        self.reports_changed.emit()

    def _take_language(self, language: str, country: str) -> None:
        assert self.engine is not None
        locales = self.engine.availableLocales()
        tags = [locale.bcp47Name() for locale in locales]
        chosen = spoken_tag(tags, language, country)
        wanted = locales[tags.index(chosen)] if chosen else self._own_locale
        if wanted != self.engine.locale():
            self.engine.setLocale(wanted)

    def _voices_of(self, locale: QLocale) -> list[QVoice]:
        if self.engine is None or not self._has_voice:
            return []
        if self.engine.locale() != locale:
            self.engine.setLocale(locale)
        return self.engine.availableVoices()

    def _state(self) -> tuple[DeviceHealth, str, str]:
        """Health, words, and what to do."""
        if not self._settings.devices.sound.speaks_names:
            return DeviceHealth.OFF, self.tr("Off. Names are not spoken."), ""
        if not self._settings.sounds_on:
            return DeviceHealth.OFF, self.tr("Sounds are off, so names are not spoken."), ""
        if not self._is_prepared:
            return DeviceHealth.BUSY, self.tr("Getting ready."), ""
        if not self._has_voice:
            return (
                DeviceHealth.WARNING,
                self.tr("This system has no voice. Names are only seen."),
                self._how_to_get_a_voice(),
            )
        return DeviceHealth.GOOD, self.tr("Speaks the name of everybody who is let in."), ""

    def _how_to_get_a_voice(self) -> str:
        if sys.platform == "win32":
            return self.tr("Add a voice in Windows: Settings, Time & language, Speech.")
        if sys.platform == "darwin":
            return self.tr("Add a voice in System Settings, Accessibility, Spoken Content.")
        return self.tr(
            "Install speech-dispatcher with espeak-ng and libspeechd2, then start the program"
            " again."
        )

    def _single_shot(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer


def spoken_tag(available: Sequence[str], language: str, country: str) -> str:
    """Which of the tags (BCP 47) a name of a language and country is read by; empty for none."""

    def fits(tag: str) -> bool:
        base = tag.partition("-")[0].lower()
        return _ONE_LANGUAGE.get(base, base) == language

    fitting = [tag for tag in available if fits(tag)]
    of_country = [tag for tag in fitting if tag.upper().endswith(f"-{country}")] if country else []
    return next(iter((*of_country, *fitting)), "")
