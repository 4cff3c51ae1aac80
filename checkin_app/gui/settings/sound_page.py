"""The page of what is heard: volume, loudspeaker, every sound to try out, spoken names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.devices.device_report import DeviceReport
from checkin_app.gui.devices.sounds import Sound
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.calm_slider import CalmSlider
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import label, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.settings.device_settings import SoundSettings

_SOUNDS_IN_A_ROW = 3


class SoundPage(QWidget):
    """Asks all about sounds and the voice.

    Attributes:
        are_on, speaks_names: the boxes.
        volume: in percent.
        outputs, voices: the choices.
        sounds: a button for each sound.
        try_voice: speaks an example.
        loudspeaker_state, voice_state: how they are doing.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._devices = workplace.devices
        self.are_on = QCheckBox(self.tr("Answers are heard as well as seen"))
        self.volume = CalmSlider(0, 100)
        self.percent = plain_label()
        self.outputs, self.voices = CalmComboBox(), CalmComboBox()
        self.sounds = {sound: self._sound_button(sound) for sound in Sound}
        self.speaks_names = QCheckBox(self.tr("Speak the name of everybody who is let in"))
        self.try_voice = QPushButton(icon("voice"), self.tr("Speak"))
        self.loudspeaker_state, self.voice_state = quiet_label(), quiet_label()
        self._lay_out()
        self._show_settings()
        self.are_on.clicked.connect(self._devices.sounds_wanted)
        self.volume.valueChanged.connect(self._show_percent)
        self.volume.sliderReleased.connect(self._take_volume)
        self.volume.actionTriggered.connect(self._take_volume_later)
        self.outputs.activated.connect(self._take_output)
        self.voices.activated.connect(self._take_voice)
        self.speaks_names.clicked.connect(self._take_speaking)
        self.try_voice.clicked.connect(self._speak)
        self._devices.reports_changed.connect(self._show_settings)

    # Shown

    def _show_settings(self) -> None:
        sound = self._settings
        self.are_on.setChecked(not self._devices.sounds.is_muted)
        if not self.volume.isSliderDown():
            self.volume.setValue(round(sound.volume * 100))
        self._show_percent()
        self._show_outputs(sound)
        self._show_voices(sound)
        self.loudspeaker_state.setText(_sentence(self._devices.sounds.reports()[0]))
        self.voice_state.setText(_sentence(self._devices.voice.reports()[0]))
        self.try_voice.setEnabled(self._devices.voice.reports()[0].can_be_tested)

    def _show_percent(self) -> None:
        self.percent.setText(f"{self.volume.value()}\u202f%")

    def _show_outputs(self, sound: SoundSettings) -> None:
        offered = {"": self.tr("The system's own choice")}
        offered |= {one.id: shown(one.name) for one in self._devices.sounds.outputs()}
        if sound.output not in offered:
            offered[sound.output] = self.tr("The chosen one, which is not connected")
        _fill(self.outputs, offered, sound.output)

    def _show_voices(self, sound: SoundSettings) -> None:
        offered = {"": self.tr("One of the guest's language")}
        if self._devices.voice.is_wanted:
            offered |= {name: shown(name) for name in self._devices.voice.voice_names()}
        if sound.voice not in offered:
            offered[sound.voice] = self.tr("{name} (not there)").format(name=shown(sound.voice))
        _fill(self.voices, offered, sound.voice)

    # Chosen

    @property
    def _settings(self) -> SoundSettings:
        return self._devices.sounds.settings

    def _take_volume(self) -> None:
        self._want(replace(self._settings, volume=self.volume.value() / 100))
        self._devices.sounds.try_out(Sound.IN)

    def _take_volume_later(self) -> None:
        """By a key or a click; the value is there once the action is over."""
        if not self.volume.isSliderDown():
            value = self.volume.sliderPosition() / 100
            self._want(replace(self._settings, volume=value))

    def _take_output(self) -> None:
        self._want(replace(self._settings, output=str(self.outputs.currentData())))

    def _take_voice(self) -> None:
        self._want(replace(self._settings, voice=str(self.voices.currentData())))

    def _take_speaking(self, is_wanted: bool) -> None:
        self._want(replace(self._settings, speaks_names=is_wanted))

    def _want(self, sound: SoundSettings) -> None:
        if sound != self._settings:
            devices = self._workplace.settings.devices
            self._devices.settings_wanted.emit(replace(devices, sound=sound))

    def _speak(self) -> None:
        self._devices.voice.test("")

    # Inside

    def _sound_button(self, sound: Sound) -> QPushButton:
        names = {
            Sound.IN: self.tr("Let in"),
            Sound.ATTENTION: self.tr("Attention"),
            Sound.ALREADY_IN: self.tr("Already in"),
            Sound.REFUSED: self.tr("Not let in"),
            Sound.NOT_STORED: self.tr("Not stored"),
            Sound.PRINT_TROUBLE: self.tr("Printer needs you"),
        }
        button = QPushButton(icon("sound-on"), label(names[sound]))
        button.setIconSize(QSize(20, 20))
        button.clicked.connect(partial(self._devices.sounds.try_out, sound))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.are_on)
        column.addWidget(self.loudspeaker_state)
        rows = QFormLayout()
        add_row(rows, self.tr("Volume"), beside(self.volume, self.percent))
        self.volume.setAccessibleName(self.tr("Volume"))
        add_row(rows, self.tr("Loudspeaker"), self.outputs)
        column.addLayout(rows)
        column.addWidget(self._heading(self.tr("The sounds")))
        column.addWidget(
            quiet_label(
                self.tr(
                    "Each has a rhythm and a melody of its own, so that they are told apart in a"
                    " noisy hall and with impaired hearing."
                )
            )
        )
        column.addLayout(self._sounds_grid())
        column.addWidget(self._heading(self.tr("Spoken names")))
        column.addWidget(self.speaks_names)
        column.addWidget(self.voice_state)
        voice_rows = QFormLayout()
        add_row(voice_rows, self.tr("Voice"), beside(self.voices, self.try_voice))
        self.voices.setAccessibleName(self.tr("Voice"))
        column.addLayout(voice_rows)
        column.addWidget(
            quiet_label(
                self.tr("Who is not let in is never named aloud: that concerns nobody else.")
            )
        )
        column.addStretch(1)

    def _sounds_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, button in enumerate(self.sounds.values()):
            grid.addWidget(button, place // _SOUNDS_IN_A_ROW, place % _SOUNDS_IN_A_ROW)
        return grid

    def _heading(self, text: str) -> QLabel:
        heading = plain_label(text)
        heading.setFont(sized(self.font(), 1.07, bold=True))
        heading.setContentsMargins(0, 10, 0, 0)
        return heading


def _fill(choice: CalmComboBox, offered: dict[str, str], chosen: str) -> None:
    """Offer texts by their keys, without telling anybody."""
    keys = list(offered)
    before = [choice.itemData(place) for place in range(choice.count())]
    if before != keys:
        choice.clear()
        for key, text in offered.items():
            choice.addItem(text, key)
    choice.setCurrentIndex(keys.index(chosen))
    choice.setEnabled(len(keys) > 1)


def _sentence(report: DeviceReport) -> str:
    return shown(" ".join(filter(None, (report.words, report.next_step))))
