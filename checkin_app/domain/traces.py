"""What tells of a person in words about others: codes that were refused, titles of the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checkin_app.domain.language.search_text import fold
from checkin_app.domain.ledger import Entry, EntryKind, in_order

LEFT_OUT = "…"
"""In place of what named somebody."""
_SHORTEST_TOLD = 3
"""Letters of a name that tell something when they stand in a code that was read."""
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u060c\u061b\u3001\u3002]+")
"""All but spaces and punctuation: letters of any script with the marks that belong to them."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What tells that a code that was read, or a title, means one person.

    Attributes:
        codes: all the person has or had.
        emails: every address there was, in lower case.
        names: every whole name there was.
    """

    codes: frozenset[str]
    emails: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Traces:
        """Those of one person, from all that was ever recorded of them, taken back or not."""
        codes, emails, names = set(), set(), set()
        for fields in _told_fields(entries):
            codes.add(fields.get("code", ""))
            emails.add(fields.get("email", "").lower())
            names.add(f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip())
        return cls(*(frozenset(filter(None, found)) for found in (codes, emails, names)))

    def are_in(self, code: str) -> bool:
        """Whether a code that was refused is the person's, or their contact card."""
        text = fold(code)
        return (
            any(own in code for own in self.codes)
            or any(email in code.lower() for email in self.emails)
            or any(_stands_in(text, fold(name).split()) for name in self.names)
        )


class NamedPeople:
    """Knows whether a title names somebody, in either order of first and last names."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take whole names; a single word is not looked for, it may be any word."""
        self._names = {
            words for name in names if len(words := tuple(sorted(_folded_words(name)))) > 1
        }
        self._lengths = sorted({len(words) for words in self._names}, reverse=True)

    def are_in(self, title: str) -> bool:
        """Whether somebody's whole name stands in a title."""
        return next(self._places(title), None) is not None

    def leave_out(self, title: str) -> str:
        """A title without the names, and with all else that it says."""
        while (place := next(self._places(title), None)) is not None:
            start, end = place
            title = title[:start] + LEFT_OUT + title[end:]
        return title

    def _places(self, title: str) -> Iterator[tuple[int, int]]:
        """Where names stand in a title: from which letter to before which, longest names first."""
        words = [
            (folded, found.start(), found.end())
            for found in _WORD.finditer(title)
            for folded in _folded_words(found.group())
        ]
        for length in self._lengths:
            for first in range(len(words) - length + 1):
                part = words[first : first + length]
                if tuple(sorted(folded for folded, _, _ in part)) in self._names:
                    yield part[0][1], part[-1][2]


def with_titles(
    kind: EntryKind, payload: Mapping[str, Any], change: Callable[[str], str]
) -> dict[str, Any]:
    """The description of an event or a check-in list with every title changed."""
    if kind is EntryKind.LIST_DESCRIBED:
        return {**payload, "name": change(payload.get("name", ""))}
    sessions = [
        {**session, "title": change(session.get("title", ""))}
        for session in payload.get("sessions", ())
    ]
    return {**payload, "sessions": sessions}


def programme_names(document: Mapping[str, Any]) -> Iterator[str]:
    """Everybody whom the description of an event names."""
    for session in document.get("sessions", ()):
        for spoken in (session, *session.get("talks", ())):
            for person in spoken.get("people", ()):
                yield person.get("name", "")


def _told_fields(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """The fields of a person after each entry that says something of them."""
    fields: dict[str, Any] = {}
    for entry in in_order(entries):
        match entry.kind:
            case EntryKind.REGISTERED:
                fields = {**fields, **entry.payload.get("attendee", {})}
            case EntryKind.AMENDED:
                fields = {**fields, **entry.payload.get("changes", {})}
            case EntryKind.CODE_REPLACED:
                fields = {**fields, "code": entry.payload.get("code", "")}
            case _:
                continue
        yield fields


def _stands_in(text: str, words: list[str]) -> bool:
    return sum(map(len, words)) >= _SHORTEST_TOLD and all(word in text for word in words)


def _folded_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))
