"""Sends what a mailing has waiting, one mail after the other, however often it breaks off.

The order of writing makes it safe to end at any moment. That a mail is being sent is on the disk
before the server gets it; that it was taken, with its entry in the ledger, in one commit after the
answer. What was in between when the program died is unsure, and a person decides about it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import Mailing, MailJob, MailState
from checkin_app.errors import CheckinError, EventFileError, MailError, MailUnreachable
from checkin_app.mailing.message import OutgoingMail
from checkin_app.mailing.server_answers import Meaning, advice_on, limit_words
from checkin_app.mailing.smtp_session import Delivery, DeliveryKind
from checkin_app.services.clock import utc_now
from checkin_app.services.mail.mail_choice import stale_because
from checkin_app.services.mail.mail_desk import MailDesk, lock_of
from checkin_app.services.mail.mail_making import MailMaker, new_token
from checkin_app.services.mail.mail_pace import MailPace
from checkin_app.services.mail.mail_progress import MailProgress, progress_of
from checkin_app.services.mail.mail_retries import MailRetries
from checkin_app.services.mail.mail_session import Session
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

_LINE_PAUSES_S = (0, 10, 60, 300)
"""After the line broke; then a person has to look."""
_LONGEST_NAP_S = 0.25
_LINE_KEPT_S = 60.0
_CODE = len("554")
_SUSPICIOUS_REFUSALS = 10
"""So many one after the other: that is the account, not the people."""


class MailRun:
    """One sitting of sending.

    Args:
        clock, stopwatch, nap: the time, seconds that never go back, and how to let time pass
            (seconds); tests have their own.
        lock_folder: where it is noted who sends; None takes the user's own.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk: MailDesk,
        session: Session,
        per_minute: int,
        clock: Callable[[], datetime] = utc_now,
        stopwatch: Callable[[], float] = time.monotonic,
        nap: Callable[[float], None] = time.sleep,
        lock_folder: Path | None = None,
    ) -> None:
        self._file = event_file
        self._desk = desk
        self._jobs = event_file.mail_jobs.of_desk(desk.id)
        self._session = session
        self._pace = MailPace(per_minute, stopwatch)
        self._retries = MailRetries(clock, stopwatch)
        self._clock = clock
        self._nap = nap
        self._lock = lock_of(event_file, desk, lock_folder)
        self._broken = 0
        self._made_after = b""
        self._has_sent = self._has_taken = False
        self._refused_in_a_row: list[MailJob] = []

    def work(
        self,
        mailing: Mailing,
        maker: MailMaker,
        progress: Callable[[MailProgress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MailProgress:
        """Send what waits, until nothing does or ``cancelled`` answers yes.

        Raises:
            MailError: the server or the account cannot be used, or another window is sending.
                What waits goes on waiting.
            EventFileError: the event file cannot be written.
        """
        if not self._lock.take():
            raise MailError("Another window of this desk is sending. Let it finish, or close it.")
        try:
            with self._transaction() as transaction:
                transaction.mail_interrupted(self._desk.id)
            self._session.open()
            while not cancelled():
                job = self._jobs.next_waiting(mailing.id)
                if job is None:
                    break
                if self._left_s(job) > 0:
                    self._wait(job, mailing, progress, cancelled)
                    continue
                self._pace.count()
                self._send(job, mailing, maker)
                progress(self.progress(mailing))
        finally:
            self._session.close()
            self._lock.release()
        return self.progress(mailing)

    def progress(self, mailing: Mailing, waits_until: datetime | None = None) -> MailProgress:
        """How far a mailing is."""
        return progress_of(self._jobs.counts(mailing.id), waits_until)

    def _left_s(self, job: MailJob) -> float:
        return max(self._pace.left_s, self._retries.left_s(job))

    def _wait(
        self,
        job: MailJob,
        mailing: Mailing,
        progress: Callable[[MailProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Let time pass until a mail may be sent; a line is not kept open for long meanwhile."""
        left_s = self._left_s(job)
        if left_s > _LINE_KEPT_S:
            self._session.close()
            progress(self.progress(mailing, self._clock() + timedelta(seconds=left_s)))
        while not cancelled() and (left_s := self._left_s(job)) > 0:
            self._nap(min(left_s, _LONGEST_NAP_S))

    def _send(self, job: MailJob, mailing: Mailing, maker: MailMaker) -> None:
        made = self._made(job, maker)
        if made is None:
            return
        token, mail = made
        claimed: list[MailJob] = []

        def claim() -> bool:
            with self._transaction() as transaction:
                why_not = self._other_mail(transaction, job)
                if why_not:
                    transaction.change_mail_job(job, state=MailState.CANCELLED, reason=why_not)
                    return False
                if not transaction.change_mail_job(
                    job, state=MailState.SENDING, token=token, made_after=self._made_after
                ):
                    return False
            claimed.append(replace(job, state=MailState.SENDING, token=token))
            return True

        try:
            delivery = self._session.send(mail, claim)
        except MailError as error:
            self._after_break(claimed[0] if claimed else job, error)
            return
        self._note(claimed[0] if claimed else job, mailing, delivery)

    def _other_mail(self, transaction: EventTransaction, job: MailJob) -> str:
        """Why nobody may hand this mail over any more; empty when it may be.

        Asked in the commit that claims it: another desk may have sent the ticket since it was
        asked for.
        """
        if transaction.who_stays(job.attendee_id) != job.attendee_id:
            return "merged with another record of this person"
        why_not = stale_because(transaction.record(job.attendee_id), job)
        if not why_not and transaction.has_other_open_mail(job):
            return "another desk is sending it"
        return why_not

    def _made(self, job: MailJob, maker: MailMaker) -> tuple[str, OutgoingMail] | None:
        """The mail; None, and noted, where there is none to send."""
        record = self._file.record(job.attendee_id)
        why_not = stale_because(record, job)
        if record is None or why_not:
            self._end(job, MailState.CANCELLED, why_not)
            return None
        self._made_after = self._file.mail_jobs.last_entry(job.attendee_id)
        token = new_token()
        try:
            return token, maker.mail(record.attendee, token, self._clock())
        except (EventFileError, MailError):
            raise
        except CheckinError as error:
            self._end(job, MailState.REFUSED, str(error))
            return None

    def _note(self, job: MailJob, mailing: Mailing, delivery: Delivery) -> None:
        if delivery.meaning is Meaning.LIMIT and delivery.kind is not DeliveryKind.TAKEN:
            kind = MailError if delivery.kind is DeliveryKind.REFUSED else MailUnreachable
            self._after_break(job, kind(limit_words(delivery.reason)))
            return
        self._broken, self._has_sent = 0, True
        match delivery.kind:
            case DeliveryKind.TAKEN:
                self._has_taken = True
                self._refused_in_a_row.clear()
                with self._transaction() as transaction:
                    if transaction.change_mail_job(job, state=MailState.SENT, tries=job.tries + 1):
                        transaction.append(
                            EntryKind.TICKET_SENT, job.attendee_id, payload={"mailing": mailing.id}
                        )
            case DeliveryKind.LATER:
                self._try_later(job, mailing, delivery)
            case DeliveryKind.REFUSED:
                self._refuse(job, mailing, delivery, delivery.reason)
            case DeliveryKind.UNSURE:
                self._end(job, MailState.UNSURE, delivery.reason)
            case DeliveryKind.NOT_CLAIMED:
                pass

    def _try_later(self, job: MailJob, mailing: Mailing, delivery: Delivery) -> None:
        retry_at = self._retries.next_at(job)
        if retry_at is None:
            reason = f"{delivery.reason} (asked {job.tries + 1} times)"
            self._refuse(job, mailing, delivery, reason)
            return
        with self._transaction() as transaction:
            transaction.change_mail_job(
                job,
                state=MailState.WAITING,
                tries=job.tries + 1,
                reason=delivery.reason,
                retry_at=retry_at,
            )

    def _refuse(self, job: MailJob, mailing: Mailing, delivery: Delivery, reason: str) -> None:
        """Call a person not reached, unless the server more likely means the account."""
        if delivery.meaning is Meaning.ACCOUNT and not self._has_taken:
            self._put_back(job)
            raise MailError(
                "The mail server does not take mails from this account. It says:"
                f" {delivery.reason}. {advice_on(delivery.reason)}"
            )
        self._end(job, MailState.REFUSED, reason)
        was_put_back = job.reason[:_CODE] == reason[:_CODE] or self._retries.is_last_time(job)
        if delivery.meaning is Meaning.ADDRESS or was_put_back:
            return
        self._refused_in_a_row.append(
            replace(job, state=MailState.REFUSED, reason=reason, tries=job.tries + 1)
        )
        others_wait = self._jobs.next_waiting(mailing.id) is not None
        if len(self._refused_in_a_row) >= _SUSPICIOUS_REFUSALS and others_wait:
            self._stop_refused(delivery.reason)

    def _stop_refused(self, reason: str) -> None:
        """Stop a mailing of which nothing more is taken, before all are called unreachable.

        Those refused wait again, behind the others. Who is refused once more is not put back a
        second time, so that dead addresses come to an end.
        """
        with self._transaction() as transaction:
            for job in self._refused_in_a_row:
                if not transaction.has_other_open_mail(job):
                    transaction.change_mail_job(
                        job, state=MailState.WAITING, retry_at=self._clock()
                    )
        self._refused_in_a_row.clear()
        raise MailError(
            f"The mail server refused the last {_SUSPICIOUS_REFUSALS} mails, so nothing more was"
            f" sent. It says: {reason}. {advice_on(reason)} What waits is kept."
        )

    def _end(self, job: MailJob, state: MailState, reason: str) -> None:
        with self._transaction() as transaction:
            transaction.change_mail_job(
                job,
                state=state,
                reason=reason,
                tries=job.tries + 1,
                made_after=self._made_after,
            )

    def _after_break(self, job: MailJob, error: MailError) -> None:
        """Go on after a pause when a line broke that was good; else give up.

        The server did not get this mail: it waits as before. A server that took nothing yet is
        asked once more only: somebody sits before the screen.
        """
        patience = len(_LINE_PAUSES_S) if self._has_sent else 1
        if not isinstance(error, MailUnreachable) or self._broken >= patience:
            self._put_back(job)
            raise error
        with self._transaction() as transaction:
            transaction.change_mail_job(job, state=MailState.WAITING)
        self._pace.pause(_LINE_PAUSES_S[self._broken])
        self._broken += 1

    def _put_back(self, job: MailJob) -> None:
        """Behind the others: should the server mean only this one, they go out next time."""
        with self._transaction() as transaction:
            transaction.change_mail_job(job, state=MailState.WAITING, retry_at=self._clock())

    def _transaction(self) -> AbstractContextManager[EventTransaction]:
        return self._file.transaction(self._desk.name, self._clock())
