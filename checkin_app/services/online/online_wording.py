"""Every sentence about check-ins on their way back to a registration system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from checkin_app.domain.language.spoken_dates import time_text
from checkin_app.domain.online_sends import SendCounts
from checkin_app.domain.programme import Event

Translate = Callable[[str], str]

_REFUSALS = {
    "invalid": "pretix does not know this ticket. Is the person from another event there?",
    "unpaid": "The order is not paid. Mark it as paid in pretix, then try again.",
    "unapproved": "The order is not approved. Approve it in pretix, then try again.",
    "canceled": "The ticket is cancelled in pretix.",
    "blocked": "The ticket is blocked in pretix.",
    "revoked": "The ticket was replaced by a newer one in pretix. Fetch the list again.",
    "product": "The check-in list in pretix is not for this product. Choose another list.",
    "rules": "The rules of the check-in list in pretix do not allow it.",
    "invalid_time": "The ticket is not valid at this time in pretix.",
    "ambiguous": "Several tickets in pretix have this code.",
    "error": "pretix stumbled over this check-in. Try again later.",
    "not found": "pretix does not know this check-in, so it could not be taken back there.",
    "too late": "pretix takes a check-in back for 15 minutes only. Take it back there by hand.",
}


def _as_it_is(sentence: str) -> str:
    return sentence


def refusal_words(reason: str, translate: Translate = _as_it_is) -> str:
    """Why pretix did not take a check-in, and what to do."""
    if reason in _REFUSALS:
        return translate(_REFUSALS[reason])
    return translate("pretix did not take it ({reason}).").format(reason=reason or "?")


def sending_line(counts: SendCounts, event: Event, translate: Translate = _as_it_is) -> str:
    """How far the check-ins are, on one line."""
    parts = []
    if counts.waiting == 1:
        parts.append(translate("1 check-in waits to be sent to pretix"))
    elif counts.waiting:
        text = translate("{count} check-ins wait to be sent to pretix")
        parts.append(text.format(count=counts.waiting))
    if counts.sent:
        text = translate("{count} sent, the last at {time}")
        time = _time(counts.last_sent_at, event)
        parts.append(text.format(count=counts.sent, time=time))
    if counts.refused:
        parts.append(translate("{count} not taken").format(count=counts.refused))
    return " · ".join(parts) or translate("No check-in to send yet")


def _time(moment: datetime | None, event: Event) -> str:
    return time_text(event.local(moment)) if moment is not None else ""
