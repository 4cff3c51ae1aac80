"""What is asked of mailings in the background. Nothing here knows Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.mailings import MailDraft, Mailing
from checkin_app.errors import CheckinError, UsageError
from checkin_app.gui.badges.sheets.page_picture import Picture
from checkin_app.gui.tickets.ticket_picture import picture_of_ticket
from checkin_app.mailing.smtp_session import SmtpSession
from checkin_app.secrets_store.passwords import Passwords
from checkin_app.services.mail.mail_account import known_password
from checkin_app.services.mail.mail_choice import MailChoice, MailingPlan, plan_mailing
from checkin_app.services.mail.mail_desk import MailDesk, note_interrupted
from checkin_app.services.mail.mail_making import MailMaker, MailPreview
from checkin_app.services.mail.mail_progress import MailProgress
from checkin_app.services.mail.mail_run import MailRun
from checkin_app.services.mail.mail_session import LeavableSession
from checkin_app.services.mail.mailings import Mailings
from checkin_app.settings.mail_settings import MailSettings
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class MailPost:
    """Where mails come from: the event, the desk, the account and its password.

    Attributes:
        is_left: whether the window is being closed; asked from the thread that sends.
    """

    event_file: EventFile
    desk: MailDesk
    passwords: Passwords
    clock: Callable[[], datetime]
    account: MailSettings
    is_left: Callable[[], bool]
    fonts: Path | None = None

    @property
    def mailings(self) -> Mailings:
        """What the desk may do with mailings."""
        return Mailings(self.event_file, self.desk, self.clock)

    def maker(self, draft: MailDraft) -> MailMaker:
        """Makes the mails of a draft."""
        return MailMaker(self.event_file, draft, self.account, self.clock(), self.fonts)

    def session(self) -> LeavableSession:
        """The account at its server, not connected yet.

        Raises:
            UsageError: there is no password.
        """
        password = known_password(self.account, self.passwords)
        if self.account.user and not password:
            raise UsageError("There is no password for this account. Enter it under Account.")
        return LeavableSession(SmtpSession(self.account, password), self.is_left)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A mailing that still has mails to send, and how far it is."""

    mailing: Mailing
    progress: MailProgress


def unfinished(post: MailPost) -> Unfinished | None:
    """The mailing that waits to be gone on with."""
    note_interrupted(post.event_file, post.desk, post.clock())
    mailing = post.mailings.unfinished()
    return None if mailing is None else Unfinished(mailing, post.mailings.progress(mailing))


def unsure_count(post: MailPost) -> int:
    """How many mails there are of which nobody knows."""
    note_interrupted(post.event_file, post.desk, post.clock())
    return len(post.mailings.unsure())


class Sending:
    """One sitting of sending; ``latest`` may be read from any thread.

    Args:
        plan: who gets the mail; None goes on with the mailing that waits.
    """

    def __init__(self, post: MailPost, draft: MailDraft | None, plan: MailingPlan | None) -> None:
        self.latest: MailProgress | None = None
        self._post = post
        self._draft = draft
        self._plan = plan

    def work(
        self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> MailProgress:
        """Send until nothing waits, or it is stopped."""
        post = self._post
        session = post.session()
        mailing = self._mailing()
        run = MailRun(post.event_file, post.desk, session, post.account.per_minute, post.clock)

        def tell(now: MailProgress) -> None:
            self.latest = now
            progress(now.done, now.total)

        tell(run.progress(mailing))
        return run.work(mailing, post.maker(mailing.draft), tell, cancelled)

    def _mailing(self) -> Mailing:
        if self._draft is not None and self._plan is not None:
            self._post.mailings.keep_text(self._draft.text)
            return self._post.mailings.start(self._draft, self._plan)
        mailing = self._post.mailings.unfinished()
        if mailing is None:
            raise UsageError("No mailing waits to be finished.")
        return mailing


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Who gets a mail, and what one of them gets.

    Attributes:
        name: whose mail is shown; empty when there is nobody.
        number: the place of that person among those who get it, from 1; 0 when not among them.
        ticket: the picture of the ticket attached; None without one.
        problem: why there is nothing to show.
    """

    plan: MailingPlan
    attendee_id: str = ""
    name: str = ""
    number: int = 0
    preview: MailPreview | None = None
    ticket: Picture | None = None
    problem: str = ""


class KeptPlan:
    """Who gets a mail, counted anew only when the choice or the event file has changed.

    For one lane: the mark of the file is that of the thread.
    """

    def __init__(self) -> None:
        self._of: tuple[MailChoice, tuple[int, int]] | None = None
        self._plan: MailingPlan | None = None

    def plan(self, event_file: EventFile, choice: MailChoice) -> MailingPlan:
        """Who gets a mail as things are now."""
        asked = (choice, event_file.change_counter())
        if self._plan is None or self._of != asked:
            self._plan = plan_mailing(event_file, choice)
            self._of = asked
        return self._plan


def look_at(
    post: MailPost,
    kept: KeptPlan,
    draft: MailDraft,
    choice: MailChoice,
    attendee_id: str,
    searched: str,
) -> LookedAt:
    """Who gets a mail, and what one of them gets: who is searched for, or named, or the first."""
    plan = kept.plan(post.event_file, choice)
    person = _person(post.event_file, plan, attendee_id, searched)
    record = _standing(post.event_file, person)
    if record is None:
        return LookedAt(plan)
    number = plan.people.index(person) + 1 if person in plan.people else 0
    name = record.attendee.full_name
    try:
        preview = post.maker(draft).preview(record.attendee)
    except CheckinError as error:
        return LookedAt(plan, person, name, number, problem=str(error))
    ticket = picture_of_ticket(preview.ticket) if preview.ticket else None
    return LookedAt(plan, person, name, number, preview, ticket)


def send_test(post: MailPost, draft: MailDraft, attendee_id: str, address: str) -> None:
    """Send the mail that somebody would get to an address of one's own."""
    post.mailings.send_test(post.session(), post.maker(draft), attendee_id, address)


def _person(event_file: EventFile, plan: MailingPlan, attendee_id: str, searched: str) -> str:
    if searched.strip():
        found = event_file.search(searched, 1)
        return found[0].attendee.id if found else ""
    if _standing(event_file, attendee_id) is not None:
        return attendee_id
    if plan.people:
        return plan.people[0]
    first = event_file.listed_attendees([1])
    return first[0].attendee.id if first else ""


def _standing(event_file: EventFile, attendee_id: str) -> AttendeeRecord | None:
    """Somebody who is in the event and was not erased, perhaps while being looked at."""
    record = event_file.record(attendee_id) if attendee_id else None
    return None if record is None or record.is_erased else record
