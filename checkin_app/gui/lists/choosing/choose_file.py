"""Asks for the file of a registration list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.workplace import Workplace

_CONTEXT = "ChooseList"


def ask_for_list(workplace: Workplace, parent: QWidget) -> Path | None:
    """The chosen file, or None."""
    tr = QCoreApplication.translate
    lists = tr(_CONTEXT, "Registration lists (*.csv *.tsv *.txt *.xlsx *.xls *.ods)")
    return ask_to_open(
        workplace,
        parent,
        tr(_CONTEXT, "Import a registration list"),
        (lists, tr(_CONTEXT, "All files (*)")),
    )
