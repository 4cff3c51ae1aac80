"""The foot of the mail page: how many it would be, the last question, and how far it is."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.programme import Event
from checkin_app.gui.form.form_rows import quiet_label
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.tickets.mail_words import left_out_words, mails_words, time_left_words
from checkin_app.services.mail.mail_choice import MailingPlan
from checkin_app.services.mail.mail_progress import MailProgress
from checkin_app.services.wording import moment_text
from checkin_app.settings.mail_settings import MailSettings

_PLANNED, _ASKED, _UNDER_WAY, _PAUSED = range(4)


class SendBar(QWidget):
    """Says what would be sent; nothing goes out but by its second press.

    Signals:
        test_wanted: one mail to oneself.
        send_wanted: really send to the people of the plan.
        pause_wanted, resume_wanted, give_up_wanted: about a mailing under way.

    Attributes:
        line, detail: what is to be sent, or what was.
        send: asks; ``really`` does it.
        bar: how far it is.
    """

    test_wanted = Signal()
    send_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    give_up_wanted = Signal()

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event = event
        self._people = self._asked = 0
        self._account = MailSettings()
        self.line = plain_label(self.tr("Counting…"))
        self.detail = quiet_label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.test = QPushButton(self.tr("Test mail to yourself…"))
        self.send = QPushButton()
        self.really = QPushButton()
        self.not_now = QPushButton(self.tr("Not now"))
        self.pause = QPushButton(self.tr("Pause"))
        self.resume = QPushButton()
        self.give_up = QPushButton(self.tr("Do not send the rest"))
        for button in (self.send, self.really, self.resume):
            button.setProperty("primary", True)
        self._buttons = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_plan(None, MailSettings(), "")

    def show_plan(self, plan: MailingPlan | None, account: MailSettings, problem: str) -> None:
        """What would be sent, while nothing is.

        Args:
            problem: why it cannot be.
        """
        self._account = account
        self._people = len(plan.people) if plan is not None else 0
        is_same = self._buttons.currentIndex() == _ASKED and self._asked == self._people
        if not is_same:
            self._buttons.setCurrentIndex(_PLANNED)
        self.bar.setVisible(False)
        self.send.setText(self.tr("Send {mails}…").format(mails=mails_words(self._people, self.tr)))
        self.send.setEnabled(bool(self._people) and account.is_complete and not problem)
        self.test.setEnabled(account.is_complete and not problem)
        if plan is None:
            return
        if not is_same:
            self.line.setText(self._planned())
            said = problem or self._missing_account() or left_out_words(plan, self.tr)
            self.detail.setText(shown(said))

    def show_progress(self, progress: MailProgress, *, is_under_way: bool) -> None:
        """How far a mailing is that is under way, or waits to be gone on with."""
        self._buttons.setCurrentIndex(_UNDER_WAY if is_under_way else _PAUSED)
        self.bar.setVisible(True)
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        words = self.tr("{done} of {total} mails done, {waiting} to go")
        self.line.setText(
            words.format(
                done=grouped(progress.done),
                total=grouped(progress.total),
                waiting=grouped(progress.waiting),
            )
        )
        count = grouped(progress.waiting)
        self.resume.setText(self.tr("Send the {count} that wait").format(count=count))
        self.detail.setText(self._details(progress, is_under_way=is_under_way))

    def show_end(self, progress: MailProgress) -> None:
        """What came of a mailing."""
        self._buttons.setCurrentIndex(_PLANNED)
        self.bar.setVisible(False)
        said = self.tr("{mails} sent.").format(mails=mails_words(progress.sent, self.tr))
        self.line.setText(said)

    def _planned(self) -> str:
        if not self._people:
            return self.tr("There is nobody to send to.")
        if self._people == 1:
            return self.tr("One person gets this mail.")
        return self.tr("{count} people get this mail.").format(count=grouped(self._people))

    def _missing_account(self) -> str:
        return "" if self._account.is_complete else self.tr("Set up an account first.")

    def _details(self, progress: MailProgress, *, is_under_way: bool) -> str:
        said = []
        if progress.waits_until is not None and is_under_way:
            at = moment_text(progress.waits_until, self._event)
            said.append(self.tr("The server asks to wait until {time}.").format(time=at))
        elif is_under_way:
            minutes = progress.waiting / max(1, self._account.per_minute)
            said.append(time_left_words(timedelta(minutes=minutes), self.tr))
        if progress.refused:
            said.append(self.tr("{count} refused.").format(count=grouped(progress.refused)))
        if progress.unsure:
            said.append(self.tr("{count} unsure.").format(count=grouped(progress.unsure)))
        return " ".join(said)

    def _ask(self) -> None:
        """The last question, in the place of the first button."""
        self._asked, account = self._people, self._account
        mails = mails_words(self._people, self.tr)
        words = self.tr("Send {mails} from {address}?")
        self.line.setText(shown(words.format(mails=mails, address=account.sender_address)))
        minutes = timedelta(minutes=self._people / max(1, account.per_minute))
        pace = self.tr("At {rate} a minute. A mail that is sent cannot be taken back.")
        left = time_left_words(minutes, self.tr)
        self.detail.setText(f"{left} {pace.format(rate=account.per_minute)}")
        self.really.setText(self.tr("Send {mails} now").format(mails=mails))
        self._buttons.setCurrentIndex(_ASKED)
        self.not_now.setFocus()

    def _step_back(self) -> None:
        self._buttons.setCurrentIndex(_PLANNED)
        self.line.setText(self._planned())
        self.detail.clear()

    def _connect(self) -> None:
        self.test.clicked.connect(self.test_wanted)
        self.send.clicked.connect(self._ask)
        self.not_now.clicked.connect(self._step_back)
        self.really.clicked.connect(self.send_wanted)
        self.pause.clicked.connect(self.pause_wanted)
        self.resume.clicked.connect(self.resume_wanted)
        self.give_up.clicked.connect(self.give_up_wanted)

    def _lay_out(self) -> None:
        for buttons in (
            (self.test, self.send),
            (self.not_now, self.really),
            (self.pause,),
            (self.give_up, self.resume),
        ):
            together = QWidget()
            row = QHBoxLayout(together)
            row.setContentsMargins(0, 0, 0, 0)
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            self._buttons.addWidget(together)
        self._buttons.setSizePolicy(self.sizePolicy())
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        for widget in (self.line, self.bar, self.detail):
            words.addWidget(widget)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self._buttons)
