"""The calendar file, read as RFC 5545 says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checkin_app.domain.mailings import EventIdentity
from checkin_app.domain.programme import Event, Session
from checkin_app.mailing.addresses import Mailbox
from checkin_app.mailing.invitation import invitation

DAY = Event(
    name="Συνέλευση; open, to all \\ and long: " + "Ω" * 120,
    timezone="Europe/Athens",
    starts_on=date(2024, 5, 6),
    ends_on=date(2024, 5, 7),
    venue="The Square",
    city="Brussels",
    description="Line one\nline two\r\nline three\x07",
    bring="An identity card",
)
SESSIONS = (
    Session("opening", "Opening", DAY.utc(DAY.starts_on, 9), DAY.utc(DAY.starts_on, 10), room="A"),
    Session("table", "Table", DAY.utc(DAY.starts_on, 10), DAY.utc(DAY.starts_on, 11), parent="x"),
    Session("end", "End", DAY.utc(DAY.ends_on, 15), DAY.utc(DAY.ends_on, 16)),
)
IDENTITY = EventIdentity("0190abcd", 3)
TEAM = Mailbox('ECCP "Team"; Brüssel', "team@example.org")
MADE_AT = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)


def entries(text: str) -> list[dict[str, str]]:
    """The entries of a calendar file: unfolded, unescaped, by name of property."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//checkin-app//tickets//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    found: list[dict[str, str]] = []
    for line in lines[5:-2]:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif line != "END:VEVENT":
            name, _colon, value = line.partition(":")
            assert name not in found[-1]
            found[-1][name] = unescaped(value)
    return found


def unescaped(value: str) -> str:
    parts = value.split("\\\\")
    return "\\".join(
        part.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",") for part in parts
    )


def test_the_event_is_one_entry_from_its_first_to_its_last_moment() -> None:
    (entry,) = entries(invitation(replace(DAY, sessions=SESSIONS), IDENTITY, MADE_AT, TEAM))
    assert entry["UID"] == "0190abcd@checkin-app"
    assert entry["SEQUENCE"] == "3"
    assert entry["DTSTAMP"] == "20240501T083000Z"
    assert entry["DTSTART"] == "20240506T060000Z"
    assert entry["DTEND"] == "20240507T130000Z"
    assert entry["SUMMARY"] == DAY.name
    assert entry["LOCATION"] == "The Square, Brussels"
    assert entry["DESCRIPTION"] == (
        "Line one\nline two\nline three\n\nPlease bring: An identity card"
    )


def test_an_event_without_agenda_takes_whole_days() -> None:
    (entry,) = entries(invitation(DAY, IDENTITY, MADE_AT, TEAM))
    assert entry["DTSTART;VALUE=DATE"] == "20240506"
    assert entry["DTEND;VALUE=DATE"] == "20240508"


def test_sessions_are_entries_of_their_own_when_wanted() -> None:
    text = invitation(replace(DAY, sessions=SESSIONS), IDENTITY, MADE_AT, TEAM, with_sessions=True)
    _event, opening, end = entries(text)
    assert opening["UID"] == "0190abcd-opening@checkin-app"
    assert opening["LOCATION"] == "A, The Square, Brussels"
    assert (end["SUMMARY"], end["DTEND"]) == ("End", "20240507T130000Z")


def test_every_entry_names_who_publishes_it() -> None:
    """RFC 5546, 3.2.1: ORGANIZER is required. The quotes in the name are those of RFC 6868."""
    text = invitation(replace(DAY, sessions=SESSIONS), IDENTITY, MADE_AT, TEAM, with_sessions=True)
    line = "ORGANIZER;CN=\"ECCP ^'Team^'; Brüssel\":mailto:team@example.org"
    assert text.replace("\r\n ", "").split("\r\n").count(line) == 3
    unnamed = Mailbox("", "άννα+1@example.org")
    text = invitation(DAY, IDENTITY, MADE_AT, unnamed)
    (address,) = (line for line in text.split("\r\n") if line.startswith("ORGANIZER"))
    assert address == "ORGANIZER:mailto:%CE%AC%CE%BD%CE%BD%CE%B1%2B1@example.org"


@pytest.mark.parametrize(
    ("known", "starts", "ends"),
    [
        (SESSIONS[:1], "DTSTART:20240506T060000Z", "DTEND:20240507T210000Z"),
        (SESSIONS[2:], "DTSTART:20240505T210000Z", "DTEND:20240507T130000Z"),
        (SESSIONS, "DTSTART:20240506T060000Z", "DTEND:20240507T130000Z"),
    ],
)
def test_an_event_of_several_days_lasts_to_its_end_though_the_agenda_knows_one_day(
    known: tuple[Session, ...], starts: str, ends: str
) -> None:
    text = invitation(replace(DAY, sessions=known), IDENTITY, MADE_AT, TEAM)
    assert f"\r\n{starts}\r\n{ends}\r\n" in text


def test_an_agenda_of_middle_days_only_takes_whole_days() -> None:
    long = replace(DAY, starts_on=date(2024, 5, 5), ends_on=date(2024, 5, 8), sessions=SESSIONS)
    text = invitation(long, IDENTITY, MADE_AT, TEAM)
    assert "DTSTART;VALUE=DATE:20240505\r\nDTEND;VALUE=DATE:20240509" in text
