"""Asks for the account that tickets are sent from, and tries it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.errors import CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.form.form_rows import add_row, beside, quiet_label
from checkin_app.gui.form.number_field import CalmSpinBox
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.secret_field import SecretField
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown
from checkin_app.gui.workplace import Workplace
from checkin_app.mailing.addresses import usable_address
from checkin_app.secrets_store.passwords import Keeping, Passwords
from checkin_app.services.mail.mail_account import keep_password, known_password, try_account
from checkin_app.services.mail.mail_pace import MOST_PER_MINUTE
from checkin_app.settings.mail_settings import MailSecurity, MailSettings

_SECURITIES = (MailSecurity.STARTTLS, MailSecurity.TLS, MailSecurity.NONE)
_LONGEST_TEXT = 300
_WIDTH_EM = 34


class AccountDialog(QDialog):
    """The account. It is remembered, and its password kept, when it is saved.

    Attributes:
        host, user, password, sender_name, sender_address, reply_to: the fields.
        security, port, per_minute: how it is spoken to.
        try_out, save: the buttons.
        state: what came of it.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Account for sending tickets"))
        self._workplace = workplace
        self.host, self.user, self.password = QLineEdit(), QLineEdit(), SecretField()
        self.sender_name, self.sender_address = QLineEdit(), QLineEdit()
        self.reply_to = QLineEdit()
        self.security = Segments((self.tr("STARTTLS"), self.tr("TLS"), self.tr("None")))
        self.port = CalmSpinBox(1, 65535)
        self.per_minute = CalmSpinBox(1, MOST_PER_MINUTE)
        self.state = plain_label()
        self.state.setWordWrap(True)
        self.try_out = QPushButton(self.tr("Try it"))
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        self.cancel = QPushButton(self.tr("Cancel"))
        self._set_up()
        self._lay_out()
        self._show(workplace.settings.mail)
        self.security.chosen.connect(self._take_security)
        self.try_out.clicked.connect(self._try)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)

    def account(self) -> MailSettings:
        """What was entered."""
        security = _SECURITIES[self.security.current]
        port = self.port.value()
        return MailSettings(
            host=self.host.text().strip(),
            port=0 if port == security.usual_port else port,
            security=security,
            user=self.user.text().strip(),
            sender_name=self.sender_name.text().strip(),
            sender_address=self.sender_address.text().strip(),
            reply_to=self.reply_to.text().strip(),
            per_minute=self.per_minute.value(),
        )

    def _show(self, account: MailSettings) -> None:
        self.host.setText(account.host)
        self.security.show_chosen(_SECURITIES.index(account.security))
        self.port.setValue(account.real_port)
        self.user.setText(account.user)
        self.sender_name.setText(account.sender_name)
        self.sender_address.setText(account.sender_address)
        self.reply_to.setText(account.reply_to)
        self.per_minute.setValue(account.per_minute)
        if account.user:
            self.password.setPlaceholderText(self.tr("Kept; enter one only to replace it"))

    def _take_security(self, number: int) -> None:
        self.port.setValue(_SECURITIES[number].usual_port)

    def _problem(self) -> str:
        """What is missing."""
        account = self.account()
        if not account.host:
            return self.tr("Enter the server's name, as your provider gives it.")
        if not usable_address(account.sender_address):
            return self.tr("Enter the address that mails are from.")
        if account.reply_to and not usable_address(account.reply_to):
            return self.tr("The address for answers is none. Correct it, or leave it empty.")
        if account.security is MailSecurity.NONE and account.user:
            return self.tr(
                "A password is not sent over a line that anybody can read: choose STARTTLS or TLS."
            )
        return ""

    def _try(self) -> None:
        if problem := self._problem():
            self.state.setText(problem)
            return
        self._show_busy(is_busy=True)
        self.state.setText(self.tr("Asking the server…"))
        tasks, passwords = self._workplace.tasks, self._workplace.passwords
        is_left = tasks.stopping.is_set
        work = partial(_tried, self.account(), passwords, self.password.text(), is_left)
        tasks.run(Lane.WORK, work, self._show_tried, self._show_failure)

    def _show_tried(self, _nothing: None) -> None:
        self._show_busy(is_busy=False)
        self.state.setText(self.tr("The server lets you in. Nothing was sent."))

    def _save(self) -> None:
        if problem := self._problem():
            self.state.setText(problem)
            return
        account, password = self.account(), self.password.text()
        if not (account.user and password):
            self._finish(None)
            return
        self._show_busy(is_busy=True)
        self._workplace.tasks.run(
            Lane.WORK,
            partial(keep_password, account, self._workplace.passwords, password),
            self._finish,
            self._show_failure,
        )

    def _finish(self, keeping: Keeping | None) -> None:
        self._workplace.mail_wanted.emit(self.account())
        if keeping is Keeping.UNTIL_END:
            self._workplace.messages.show_message(keeping.sentence)
        self.accept()

    def _show_failure(self, error: BaseException) -> None:
        self._show_busy(is_busy=False)
        if isinstance(error, CheckinError):
            self.state.setText(shown(str(error)))
        else:
            self._workplace.show_error(error)

    def _show_busy(self, *, is_busy: bool) -> None:
        self.try_out.setEnabled(not is_busy)
        self.save.setEnabled(not is_busy)

    def _set_up(self) -> None:
        self.password.setPlaceholderText(self.tr("Kept in this system's keyring, and nowhere else"))
        self.host.setPlaceholderText("smtp.example.org")
        self.sender_name.setPlaceholderText(self._workplace.desk.event.name)
        self.sender_address.setPlaceholderText("events@example.org")
        self.reply_to.setPlaceholderText(self.tr("To the same address"))
        for field in (self.host, self.user, self.password, self.sender_name, self.sender_address):
            field.setMaxLength(_LONGEST_TEXT)

    def _lay_out(self) -> None:
        rows = QFormLayout()
        add_row(rows, self.tr("Server"), self.host)
        add_row(rows, self.tr("Security"), self.security)
        add_row(rows, self.tr("Port"), self.port)
        add_row(rows, self.tr("User"), self.user)
        add_row(rows, self.tr("Password"), self.password)
        add_row(rows, self.tr("From"), self.sender_name)
        add_row(rows, self.tr("Address"), self.sender_address)
        add_row(rows, self.tr("Answers to"), self.reply_to)
        hint = quiet_label(self.tr("a minute, at most; your provider says how many it allows"))
        add_row(rows, self.tr("Mails"), beside(self.per_minute, hint))
        self.per_minute.setAccessibleName(self.tr("Mails a minute"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.try_out)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(rows)
        column.addWidget(self.state)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH_EM * self.fontMetrics().height())


def _tried(
    account: MailSettings, passwords: Passwords, password: str, is_left: Callable[[], bool]
) -> None:
    try_account(account, password or known_password(account, passwords), is_left)
