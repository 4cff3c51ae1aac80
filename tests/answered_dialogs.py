"""Answers the next dialog that asks for a file or a folder, as a person would."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog


def answer_with(name: str | Path) -> list[str]:
    """Choose a name in the dialog that opens next.

    Returns:
        what the dialog proposed, once it is answered.
    """
    proposed: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        proposed.extend(Path(path).name for path in dialog.selectedFiles())
        dialog.selectFile(str(name))
        dialog.accept()

    QTimer.singleShot(0, choose)
    return proposed
