"""Asks for files and folders: beginning in the folder used last, never without the right ending.

A file that is saved gets its ending in the dialog, which therefore asks before it replaces one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from checkin_app.gui.workplace import Workplace

_LONGEST_FILE_NAME = 80


def ask_to_open(
    workplace: Workplace, parent: QWidget, title: str, kinds: Sequence[str]
) -> Path | None:
    """The file to read, or None.

    Args:
        kinds: as Qt writes them: "Lists (*.csv *.xlsx)".
    """
    dialog = QFileDialog(parent, title, str(folder_to_begin_in(workplace)))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(kinds))
    return _answer(dialog, workplace)


def ask_to_save(
    workplace: Workplace, parent: QWidget, title: str, name: str, kinds: Mapping[str, str]
) -> Path | None:
    """The file to write, or None. The dialog asks before a file is replaced.

    Args:
        name: proposed, without ending.
        kinds: "Excel (*.xlsx)" → ".xlsx"; the ending is added where it is missing.
    """
    dialog = QFileDialog(parent, title, str(folder_to_begin_in(workplace)))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds))
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(kinds[words]))
    dialog.setDefaultSuffix(next(iter(kinds.values())))
    dialog.selectFile(name)
    path = _answer(dialog, workplace)
    return with_ending(path, list(kinds.values())) if path is not None else None


def ask_for_folder(workplace: Workplace, parent: QWidget, title: str) -> Path | None:
    """A folder to write into, or None."""
    dialog = QFileDialog(parent, title, str(folder_to_begin_in(workplace)))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    path = _chosen(dialog)
    if path is not None:
        workplace.folder_used.emit(path)
    return path


def with_ending(path: Path, endings: Sequence[str]) -> Path:
    """The path with the first of these endings, unless it has one of them."""
    if path.suffix.lower() in endings:
        return path
    return path.with_name(path.name + endings[0])


def as_file_name(name: str) -> str:
    """What every file system takes, and people know again."""
    plain = "".join(c if c.isalnum() or c in "-_" else " " for c in name)
    return " ".join(plain.split())[:_LONGEST_FILE_NAME].strip() or "event"


def folder_to_begin_in(workplace: Workplace) -> Path:
    """Where a file was chosen or saved last, else the user's own folder."""
    last = workplace.settings.last_folder
    return last if last is not None and last.is_dir() else Path.home()


def _answer(dialog: QFileDialog, workplace: Workplace) -> Path | None:
    path = _chosen(dialog)
    if path is not None:
        workplace.folder_used.emit(path.parent)
    return path


def _chosen(dialog: QFileDialog) -> Path | None:
    is_wanted = dialog.exec()
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if is_wanted else None
