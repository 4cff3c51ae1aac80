"""Whom a mailing goes to, and who is left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.mailings import MailJob, MailState
from checkin_app.errors import UsageError
from checkin_app.mailing.addresses import usable_address
from checkin_app.services.mail.ticket_holders import WhyNot, no_ticket_because
from checkin_app.storage.event_file import EventFile


class Whom(StrEnum):
    """Who gets a mail."""

    UNSENT = "unsent"
    """Who has no ticket yet."""
    CHANGED = "changed"
    """Whose code was replaced after the ticket was sent."""
    ALL = "all"
    """Also who has the ticket already."""


@dataclass(frozen=True, slots=True)
class MailChoice:
    """Which people.

    Attributes:
        categories: only these, ignoring case; empty for all.
        ids: only these people, None for all; who is named gets the mail again.
    """

    whom: Whom = Whom.UNSENT
    categories: tuple[str, ...] = ()
    ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class MailingPlan:
    """Who gets a mail.

    Attributes:
        people: their ids, in the order of the list.
        left_out: who was chosen and gets none, by why not.
        sent_before: when those were sent their ticket (UTC) who have one already.
    """

    people: tuple[str, ...]
    left_out: Mapping[WhyNot, tuple[AttendeeRecord, ...]]
    sent_before: Mapping[str, datetime]


def plan_mailing(event_file: EventFile, choice: MailChoice) -> MailingPlan:
    """Look who is chosen; nothing is written.

    Raises:
        UsageError: there is no such category.
    """
    wanted = _Wanted(event_file, choice)
    people: list[str] = []
    sent_before: dict[str, datetime] = {}
    left_out: dict[WhyNot, list[AttendeeRecord]] = {}
    for record in event_file.records():
        if not wanted.chooses(record):
            continue
        why_not = wanted.why_not(record)
        if why_not is None:
            people.append(record.attendee.id)
            if record.ticket_sent_at is not None:
                sent_before[record.attendee.id] = record.ticket_sent_at
        else:
            left_out.setdefault(why_not, []).append(record)
    shown = {why: tuple(left_out[why]) for why in WhyNot if why in left_out}
    return MailingPlan(tuple(people), shown, sent_before)


def no_mail_because(record: AttendeeRecord) -> WhyNot | None:
    """Why no mail can go to this person at all; None when one can."""
    why_not = no_ticket_because(record)
    if why_not is not None:
        return why_not
    if not record.attendee.email.strip():
        return WhyNot.NO_EMAIL
    return None if usable_address(record.attendee.email) else WhyNot.BAD_EMAIL


def stale_because(record: AttendeeRecord | None, job: MailJob) -> str:
    """Why somebody gets no mail who was to get it when it was asked for; empty when it can go."""
    if record is None:
        return "no longer on the list"
    if (why_not := no_mail_because(record)) is not None:
        return why_not.value
    is_news = record.ticket_sent_at is not None and record.ticket_sent_at != job.sent_before
    return "sent by another mailing meanwhile" if is_news else ""


class _Wanted:
    """A choice, with what the event file knows once for everybody."""

    def __init__(self, event_file: EventFile, choice: MailChoice) -> None:
        mail = event_file.mail_jobs
        self._choice = choice
        self._categories = _folded(event_file.categories(), choice.categories)
        self._ids = None if choice.ids is None else frozenset(choice.ids)
        self._under_way = mail.people_with(MailState.WAITING, MailState.SENDING)
        self._undecided = mail.people_with(MailState.UNSURE)
        self._came_back = mail.people_not_reached()
        self._newer_code = mail.people_with_newer_code() if choice.whom is Whom.CHANGED else ()

    def chooses(self, record: AttendeeRecord) -> bool:
        """Whether the choice means this person."""
        person = record.attendee
        if self._ids is not None:
            return person.id in self._ids
        if self._categories and person.category.casefold() not in self._categories:
            return False
        match self._choice.whom:
            case Whom.ALL:
                return True
            case Whom.UNSENT:
                return record.ticket_sent_at is None
            case Whom.CHANGED:
                return person.id in self._newer_code

    def why_not(self, record: AttendeeRecord) -> WhyNot | None:
        """Why somebody who is meant gets no mail."""
        why_not = no_mail_because(record)
        if why_not is not None:
            return why_not
        if record.attendee.id in self._under_way:
            return WhyNot.UNDER_WAY
        if record.attendee.id in self._undecided:
            return WhyNot.UNDECIDED
        if self._ids is None and record.attendee.id in self._came_back:
            return WhyNot.CAME_BACK
        return None


def _folded(known: Sequence[str], wanted: Sequence[str]) -> frozenset[str]:
    folded = {category.casefold() for category in known}
    for category in wanted:
        if category.casefold() not in folded:
            raise UsageError(f"There is no category “{category}”. There are {', '.join(known)}.")
    return frozenset(category.casefold() for category in wanted)
