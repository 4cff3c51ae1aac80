"""Asks what a mailing says, whom it goes to, and what goes along."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checkin_app.domain.mailings import MailDraft, MailText, TicketSize
from checkin_app.gui.form.calm_combo_box import CalmComboBox
from checkin_app.gui.form.form_rows import add_row, beside
from checkin_app.gui.form.offered_lines import offer_below_first
from checkin_app.gui.form.plain_label import plain_label
from checkin_app.gui.form.segments import Segments
from checkin_app.gui.plain_text import shown
from checkin_app.mailing.mail_text import DEFAULT_TEXT, EVENT_FIELDS, PERSON_FIELDS, QR
from checkin_app.services.mail.mail_choice import MailChoice, Whom
from checkin_app.settings.mail_settings import MailSettings

_WHOM = (Whom.UNSENT, Whom.CHANGED, Whom.ALL)
_CHOSEN = len(_WHOM)
_SIZES = (TicketSize.A4, TicketSize.PHONE, None)
_LONGEST_SUBJECT = 300


class MailForm(QWidget):
    """The questions about a mailing.

    Signals:
        edited: something was typed or chosen.
        account_wanted: somebody wants to change the account.

    Attributes:
        account_line: which account; ``change`` asks for another.
        whom, category: who gets it.
        subject, body: what it says; ``insert`` has the placeholders, ``restore`` the first text.
        ticket_size, invitation: what goes along.
    """

    edited = Signal()
    account_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] | None = None
        self.account_line = plain_label()
        self.change = QPushButton(self.tr("Account…"))
        self.whom = Segments(
            (self.tr("No ticket yet"), self.tr("New code since"), self.tr("Everybody"), "")
        )
        self.category = CalmComboBox()
        self.category.addItem(self.tr("All categories"), "")
        self.subject = QLineEdit()
        self.subject.setMaxLength(_LONGEST_SUBJECT)
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(self.tr("Text"))
        self.insert = QPushButton(self.tr("Insert…"))
        self.restore = QPushButton(self.tr("Original text"))
        self.restore.setToolTip(self.tr("The text that the program comes with"))
        self.ticket_size = CalmComboBox()
        for words in (self.tr("A4"), self.tr("Telephone"), self.tr("None")):
            self.ticket_size.addItem(words)
        self.invitation = QCheckBox(self.tr("Calendar entry"))
        self.invitation.setChecked(True)
        self._offer_placeholders()
        self._lay_out()
        self._show_chosen()
        self.change.clicked.connect(self.account_wanted)
        self.restore.clicked.connect(self._restore)
        for signal in (
            self.whom.chosen, self.category.currentIndexChanged, self.subject.textChanged,
            self.body.textChanged, self.ticket_size.currentIndexChanged, self.invitation.toggled,
        ):  # fmt: skip
            signal.connect(self.edited)

    def draft(self) -> MailDraft:
        """What is sent."""
        return MailDraft(
            MailText(self.subject.text(), self.body.toPlainText()),
            _SIZES[self.ticket_size.currentIndex()],
            self.invitation.isChecked(),
        )

    def choice(self) -> MailChoice:
        """Who gets it."""
        if self.whom.current == _CHOSEN:
            return MailChoice(Whom.ALL, ids=self._ids or ())
        category = str(self.category.currentData() or "")
        return MailChoice(_WHOM[self.whom.current], (category,) if category else ())

    def choose_attendees(self, ids: tuple[str, ...]) -> None:
        """Send to these, also again."""
        self._ids = ids
        self._show_chosen()
        self.whom.choose(_CHOSEN)

    def show_text(self, text: MailText) -> None:
        """What the event's mail says."""
        self.subject.setText(text.subject)
        self.body.setPlainText(text.body)

    def show_account(self, account: MailSettings) -> None:
        """Where mails come from."""
        if account.is_complete:
            words = self.tr("{address} by {host}")
            said = words.format(address=account.sender_address, host=account.host)
        else:
            said = self.tr("No account yet")
        self.account_line.setText(shown(said))
        self.account_line.setToolTip(shown(said))

    def offer_categories(self, categories: tuple[str, ...]) -> None:
        """The categories in use; the one chosen stays."""
        offer_below_first(self.category, [(one, one) for one in categories])

    def _show_chosen(self) -> None:
        self.whom.button(_CHOSEN).setVisible(self._ids is not None)
        self.whom.set_words(_CHOSEN, self.tr("Chosen: {n}").format(n=len(self._ids or ())))

    def _restore(self) -> None:
        self.show_text(DEFAULT_TEXT)

    def _offer_placeholders(self) -> None:
        menu = QMenu(self.insert)
        for group in (PERSON_FIELDS, EVENT_FIELDS, (QR,)):
            for name in group:
                menu.addAction(f"{{{name}}}").triggered.connect(partial(self._insert, name))
            menu.addSeparator()
        self.insert.setMenu(menu)

    def _insert(self, name: str, _checked: bool = False) -> None:
        self.body.insertPlainText(f"{{{name}}}")
        self.body.setFocus()

    def _lay_out(self) -> None:
        rows = QFormLayout()
        self.account_line.setMinimumWidth(1)
        account = QWidget()
        row = QHBoxLayout(account)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.account_line, 1)
        row.addWidget(self.change)
        add_row(rows, self.tr("From"), account)
        add_row(rows, self.tr("To"), self.whom)
        add_row(rows, "", self.category)
        self.category.setAccessibleName(self.tr("Category"))
        add_row(rows, self.tr("Subject"), self.subject)
        attached = beside(self.ticket_size, self.invitation)
        add_row(rows, self.tr("Ticket"), attached)
        self.ticket_size.setAccessibleName(self.tr("Size of the ticket"))
        tools = QHBoxLayout()
        tools.addWidget(plain_label(self.tr("Text")))
        tools.addStretch(1)
        tools.addWidget(self.restore)
        tools.addWidget(self.insert)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(rows)
        column.addLayout(tools)
        column.addWidget(self.body, 1)
