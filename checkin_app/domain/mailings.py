"""A mail on its way to an attendee, as the words of a mailing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TicketSize(StrEnum):
    """What a ticket is made for."""

    A4 = "a4"
    PHONE = "phone"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of its page."""
        return _SIZES_MM[self]


_SIZES_MM = {TicketSize.A4: (210.0, 297.0), TicketSize.PHONE: (90.0, 160.0)}


class MailState(StrEnum):
    """How far the mail to one person is."""

    WAITING = "waiting"
    SENDING = "sending"
    """Handed over just now; whether the server took it is not yet known."""
    SENT = "sent"
    """The server took it."""
    REFUSED = "refused"
    """The server did not take it, and will not."""
    BOUNCED = "bounced"
    """It was taken, and came back later."""
    UNSURE = "unsure"
    """The program or the line broke off when the server may have had all of it."""
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Something more happens to it by itself."""
        return self in (MailState.WAITING, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mailing says, with ``{placeholders}`` for what differs from person to person.

    Attributes:
        body: plain text; an empty line ends a paragraph.
    """

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class MailDraft:
    """All that a mailing sends to everybody.

    Attributes:
        ticket: size of the ticket attached; None attaches none.
        has_invitation: whether a calendar invitation is attached.
        has_sessions: whether that names every session, not only the event.
    """

    text: MailText
    ticket: TicketSize | None = TicketSize.A4
    has_invitation: bool = True
    has_sessions: bool = False


@dataclass(frozen=True, slots=True)
class Mailing:
    """One mailing of a desk.

    Attributes:
        id: 32 hexadecimal digits; begins with the time.
        created_at: UTC.
    """

    id: str
    draft: MailDraft
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MailJob:
    """The mail of one mailing to one attendee.

    Attributes:
        id: 32 hexadecimal digits.
        token: under which it was handed over; empty until then.
        tries: how often a server was asked to take it.
        reason: why it was refused, came back or has to wait; names no address.
        retry_at: not to be tried again before (UTC).
        sent_before: when the person was sent a ticket before this mail was asked for (UTC).
        changed_at: UTC.
    """

    id: str
    mailing_id: str
    attendee_id: str
    state: MailState
    changed_at: datetime
    token: str = ""
    tries: int = 0
    reason: str = ""
    retry_at: datetime | None = None
    sent_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventIdentity:
    """What tells an event from any other, in calendars.

    Attributes:
        uid: never changes.
        sequence: grows whenever the event is described anew.
    """

    uid: str
    sequence: int
