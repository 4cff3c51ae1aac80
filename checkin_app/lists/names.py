"""Splits a name that a list keeps in one column into title, first and last name.

"DE CLERCQ, Bénédicte", "Prof. Dr. Jan van der Berg", "Aoife Mac Giolla Phádraig", "Jean DUPONT".
Where nothing tells, the last word is the last name. Spelling and capitals stay as they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkin_app.lists.vocabulary import bare_word, name_words


@dataclass(frozen=True, slots=True)
class SplitName:
    """The parts of a name; what is not there is empty."""

    title: str
    first_name: str
    last_name: str


def split_name(full_name: str) -> SplitName:
    """The parts of a name as people write it."""
    title, rest = _title_and_rest(full_name.split())
    before, comma, after = " ".join(rest).partition(",")
    if not comma:
        first, last = _first_and_last(rest)
        return SplitName(title, first, last)
    if _is_after_name(after):
        first, last = _first_and_last(before.split())
        return SplitName(title, first, f"{last}, {after.strip()}")
    inner_title, first_words = _title_and_rest(after.split())
    titles = " ".join(filter(None, (title, inner_title)))
    return SplitName(titles, " ".join(first_words), before.strip())


def _title_and_rest(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Titles in front, as long as a word of the name is left."""
    titles, _, _ = name_words()
    count = 0
    while count < len(words) - 1 and _is_title(words[count], titles):
        count += 1
    return " ".join(words[:count]), words[count:]


def _is_title(word: str, titles: frozenset[str]) -> bool:
    lower = word.lower()
    return not titles.isdisjoint((lower, lower.rstrip("."), bare_word(word)))


def _is_after_name(text: str) -> bool:
    _, after_names, _ = name_words()
    words = text.replace(",", " ").split()
    return bool(words) and all(bare_word(word) in after_names for word in words)


def _first_and_last(words: Sequence[str]) -> tuple[str, str]:
    place = _start_of_last_name(words)
    if place == 0 and (end := _end_of_leading_capitals(words)):
        return " ".join(words[end:]), " ".join(words[:end])
    return " ".join(words[:place]), " ".join(words[place:])


def _start_of_last_name(words: Sequence[str]) -> int:
    """By capitals ("Jean DUPONT"), else by a particle, else the last word."""
    _, _, particles = name_words()
    if len(words) > 1 and words[0].islower() and bare_word(words[0]) in particles:
        return 0
    if _end_of_leading_capitals(words):
        return 0
    shouted = [place for place, word in enumerate(words) if place and _is_shouted(word)]
    start = shouted[0] if shouted and not _is_shouted(words[0]) else len(words) - 1
    for place in range(1, start):
        if bare_word(words[place]) in particles:
            return place
    return max(start, 0)


def _end_of_leading_capitals(words: Sequence[str]) -> int:
    """How many words in capitals stand in front of others ("DUPONT MARTIN Jean" has two)."""
    end = 0
    while end < len(words) and _is_shouted(words[end]):
        end += 1
    return 0 if end == len(words) else end


def _is_shouted(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and word.isupper() and "." not in word
