"""Attendee and event → the texts that a layout's ``{placeholders}`` stand for."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.programme import Event
from checkin_app.domain.spoken_dates import days_text

ATTENDEE_FIELDS = (
    "title",
    "first_name",
    "last_name",
    "organisation",
    "role",
    "country",
    "code_in_groups",
)
SHARED_FIELDS = (
    "category",
    "event_name",
    "event_date",
    "event_place",
    "registration_time",
)
"""Fields that are the same for all attendees of one category."""

FIELD_NAMES = frozenset((*ATTENDEE_FIELDS, *SHARED_FIELDS))

_GROUP = 4
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Template:
    """Literal text with placeholders, taken apart once.

    Attributes:
        parts: pairs of literal text and the field after it (empty after the last literal).
        fields: the fields it names.
    """

    parts: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Raises ValueError, naming the placeholder, when a field does not exist."""
        parts = []
        for literal, field, _format, _conversion in string.Formatter().parse(text):
            if field is not None and field not in FIELD_NAMES:
                known = ", ".join(sorted(FIELD_NAMES))
                raise ValueError(f"there is no field {{{field}}}; the fields are {known}")
            parts.append((literal, field or ""))
        return cls(tuple(parts), tuple(field for _literal, field in parts if field))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text, line by line without outer blanks; empty when no named field has text."""
        if self.fields and not any(map(values.__getitem__, self.fields)):
            return ""
        text = "".join(
            [literal + values[field] if field else literal for literal, field in self.parts]
        )
        if "\n" not in text:
            return text.strip()
        return "\n".join([line for part in text.split("\n") if (line := part.strip())])


def clean(text: str) -> str:
    """One line of composed characters: no line ends, no invisible or control characters."""
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if char.isspace() and char != "\u00a0" else char
        for char in composed
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join(part for part in visible.split(" ") if part)


def attendee_values(attendee: Attendee) -> dict[str, str]:
    """The fields that belong to one person."""
    return {
        "title": clean(attendee.title),
        "first_name": clean(attendee.first_name),
        "last_name": clean(attendee.last_name),
        "organisation": clean(attendee.organisation),
        "role": clean(attendee.role),
        "country": clean(attendee.country),
        "code_in_groups": code_in_groups(attendee.code),
    }


def shared_values(event: Event, category: str) -> dict[str, str]:
    """The fields that all attendees of a category share."""
    return {
        "category": clean(category),
        "event_name": clean(event.name),
        "event_date": days_text(event.starts_on, event.ends_on),
        "event_place": clean(", ".join(part for part in (event.venue, event.city) if part)),
        "registration_time": registration_time(event),
    }


def code_in_groups(code: str) -> str:
    """A code as people read it aloud: groups of four. Other systems' codes stay as they are."""
    code = clean(code)
    if not code.isalnum():
        return code
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def registration_time(event: Event) -> str:
    """When the agenda has registration, in local time ("12:30 – 13:00"); empty if it has none."""
    for session in event.sessions:
        if "registration" in session.title.casefold():
            opens, closes = event.local(session.starts_at), event.local(session.ends_at)
            return f"{opens:%H:%M} – {closes:%H:%M}"
    return ""
