"""The mailings of a desk: what they say, whom they go to, and how far they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import MailDraft, Mailing, MailJob, MailState, MailText
from checkin_app.errors import MailError, UsageError
from checkin_app.mailing.addresses import usable_address
from checkin_app.mailing.mail_text import DEFAULT_TEXT, check_text
from checkin_app.mailing.smtp_session import DeliveryKind
from checkin_app.services.clock import utc_now
from checkin_app.services.mail.mail_choice import MailingPlan
from checkin_app.services.mail.mail_desk import MailDesk
from checkin_app.services.mail.mail_making import MailMaker
from checkin_app.services.mail.mail_progress import MailProgress, progress_of
from checkin_app.services.mail.mail_session import Session
from checkin_app.storage.event_file import EventFile

MOST_TROUBLES = 2000
"""Mails that are listed; more than anybody goes through."""
_TICKET_TEXT = "ticket"


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """A mail that did not reach its person, or about which nobody knows."""

    job: MailJob
    record: AttendeeRecord


class Mailings:
    """What a desk may do with mailings. All methods raise ``EventFileError``."""

    def __init__(
        self,
        event_file: EventFile,
        desk: MailDesk,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.desk = desk
        self._file = event_file
        self._jobs = event_file.mail_jobs.of_desk(desk.id)
        self._clock = clock

    def text(self) -> MailText:
        """What the ticket mail of this event says."""
        kept = self._file.mail_jobs.texts().get(_TICKET_TEXT)
        return MailText(kept["subject"], kept["body"]) if kept else DEFAULT_TEXT

    def keep_text(self, text: MailText) -> None:
        """Keep what the ticket mail says in the event file.

        Raises:
            MailTextProblem: it cannot be filled in.
        """
        check_text(text)
        document = {"subject": text.subject, "body": text.body} if text != DEFAULT_TEXT else None
        with self._file.transaction(self.desk.name, self._clock()) as transaction:
            transaction.keep_mail_text(_TICKET_TEXT, document)

    def start(self, draft: MailDraft, plan: MailingPlan) -> Mailing:
        """Let a mail to everybody of a plan wait to be sent. Nothing is sent yet.

        Whom another desk began to send theirs since the plan was made is left to that desk.

        Raises:
            MailTextProblem: the text cannot be filled in.
            UsageError: there is nobody to send to, or a mailing is not finished.
        """
        check_text(draft.text)
        if not plan.people:
            raise UsageError("There is nobody to send to.")
        with self._file.transaction(self.desk.name, self._clock()) as transaction:
            if transaction.has_unfinished_mailing(self.desk.id):
                raise UsageError("The mailing before is not finished. Go on with it, or cancel it.")
            taken = transaction.people_with_open_mail()
            people = {id_: plan.sent_before.get(id_) for id_ in plan.people if id_ not in taken}
            if not people:
                raise UsageError("Another desk is sending them their tickets already.")
            mailing_id = transaction.add_mailing(self.desk.id, draft, people)
        mailing = self._jobs.mailing(mailing_id)
        assert mailing is not None
        return mailing

    def unfinished(self) -> Mailing | None:
        """The mailing of this desk that still has mails to send."""
        return self._jobs.unfinished()

    def progress(self, mailing: Mailing) -> MailProgress:
        """How far a mailing is."""
        return progress_of(self._jobs.counts(mailing.id))

    def cancel(self, mailing: Mailing) -> int:
        """Let nothing more of a mailing be sent. Returns how many mails still waited."""
        with self._file.transaction(self.desk.name, self._clock()) as transaction:
            return transaction.cancel_mailing(mailing.id)

    def waiting_elsewhere(self) -> int:
        """How many mails wait at other desks, or are being handed over there."""
        return self._jobs.waiting_elsewhere()

    def take_over(self) -> tuple[int, int]:
        """Let other desks send nothing more of what they began, as when their laptop is lost.

        Returns how many mails waited there, which this desk may send, and how many were being
        handed over, which are unsure from now on.
        """
        with self._file.transaction(self.desk.name, self._clock()) as transaction:
            unsure = transaction.mail_interrupted(self.desk.id, of_others=True)
            return transaction.cancel_mailings_of_others(self.desk.id), unsure

    def not_reached(self) -> tuple[MailTrouble, ...]:
        """People whose last mail was refused or came back, the latest first."""
        return self._troubles(MailState.REFUSED, MailState.BOUNCED)

    def unsure(self) -> tuple[MailTrouble, ...]:
        """People of whom nobody knows whether they have the mail, the latest first."""
        return self._troubles(MailState.UNSURE)

    def decide(self, job_id: str, *, was_sent: bool) -> None:
        """Say about an unsure mail whether it went out. Who has none counts as unsent again.

        Raises:
            UsageError: it is not unsure any more.
        """
        job = self._file.mail_jobs.find(job_id)
        state = MailState.SENT if was_sent else MailState.CANCELLED
        with self._file.transaction(self.desk.name, self._clock()) as transaction:
            if (
                job is None
                or job.state is not MailState.UNSURE
                or not transaction.change_mail_job(job, state=state)
            ):
                raise UsageError("This was decided already.")
            if was_sent:
                payload = {"mailing": job.mailing_id}
                transaction.append(EntryKind.TICKET_SENT, job.attendee_id, payload=payload)

    def send_test(self, session: Session, maker: MailMaker, attendee_id: str, address: str) -> None:
        """Send the mail that a person would get to an address of one's own. Nothing is recorded.

        Raises:
            UsageError: the address cannot be used, or the person is gone.
            MailError: the server did not take it.
        """
        usable = usable_address(address)
        if not usable:
            raise UsageError(f"“{address}” is no e-mail address. Write it like name@example.org.")
        record = self._file.record(attendee_id)
        if record is None:
            raise UsageError("This person is no longer on the list. Choose another.")
        mail = maker.test_mail(record.attendee, usable, self._clock())
        try:
            delivery = session.send(mail, lambda: True)
        finally:
            session.close()
        if delivery.kind is not DeliveryKind.TAKEN:
            raise MailError(f"The mail server did not take the test mail: {delivery.reason}.")

    def _troubles(self, *states: MailState) -> tuple[MailTrouble, ...]:
        found = (
            (job, self._file.record(job.attendee_id))
            for job in self._file.mail_jobs.last_jobs(*states, limit=MOST_TROUBLES)
        )
        return tuple(
            MailTrouble(job, record)
            for job, record in found
            if record is not None and not record.is_erased
        )
