"""Check-ins on their way back to the registration system they came from, as the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checkin_app.domain.ledger import Entry, EntryKind, undone_ids
from checkin_app.domain.tickets.codes import is_our_code


class SendState(StrEnum):
    """What became of a check-in, or of the undoing of one, that had to be sent."""

    SENT = "sent"
    REFUSED = "refused"
    """The system does not take it; somebody should look."""
    NOT_NEEDED = "not needed"
    """The system knows nothing of this person."""


@dataclass(frozen=True, slots=True)
class RefusedSend:
    """A check-in that the system did not take.

    Attributes:
        attendee_id: whose; empty when that is not known any more.
        reason: the system's word for why.
        at: when it said so (UTC).
    """

    entry_id: str
    attendee_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SendCounts:
    """How far the check-ins of a list are, on their way to one target.

    Attributes:
        last_sent_at: when the last one was taken (UTC), or None.
    """

    waiting: int = 0
    sent: int = 0
    refused: int = 0
    last_sent_at: datetime | None = None


def issued_code(history: Iterable[Entry]) -> str:
    """The code under which a registration system knows a person; empty when none does.

    It is the last that a list brought, whatever code the desk gave out since; what an import
    brought that was undone does not count, and a code of our own making was issued by no other
    system.
    """
    code = ""
    entries = tuple(history)
    taken_back = undone_ids(entries)
    for entry in entries:
        match entry.kind:
            case EntryKind.REGISTERED:
                person = entry.payload.get("attendee", {})
                code = "" if person.get("walk_in") else person.get("code", "")
            case EntryKind.CODE_REPLACED if (
                "import" in entry.payload and entry.id not in taken_back
            ):
                code = entry.payload.get("code", "")
            case EntryKind.ERASED:
                return ""
            case _:
                pass
    return "" if is_our_code(code) else code
