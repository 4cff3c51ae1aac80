"""Asks for a file, which may also be none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.form.path_field import PathField
from checkin_app.gui.workplace import Workplace


class FileField(PathField):
    """A file of some kinds; the dialog begins where one was chosen last."""

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
        super().__init__(without, parent)
        self._workplace = workplace
        self._question, self._kinds = question, kinds

    def ask(self) -> Path | None:
        """In the system's dialog."""
        return ask_to_open(self._workplace, self, self._question, self._kinds)
