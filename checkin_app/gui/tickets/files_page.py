"""The part of the tickets screen that writes files: a ticket each, into a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.mailings import TicketSize
from checkin_app.errors import CheckinError
from checkin_app.gui.appearance.icons import icon
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.background.tasks import Job
from checkin_app.gui.form.folder_field import FolderField
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.tickets.file_work import write_ticket_files
from checkin_app.gui.workplace import Workplace

_SIZES = ((TicketSize.A4,), (TicketSize.PHONE,), tuple(TicketSize))
_WIDTH_EM = 36


class FilesPage(QWidget):
    """Asks for size and folder, and writes.

    Attributes:
        ticket_sizes, folder: what is asked.
        make, stop: the buttons.
        state: what came of it.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._job: Job | None = None
        self.ticket_sizes = Segments((self.tr("A4"), self.tr("Telephone"), self.tr("Both")))
        self.folder = FolderField(self.tr("Folder for the tickets"))
        self.make = QPushButton(icon("save"), self.tr("Make the tickets"))
        self.make.setProperty("primary", True)
        self.stop = QPushButton(self.tr("Stop"))
        self.look = QPushButton(icon("open"), self.tr("Show the folder"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self._lay_out()
        self._show_busy()
        self.folder.changed.connect(self._show_busy)
        self.make.clicked.connect(self._make)
        self.stop.clicked.connect(self._stop)
        self.look.clicked.connect(self._look)

    @property
    def is_under_way(self) -> bool:
        """Whether tickets are being written."""
        return self._job is not None

    def _make(self) -> None:
        folder = self.folder.path()
        if folder is None or self._job is not None:
            return
        self._workplace.folder_used.emit(folder)
        self.state.setText(self.tr("Writing…"))
        self._job = self._workplace.tasks.run_in_process(
            write_ticket_files,
            (self._workplace.event_file.path, folder, _SIZES[self.ticket_sizes.current]),
            partial(self._take_count, folder),
            self._take_failure,
            self._show_progress,
            self.tr("Tickets in {folder}").format(folder=folder.name),
        )
        self._show_busy()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        words = self.tr("{done} of {total}")
        self.state.setText(words.format(done=grouped(done), total=grouped(total)))

    def _take_count(self, folder: Path, made: tuple[int, str]) -> None:
        self._job = None
        count, doubts = made
        words = self.tr("{count} tickets are in {folder}, with a list for a mail merge.")
        said = words.format(count=grouped(count), folder=folder.name)
        self.state.setText(shown(f"{said} {doubts}".strip()))
        self._show_busy()
        self.look.setVisible(True)

    def _take_failure(self, error: BaseException) -> None:
        self._job = None
        self._show_busy()
        if isinstance(error, CheckinError):
            self.state.setText(shown(str(error)))
        else:
            self.state.clear()
            self._workplace.show_error(error)

    def _look(self) -> None:
        folder = self.folder.path()
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _show_busy(self) -> None:
        is_busy = self._job is not None
        self.make.setEnabled(not is_busy and self.folder.path() is not None)
        self.ticket_sizes.setEnabled(not is_busy)
        self.folder.setEnabled(not is_busy)
        self.bar.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        self.look.setVisible(False)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(_WIDTH_EM * self.fontMetrics().height())
        title = plain_label(self.tr("A file for everybody who is expected"))
        title.setFont(sized(self.font(), 1.3, bold=True))
        about = quiet_label(
            self.tr(
                "One PDF each, a picture of the code, and a list (CSV) with which another program"
                " can send them. What is in the folder already is made again only where it would"
                " look otherwise."
            )
        )
        rows = QFormLayout()
        add_row(rows, self.tr("For"), self.ticket_sizes)
        add_row(rows, self.tr("Folder"), self.folder)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.look)
        buttons.addStretch(1)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(about)
        column.addLayout(rows)
        column.addLayout(buttons)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        whole.addStretch(1)
