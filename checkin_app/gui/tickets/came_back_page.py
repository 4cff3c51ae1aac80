"""The part of the tickets screen about mails that did not arrive, or of which nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.mailings import MailState
from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.file_dialogs import ask_to_open
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.plain_text import shown
from checkin_app.gui.tickets.lost_desk_part import LostDeskPart
from checkin_app.gui.tickets.mail_runner import post_of
from checkin_app.gui.tickets.trouble_table import (
    TroubleModel,
    TroubleTable,
    button_row,
    title_label,
)
from checkin_app.gui.workplace import Workplace
from checkin_app.mailing.returned_mail import ReturnedMail, returned_in_file, returned_in_text
from checkin_app.services.mail.bounces import BounceReport, note_bounces
from checkin_app.services.mail.mailings import Mailings, MailTrouble
from checkin_app.storage.event_file import EventFile

_PASTE_LINES = 6


@dataclass(frozen=True, slots=True)
class _Troubles:
    unsure: tuple[MailTrouble, ...]
    not_reached: tuple[MailTrouble, ...]


class CameBackPage(QWidget):
    """Lists the mails that need somebody, and takes addresses that came back.

    Signals:
        counted: how many unsure ones there are.

    Attributes:
        unsure, not_reached: the tables.
        was_sent, was_not_sent: decide about the chosen unsure ones.
        paste, mark, open_mails: take in what came back.
        lost_desk: mails that wait at another desk.
    """

    counted = Signal(int)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.unsure = self._table(self.tr("Unsure mails"), self.tr("What happened"))
        self.not_reached = self._table(self.tr("Not reached"), self.tr("Reason"))
        self.was_sent = QPushButton(self.tr("It went out"))
        self.was_not_sent = QPushButton(self.tr("It did not"))
        self.edit = QPushButton(self.tr("Correct the address…"))
        self.paste = QPlainTextEdit()
        self.paste.setAccessibleName(self.tr("Addresses that came back"))
        self.paste.setPlaceholderText(self.tr("Paste addresses, or a whole text with them"))
        self.mark = QPushButton(self.tr("Mark as come back"))
        self.open_mails = QPushButton(self.tr("Open mails that came back…"))
        self.lost_desk = LostDeskPart(workplace, self._mailings)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self._lay_out()
        self._judge()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes sees how things are now."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Ask how things are."""
        self._workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(_troubles, self._mailings()),
            self._show,
            self._workplace.show_error,
        )
        self.lost_desk.look()

    def take_file(self, path: Path) -> None:
        """Note what a mail, a mailbox or a text says."""
        self._note(partial(returned_in_file, path))

    def _mailings(self) -> Mailings:
        return post_of(self._workplace).mailings

    def _show(self, troubles: _Troubles) -> None:
        self.unsure.model_of_mails.show_troubles(troubles.unsure)
        self.not_reached.model_of_mails.show_troubles(troubles.not_reached)
        is_empty = not (troubles.unsure or troubles.not_reached)
        self._unsure_part.setVisible(bool(troubles.unsure))
        self._all_well.setVisible(is_empty)
        self.not_reached.setVisible(bool(troubles.not_reached))
        self.edit.setVisible(bool(troubles.not_reached))
        self._judge()
        self.counted.emit(len(troubles.unsure))

    def _table(self, name: str, what: str) -> TroubleTable:
        titles = (self.tr("Name"), self.tr("Address"), what)
        return TroubleTable(TroubleModel(titles, self._words, self), name)

    def _words(self, trouble: MailTrouble) -> str:
        match trouble.job.state:
            case MailState.BOUNCED:
                said = self.tr("came back: {reason}") if trouble.job.reason else "{reason}"
                return said.format(reason=trouble.job.reason) or self.tr("came back")
            case MailState.REFUSED:
                return self.tr("refused: {reason}").format(reason=trouble.job.reason)
            case _:
                return trouble.job.reason or self.tr("the program ended while it was being sent")

    def _judge(self) -> None:
        is_chosen = bool(self.unsure.chosen)
        self.was_sent.setEnabled(is_chosen)
        self.was_not_sent.setEnabled(is_chosen)
        self.edit.setEnabled(len(self.not_reached.chosen) == 1)
        self.mark.setEnabled(bool(self.paste.toPlainText().strip()))

    def _decide_sent(self) -> None:
        self._decide(was_sent=True)

    def _decide_not_sent(self) -> None:
        self._decide(was_sent=False)

    def _decide(self, *, was_sent: bool) -> None:
        chosen = [trouble.job.id for trouble in self.unsure.chosen]
        self._workplace.tasks.run(
            Lane.WORK,
            partial(_decide, self._mailings(), chosen, was_sent),
            self._tell_decided,
            self._fail,
        )

    def _tell_decided(self, _nothing: None = None) -> None:
        self.look()
        self._workplace.changed.emit()

    def _correct(self) -> None:
        (trouble,) = self.not_reached.chosen
        self._workplace.attendee_wanted.emit(trouble.record.attendee.id)

    def _mark(self) -> None:
        self._note(partial(returned_in_text, self.paste.toPlainText()))

    def _open(self) -> None:
        path = ask_to_open(
            self._workplace,
            self,
            self.tr("Mails that came back"),
            (self.tr("Mails and texts (*.eml *.mbox *.mbx *.txt *.csv)"), self.tr("All files (*)")),
        )
        if path is not None:
            self.take_file(path)

    def _note(self, read: Callable[[], tuple[ReturnedMail, ...]]) -> None:
        place = self._workplace
        self._workplace.tasks.run(
            Lane.WORK,
            partial(_note, place.event_file, place.desk.desk_name, place.clock, read),
            self._tell_noted,
            self._fail,
        )

    def _tell_noted(self, report: BounceReport) -> None:
        said = [self.tr("{count} marked as come back.").format(count=len(report.noted))]
        if report.not_sent:
            words = self.tr("{count} had been sent nothing.")
            said.append(words.format(count=len(report.not_sent)))
        if report.unknown:
            words = self.tr("Nobody has the address {addresses}.")
            said.append(words.format(addresses=", ".join(report.unknown[:5])))
        self.state.setText(shown(" ".join(said)))
        self.paste.clear()
        self._tell_decided()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, CheckinError):
            self._workplace.messages.show_message(shown(str(error)), MessageKind.WARNING)
        else:
            self._workplace.show_error(error)

    def _connect(self) -> None:
        self.unsure.selectionModel().selectionChanged.connect(self._judge)
        self.not_reached.selectionModel().selectionChanged.connect(self._judge)
        self.paste.textChanged.connect(self._judge)
        self.was_sent.clicked.connect(self._decide_sent)
        self.was_not_sent.clicked.connect(self._decide_not_sent)
        self.edit.clicked.connect(self._correct)
        self.mark.clicked.connect(self._mark)
        self.open_mails.clicked.connect(self._open)
        self.lost_desk.taken.connect(self._tell_decided)

    def _lay_out(self) -> None:
        self._unsure_part = QWidget()
        part = QVBoxLayout(self._unsure_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.addWidget(title_label(self.tr("Nobody knows whether these went out")))
        part.addWidget(
            quiet_label(
                self.tr(
                    "Look into the sent mails of the account, or ask. Nothing is sent twice"
                    " unasked: who did not get it counts as having no ticket yet."
                )
            )
        )
        part.addWidget(self.unsure, 1)
        part.addLayout(button_row(self.was_sent, self.was_not_sent))
        self._all_well = quiet_label(self.tr("Every mail that was sent reached its server."))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.lost_desk)
        left.addWidget(self._unsure_part, 1)
        left.addWidget(title_label(self.tr("Not reached")))
        left.addWidget(self._all_well)
        left.addWidget(self.not_reached, 1)
        left.addLayout(button_row(self.edit))
        left.addStretch(0)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(title_label(self.tr("Mails that came back later")))
        right.addWidget(
            quiet_label(
                self.tr(
                    "Whose ticket came back counts as having none. Once the address is corrected,"
                    " the mail goes out again with those who have no ticket yet."
                )
            )
        )
        self.paste.setMinimumHeight(_PASTE_LINES * self.fontMetrics().lineSpacing())
        right.addWidget(self.paste, 1)
        right.addLayout(button_row(self.open_mails, self.mark))
        right.addWidget(self.state)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(24)
        whole.addLayout(left, 3)
        whole.addLayout(right, 2)


def _troubles(mailings: Mailings) -> _Troubles:
    return _Troubles(mailings.unsure(), mailings.not_reached())


def _decide(mailings: Mailings, job_ids: Sequence[str], was_sent: bool) -> None:
    for job_id in job_ids:
        mailings.decide(job_id, was_sent=was_sent)


def _note(
    event_file: EventFile,
    desk: str,
    clock: Callable[[], datetime],
    read: Callable[[], tuple[ReturnedMail, ...]],
) -> BounceReport:
    return note_bounces(event_file, desk, clock(), read())
