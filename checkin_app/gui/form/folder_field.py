"""Asks for a folder, which may also be none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from checkin_app.gui.plain_text import label, shown


class FolderField(QWidget):
    """A button with the name of the folder, and one to do without.

    Signals:
        changed: another folder, or none.
    """

    changed = Signal()

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._folder: Path | None = None
        self.choose = QPushButton()
        self.forget = QPushButton(self.tr("None"))
        self.choose.clicked.connect(self._ask)
        self.forget.clicked.connect(self._forget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choose, 1)
        row.addWidget(self.forget)
        self.setFocusProxy(self.choose)
        self._show()

    def setAccessibleName(self, name: str) -> None:
        """The button is what has the name."""
        super().setAccessibleName(name)
        self.choose.setAccessibleName(name)

    def folder(self) -> Path | None:
        """The folder; None without one."""
        return self._folder

    def set_folder(self, folder: Path | None) -> None:
        """Take this folder."""
        self._folder = folder
        self._show()
        self.changed.emit()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._question)
        if chosen:
            self.set_folder(Path(chosen))

    def _forget(self) -> None:
        self.set_folder(None)

    def _show(self) -> None:
        name = shown(self._folder.name) if self._folder else ""
        self.choose.setText(label(name) if name else self.tr("Choose a folder…"))
        self.choose.setToolTip(shown(str(self._folder)) if self._folder else "")
        self.forget.setVisible(self._folder is not None)
