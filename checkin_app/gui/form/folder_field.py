"""Asks for a folder, which may also be none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from checkin_app.gui.form.path_field import PathField


class FolderField(PathField):
    """A folder of this computer."""

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Choose a folder…"), parent)
        self._question = question

    def ask(self) -> Path | None:
        """In the system's dialog."""
        chosen = QFileDialog.getExistingDirectory(self, self._question)
        return Path(chosen) if chosen else None
