"""Mails that wait at another desk, which this one can take over when that laptop is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.tickets.mail_words import mails_words
from checkin_app.gui.tickets.trouble_table import button_row, title_label
from checkin_app.gui.workplace import Workplace
from checkin_app.services.mail.mailings import Mailings


class LostDeskPart(QWidget):
    """Seen only while mails wait at another desk.

    Signals:
        taken: they wait there no longer.

    Attributes:
        take_over: the button.
    """

    taken = Signal()

    def __init__(
        self,
        workplace: Workplace,
        mailings: Callable[[], Mailings],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._mailings = mailings
        self.take_over = QPushButton(self.tr("Take them over"))
        self._title = title_label("")
        about = quiet_label(
            self.tr(
                "That desk goes on with them when it likes. If its laptop is lost, take them over:"
                " they count as not sent then, and go out with those who have no ticket yet."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(about)
        column.addLayout(button_row(self.take_over))
        self.take_over.clicked.connect(self._take_over)
        self.hide()

    def look(self) -> None:
        """Ask how many wait."""
        work = self._mailings().waiting_elsewhere
        self._workplace.tasks.run(Lane.NUMBERS, work, self._show, self._workplace.show_error)

    def _show(self, count: int) -> None:
        words = self.tr("{mails} wait at another desk")
        if count == 1:
            words = self.tr("{mails} waits at another desk")
        self._title.setText(words.format(mails=mails_words(count, self.tr)))
        self.setVisible(bool(count))

    def _take_over(self) -> None:
        self.take_over.setEnabled(False)
        work = self._mailings().take_over
        self._workplace.tasks.run(Lane.WORK, work, self._tell_taken, self._fail)

    def _tell_taken(self, counts: tuple[int, int]) -> None:
        waited, unsure = counts
        said = self.tr("{mails} can be sent from here.").format(mails=mails_words(waited, self.tr))
        if unsure:
            said += " " + self.tr("{count} unsure.").format(count=unsure)
        kind = MessageKind.WARNING if unsure else MessageKind.DONE
        self._workplace.messages.show_message(said, kind)
        self.take_over.setEnabled(True)
        self.taken.emit()

    def _fail(self, error: BaseException) -> None:
        self.take_over.setEnabled(True)
        self._workplace.show_error(error)
