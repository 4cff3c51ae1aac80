"""Asks for a file, which may also be none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.plain_text import label, shown
from checkin_app.gui.workplace import Workplace


class FileField(QWidget):
    """A button with the name of the file, and one to do without.

    Signals:
        changed: another file, or none.
    """

    changed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        question: str,
        kinds: Sequence[str],
        without: str,
        parent: QWidget | None = None,
    ) -> None:
        """Begin without a file.

        Args:
            kinds: as Qt writes them: "Pictures (*.png)".
            without: what the button says while there is no file.
        """
        super().__init__(parent)
        self._workplace = workplace
        self._question, self._kinds, self._without = question, kinds, without
        self._file: Path | None = None
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

    def file(self) -> Path | None:
        """The file; None without one."""
        return self._file

    def set_file(self, file: Path | None) -> None:
        """Take this file."""
        self._file = file
        self._show()
        self.changed.emit()

    def _ask(self) -> None:
        chosen = ask_to_open(self._workplace, self, self._question, self._kinds)
        if chosen is not None:
            self.set_file(chosen)

    def _forget(self) -> None:
        self.set_file(None)

    def _show(self) -> None:
        self.choose.setText(label(self._file.name) if self._file else self._without)
        self.choose.setToolTip(shown(str(self._file)) if self._file else "")
        self.forget.setVisible(self._file is not None)
