"""Who gets a ticket, and why the others do not."""

from __future__ import annotations

from enum import StrEnum

from checkin_app.domain.attendee import AttendeeRecord, AttendeeStatus


class WhyNot(StrEnum):
    """What keeps somebody from getting a ticket, or a mail with it."""

    CANCELLED = "cancelled"
    GONE = "gone from the list"
    ERASED = "erased"
    NO_EMAIL = "no e-mail"
    BAD_EMAIL = "e-mail address not usable"
    CAME_BACK = "did not reach them before"
    UNDER_WAY = "a mailing to them is not finished"
    UNDECIDED = "a mail may have gone out"


def no_ticket_because(record: AttendeeRecord) -> WhyNot | None:
    """Why this person gets no ticket; None for who does."""
    if record.is_erased:
        return WhyNot.ERASED
    if record.attendee.status is AttendeeStatus.CANCELLED:
        return WhyNot.CANCELLED
    if record.gone_at is not None:
        return WhyNot.GONE
    return None
