"""Asks for the file of a registration list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

_CONTEXT = "ChooseList"


def ask_for_list(parent: QWidget, folder: Path | None = None) -> str:
    """The path of the chosen file, or empty."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        QCoreApplication.translate(_CONTEXT, "Import a registration list"),
        str(folder or Path.home()),
        QCoreApplication.translate(
            _CONTEXT, "Registration lists (*.csv *.tsv *.txt *.xlsx *.xls *.ods);;All files (*)"
        ),
    )
    return chosen
