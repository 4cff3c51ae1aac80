"""Event and check-in lists as the JSON values that their ledger entries hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event, Session, SessionPerson, Talk


def event_document(event: Event) -> dict[str, Any]:
    """The payload of an ``event described`` entry."""
    return {
        "name": event.name,
        "timezone": event.timezone,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "venue": event.venue,
        "city": event.city,
        "description": event.description,
        "themes": list(event.themes),
        "language": event.language,
        "bring": event.bring,
        "erase_on": event.erase_on.isoformat() if event.erase_on else None,
        "sessions": [_session_document(session) for session in event.sessions],
    }


def event_from_document(document: Mapping[str, Any]) -> Event:
    """The event that an ``event described`` entry describes."""
    return Event(
        name=document["name"],
        timezone=document["timezone"],
        starts_on=date.fromisoformat(document["starts_on"]),
        ends_on=date.fromisoformat(document["ends_on"]),
        venue=document["venue"],
        city=document["city"],
        description=document["description"],
        themes=tuple(document["themes"]),
        # Files of earlier versions of the program do not name these.
        language=document.get("language", ""),
        bring=document.get("bring", ""),
        erase_on=_day(document.get("erase_on")),
        sessions=tuple(_session(session) for session in document["sessions"]),
    )


def list_document(check_in_list: CheckInList) -> dict[str, Any]:
    """The payload of a ``check-in list described`` entry, apart from the list's id."""
    return {
        "name": check_in_list.name,
        "opens_at": _iso(check_in_list.opens_at),
        "closes_at": _iso(check_in_list.closes_at),
        "capacity": check_in_list.capacity,
        "strict": check_in_list.strict,
        "categories": sorted(check_in_list.categories),
        "session_id": check_in_list.session_id,
    }


def list_from_document(list_id: str, document: Mapping[str, Any]) -> CheckInList:
    """The check-in list that a ``check-in list described`` entry describes."""
    return CheckInList(
        id=list_id,
        name=document["name"],
        opens_at=_moment(document["opens_at"]),
        closes_at=_moment(document["closes_at"]),
        capacity=document["capacity"],
        strict=document["strict"],
        categories=frozenset(document["categories"]),
        session_id=document["session_id"],
    )


def iso_utc(moment: datetime) -> str:
    """ISO 8601 in UTC with ``Z``, to the second or, where there are any, to the millisecond."""
    utc = moment.astimezone(UTC)
    precision = "milliseconds" if utc.microsecond else "seconds"
    return utc.isoformat(timespec=precision).replace("+00:00", "Z")


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else iso_utc(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _session_document(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "starts_at": iso_utc(session.starts_at),
        "ends_at": iso_utc(session.ends_at),
        "description": session.description,
        "topics": list(session.topics),
        "talks": [
            {"title": talk.title, "people": [_person_document(p) for p in talk.people]}
            for talk in session.talks
        ],
        "people": [_person_document(person) for person in session.people],
        "parent": session.parent,
        "room": session.room,
    }


def _session(document: Mapping[str, Any]) -> Session:
    return Session(
        id=document["id"],
        title=document["title"],
        starts_at=datetime.fromisoformat(document["starts_at"]),
        ends_at=datetime.fromisoformat(document["ends_at"]),
        description=document["description"],
        topics=tuple(document["topics"]),
        talks=tuple(
            Talk(talk["title"], tuple(SessionPerson(**p) for p in talk["people"]))
            for talk in document["talks"]
        ),
        people=tuple(SessionPerson(**person) for person in document["people"]),
        parent=document["parent"],
        room=document.get("room", ""),
    )


def _person_document(person: SessionPerson) -> dict[str, str]:
    return {
        "name": person.name,
        "part": person.part,
        "role": person.role,
        "organisation": person.organisation,
    }
