"""Which known list a file is like, and the way to keep a mapping for the next one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QPushButton, QWidget

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.lists.mapping.columns import ColumnMapping
from checkin_app.lists.mapping.own_presets import (
    NAME_MAX_CHARACTERS,
    forget_own_preset,
    make_own_preset,
    own_presets_folder,
    save_own_preset,
)

_NONE = ""


class PresetChoice(QWidget):
    """A drop-down of the presets, and a button that keeps the mapping as one.

    Signals:
        chosen: the id of the preset to follow; empty for none.
        kept: the id of the preset that was kept just now.
    """

    chosen = Signal(str)
    kept = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._look: ListLook | None = None
        self.box = QComboBox(self)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.keep = QPushButton(self.tr("Keep as preset…"))
        self.keep.setToolTip(
            self.tr("The next list with these columns will be understood in the same way.")
        )
        self.forget = QPushButton(self.tr("Forget"))
        self.forget.setToolTip(self.tr("Forget this preset of your own"))
        self.forget.hide()
        label = plain_label(self.tr("Read as"))
        label.setBuddy(self.box)
        self.box.setAccessibleName(self.tr("Read as"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self.box, self.keep, self.forget):
            row.addWidget(widget)
        self.box.activated.connect(self._choose)
        self.keep.clicked.connect(self._ask_name)
        self.forget.clicked.connect(self._forget)

    def show_look(self, look: ListLook) -> None:
        """Show what a list was recognised as."""
        before, self._look = self._look, look
        if before is None or before.presets != look.presets:
            self.box.clear()
            self.box.addItem(self.tr("Ordinary list"), _NONE)
            for preset_id, name in look.presets:
                self.box.addItem(shown(name, NAME_MAX_CHARACTERS), preset_id)
        self.box.setCurrentIndex(self.box.findData(look.preset))
        preset = look.mapping.preset
        self.forget.setVisible(preset is not None and preset.is_own)

    def keep_as(self, name: str) -> None:
        """Keep what the columns hold now as a preset of this name."""
        if self._look is None:
            return
        mapping, columns = self._look.mapping, self._look.columns
        self._workplace.tasks.run(
            Lane.WORK, partial(_keep, name, mapping, columns), self._tell_kept, self._tell_failure
        )

    def _choose(self) -> None:
        self.chosen.emit(self.box.currentData())

    def _ask_name(self) -> None:
        name, is_wanted = QInputDialog.getText(
            self.window(),
            self.tr("Keep as preset"),
            self.tr("Lists with these columns will be known by this name."),
        )
        if is_wanted:
            self.keep_as(name)

    def _forget(self) -> None:
        self._workplace.tasks.run(
            Lane.WORK,
            partial(forget_own_preset, own_presets_folder(), self.box.currentData()),
            self._tell_forgotten,
            self._tell_failure,
        )

    def _tell_forgotten(self, _nothing: None) -> None:
        self._workplace.messages.show_message(self.tr("Forgotten."))
        self.chosen.emit(_NONE)

    def _tell_kept(self, preset_id: str) -> None:
        self._workplace.messages.show_message(
            self.tr("Kept. The next list with these columns is read in the same way.")
        )
        self.kept.emit(preset_id)

    def _tell_failure(self, error: BaseException) -> None:
        if isinstance(error, CheckinError):
            self._workplace.messages.show_message(str(error), MessageKind.WARNING)
        else:
            self._workplace.show_error(error)


def _keep(name: str, mapping: ColumnMapping, columns: tuple[str, ...]) -> str:
    preset = make_own_preset(name, mapping, columns)
    save_own_preset(own_presets_folder(), preset)
    return preset.id
