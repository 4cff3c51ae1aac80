"""The rule at the door: may this person come in on this check-in list now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkin_app.domain.attendee import Attendee, AttendeeRecord, AttendeeStatus, CheckIn
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event
from checkin_app.domain.tickets.codes import CodeKind


class OutcomeKind(StrEnum):
    """The answer to a scan."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    UNKNOWN_CODE = "unknown_code"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    NOT_CONFIRMED = "not_confirmed"
    NOT_ON_LIST = "not_on_list"
    NOT_OPEN = "not_open"
    FULL = "full"
    AMBIGUOUS = "ambiguous"


class NoteKind(StrEnum):
    """What else the desk should know about an answer."""

    ATTENTION = "attention"
    EARLY = "early"
    LATE = "late"
    PRACTICE = "practice"
    REPAIRED = "repaired"
    FORCED = "forced"
    BADGE_CHANGED = "badge changed"
    GONE_FROM_LIST = "gone from list"
    IN_TWICE = "in twice"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on an answer.

    Attributes:
        text: the attention text, the keyboard layout, or the reason of a forced admission.
        at: the opening or closing time meant, or since when somebody is gone (UTC).
    """

    kind: NoteKind
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rule says: the answer, remarks, and the check-in that already stands."""

    kind: OutcomeKind
    notes: tuple[Note, ...] = ()
    earlier: CheckIn | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one scan, as screens, sounds and the command line show it.

    Attributes:
        code: the reading as judged (repaired if it was garbled).
        check_in: the new admission, or the one that already stood.
        looks_like: what an unknown code seems to be.
        candidates: the people an ambiguous code may mean.
        list_name: the check-in list asked.
        is_printing: the badge is on its way to the desk's printer.
        is_shared: the hub has it; None where this desk is alone.
        can_admit_anyway: the desk may overrule with a reason.
    """

    kind: OutcomeKind
    code: str
    list_name: str
    record: AttendeeRecord | None = None
    check_in: CheckIn | None = None
    notes: tuple[Note, ...] = ()
    looks_like: CodeKind | None = None
    candidates: tuple[Attendee, ...] = ()
    is_printing: bool = False
    is_shared: bool | None = None

    @property
    def attendee(self) -> Attendee | None:
        """The person the code belongs to, if it is known."""
        return self.record.attendee if self.record else None

    @property
    def can_admit_anyway(self) -> bool:
        """Whether the desk may overrule the answer, giving a reason."""
        return self.record is not None and self.kind is not OutcomeKind.ADMITTED


def decide_admission(
    record: AttendeeRecord,
    check_in_list: CheckInList,
    event: Event,
    present: int,
    now: datetime,
) -> Decision:
    """Judge one person at one check-in list.

    Args:
        present: how many are in on this list now; looked at only when it has a capacity.
        now: the moment of the scan (UTC).
    """
    attendee = record.attendee
    if attendee.status is AttendeeStatus.CANCELLED:
        return Decision(OutcomeKind.CANCELLED)
    if attendee.status is not AttendeeStatus.CONFIRMED:
        return Decision(OutcomeKind.NOT_CONFIRMED)
    if not check_in_list.is_for(attendee.category):
        return Decision(OutcomeKind.NOT_ON_LIST)
    earlier = record.check_ins.get(check_in_list.id)
    if earlier is not None:
        notes = _attention(attendee) + twice_notes(record)
        return Decision(OutcomeKind.ALREADY_IN, notes, earlier)
    timing = _timing(check_in_list, event, now)
    if timing and check_in_list.strict:
        return Decision(OutcomeKind.NOT_OPEN, timing)
    if check_in_list.capacity is not None and present >= check_in_list.capacity:
        return Decision(OutcomeKind.FULL)
    notes = _attention(attendee) + _gone(record) + badge_notes(record) + timing
    notes += twice_notes(record)
    return Decision(OutcomeKind.ADMITTED, notes)


def badge_notes(record: AttendeeRecord) -> tuple[Note, ...]:
    """What the desk should know about the printed badge of somebody who is let in."""
    is_out_of_date = record.changed_since_print and not record.badge_spoilt
    return (Note(NoteKind.BADGE_CHANGED),) if is_out_of_date else ()


def twice_notes(record: AttendeeRecord) -> tuple[Note, ...]:
    """Whether two desks let this person in apart, and nobody has said yet what that was."""
    return (Note(NoteKind.IN_TWICE),) if record.open_conflicts else ()


def _attention(attendee: Attendee) -> tuple[Note, ...]:
    return (Note(NoteKind.ATTENTION, attendee.attention),) if attendee.attention else ()


def _gone(record: AttendeeRecord) -> tuple[Note, ...]:
    """Whether the newest registration list no longer has this person, who may still come in."""
    return (Note(NoteKind.GONE_FROM_LIST, at=record.gone_at),) if record.gone_at else ()


def _timing(check_in_list: CheckInList, event: Event, now: datetime) -> tuple[Note, ...]:
    """Whether ``now`` is outside the window, or not even a day of the event."""
    opens, closes = check_in_list.opens_at, check_in_list.closes_at
    if not event.is_event_day(now):
        return (Note(NoteKind.PRACTICE, at=opens),)
    if opens is not None and now < opens:
        return (Note(NoteKind.EARLY, at=opens),)
    if closes is not None and now > closes:
        return (Note(NoteKind.LATE, at=closes),)
    return ()
