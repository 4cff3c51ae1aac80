"""When an event begins and ends for its guests, as its agenda says."""

from __future__ import annotations

from datetime import datetime

from checkin_app.domain.programme import Event, Session


def registration_session(event: Event) -> Session | None:
    """The slot in which people register, if the agenda has one."""
    return next((one for one in event.sessions if "registration" in one.title.casefold()), None)


def registration_time(event: Event) -> str:
    """When people register, in local time ("12:30 – 13:00"); empty if the agenda does not say."""
    session = registration_session(event)
    if session is None:
        return ""
    return f"{event.local(session.starts_at):%H:%M} – {event.local(session.ends_at):%H:%M}"


def registration_opens(event: Event) -> str:
    """From when people can register, in local time ("12:30"); empty if the agenda is silent."""
    session = registration_session(event)
    return f"{event.local(session.starts_at):%H:%M}" if session else ""


def start_time(event: Event) -> str:
    """When the first session begins, in local time ("13:00"); empty without an agenda."""
    sessions = _after_registration(event)
    return f"{event.local(sessions[0].starts_at):%H:%M}" if sessions else ""


def agenda_span(event: Event) -> tuple[datetime, datetime] | None:
    """The first and the last moment of the agenda (UTC); None without one."""
    if not event.sessions:
        return None
    return (
        min(session.starts_at for session in event.sessions),
        max(session.ends_at for session in event.sessions),
    )


def _after_registration(event: Event) -> list[Session]:
    registration = registration_session(event)
    others = [one for one in event.sessions if one is not registration]
    return sorted(others, key=lambda one: one.starts_at)
