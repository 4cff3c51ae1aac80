"""Asks where, has the list or document made in a process, and says what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from checkin_app.errors import Cancelled
from checkin_app.gui.background.tasks import Job
from checkin_app.gui.documents.wishes import ListWish, Wish, make_in_process
from checkin_app.gui.file_dialogs import as_file_name, ask_for_folder, ask_to_save
from checkin_app.gui.workplace import Workplace
from checkin_app.services.documents.document_making import Made


class Making(QObject):
    """Makes one thing at a time.

    Signals:
        started: work began.
        progressed: done and in all.
        made: the path (``Path``), and what was made (``Made``).
        ended: without a result: it was stopped, or failed and that was said.
    """

    started = Signal()
    progressed = Signal(int, int)
    made = Signal(object, object)
    ended = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._window = parent
        self._job: Job | None = None

    def ask_and_make(self, wish: Wish, title: str) -> None:
        """Let somebody choose the file or folder.

        Args:
            title: of the product, which names the file.
        """
        path = self._ask(wish, title)
        if path is not None:
            self.make(wish, path)

    def make(self, wish: Wish, path: Path) -> None:
        """Begin to make it."""
        if self._job is not None:
            return
        self._job = self._workplace.tasks.run_in_process(
            make_in_process,
            (self._workplace.event_file.path, wish, path),
            partial(self._tell, path),
            self._fail,
            self._tell_progress,
            path.name,
        )
        self.started.emit()

    def cancel(self) -> None:
        """Stop what is being made."""
        if self._job is not None:
            self._job.cancel()

    def open(self, path: Path) -> None:
        """Show a file or folder in the system's own program for it."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._workplace.messages.show_message(
                self.tr("No program here opens {file}. It is in {folder}.").format(
                    file=path.name, folder=path.parent
                )
            )

    def _ask(self, wish: Wish, title: str) -> Path | None:
        kind = wish.what.value if isinstance(wish, ListWish) else title.lower()
        name = f"{as_file_name(self._workplace.desk.event.name)} - {kind}"
        words = self.tr("Save: {title}").format(title=title)
        if isinstance(wish, ListWish):
            kinds = {f"{wish.ending[1:].upper()} (*{wish.ending})": wish.ending}
            return ask_to_save(self._workplace, self._window, words, name, kinds)
        if not wish.is_folder:
            return ask_to_save(self._workplace, self._window, words, name, {"PDF (*.pdf)": ".pdf"})
        folder = ask_for_folder(self._workplace, self._window, words)
        return folder / name if folder is not None else None

    def _tell_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _tell(self, path: Path, made: Made) -> None:
        self._job = None
        self.made.emit(path, made)

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self.ended.emit()
        if not isinstance(error, Cancelled):
            self._workplace.show_error(error)
