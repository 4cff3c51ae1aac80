"""Asks where the numbers are to be written, and has them written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from checkin_app.domain.dashboard import Dashboard
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import as_file_name, folder_to_begin_in
from checkin_app.gui.workplace import Workplace
from checkin_app.services.dashboard import write_numbers

_PICTURE_SCALES = (1, 2, 3)


class ReportSaving(QObject):
    """Writes what the dashboard shows, as a document or as a picture of a chosen size."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._window = parent

    def ask_and_save(self, dashboard: Dashboard) -> None:
        """Let somebody choose the file."""
        kinds = self.kinds()
        dialog = QFileDialog(
            self._window, self.tr("Save the numbers"), str(folder_to_begin_in(self._workplace))
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(kinds))
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(kinds[words][0]))
        dialog.setDefaultSuffix(".pdf")
        event = as_file_name(self._workplace.desk.event.name)
        dialog.selectFile(self.tr("{event} - numbers").format(event=event))
        is_wanted = dialog.exec()
        dialog.deleteLater()
        if is_wanted:
            _, scale = kinds[dialog.selectedNameFilter()]
            path = Path(dialog.selectedFiles()[0])
            self._workplace.folder_used.emit(path.parent)
            self.save(path, dashboard, scale)

    def kinds(self) -> dict[str, tuple[str, float]]:
        """What can be written: the words for it → suffix and scale."""
        picture = self.tr("Picture, {width} × {height} (*.png)")
        pictures = {
            picture.format(width=1280 * scale, height=800 * scale): (".png", float(scale))
            for scale in _PICTURE_SCALES
        }
        return {self.tr("Report with all figures (*.pdf)"): (".pdf", 1.0), **pictures}

    def save(self, path: Path, dashboard: Dashboard, scale: float) -> None:
        """Write the file in the work lane."""
        self._workplace.tasks.run(
            Lane.WORK,
            partial(write_numbers, path, dashboard, scale),
            partial(self._tell, path),
            self._workplace.show_error,
        )

    def _tell(self, path: Path, _nothing: None) -> None:
        self._workplace.messages.show_message(
            self.tr("The numbers are in {file}.").format(file=path.name),
            action_text=self.tr("Open"),
            action=partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path))),
        )
