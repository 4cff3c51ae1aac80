"""Sends what a mailing has waiting, one mail after the other, however often it breaks off.

The order of writing makes it safe to end at any moment. That a mail is being sent is on the disk
before the server gets it; that it was taken, with its entry in the ledger, in one commit after the
answer. What was in between when the program died is unsure, and a person decides about it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from checkin_app.domain.ledger import EntryKind
from checkin_app.domain.mailings import Mailing, MailJob, MailState
from checkin_app.errors import CheckinError, EventFileError, MailError, MailUnreachable
from checkin_app.mailing.message import OutgoingMail
from checkin_app.mailing.smtp_session import Delivery, DeliveryKind
from checkin_app.services.clock import utc_now
from checkin_app.services.mail.mail_choice import no_mail_because
from checkin_app.services.mail.mail_desk import MailDesk, lock_of
from checkin_app.services.mail.mail_making import MailMaker, new_token
from checkin_app.services.mail.mail_pace import MailPace
from checkin_app.storage.event_file import EventFile
from checkin_app.storage.event_transaction import EventTransaction

_RETRY_MINUTES = (1, 5, 15, 30, 60)
"""After a server asked to try again: greylisting usually wants five minutes."""
_LINE_PAUSES_S = (0, 10, 60, 300)
"""After the line broke; then a person has to look."""
_LONGEST_NAP_S = 0.25
_SUSPICIOUS_REFUSALS = 10
"""So many from the beginning, and none taken: that is the account, not the people."""


class Session(Protocol):
    """The account at its server, as ``SmtpSession``."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, mail: OutgoingMail, claim: Callable[[], bool]) -> Delivery: ...


@dataclass(frozen=True, slots=True)
class MailProgress:
    """How far a mailing is.

    Attributes:
        waits_until: nothing is sent before (UTC); None while mails go out.
    """

    total: int
    waiting: int
    sent: int
    refused: int
    unsure: int
    cancelled: int
    waits_until: datetime | None = None

    @property
    def done(self) -> int:
        """How many mails need nothing more."""
        return self.total - self.waiting


