"""Somebody's badge is wanted now: whether it is printed at once, or what is to be asked first."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.print_jobs import PrintCause
from checkin_app.storage.event_file import EventFile


@dataclass(frozen=True, slots=True)
class BadgeRequest:
    """What is known of a badge that is wanted.

    Attributes:
        cause: why it is printed; None when somebody has to say so first.
        is_waiting: it is on its way to a printer of this desk already.
    """

    record: AttendeeRecord
    cause: PrintCause | None
    is_waiting: bool = False


def badge_request(event_file: EventFile, desk_id: str, attendee_id: str) -> BadgeRequest | None:
    """What to do about a badge that is wanted; None when the person is gone.

    Raises:
        EventFileError: the event file cannot be read.
    """
    record = event_file.record(attendee_id)
    if record is None:
        return None
    jobs = event_file.print_jobs.of_desk(desk_id).open()
    is_waiting = any(queued.job.attendee_id == attendee_id for queued in jobs)
    return BadgeRequest(record, known_cause(record), is_waiting)


def known_cause(record: AttendeeRecord) -> PrintCause | None:
    """Why a badge is printed, as far as the record tells; None for another of a good one."""
    if not record.badge_prints or record.badge_spoilt:
        return PrintCause.ASKED
    return PrintCause.WRONG_DATA if record.changed_since_print else None
