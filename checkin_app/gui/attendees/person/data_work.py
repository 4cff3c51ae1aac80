"""One person's data at work: shown, written to a file, erased after a question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from checkin_app.gui.attendees.person.data_dialog import DataDialog
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import ask_to_save
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.privacy.person_data import (
    PersonData,
    erase_person,
    person_data,
    write_person,
)


class DataWork(QObject):
    """What may be done with the data of the person in the panel."""

    def __init__(self, workplace: Workplace, over: QWidget) -> None:
        super().__init__(over)
        self._workplace = workplace
        self._over = over

    def show_all(self, attendee_id: str) -> None:
        """Everything about a person, in a dialog."""
        self._read(attendee_id, self._show)

    def save_all(self, attendee_id: str) -> None:
        """Everything about a person, as a file."""
        self._read(attendee_id, self._save)

    def ask_to_erase(self, attendee_id: str) -> None:
        """Say what will be gone, and erase the person if that is meant."""
        self._read(attendee_id, self._ask)

    def _read(self, attendee_id: str, done: Callable[[PersonData], None]) -> None:
        self._workplace.tasks.run(
            Lane.NUMBERS,
            partial(person_data, self._workplace.event_file, attendee_id),
            done,
            self._workplace.show_error,
        )

    def _show(self, data: PersonData) -> None:
        dialog = DataDialog(data, self._over)
        dialog.save_wanted.connect(partial(self._save, data))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, data: PersonData) -> None:
        path = ask_to_save(
            self._workplace,
            self._over,
            self.tr("Save all data of this person"),
            self.tr("Personal data"),
            {self.tr("For the person (*.pdf)"): ".pdf", self.tr("For a program (*.json)"): ".json"},
        )
        if path is not None:
            self._workplace.tasks.run(
                Lane.WORK,
                partial(write_person, data, path),
                partial(self._tell_saved, path),
                self._workplace.show_error,
            )

    def _tell_saved(self, path: Path, _nothing: None) -> None:
        self._workplace.messages.show_message(
            self.tr("The person's data are in {file}.").format(file=path.name),
            action_text=self.tr("Open"),
            action=partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path))),
        )

    def _ask(self, data: PersonData) -> None:
        question = self.question(data)
        question.finished.connect(question.deleteLater)
        question.open()

    def question(self, data: PersonData) -> QMessageBox:
        """The question before a person is erased."""
        box = QMessageBox(self._over)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Erase a person"))
        name = shown(data.record.attendee.full_name)
        box.setText(self.tr("Erase the data of {name} for good?").format(name=name))
        lines = [
            self.tr(
                "Name, e-mail address, organisation, code and notes are erased from the event"
                " file. That somebody of this category was registered, and came or did not, stays"
                " counted. This cannot be undone."
            )
        ]
        if data.in_programme:
            sentence = self.tr("The programme still names this person: {sessions}.")
            lines.append(sentence.format(sessions=shown("; ".join(data.in_programme))))
        box.setInformativeText("\n\n".join(lines))
        erase = box.addButton(self.tr("Erase for good"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        erase.clicked.connect(partial(self._erase, data.record.attendee.id))
        return box

    def _erase(self, attendee_id: str) -> None:
        self._workplace.tasks.run(
            Lane.WORK,
            partial(
                erase_person,
                self._workplace.event_file,
                self._workplace.desk.desk_name,
                self._workplace.clock(),
                attendee_id,
            ),
            self._tell_erased,
            self._erasing_failed,
        )

    def _tell_erased(self, _nothing: None) -> None:
        self._workplace.messages.show_message(self.tr("The person's data are erased."))
        self._workplace.changed.emit()

    def _erasing_failed(self, error: BaseException) -> None:
        self._workplace.show_error(error)
        self._workplace.changed.emit()
