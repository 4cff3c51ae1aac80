"""Where somebody who has just arrived goes next: the session that is on, or the one after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event, Session

NEARLY_OVER = timedelta(minutes=5)
"""Who would come into the last minutes of a session is told of the next one."""


@dataclass(frozen=True, slots=True)
class WhereNext:
    """A session to go to, and whether it has begun."""

    session: Session
    is_on: bool


def where_next(event: Event, check_in_list: CheckInList, now: datetime) -> WhereNext | None:
    """The session to go to from where one was checked in; None when today has no more.

    At the door of a session that is this session. At the registration desk it is the session
    that is on, unless it is nearly over and another follows, else the next one today. The
    registration itself is nothing to go to, nor are the parallel parts of a session: which of
    them somebody goes to is not known.

    Args:
        now: the present time (UTC).
    """
    if check_in_list.session_id:
        door = (one for one in event.sessions if one.id == check_in_list.session_id)
        return next((WhereNext(one, one.starts_at <= now) for one in door), None)
    to_come = sorted(_to_come(event, check_in_list, now), key=lambda session: session.starts_at)
    begun = [session for session in to_come if session.starts_at <= now]
    later = [session for session in to_come if session.starts_at > now]
    if begun and not (later and begun[-1].ends_at - now <= NEARLY_OVER):
        return WhereNext(begun[-1], True)
    return WhereNext(later[0], False) if later else None


def _to_come(event: Event, check_in_list: CheckInList, now: datetime) -> Iterator[Session]:
    """What is on or comes today, as one programme."""
    today = event.local(now).date()
    return (
        session
        for session in event.sessions
        if not session.parent
        and session.ends_at > now
        and event.local(session.starts_at).date() == today
        and not _is_registration(session, check_in_list)
    )


def _is_registration(session: Session, check_in_list: CheckInList) -> bool:
    """The slot in which people check in: "Registration" is what the "Registration desk" is for."""
    return session.id == check_in_list.id or bool(
        session.title and session.title.casefold() in check_in_list.name.casefold()
    )
