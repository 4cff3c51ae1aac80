"""How far a mailing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin_app.domain.mailings import MailState


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
