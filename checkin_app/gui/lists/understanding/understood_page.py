"""The second step of an import: how the file was read, and what its columns hold."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from checkin_app.gui.lists.choosing.file_choices import FileChoices
from checkin_app.gui.lists.choosing.preset_choice import PresetChoice
from checkin_app.gui.lists.list_look import ListLook
from checkin_app.gui.lists.understanding.mapping_model import MappingModel
from checkin_app.gui.lists.understanding.mapping_view import MappingView
from checkin_app.gui.tables.text_table import TextTable
from checkin_app.gui.tables.text_table_model import TextTableModel
from checkin_app.gui.workplace import Workplace
from checkin_app.services.list_import.registration_lists import ListChoices

_MAPPING_SHARE, _ROWS_SHARE = 440, 560


class UnderstoodPage(QWidget):
    """Shows the first rows and what each column is taken for; everything can be changed.

    Signals:
        read_otherwise: the ``ListChoices`` with which the file is to be read anew: its rows may
            be others then.
        mapped_otherwise: the ``ListChoices`` with which its columns mean something else.
    """

    read_otherwise = Signal(object)
    mapped_otherwise = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = ListChoices()
        # Each widget is made inside the one it belongs to: moving it there later would have the
        # style work it all out again.
        self.preset = PresetChoice(workplace, self)
        self.file_choices = FileChoices(self)
        self.body = QSplitter(self)
        self.mapping = MappingModel(self)
        self.mapping_view = MappingView(self.mapping, self.body)
        self.rows = TextTableModel(self)
        self.rows_view = TextTable(self.rows, self.body)
        self.rows_view.setAccessibleName(self.tr("First rows"))
        self.body.setChildrenCollapsible(False)
        self.body.setSizes([_MAPPING_SHARE, _ROWS_SHARE])
        self.body.setHandleWidth(12)
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addWidget(self.preset)
        top.addWidget(self.file_choices, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.body, 1)
        self.preset.chosen.connect(self._follow)
        self.preset.kept.connect(self._follow)
        self.file_choices.chosen.connect(self._read_otherwise)
        self.mapping.corrected.connect(self._map_otherwise)

    def show_look(self, look: ListLook) -> None:
        """Show how a list was understood."""
        self._choices = look.wishes.choices
        self.preset.show_look(look)
        self.file_choices.show_look(look)
        self.mapping.show_look(look)
        self.rows.show_rows(look.columns, look.rows, look.numbers)

    def _read_otherwise(self) -> None:
        self.read_otherwise.emit(self.file_choices.choices())

    def _follow(self, preset: str) -> None:
        """Another preset says anew what every column holds."""
        self.mapped_otherwise.emit(replace(self._choices, preset=preset, columns={}))

    def _map_otherwise(self, columns: dict[str, str]) -> None:
        self.mapped_otherwise.emit(replace(self._choices, columns=columns))
