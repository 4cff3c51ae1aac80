"""Asks for a file or a folder, which may also be none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from checkin_app.gui.plain_text import label, shown


class PathField(QWidget):
    """A button with the name of the file or folder, and one to do without.

    Signals:
        changed: another one, or none.
    """

    changed = Signal()

    def __init__(self, without: str, parent: QWidget | None = None) -> None:
        """Begin without any.

        Args:
            without: what the button says while there is none.
        """
        super().__init__(parent)
        self._without = without
        self._path: Path | None = None
        self.choose = QPushButton()
        self.forget = QPushButton(self.tr("None"))
        self.choose.clicked.connect(self._choose)
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

    def path(self) -> Path | None:
        """The file or folder; None without one."""
        return self._path

    def set_path(self, path: Path | None) -> None:
        """Take this one."""
        self._path = path
        self._show()
        self.changed.emit()

    def ask(self) -> Path | None:
        """Let somebody choose; None when nothing was chosen."""
        raise NotImplementedError

    def _choose(self) -> None:
        chosen = self.ask()
        if chosen is not None:
            self.set_path(chosen)

    def _forget(self) -> None:
        self.set_path(None)

    def _show(self) -> None:
        path = self._path
        self.choose.setText(label(shown(path.name)) if path and path.name else self._without)
        self.choose.setToolTip(shown(str(path)) if path else "")
        self.forget.setVisible(path is not None)
