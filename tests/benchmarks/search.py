"""Keystroke → sorted results, as a volunteer types names, words and typing mistakes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.language.search_text import fold
from checkin_app.storage.event_file import EventFile
from tests.benchmarks.figures import Figure, against_limit, median, percentile
from tests.benchmarks.people import CHECK_IN_LIST, EVENT, NOW, people

_SOUGHT = 60
_WORDS_OF_MANY = (
    "e",
    "ma",
    "van der m",
    "de g",
    "a b",
    "ma van",
    "association",
    "social services",
    "example",
    "germany.example",
    "network for housing",
)


def measure(folder: Path, attendees: int, limit_ms: float) -> list[Figure]:
    """Type many things, one letter at a time, and wait for the results of each letter."""
    event_file = EventFile.create(
        folder / f"search{attendees}.checkin",
        EVENT,
        [CHECK_IN_LIST],
        people(attendees),
        desk="A",
        now=NOW,
    )
    sought = _sought(attendees)
    typed = {
        "names": [text for person in sought for text in _growing(_as_typed(person))],
        "mistyped names": [text for person in sought for text in _growing(_mistyped(person), 3)],
        "words of many people": [text for words in _WORDS_OF_MANY for text in _growing(words)],
        "codes": [text for person in sought for text in _growing(person.code[:12])],
    }
    event_file.search("warm")
    figures = []
    everything: list[float] = []
    for kind, texts in typed.items():
        took = _search(event_file, texts)
        everything += took
        figures.append(
            Figure(f"keystroke, {attendees:,} attendees: {kind}, p50", median(took), "ms")
        )
        figures.append(
            against_limit(
                f"keystroke, {attendees:,} attendees: {kind}, p99",
                percentile(took, 99),
                "ms",
                limit_ms,
            )
        )
    begin = time.perf_counter()
    event_file.category_counts(CHECK_IN_LIST.id)
    counted = (time.perf_counter() - begin) * 1000
    figures.append(Figure(f"counters of the desk, {attendees:,} attendees", counted, "ms"))
    event_file.close()
    return figures


def slowest(event_file: EventFile, texts: Sequence[str]) -> list[tuple[float, str]]:
    """The texts that took longest, for whoever works on the search."""
    return sorted(zip(_search(event_file, texts), texts, strict=True), reverse=True)


def _search(event_file: EventFile, texts: Sequence[str]) -> list[float]:
    took = []
    for text in texts:
        begin = time.perf_counter()
        event_file.search(text)
        took.append((time.perf_counter() - begin) * 1000)
    return took


def _sought(attendees: int) -> list[Attendee]:
    places = set(random.Random(11).sample(range(attendees), _SOUGHT))
    return [person for place, person in enumerate(people(attendees)) if place in places]


def _as_typed(person: Attendee) -> str:
    """Last name first for some, plain letters for some, as people do."""
    turn = len(person.email) % 4
    name = f"{person.first_name} {person.last_name}"
    if turn == 0:
        name = f"{person.last_name} {person.first_name}"
    return fold(name) if turn == 1 else name


def _mistyped(person: Attendee) -> str:
    """The last name with two letters swapped in its middle."""
    name = fold(person.last_name)
    middle = len(name) // 2
    return name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]


def _growing(text: str, least: int = 1) -> Iterator[str]:
    return (text[:end] for end in range(least, len(text) + 1))
