"""Turns the data files of ``resources/sample_event`` into the event that everybody can try.

The sample is the ECCP meeting of 6 May 2024 with its whole agenda, everybody the programme
names, and made-up participants. Codes stay empty: whoever stores the attendees issues them.
"""

from __future__ import annotations

import csv
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from checkin_app.domain.attendee import FIELDS, Attendee, AttendeeStatus
from checkin_app.domain.check_in_list import CheckInList
from checkin_app.domain.programme import Event, Session, SessionPerson, Talk
from checkin_app.resource_files import resource_path

MADE_UP = "made up"
"""The extra field that reads "yes" for every attendee who is not a real person."""

PROGRAMME_PART = "programme part"
"""The extra field that says what a person named in the agenda does there."""

_NUMBER = "number"
_ATTENDEE_IDS = uuid.UUID("5a3b1c0e-6d0f-5c55-9f0b-0e0c05062024")


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """Everything a new event file needs to become the sample event."""

    event: Event
    attendees: tuple[Attendee, ...]
    check_in_lists: tuple[CheckInList, ...]


def load_sample_event() -> SampleEvent:
    """The sample event, the same on every call.

    Raises:
        ResourceMissing: the installation lacks the data files.
    """
    with resource_path("sample_event", "programme.toml").open("rb") as file:
        programme = tomllib.load(file)
    event = _event(programme)
    return SampleEvent(
        event=event,
        attendees=_attendees(),
        check_in_lists=tuple(_check_in_list(table, event) for table in programme["check_in_lists"]),
    )


def _event(programme: Mapping[str, Any]) -> Event:
    day: date = programme["date"]
    event = Event(
        name=programme["name"],
        timezone=programme["timezone"],
        starts_on=day,
        ends_on=day,
        venue=programme["venue"],
        city=programme["city"],
        description=programme["description"].strip(),
        themes=tuple(f"{t['title']}\n{t['text'].strip()}" for t in programme["themes"]),
    )
    return replace(event, sessions=tuple(_session(t, event) for t in programme["sessions"]))


def _session(table: Mapping[str, Any], event: Event) -> Session:
    return Session(
        id=table["id"],
        title=table["title"],
        starts_at=_utc(table["starts"], event),
        ends_at=_utc(table["ends"], event),
        description=table.get("description", "").strip(),
        topics=tuple(table.get("topics", ())),
        talks=tuple(
            Talk(talk["title"], _people(talk.get("people", ()))) for talk in table.get("talks", ())
        ),
        people=_people(table.get("people", ())),
        parent=table.get("parent", ""),
        room=table.get("room", ""),
    )


def _people(tables: Sequence[Mapping[str, str]]) -> tuple[SessionPerson, ...]:
    return tuple(SessionPerson(**table) for table in tables)


def _check_in_list(table: Mapping[str, Any], event: Event) -> CheckInList:
    return CheckInList(
        id=table["id"],
        name=table["name"],
        opens_at=_utc(table["opens"], event),
        closes_at=_utc(table["closes"], event),
        capacity=table.get("capacity"),
        session_id=table.get("session", ""),
    )


def _utc(wall_clock: str, event: Event) -> datetime:
    local = time.fromisoformat(wall_clock)
    return event.utc(event.starts_on, local.hour, local.minute)


def _attendees() -> tuple[Attendee, ...]:
    # A spreadsheet program that saves the file may put a byte order mark in front.
    path = resource_path("sample_event", "attendees.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_attendee(row) for row in csv.DictReader(file))


def _attendee(row: Mapping[str, str]) -> Attendee:
    fields: dict[str, Any] = {name: text for name, text in row.items() if name in FIELDS}
    fields["status"] = AttendeeStatus(row["status"])
    return Attendee(
        id=uuid.uuid5(_ATTENDEE_IDS, row[_NUMBER]).hex,
        extra={name: row[name] for name in (PROGRAMME_PART, MADE_UP) if row[name]},
        **fields,
    )
