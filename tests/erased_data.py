"""What tells of people in an event file, and a search for it in raw bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from checkin_app.domain.attendee import AttendeeRecord
from checkin_app.domain.language.search_text import index_words

_SHORTEST = 4
"""Shorter names stand in other words by chance."""


def tell_tales(records: Iterable[AttendeeRecord]) -> set[str]:
    """Texts that name these people: names, addresses, organisations, codes, their own words."""
    found: set[str] = set()
    for record in records:
        person = record.attendee
        found |= {person.full_name, person.code, person.email, person.organisation}
        found |= {person.first_name, person.last_name, person.attention, person.role}
        found |= {*record.revoked_codes, *person.extra.values()}
        for name in (person.first_name, person.last_name):
            found |= set(re.split(r"[\s’'-]+", name))
    return {text for text in found if len(text) >= _SHORTEST}


def files_beside(path: Path) -> list[Path]:
    """The event file and all that lies beside it under its name."""
    return sorted(one for one in path.parent.iterdir() if path.name in one.name)


def found_in(path: Path, texts: Iterable[str], stays: Iterable[str] = ()) -> set[str]:
    """Which texts stand in the event file or a file beside it, in any of their spellings.

    Args:
        stays: texts that may stay; what stands in one of them is not looked for.
    """
    stored = [one.read_bytes() for one in files_beside(path)]
    haystacks = [spelling for bytes_ in stored for spelling in (bytes_, bytes_.lower())]
    kept = "\n".join((*stays, "walk_in bring")).lower().encode()
    return {
        text
        for text in texts
        if any(needle in hay for needle in _spellings(text, kept) for hay in haystacks)
    }


def _spellings(text: str, kept: bytes) -> set[bytes]:
    folded = index_words(text)
    utf8, utf16 = text.encode(), text.encode("utf-16-le")
    spellings = {utf8, text.lower().encode(), text.encode("unicode_escape")}
    words = {folded} if " " in text else set(folded.split())
    spellings |= {word.encode() for word in words if len(word) > _SHORTEST}
    may_stay = {spelling for spelling in spellings if spelling.lower() in kept}
    return spellings - may_stay | ({utf16, utf16[1:] + b"\0", utf8.hex().encode()} - {b""})