class MailRun:
    """One sitting of sending.

    Args:
        clock, nap: the time, and how to let it pass (seconds); tests have their own.
        lock_folder: where it is noted who sends; None takes the user's own.
    """

    def __init__(
        self,
        event_file: EventFile,
        desk: MailDesk,
        session: Session,
        per_minute: int,
        clock: Callable[[], datetime] = utc_now,
        nap: Callable[[float], None] = time.sleep,
        lock_folder: Path | None = None,
    ) -> None:
        self._file = event_file
        self._desk = desk
        self._jobs = event_file.mail_jobs.of_desk(desk.id)
        self._session = session
        self._pace = MailPace(per_minute, clock)
        self._clock = clock
        self._nap = nap
        self._lock = lock_of(event_file, desk, lock_folder)
        self._broken = 0
        self._has_sent = self._has_taken = False
        self._refused_so_far: list[MailJob] = []

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
                moment = max(self._pace.next_at(), job.retry_at or mailing.created_at)
                if moment > self._clock():
                    self._wait(moment, mailing, progress, cancelled)
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

    def _wait(
        self,
        moment: datetime,
        mailing: Mailing,
        progress: Callable[[MailProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Let time pass until a moment; a line is not kept open for longer than a minute."""
        if moment - self._clock() > timedelta(minutes=1):
            self._session.close()
            progress(self.progress(mailing, moment))
        while not cancelled() and (left := (moment - self._clock()).total_seconds()) > 0:
            self._nap(min(left, _LONGEST_NAP_S))

    def _send(self, job: MailJob, mailing: Mailing, maker: MailMaker) -> None:
        made = self._made(job, mailing, maker)
        if made is None:
            return
        token, mail = made
        claimed: list[MailJob] = []

        def claim() -> bool:
            with self._transaction() as transaction:
                if not transaction.change_mail_job(job, state=MailState.SENDING, token=token):
                    return False
            claimed.append(replace(job, state=MailState.SENDING, token=token))
            return True

        try:
            delivery = self._session.send(mail, claim)
        except MailError as error:
            self._put_back(claimed)
            self._after_break(error)
            return
        self._broken, self._has_sent = 0, True
        self._note(claimed[0] if claimed else job, mailing, delivery)

    def _made(
        self, job: MailJob, mailing: Mailing, maker: MailMaker
    ) -> tuple[str, OutgoingMail] | None:
        """The mail; None, and noted, where there is none to send."""
        record = self._file.record(job.attendee_id)
        why_not = no_mail_because(record) if record is not None else "no longer on the list"
        if record is None or why_not is not None:
            self._end(job, MailState.CANCELLED, str(why_not))
            return None
        if record.ticket_sent_at is not None and record.ticket_sent_at > mailing.created_at:
            self._end(job, MailState.CANCELLED, "sent by another mailing meanwhile")
            return None
        token = new_token()
        try:
            return token, maker.mail(record.attendee, token, self._clock())
        except (EventFileError, MailError):
            raise
        except CheckinError as error:
            self._end(job, MailState.REFUSED, str(error))
            return None

    def _note(self, job: MailJob, mailing: Mailing, delivery: Delivery) -> None:
        match delivery.kind:
            case DeliveryKind.TAKEN:
                self._has_taken = True
                with self._transaction() as transaction:
                    if transaction.change_mail_job(job, state=MailState.SENT, tries=job.tries + 1):
                        transaction.append(
                            EntryKind.TICKET_SENT, job.attendee_id, payload={"mailing": mailing.id}
                        )
            case DeliveryKind.LATER:
                self._try_later(job, delivery.reason)
            case DeliveryKind.REFUSED:
                self._end(job, MailState.REFUSED, delivery.reason)
                self._suspect_account(job, mailing, delivery.reason)
            case DeliveryKind.UNSURE:
                self._end(job, MailState.UNSURE, delivery.reason)
            case DeliveryKind.NOT_CLAIMED:
                pass

    def _suspect_account(self, refused: MailJob, mailing: Mailing, reason: str) -> None:
        """Stop a mailing of which nothing was taken, before all are called unreachable.

        Those refused so far wait again, behind the others: should it be them after all, the next
        sitting finds out.
        """
        self._refused_so_far.append(replace(refused, state=MailState.REFUSED))
        others_wait = self._jobs.next_waiting(mailing.id) is not None
        if self._has_taken or len(self._refused_so_far) < _SUSPICIOUS_REFUSALS or not others_wait:
            return
        now = self._clock()
        with self._transaction() as transaction:
            for job in self._refused_so_far:
                transaction.change_mail_job(job, state=MailState.WAITING, retry_at=now)
        self._refused_so_far.clear()
        raise MailError(
            "The mail server refused every mail so far, so nothing more was sent. It says:"
            f" {reason}. Look at the account, and send a test mail to yourself."
        )

    def _try_later(self, job: MailJob, reason: str) -> None:
        if job.tries >= len(_RETRY_MINUTES):
            self._end(job, MailState.REFUSED, f"{reason} (asked {job.tries + 1} times)")
            return
        retry_at = self._clock() + timedelta(minutes=_RETRY_MINUTES[job.tries])
        with self._transaction() as transaction:
            transaction.change_mail_job(
                job,
                state=MailState.WAITING,
                tries=job.tries + 1,
                reason=reason,
                retry_at=retry_at,
            )

    def _end(self, job: MailJob, state: MailState, reason: str) -> None:
        with self._transaction() as transaction:
            transaction.change_mail_job(job, state=state, reason=reason, tries=job.tries + 1)

    def _put_back(self, claimed: list[MailJob]) -> None:
        """The server did not get this mail: it waits as before."""
        for job in claimed:
            with self._transaction() as transaction:
                transaction.change_mail_job(job, state=MailState.WAITING)

    def _after_break(self, error: MailError) -> None:
        """Go on after a pause when a line broke that was good; else give up.

        A server that took nothing yet is asked once more only: somebody sits before the screen.
        """
        patience = len(_LINE_PAUSES_S) if self._has_sent else 1
        if not isinstance(error, MailUnreachable) or self._broken >= patience:
            raise error
        self._pace.pause(_LINE_PAUSES_S[self._broken])
        self._broken += 1

    def _transaction(self) -> AbstractContextManager[EventTransaction]:
        return self._file.transaction(self._desk.name, self._clock())


def progress_of(
    counts: Mapping[MailState, int], waits_until: datetime | None = None
) -> MailProgress:
    """How far a mailing is whose mails are in these states."""
    waiting = sum(count for state, count in counts.items() if state.is_open)
    return MailProgress(
        total=sum(counts.values()),
        waiting=waiting,
        sent=counts.get(MailState.SENT, 0) + counts.get(MailState.BOUNCED, 0),
        refused=counts.get(MailState.REFUSED, 0),
        unsure=counts.get(MailState.UNSURE, 0),
        cancelled=counts.get(MailState.CANCELLED, 0),
        waits_until=waits_until,
    )
