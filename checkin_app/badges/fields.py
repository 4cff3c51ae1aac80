"""Attendee and event → the texts that a layout's ``{placeholders}`` stand for."""

from __future__ import annotations

import difflib
import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.event_times import registration_opens, registration_time, start_time
from checkin_app.domain.language.spoken_dates import days_text
from checkin_app.domain.programme import Event

SHARED_FIELDS = (
    "category",
    "event_name",
    "event_date",
    "event_place",
    "event_bring",
    "registration_time",
    "registration_opens",
    "start_time",
)
"""Fields that are the same for all attendees of one category."""

_TEXTS = ("title", "first_name", "last_name", "organisation", "role", "country", "email")
ATTENDEE_FIELDS = (*_TEXTS, "code", "code_in_groups", "status", "attention")
"""Fields that belong to one person."""

FIELD_NAMES = (*ATTENDEE_FIELDS, *SHARED_FIELDS)

COLUMN = "column"
"""``{column:Diet}`` is the list's own column "Diet", for which the program has no field."""

_GROUP = 4
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
# Zero-width joiners shape Arabic and Indic letters; between all others they are junk.
_JOINERS = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d]")


def check_field(name: str) -> str:
    """The name of a field, or of a column as "column:Diet".

    Raises:
        ValueError: there is no such field; the text says what to write instead.
    """
    prefix, _colon, column = name.partition(":")
    if name in FIELD_NAMES or (prefix == COLUMN and column.strip()):
        return name
    near = difflib.get_close_matches(name, FIELD_NAMES, 1)
    hint = (
        f"Did you mean {{{near[0]}}}?"
        if near
        else f"The fields are {', '.join(FIELD_NAMES)}, and"
        " {column:Name} for a further column of the list"
    )
    raise ValueError(f"there is no field {{{name}}}. {hint}")


def is_shared(field: str) -> bool:
    """Whether all attendees of a category have the same."""
    return field in SHARED_FIELDS


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
        for literal, field, column, _conversion in string.Formatter().parse(text):
            name = f"{field}:{column}" if column else field
            parts.append((literal, check_field(name) if name is not None else ""))
        return cls(tuple(parts), tuple(field for _literal, field in parts if field))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text, line by line without outer blanks; empty when no named field has text."""
        if len(self.parts) == 1 and not self.parts[0][0]:
            return values[self.parts[0][1]].strip()
        if self.fields and not any(map(values.__getitem__, self.fields)):
            return ""
        text = "".join(
            [literal + values[field] if field else literal for literal, field in self.parts]
        )
        if "\n" not in text:
            return text.strip()
        return "\n".join([line for part in text.split("\n") if (line := part.strip())])

    def filled_in_url(self, values: Mapping[str, str]) -> str:
        """The text with each field percent-encoded (RFC 3986)."""
        return self.filled({field: quote(values[field], safe="") for field in self.fields})


def clean(text: str) -> str:
    """One line of composed characters: no line ends, no invisible or control characters."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip() if "  " not in text else " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    joiners = {match.start() for match in _JOINERS.finditer(composed)}
    visible = "".join(
        " " if char.isspace() and char != "\u00a0" else char
        for at, char in enumerate(composed)
        if char.isspace() or at in joiners or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join(part for part in visible.split(" ") if part)


def attendee_values(attendee: Attendee, fields: Iterable[str]) -> dict[str, str]:
    """The asked for fields that belong to one person."""
    return {field: _attendee_value(attendee, field) for field in fields}


def _attendee_value(attendee: Attendee, field: str) -> str:
    if field in _TEXTS:
        return clean(getattr(attendee, field))
    match field:
        case "code":
            return attendee.code
        case "code_in_groups":
            return code_in_groups(attendee.code)
        case "status":
            return attendee.status.value
        case "attention":
            return clean(attendee.attention)
        case _:
            return clean(attendee.column(field.partition(":")[2]))


def shared_values(event: Event, category: str) -> dict[str, str]:
    """The fields that all attendees of a category share."""
    return {
        "category": clean(category),
        "event_name": clean(event.name),
        "event_date": days_text(event.starts_on, event.ends_on),
        "event_place": clean(", ".join(part for part in (event.venue, event.city) if part)),
        "event_bring": clean(event.bring),
        "registration_time": registration_time(event),
        "registration_opens": registration_opens(event),
        "start_time": start_time(event),
    }


def code_in_groups(code: str) -> str:
    """A code as people read it aloud: groups of four. Other systems' codes stay as they are."""
    code = clean(code)
    if not code.isalnum():
        return code
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
