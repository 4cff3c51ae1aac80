"""Printed badges → the boxes in which the desk finds them: "A–F", "G–M", …, by last name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter

from checkin_app.domain.attendee import Attendee
from checkin_app.domain.badges.imposition import Tray
from checkin_app.domain.language.collation import begins_with, first_letter, initial, letters_key
from checkin_app.errors import UsageError

OTHERS = "Others"
"""The tray of those whose name begins with no letter of the other trays."""

_RANGE = re.compile(r"\s*([^-–—\s]+)\s*(?:[-–—]\s*([^-–—\s]+)\s*)?")


@dataclass(frozen=True, slots=True)
class TrayPlace:
    """Where a badge waits: the name of the tray, and the position in it from 1."""

    tray: str
    place: int


@dataclass(frozen=True, slots=True)
class TrayPlan:
    """Who lies in which tray.

    Attributes:
        trays: those that hold anybody, in the order of the run.
        attendees: everybody, tray by tray.
    """

    trays: tuple[Tray, ...]
    attendees: tuple[Attendee, ...]

    @property
    def places(self) -> tuple[TrayPlace, ...]:
        """The place of each of ``attendees``."""
        return tuple(
            TrayPlace(tray.name, place) for tray in self.trays for place in range(1, tray.size + 1)
        )

    @property
    def others(self) -> int:
        """How many are in the tray of the others."""
        return sum(tray.size for tray in self.trays if tray.name == OTHERS)


def split_into_trays(attendees: Sequence[Attendee], split: str, language: str = "") -> TrayPlan:
    """Divide people among trays by the first letters of their last names.

    Args:
        attendees: in the order of the run, which they keep within their tray.
        split: ranges of letters, "A-F,G-M,N-Z", or how many trays of about the same size.
        language: BCP 47 tag of the language in whose alphabet the ranges are meant.

    A letter that sorts apart and is in no range, as Č in "A-C,D-H", goes with the letter before
    it. Who has no last name is found by the first name. Who is in no range is in ``OTHERS``.

    Raises:
        UsageError: the split cannot be understood.
    """
    keys = [letters_key(_name(person), language) for person in attendees]
    if split.strip().isdecimal():
        ranges = _even_ranges(attendees, keys, int(split), language)
    else:
        ranges = _given_ranges(split, language)
    return _plan(attendees, keys, ranges)


@dataclass(frozen=True, slots=True)
class _Range:
    """A tray's letters as letters keys."""

    name: str
    first: str
    last: str

    def holds(self, key: str) -> bool:
        """Whether a name that is not before the first letter is one of the tray."""
        return key <= self.last or key.startswith(self.last)


def _name(person: Attendee) -> str:
    return person.last_name or person.first_name


def _plan(attendees: Sequence[Attendee], keys: Sequence[str], ranges: Sequence[_Range]) -> TrayPlan:
    by_letter = sorted(ranges, key=attrgetter("first"))
    firsts = [tray.first for tray in by_letter]
    content: dict[str, list[Attendee]] = {tray.name: [] for tray in ranges}
    content[OTHERS] = []
    for person, key in zip(attendees, keys, strict=True):
        at = bisect_right(firsts, key) - 1
        fits = at >= 0 and by_letter[at].holds(key)
        content[by_letter[at].name if fits else OTHERS].append(person)
    return TrayPlan(
        tuple(Tray(name, len(people)) for name, people in content.items() if people),
        tuple(person for people in content.values() for person in people),
    )


def _given_ranges(split: str, language: str) -> list[_Range]:
    ranges = [_range(text, language) for text in split.split(",")]
    by_letter = sorted(ranges, key=attrgetter("first"))
    for one, other in pairwise(by_letter):
        if other.first <= one.last or begins_with(other.first, one.last):
            raise UsageError(
                f"The trays {one.name} and {other.name} overlap. Give each letter to one tray."
            )
    return ranges


def _range(text: str, language: str) -> _Range:
    written = _RANGE.fullmatch(text)
    bounds = [] if written is None else [bound for bound in written.groups() if bound]
    keys = [letters_key(bound, language) for bound in bounds]
    if not all([*keys, keys]):
        raise UsageError(
            f"“{text.strip()}” is no range of letters. Write the trays as A-F,G-M,N-Z, or how many"
            " there are."
        )
    name = "–".join(bound[:1].upper() + bound[1:] for bound in bounds)
    if keys[-1] < keys[0] and not begins_with(keys[0], keys[-1]):
        raise UsageError(
            f"The tray {name} ends before it begins, in the alphabet of this event. Write the"
            " earlier letter first."
        )
    return _Range(name, keys[0], keys[-1])


def _even_ranges(
    attendees: Iterable[Attendee], keys: Iterable[str], count: int, language: str
) -> list[_Range]:
    if count < 1:
        raise UsageError("Give at least one tray.")
    names: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    for person, key in zip(attendees, keys, strict=True):
        letter = first_letter(key)
        if letter not in names:
            names[letter] = initial(_name(person), language)
        if names[letter].isalpha():
            sizes[letter] += 1
    letters = sorted(sizes)
    ranges = []
    for start, end in _even_parts([sizes[letter] for letter in letters], count):
        first, last = letters[start], letters[end - 1]
        name = names[first] if first == last else f"{names[first]}–{names[last]}"
        ranges.append(_Range(name, first, last))
    return ranges


def _even_parts(sizes: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Where to cut a row of sizes so that the parts differ least: (start, end) of each.

    The sum of the squares of the parts is least; for n sizes it takes n² · count steps, and an
    alphabet has some thirty letters.
    """
    sums = [0, *accumulate(sizes)]
    ends = range(len(sums))
    best: list[tuple[int, list[int]]] = [(total * total, [0]) for total in sums]
    for _ in range(min(count, len(sizes)) - 1):
        best = [
            min(
                (
                    (best[cut][0] + (sums[end] - sums[cut]) ** 2, [*best[cut][1], cut])
                    for cut in range(end)
                ),
                default=best[end],
            )
            for end in ends
        ]
    cuts = [*best[-1][1], len(sizes)]
    return [(start, end) for start, end in pairwise(cuts) if end > start]
