"""Gives a person a new code, asked for once more, and offers to send the ticket again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.services.mail.mail_choice import no_mail_because
from checkin_app.services.mail.new_codes import replace_code

_WIDTH_EM = 26
_LONGEST_REASON = 200


class NewCodeDialog(QDialog):
    """The last question before a code is revoked.

    Attributes:
        reason: why; may stay empty.
        give: does it.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New code"))
        words = self.tr(
            "{name} gets a new code. The old one is refused at every desk from then on, on tickets"
            " and on badges."
        )
        about = plain_label(shown(words.format(name=name)))
        about.setWordWrap(True)
        self.reason = QLineEdit(placeholderText=self.tr("Why, for the history (may stay empty)"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setMaxLength(_LONGEST_REASON)
        self.give = QPushButton(self.tr("Give a new code"))
        self.give.setProperty("primary", True)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.give.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH_EM * self.fontMetrics().height())


class CodeWork(QObject):
    """What is done with the code of a person.

    Attributes:
        dialog: the question, while it is asked.
    """

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._widget = parent
        self.dialog: NewCodeDialog | None = None

    def ask(self, attendee_id: str, name: str) -> None:
        """Ask whether a person is to have a new code, and give it."""
        self.dialog = NewCodeDialog(name, self._widget)
        self.dialog.accepted.connect(partial(self._replace, attendee_id))
        self.dialog.open()

    def _replace(self, attendee_id: str) -> None:
        assert self.dialog is not None
        place = self._workplace
        place.tasks.run(
            Lane.DESK,
            partial(
                replace_code,
                place.event_file,
                place.desk.desk_name,
                place.clock(),
                attendee_id,
                self.dialog.reason.text(),
            ),
            self._tell,
            place.show_error,
        )

    def _tell(self, record: AttendeeRecord) -> None:
        self._workplace.changed.emit()
        name = record.attendee.full_name
        said = self.tr("{name} has a new code; the old ticket is refused.").format(name=name)
        if no_mail_because(record) is not None:
            self._workplace.messages.show_message(shown(said))
            return
        self._workplace.messages.show_message(
            shown(said),
            action_text=self.tr("Send the ticket…"),
            action=partial(self._workplace.tickets_wanted.emit, (record.attendee.id,)),
        )
