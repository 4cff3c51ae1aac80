"""The part of the tickets screen that sends: what, to whom, how it looks, how far it is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from checkin_app.domain.mailings import MailText
from checkin_app.errors import Cancelled, CheckinError
from checkin_app.gui.background.tasks import Lane
from checkin_app.gui.messages.message_bar import MessageKind
from checkin_app.gui.plain_text import grouped, shown
from checkin_app.gui.tickets.account_dialog import AccountDialog
from checkin_app.gui.tickets.mail_form import MailForm
from checkin_app.gui.tickets.mail_preview import MailPreviewPanel
from checkin_app.gui.tickets.mail_runner import MailRunner, post_of
from checkin_app.gui.tickets.mail_words import mails_words
from checkin_app.gui.tickets.mail_work import (
    KeptPlan,
    LookedAt,
    MailPost,
    Sending,
    Unfinished,
    look_at,
    send_test,
    unfinished,
)
from checkin_app.gui.tickets.send_bar import SendBar
from checkin_app.gui.workplace import Workplace
from checkin_app.services.mail.mail_progress import MailProgress

_LOOK_AFTER_MS = 250
_FORM_SHARE, _PREVIEW_SHARE = 5, 6


class MailPage(QWidget):
    """Sends tickets by mail.

    Signals:
        sent: a mailing came to an end, or to a pause.

    Attributes:
        form, preview, foot: its parts.
        runner: lets mails go out.
        dialog: the account's, while it is open.
    """

    sent = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._looked: LookedAt | None = None
        self._kept_plan = KeptPlan()
        self._person = ""
        self._searched = ""
        self._waiting: Unfinished | None = None
        self._is_text_shown = False
        self.form = MailForm()
        self.preview = MailPreviewPanel()
        self.foot = SendBar(workplace.desk.event)
        self.runner = MailRunner(workplace, self)
        self.dialog: AccountDialog | None = None
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(_LOOK_AFTER_MS)
        self._lay_out()
        self.form.show_account(workplace.settings.mail)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes sees how things are now."""
        super().showEvent(event)
        self._load()

    def choose_attendees(self, ids: tuple[str, ...]) -> None:
        """Send to these, also again."""
        self._person = ids[0] if ids else ""
        self.form.choose_attendees(ids)

    def _post(self) -> MailPost:
        return post_of(self._workplace)

    # Looking

    def _load(self) -> None:
        tasks, post = self._workplace.tasks, self._post()
        if not self._is_text_shown:
            tasks.run(Lane.NUMBERS, post.mailings.text, self._show_text, self._fail_to_look)
        tasks.run(
            Lane.NUMBERS, post.event_file.categories, self.form.offer_categories, self._fail_to_look
        )
        tasks.run(Lane.NUMBERS, partial(unfinished, post), self._show_waiting, self._fail_to_look)
        if self._is_text_shown and not self.runner.is_under_way:
            self._look()

    def _refresh(self) -> None:
        """Somebody was registered or corrected; what a mailing changes is counted at its end."""
        if self.isVisible() and not self.runner.is_under_way:
            self._look_soon.start()

    def _show_text(self, text: MailText) -> None:
        self._is_text_shown = True
        self.form.show_text(text)

    def _show_waiting(self, waiting: Unfinished | None) -> None:
        self._waiting = waiting
        if not self.runner.is_under_way and waiting is not None:
            self.foot.show_progress(waiting.progress, is_under_way=False)

    def _look(self) -> None:
        """Ask who gets the mail, and what it looks like."""
        if not self._is_text_shown:
            return
        self._workplace.tasks.run_newest(
            Lane.NUMBERS,
            partial(
                look_at,
                self._post(),
                self._kept_plan,
                self.form.draft(),
                self.form.choice(),
                self._person,
                self._searched,
            ),
            self._show_looked,
            self._fail_to_look,
        )

    def _show_looked(self, looked: LookedAt) -> None:
        self._looked = looked
        if looked.preview is not None:
            place = ""
            if looked.number:
                number, count = grouped(looked.number), grouped(len(looked.plan.people))
                place = self.tr("({n} of {count})").format(n=number, count=count)
            self.preview.show_mail(looked.preview, looked.ticket, place)
        else:
            self.preview.show_nothing(looked.problem or self.tr("Nobody is found."))
        if not self.runner.is_under_way and self._waiting is None:
            self.foot.show_plan(looked.plan, self._workplace.settings.mail, looked.problem)

    def _fail_to_look(self, error: BaseException) -> None:
        if isinstance(error, CheckinError):
            self.preview.show_nothing(str(error))
        else:
            self._workplace.show_error(error)

    def _search(self, text: str) -> None:
        self._searched = text
        self._look_soon.start()

    def _step(self, by: int) -> None:
        """Show the mail of the next one who gets it."""
        self._searched = ""
        if self._looked is None or not self._looked.plan.people:
            return
        people = self._looked.plan.people
        place = self._looked.number - 1 + by if self._looked.number else 0
        self._person = people[place % len(people)]
        self._look()

    # Account and test

    def _ask_account(self) -> None:
        self.dialog = AccountDialog(self._workplace, self)
        self.dialog.finished.connect(self._take_account)
        self.dialog.open()

    def _take_account(self) -> None:
        self.form.show_account(self._workplace.settings.mail)
        self._look()

    def _ask_test(self) -> None:
        account = self._workplace.settings.mail
        address, is_wanted = QInputDialog.getText(
            self,
            self.tr("Test mail"),
            self.tr("Send the mail that is shown to"),
            text=account.reply_to or account.sender_address,
        )
        if is_wanted:
            self.send_test(address)

    def send_test(self, address: str) -> None:
        """Send the mail that is shown to an address of one's own."""
        if self._looked is None or not self._looked.attendee_id:
            return
        self._workplace.tasks.run(
            Lane.MAIL,
            partial(send_test, self._post(), self.form.draft(), self._looked.attendee_id, address),
            partial(self._tell_tested, address),
            self._tell_failure,
        )

    def _tell_tested(self, address: str, _nothing: None) -> None:
        words = self.tr("The test mail is on its way to {address}.")
        self._workplace.messages.show_message(shown(words.format(address=address)))

    # Sending

    def _send(self) -> None:
        """Exactly to those whose number the button said."""
        if self._looked is not None:
            self._work(Sending(self._post(), self.form.draft(), self._looked.plan))

    def _resume(self) -> None:
        self._work(Sending(self._post(), None, None))

    def _work(self, sending: Sending) -> None:
        self.runner.start(sending)
        self.form.setEnabled(False)

    def _show_progress(self, progress: MailProgress) -> None:
        if self.runner.is_under_way:
            self.foot.show_progress(progress, is_under_way=True)

    def _pause(self) -> None:
        self.runner.pause()
        self.foot.detail.setText(self.tr("Finishing the mail that is under way…"))

    def _take_end(self, end: MailProgress) -> None:
        self._rest()
        if end.waiting:
            self.foot.show_progress(end, is_under_way=False)
        else:
            self.foot.show_end(end)
            words = self.tr("{sent} sent, {refused} refused, {unsure} unsure.")
            sent = mails_words(end.sent, self.tr)
            said = words.format(sent=sent, refused=end.refused, unsure=end.unsure)
            is_trouble = bool(end.refused or end.unsure)
            kind = MessageKind.WARNING if is_trouble else MessageKind.DONE
            self._workplace.messages.show_message(said, kind)

    def _take_failure(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, Cancelled):
            self._tell_failure(error)

    def _tell_failure(self, error: BaseException) -> None:
        if isinstance(error, CheckinError):
            self._workplace.messages.show_message(shown(str(error)), MessageKind.WARNING)
        else:
            self._workplace.show_error(error)

    def _rest(self) -> None:
        self.form.setEnabled(True)
        self._load()
        self._workplace.changed.emit()
        self.sent.emit()

    def _give_up(self) -> None:
        if self._waiting is None:
            return
        self._workplace.tasks.run(
            Lane.MAIL,
            partial(self._post().mailings.cancel, self._waiting.mailing),
            self._tell_given_up,
            self._workplace.show_error,
        )

    def _tell_given_up(self, count: int) -> None:
        self._waiting = None
        said = self.tr("{mails} will not be sent.").format(mails=mails_words(count, self.tr))
        self._workplace.messages.show_message(said)
        self._look()

    def _connect(self) -> None:
        self._workplace.changed.connect(self._refresh)
        self._look_soon.timeout.connect(self._look)
        self.form.edited.connect(self._look_soon.start)
        self.form.account_wanted.connect(self._ask_account)
        self.preview.searched.connect(self._search)
        self.preview.stepped.connect(self._step)
        self.runner.progressed.connect(self._show_progress)
        self.runner.ended.connect(self._take_end)
        self.runner.failed.connect(self._take_failure)
        self.foot.test_wanted.connect(self._ask_test)
        self.foot.send_wanted.connect(self._send)
        self.foot.pause_wanted.connect(self._pause)
        self.foot.resume_wanted.connect(self._resume)
        self.foot.give_up_wanted.connect(self._give_up)

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(16)
        parts.addWidget(self.form, _FORM_SHARE)
        parts.addWidget(self.preview, _PREVIEW_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(parts, 1)
        column.addWidget(self.foot)
