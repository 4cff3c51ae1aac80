"""An event → its entry for a calendar (iCalendar, RFC 5545; METHOD of RFC 5546).

All moments are in UTC, so that no time zone has to be described.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from checkin_app.domain.event_times import agenda_span
from checkin_app.domain.language.text import clean_line
from checkin_app.domain.mailings import EventIdentity
from checkin_app.domain.programme import Event, Session
from checkin_app.mailing.addresses import Mailbox

_LINE_END = "\r\n"
_LONGEST_LINE_BYTES = 75


def invitation(
    event: Event,
    identity: EventIdentity,
    made_at: datetime,
    organiser: Mailbox,
    *,
    with_sessions: bool = False,
) -> str:
    """The event as a calendar file; with its sessions, if wanted, each an entry of its own.

    Made again after the event was changed, it replaces the entry in a calendar that has it.

    Args:
        organiser: who publishes the entries; RFC 5546, 3.2.1 wants one.
    """
    entries = [_event_entry(event, identity, made_at)]
    if with_sessions:
        entries += [
            _session_entry(event, one, identity, made_at)
            for one in event.sessions
            if not one.parent
        ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//checkin-app//tickets//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, _organiser(organiser), "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return _LINE_END.join(part for line in lines for part in _folded(line)) + _LINE_END


def _event_entry(event: Event, identity: EventIdentity, made_at: datetime) -> list[str]:
    about = [event.description, f"Please bring: {event.bring}" if event.bring else ""]
    return [
        *_head(identity.uid, identity.sequence, made_at),
        *_span(event),
        _text("SUMMARY", event.name),
        *_optional("LOCATION", ", ".join(filter(None, (event.venue, event.city)))),
        *_optional("DESCRIPTION", "\n\n".join(filter(None, about))),
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ]


def _session_entry(
    event: Event, session: Session, identity: EventIdentity, made_at: datetime
) -> list[str]:
    place = ", ".join(filter(None, (session.room, event.venue, event.city)))
    return [
        *_head(f"{identity.uid}-{session.id}", identity.sequence, made_at),
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        _text("SUMMARY", session.title),
        *_optional("LOCATION", place),
        *_optional("DESCRIPTION", session.description),
        "TRANSP:OPAQUE",
    ]


def _head(uid: str, sequence: int, made_at: datetime) -> list[str]:
    return [
        _text("UID", f"{uid}@checkin-app"),
        f"DTSTAMP:{_utc(made_at)}",
        f"SEQUENCE:{sequence}",
    ]


def _span(event: Event) -> list[str]:
    """From the first to the last moment of the agenda.

    A first or last day of which the agenda says nothing belongs to the event from its midnight, or
    until it; without an agenda the days are whole ones.
    """
    span = agenda_span(event)
    day_after = event.ends_on + timedelta(days=1)
    if span is not None:
        first, last = span
        has_first_day = event.local(first).date() <= event.starts_on
        has_last_day = event.local(last).date() >= event.ends_on
        if has_first_day or has_last_day:
            starts_at = first if has_first_day else event.utc(event.starts_on, 0)
            ends_at = last if has_last_day else event.utc(day_after, 0)
            return [f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}"]
    return [
        f"DTSTART;VALUE=DATE:{_day(event.starts_on)}",
        f"DTEND;VALUE=DATE:{_day(day_after)}",
    ]


def _organiser(organiser: Mailbox) -> str:
    """Name and address, as a parameter (RFC 5545, 3.1; quotes by RFC 6868) and a URI carry them."""
    name = clean_line(organiser.name).replace("^", "^^").replace('"', "^'")
    named = f';CN="{name}"' if name else ""
    return f"ORGANIZER{named}:mailto:{quote(organiser.address, safe='@')}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _optional(name: str, text: str) -> list[str]:
    return [_text(name, text)] if text.strip() else []


def _text(name: str, text: str) -> str:
    """A property of type TEXT (RFC 5545, 3.3.11)."""
    escaped = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;")
    escaped = escaped.replace(",", "\\,").replace("\r", "\n").replace("\n", "\\n")
    return f"{name}:{''.join(c for c in escaped if c.isprintable() or c == ' ')}"


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of 75 bytes, never within a character (RFC 5545, 3.1)."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LONGEST_LINE_BYTES:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece
