"""The page of the event: what is said of it, how long data are kept, and closing it for good."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.language.spoken_dates import day_text
from checkin_app.domain.ledger import Entry
from checkin_app.domain.programme import Event
from checkin_app.gui.appearance.theme import sized
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import ask_for_folder
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.keys import add_key
from checkin_app.gui.settings.event.closing_dialog import ClosingDialog
from checkin_app.gui.settings.event.event_form import EventForm
from checkin_app.gui.workplace import Workplace
from checkin_app.services.event_settings import EventSettings, describe_event, keeps_old_times
from checkin_app.services.privacy.closing import save_record

PAGE = "event"


class EventPage(QWidget):
    """Edits the event and closes it.

    Attributes:
        form: what is said of the event.
        hint: what a change would leave behind.
        save, discard: store what was typed, or forget it.
        close_event: opens the dialog.
        save_record: of a closed event, writes again what was erased and when.
        state: whether the event is closed.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._is_closed = False
        self.form = EventForm()
        self.hint = quiet_label()
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.discard = QPushButton(self.tr("Discard"))
        self.state = quiet_label()
        self.close_event = QPushButton(self.tr("Close the event…"))
        self.save_record = QPushButton(self.tr("Save the record…"))
        self.save_record.hide()
        self._lay_out()
        self.form.show_settings(self._held)
        self._judge()
        self.form.edited.connect(self._judge)
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(self._discard)
        self.close_event.clicked.connect(self._ask_to_close)
        self.save_record.clicked.connect(self._ask_where_to_save_record)
        add_key("Ctrl+S", self, self._save)
        self._ask_whether_closed()
        # It may be closed by another program, and must not be described anew then.
        workplace.changed.connect(self._ask_whether_closed)

    @property
    def _event(self) -> Event:
        return self._workplace.desk.event

    @property
    def _held(self) -> EventSettings:
        return EventSettings.of(self._event)

    def _judge(self) -> None:
        wanted = self.form.settings()
        is_changed = wanted != self._held
        self.save.setEnabled(is_changed and not self._is_closed)
        self.discard.setEnabled(is_changed)
        self.hint.setVisible(keeps_old_times(self._event, wanted))

    def _discard(self) -> None:
        self.form.show_settings(self._held)
        self._judge()

    def _save(self) -> None:
        if not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        self._workplace.tasks.run(
            Lane.DESK,
            partial(
                describe_event,
                self._workplace.event_file,
                self._workplace.desk.desk_name,
                self._workplace.clock(),
                self.form.settings(),
            ),
            self._saved,
            self._not_saved,
        )

    def _saved(self, _event: Event) -> None:
        self._workplace.messages.show_message(self.tr("The event is saved."))
        self._workplace.reopen_wanted.emit(PAGE)

    def _not_saved(self, error: BaseException) -> None:
        self._judge()
        self._workplace.show_error(error)

    def _ask_whether_closed(self) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            self._workplace.event_file.erasures.closing,
            self._show_closing,
            self._workplace.show_error,
        )

    def _show_closing(self, closing: Entry | None) -> None:
        is_closed = closing is not None
        self.form.setEnabled(not is_closed)
        self._is_closed = is_closed
        self._judge()
        self.close_event.setVisible(not is_closed)
        self.save_record.setVisible(is_closed)
        if closing is not None:
            sentence = self.tr(
                "This event was closed on {day}. The personal data of {count} people are erased;"
                " the numbers are left."
            )
            day = day_text(self._event.local(closing.at))
            self.state.setText(sentence.format(day=day, count=closing.payload["erased"]))

    def _ask_to_close(self) -> None:
        dialog = ClosingDialog(self._workplace, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where_to_save_record(self) -> None:
        title = self.tr("Where the record of the erasure goes")
        folder = ask_for_folder(self._workplace, self, title)
        if folder is not None:
            self.write_record(folder)

    def write_record(self, folder: Path) -> None:
        """Write what was erased and when into a folder."""
        self._workplace.tasks.run(
            Lane.WORK,
            partial(save_record, self._workplace.event_file, folder),
            self._tell_recorded,
            self._workplace.show_error,
        )

    def _tell_recorded(self, folder: Path) -> None:
        self._workplace.messages.show_message(
            self.tr("The record of the erasure is in {folder}.").format(folder=folder.name),
            action_text=self.tr("Open the folder"),
            action=partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder))),
        )

    def _lay_out(self) -> None:
        self.hint.setText(
            self.tr(
                "The sessions of the programme and the opening times of check-in lists stay at"
                " the moments they have now."
            )
        )
        self.state.setText(
            self.tr(
                "Closing writes the attendance list, the no-shows and the numbers into a folder,"
                " and then erases all personal data from this file for good. Numbers stay."
            )
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        buttons.addWidget(self.save)
        title = plain_label(self.tr("When the event is over"))
        title.setFont(sized(self.font(), 1.07, bold=True))
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.state, 1)
        row.addWidget(self.close_event)
        row.addWidget(self.save_record)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.form)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        column.addWidget(card)
        column.addStretch(1)
