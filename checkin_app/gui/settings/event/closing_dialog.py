"""Closes the event: what will be gone, where the end pack goes, and the event's name typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.ledger import Entry
from checkin_app.errors import Cancelled
from checkin_app.gui.appearance.theme import size_px, sized
from checkin_app.gui.background.tasks import Job, Lane
from checkin_app.gui.file_dialogs import ask_for_folder
from checkin_app.gui.form.form_rows import add_row, quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import label, shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.privacy.closing import ClosedEvent, close_at

_WIDTH_EM = 44


class ClosingDialog(QDialog):
    """Cannot be gone through by accident, nor left while data are being erased.

    Attributes:
        folder: the button that asks where the end pack goes.
        name: the event's name has to be typed here.
        go: closes the event.
        leave: leaves all as it is; stops the writing of the pack while that goes on.
        said: how it is going.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._event_name = workplace.desk.event.name
        self._target: Path | None = None
        self._job: Job | None = None
        self.setWindowTitle(self.tr("Close the event"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(round(_WIDTH_EM * size_px(self.font())))
        self.folder = QPushButton(self.tr("Choose a folder…"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(shown(self._event_name))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.said = quiet_label()
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.setDefault(True)
        self.go = QPushButton(self.tr("Erase and close for good"))
        self.go.setAutoDefault(False)
        self._lay_out()
        self.folder.clicked.connect(self._ask_for_folder)
        self.name.textChanged.connect(self._judge)
        self.go.clicked.connect(self._start)
        self.leave.clicked.connect(self.reject)
        self._judge()
        self.leave.setFocus()

    def choose_folder(self, folder: Path) -> None:
        """The end pack goes there; the folder need not be there yet."""
        self._target = folder
        self.folder.setText(label(str(folder)))
        self.folder.setToolTip(shown(str(folder)))
        self._judge()

    def reject(self) -> None:
        """Leave; or stop what can still be stopped, and wait for it."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()
            self.said.setText(self.tr("Stopping, if nothing is erased yet…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Not while data are being erased."""
        if self._job is not None:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _ask_for_folder(self) -> None:
        title = self.tr("Where the folder of the end pack goes")
        folder = ask_for_folder(self._workplace, self, title)
        if folder is not None:
            own = self.tr("{event} end pack").format(event=self._workplace.event_file.path.stem)
            self.choose_folder(folder / own)

    def _judge(self) -> None:
        typed = " ".join(self.name.text().split()).casefold()
        is_meant = typed == " ".join(self._event_name.split()).casefold()
        self.go.setEnabled(is_meant and self._target is not None and self._job is None)

    def _start(self) -> None:
        if self._target is None:
            return
        self._hold(True)
        # In a process, or drawing thousands of pages would make the window stutter for minutes.
        self._job = self._workplace.tasks.run_in_process(
            close_at,
            (
                self._workplace.event_file.path,
                self._workplace.desk.desk_name,
                self._workplace.clock(),
                self._target,
            ),
            self._show_done,
            self._show_failed,
            self._show_progress,
        )
        self._judge()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show_done(self, closed: ClosedEvent) -> None:
        self._job = None
        self._workplace.messages.show_message(
            self.tr(
                "The event is closed: the data of {count} people are erased. The end pack is in"
                " {folder}."
            ).format(count=closed.erased, folder=closed.folder.name),
            action_text=self.tr("Open the folder"),
            action=partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(closed.folder))),
        )
        self.accept()
        self._workplace.reopen_wanted.emit("event")

    def _show_failed(self, error: BaseException) -> None:
        """What failed may have come after the erasure: the file knows."""
        self._workplace.tasks.run(
            Lane.NUMBERS,
            self._workplace.event_file.erasures.closing,
            partial(self._show_left, error),
            lambda _unreadable: self._show_left(error, None),
        )

    def _show_left(self, error: BaseException, closing: Entry | None) -> None:
        self._job = None
        if not isinstance(error, Cancelled):
            self._workplace.show_error(error)
        if closing is not None:
            self.accept()
            self._workplace.reopen_wanted.emit("event")
            return
        self._hold(False)
        self._judge()
        self.said.setText(shown(str(error)))

    def _hold(self, is_held: bool) -> None:
        for widget in (self.folder, self.name):
            widget.setEnabled(not is_held)
        self.progress.setVisible(is_held)
        self.progress.setRange(0, 0)
        self.said.setText(self.tr("Writing the end pack…") if is_held else "")

    def _unsent_label(self, count: int) -> QLabel:
        unsent = plain_label(
            self.tr(
                "Still waiting to be sent to pretix: {count}. These check-ins never will be once"
                " the codes are erased; see to them under “Online list” first."
            ).format(count=count)
        )
        unsent.setWordWrap(True)
        return unsent

    def _lay_out(self) -> None:
        title = plain_label(self.tr("This cannot be undone"))
        title.setFont(sized(self.font(), 1.3, bold=True))
        what = plain_label(
            self.tr(
                "First the end pack is written into a folder: attendance list, no-shows and"
                " numbers. Then names, e-mail addresses, organisations, codes, notes and every"
                " other word about people are erased from the event file, for every attendee and"
                " every speaker. Numbers, categories and times stay."
            )
        )
        what.setWordWrap(True)
        reach = quiet_label(
            self.tr(
                "Copies of the file, lists that were exported, printed badges and sent mails are"
                " out of reach: delete them yourself."
            )
        )
        rows = QFormLayout()
        add_row(rows, self.tr("End pack"), self.folder)
        add_row(rows, self.tr("Type its name"), self.name)
        self.progress.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        for widget in (title, what, reach):
            column.addWidget(widget)
        if count := self._workplace.unsent_check_ins:
            column.addWidget(self._unsent_label(count))
        column.addLayout(rows)
        column.addWidget(self.progress)
        column.addLayout(buttons)
